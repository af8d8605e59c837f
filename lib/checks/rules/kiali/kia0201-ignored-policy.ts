import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { areAppliedTogether } from '../shared/applied-together';

export const IGNORED_POLICY: Rule = {
  code: 'KIA0201',
  severity: Severity.WARNING,
  title: 'A host has one DestinationRule in a namespace: of a second one Istio takes new subsets only, not its policy.',
  falseAlarms: 'Kiali also speaks of rules whose hosts only overlap. Istio takes the most specific of them, so these are not reported.',
  check: ignoredPolicies,
};

function* ignoredPolicies(context: RuleContext): Iterable<Problem> {
  const { mesh } = context;
  for (const namespace of mesh.destinationRules.namespacesWithRivals()) {
    for (const { from: [first], host, ignoredPolicies: policies, ignoredSubsets, trafficPolicy } of mesh.destinationRules.mergedIn(namespace)) {
      for (const resource of policies) {
        if (areAppliedTogether(context, resource, first)) {
          yield {
            resource,
            path: 'spec.trafficPolicy',
            message: `is ignored: '${trafficPolicy!.resource.name}' has one for '${host}' already, and Istio takes the first`,
            fix: 'keep one DestinationRule for a host',
          };
        }
      }
      for (const { resource, index, name } of ignoredSubsets) {
        if (areAppliedTogether(context, resource, first)) {
          yield {
            resource,
            path: `spec.subsets[${index}]`,
            message: `is ignored: an older rule for '${host}' has a subset '${name}' already`,
            fix: 'keep one DestinationRule for a host, or give the subset another name',
          };
        }
      }
    }
  }
}
