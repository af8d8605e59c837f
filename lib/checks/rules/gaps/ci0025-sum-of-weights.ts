import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const SUM_OF_WEIGHTS: Rule = {
  code: 'CI0025',
  severity: Severity.INFO,
  title: 'The weights of a route are percentages: they add up to 100.',
  check: sumsOfWeights,
};

function* sumsOfWeights({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).splits) {
    const { resource, rule: { route = [] } } = placed;
    const weights = route.map(({ weight = 0 }) => weight);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum > 0 && sum !== 100) {
      yield {
        resource,
        path: `${placed.path}.route`,
        message: `has weights that add up to ${sum}, so that a weight of ${weights.reduce((a, b) => Math.max(a, b))} is not that many percent`,
        fix: 'make them add up to 100',
      };
    }
  }
}
