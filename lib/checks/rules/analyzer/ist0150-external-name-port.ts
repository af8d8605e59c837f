import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isExternalName, untoldPorts } from './service-port-names';

export const EXTERNAL_NAME_PORT: Rule = {
  code: 'IST0150',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'The ports of an ExternalName Service say a protocol that tells hosts apart.',
  check: externalNamePorts,
};

function* externalNamePorts({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of analyzed(mesh).services) {
    for (const { index, name } of isExternalName(resource.spec) ? untoldPorts(resource) : []) {
      yield {
        resource,
        path: `spec.ports[${index}]`,
        message: `${name === '' ? 'has no name' : `is called '${name}'`}: sidecars take every connection to this port, to whatever address, for one to the external host`,
        fix: "begin the name with http, http2, grpc, https or tls, or with 'tcp-' where it can be nothing else",
      };
    }
  }
}
