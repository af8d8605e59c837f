import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const SINGLE_WEIGHT: Rule = {
  code: 'KIA1104',
  severity: Severity.WARNING,
  title: 'The only destination of a route has no weight, because it gets all requests.',
  check: singleWeights,
};

function* singleWeights({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    for (const list of ['http', 'tls', 'tcp'] as const) {
      for (const [index, { route = [] }] of (resource.spec[list] ?? []).entries()) {
        const weight = route.length === 1 ? route[0].weight ?? 0 : 0;
        if (weight > 0 && weight < 100) {
          yield {
            resource,
            path: `spec.${list}[${index}].route[0].weight`,
            message: `is the weight of the only destination, which gets all requests, got ${weight}`,
            fix: 'add the destination that gets the rest, or leave the weight out',
          };
        }
      }
    }
  }
}
