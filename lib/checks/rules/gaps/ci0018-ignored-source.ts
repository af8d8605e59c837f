import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const IGNORED_SOURCE: Rule = {
  code: 'CI0018',
  severity: Severity.WARNING,
  title: 'An http match with gateways has no sourceLabels and no sourceNamespace, which Istio ignores beside them.',
  check: ignoredSources,
};

function* ignoredSources({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    for (const [route, { match = [] }] of (resource.spec.http ?? []).entries()) {
      for (const [index, { gateways = [], sourceLabels, sourceNamespace }] of match.entries()) {
        const ignored = Object.keys(sourceLabels ?? {}).length > 0 ? 'sourceLabels' : sourceNamespace ? 'sourceNamespace' : undefined;
        if (gateways.length > 0 && ignored !== undefined) {
          yield {
            resource,
            path: `spec.http[${route}].match[${index}].${ignored}`,
            message: 'is ignored, because the match names gateways: it takes the requests of all clients',
            fix: 'take the gateways out of the match, or put the routes for these clients into a VirtualService of their own',
          };
        }
      }
    }
  }
}
