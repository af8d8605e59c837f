import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const SUM_OF_WEIGHTS: Rule = {
  code: 'CI0025',
  severity: Severity.INFO,
  title: 'The weights of a route are percentages: they add up to 100.',
  check: sumsOfWeights,
};

function* sumsOfWeights({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    for (const section of ['http', 'tls', 'tcp'] as const) {
      for (const [index, { route = [] }] of (resource.spec[section] ?? []).entries()) {
        const sum = route.length < 2 ? 100 : route.reduce((total, { weight = 0 }) => total + weight, 0);
        if (sum > 0 && sum !== 100) {
          yield {
            resource,
            path: `spec.${section}[${index}].route`,
            message: `has weights that add up to ${sum}, so that a weight of ${Math.max(...route.map(({ weight = 0 }) => weight))} is not that many percent`,
            fix: 'make them add up to 100',
          };
        }
      }
    }
  }
}
