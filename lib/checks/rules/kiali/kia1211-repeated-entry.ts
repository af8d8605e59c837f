import { append } from '../../../mesh/collections';
import type { MeshService } from '../../../mesh/services';
import type { ServiceEntrySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const REPEATED_ENTRY: Rule = {
  code: 'KIA1211',
  severity: Severity.INFO,
  title: 'A host and port are in one ServiceEntry only of those that a client sees.',
  falseAlarms: 'Kiali does not look at exportTo, and entries of one namespace are another matter: entries that no client sees together are not reported.',
  check: repeatedEntries,
};

function* repeatedEntries({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  const byPort = new Map<string, MeshService[]>();
  for (const service of mesh.services.all) {
    if (!service.isKubernetes && hasNamespace(service.resource)) {
      service.ports.forEach(({ number, protocol }) => append(byPort, `${service.hostname.toLowerCase()} ${number} ${protocol}`, service));
    }
  }
  const told = new Set<string>();
  for (const services of byPort.values()) {
    const [first] = services;
    for (const service of services.slice(1)) {
      const { resource, hostname } = service;
      const index = ((resource.spec as ServiceEntrySpec).hosts ?? []).indexOf(hostname);
      const isSeenTogether = first.namespace !== service.namespace && first.exportTo.has('*') && service.exportTo.has('*');
      if (isSeenTogether && !told.has(`${resource.key} ${index}`)) {
        told.add(`${resource.key} ${index}`);
        yield {
          resource,
          path: `spec.hosts[${index}]`,
          message: `is in '${first.resource.key}' too, got '${hostname}': outside of the two namespaces only the older entry holds`,
          fix: 'keep one entry for a host, or export each to its own namespace only',
        };
      }
    }
  }
}
