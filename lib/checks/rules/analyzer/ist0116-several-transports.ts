import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { deploymentsInMesh, groupPorts } from './deployment-services';

export const SEVERAL_TRANSPORTS: Rule = {
  code: 'IST0116',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'The Services of one Deployment use a port number with one transport protocol.',
  check: severalTransports,
};

function* severalTransports({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, ports } of deploymentsInMesh(mesh)) {
    for (const [number, same] of groupPorts(ports, port => port.number)) {
      const transports = new Set(same.map(port => port.transport));
      if (transports.size > 1) {
        yield {
          resource,
          message: `is behind the Services ${namesOf(same)}, which have port ${number} with different protocols: ${[...transports].join(', ')}`,
          fix: 'use different port numbers',
        };
      }
    }
  }
}

function namesOf(ports: readonly { readonly service: string }[]): string {
  return [...new Set(ports.map(({ service }) => service))].join(', ');
}
