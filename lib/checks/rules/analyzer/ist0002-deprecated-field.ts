import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed, isSeen } from './analyzed-mesh';
import { placedRoutes } from '../shared/placed-routes';

export const DEPRECATED_FIELD: Rule = {
  code: 'IST0002',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'No field is used that Istio has replaced or ignores.',
  check: deprecatedFields,
};

function* deprecatedFields({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).httpWith('fault')) {
    const { resource, rule: { fault } } = placed;
    // the schema of the custom resources no longer has the field, Istio's decoder does
    const { percent = 0 } = (fault?.delay ?? {}) as { readonly percent?: unknown };
    if (isSeen(resource) && typeof percent === 'number' && percent > 0) {
      yield {
        resource,
        path: `${placed.path}.fault.delay.percent`,
        message: 'is replaced by percentage',
        fix: `write percentage: { value: ${percent} }`,
      };
    }
  }
  for (const resource of analyzed(mesh).sidecars) {
    if (resource.spec.outboundTrafficPolicy?.egressProxy !== undefined) {
      yield {
        resource,
        path: 'spec.outboundTrafficPolicy.egressProxy',
        message: 'is ignored',
        fix: 'route to the egress gateway with a VirtualService',
      };
    }
  }
}
