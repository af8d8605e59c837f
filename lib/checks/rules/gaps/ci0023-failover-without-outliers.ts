import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { allPolicies } from '../shared/traffic-policies';

export const FAILOVER_WITHOUT_OUTLIERS: Rule = {
  code: 'CI0023',
  severity: Severity.WARNING,
  title: 'Failover between localities of a port or a subset has the outlierDetection without which it never happens.',
  check: failoversWithoutOutliers,
};

function* failoversWithoutOutliers({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, policy, path, inherits } of allPolicies(mesh)) {
    const outliers = policy.outlierDetection ?? inherits?.outlierDetection;
    // of the policy of the whole host Istio's webhook speaks itself
    if (path === 'trafficPolicy' || outliers !== undefined) {
      continue;
    }
    for (const field of ['localityLbSetting', 'zoneAwareLbSetting'] as const) {
      const setting = policy.loadBalancer?.[field] as { readonly failover?: unknown; readonly failoverPriority?: unknown } | undefined;
      if (setting?.failover !== undefined || setting?.failoverPriority !== undefined) {
        yield {
          resource,
          path: `spec.${path}.loadBalancer.${field}`,
          message: 'has failover, which does nothing without outlierDetection in the same policy',
          fix: 'add outlierDetection',
        };
      }
    }
  }
}
