import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const SINGLE_WEIGHT: Rule = {
  code: 'KIA1104',
  severity: Severity.WARNING,
  title: 'The only destination of a route has no weight, because it gets all requests.',
  check: singleWeights,
};

function* singleWeights({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).sharesWith('weight')) {
    const { resource, route, share: { weight = 0 } } = placed;
    if (route.rule.route?.length === 1 && weight > 0 && weight < 100) {
      yield {
        resource,
        path: `${placed.path}.weight`,
        message: `is the weight of the only destination, which gets all requests, got ${weight}`,
        fix: 'add the destination that gets the rest, or leave the weight out',
      };
    }
  }
}
