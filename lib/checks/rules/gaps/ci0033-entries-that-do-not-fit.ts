import { groupBy } from '../../../mesh/collections';
import type { MeshService } from '../../../mesh/services';
import type { ServiceEntrySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { areAppliedTogether } from '../shared/applied-together';

export const ENTRIES_THAT_DO_NOT_FIT: Rule = {
  code: 'CI0033',
  severity: Severity.WARNING,
  title: 'The ServiceEntries of one host in one namespace have one resolution: otherwise only the oldest can be reached.',
  check: entriesThatDoNotFit,
};

function* entriesThatDoNotFit(context: RuleContext): Iterable<Problem> {
  const entries = context.mesh.services.all.filter(({ isKubernetes }) => !isKubernetes);
  const told = new Set<string>();
  for (const services of groupBy(entries, ({ hostname, namespace }) => `${namespace} ${hostname}`).values()) {
    const [first] = services;
    for (const service of services.slice(1)) {
      const index = indexOf(service);
      const place = `${service.resource.key} ${index}`;
      if (service.resolution !== first.resolution && areAppliedTogether(context, service.resource, first.resource) && !told.has(place)) {
        told.add(place);
        yield {
          resource: service.resource,
          path: `spec.hosts[${index}]`,
          message: `is in '${first.resource.key}' too with another resolution, and only the older of the two can be reached, got '${service.hostname}'`,
          fix: 'put all ports of a host into one ServiceEntry',
        };
      }
    }
  }
}

function indexOf({ resource, hostname }: MeshService): number {
  return ((resource.spec as ServiceEntrySpec).hosts ?? []).indexOf(hostname);
}
