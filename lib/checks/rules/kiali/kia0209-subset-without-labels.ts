import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const SUBSET_WITHOUT_LABELS: Rule = {
  code: 'KIA0209',
  severity: Severity.INFO,
  title: 'A subset has labels, or a policy of its own: otherwise it is the whole host.',
  falseAlarms: 'Kiali also speaks of subsets that only carry a policy, such as the TLS of an egress gateway. These are not reported.',
  check: subsetsWithoutLabels,
};

function* subsetsWithoutLabels({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.destinationRules) {
    for (const [index, { labels = {}, trafficPolicy, name }] of (resource.spec.subsets ?? []).entries()) {
      if (trafficPolicy === undefined && Object.keys(labels).length === 0) {
        yield {
          resource,
          path: `spec.subsets[${index}].labels`,
          message: `are empty, so that the subset${name === undefined ? '' : ` '${name}'`} is the same as the whole host`,
          fix: 'name the labels of its workloads',
        };
      }
    }
  }
}
