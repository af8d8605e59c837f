import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const IGNORED_SOURCE: Rule = {
  code: 'CI0018',
  severity: Severity.WARNING,
  title: 'An http match with gateways has no sourceLabels and no sourceNamespace, which Istio ignores beside them.',
  check: ignoredSources,
};

function* ignoredSources({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).matchesWith('gateways')) {
    const { resource, route, match } = placed;
    const { gateways = [], sourceLabels, sourceNamespace } = match;
    const ignored = Object.keys(sourceLabels ?? {}).length > 0 ? 'sourceLabels' : sourceNamespace ? 'sourceNamespace' : undefined;
    if (route.section === 'http' && gateways.length > 0 && ignored !== undefined) {
      yield {
        resource,
        path: `${placed.path}.${ignored}`,
        message: 'is ignored, because the match names gateways: it takes the requests of all clients',
        fix: 'take the gateways out of the match, or put the routes for these clients into a VirtualService of their own',
      };
    }
  }
}
