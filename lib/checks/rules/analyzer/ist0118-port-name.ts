import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isExternalName, untoldPorts } from './service-port-names';

export const PORT_NAME: Rule = {
  code: 'IST0118',
  severity: Severity.INFO,
  istioLevel: Severity.INFO,
  title: 'The name of a port of a Service says its protocol.',
  check: portNames,
};

function* portNames({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of analyzed(mesh).services) {
    for (const { index, name } of isExternalName(resource.spec) ? [] : untoldPorts(resource)) {
      yield {
        resource,
        path: `spec.ports[${index}]`,
        message: `${name === '' ? 'has no name' : `is called '${name}'`}, which does not say its protocol: Istio finds it out from the first bytes of each connection`,
        fix: "begin the name with the protocol, as in 'http' or 'grpc-admin', or set appProtocol",
      };
    }
  }
}
