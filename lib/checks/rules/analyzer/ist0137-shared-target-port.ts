import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { deploymentsInMesh, groupPorts } from './deployment-services';

export const SHARED_TARGET_PORT: Rule = {
  code: 'IST0137',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'The Services of one Deployment lead to a target port from one port number.',
  check: sharedTargetPorts,
};

function* sharedTargetPorts({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, ports } of deploymentsInMesh(mesh)) {
    for (const [target, same] of groupPorts(ports, port => port.target)) {
      const numbers = new Set(same.map(port => port.number));
      if (numbers.size > 1) {
        const services = new Set(same.map(({ service }) => service));
        yield {
          resource,
          message: `is behind the Services ${[...services].join(', ')}, which lead to its port ${target} from different ports: ${[...numbers].join(', ')}`,
          fix: 'use one port number for one target port',
        };
      }
    }
  }
}
