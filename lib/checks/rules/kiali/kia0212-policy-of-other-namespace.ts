import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { ambientPolicies } from '../shared/ambient-policies';

export const POLICY_OF_OTHER_NAMESPACE: Rule = {
  code: 'KIA0212',
  severity: Severity.WARNING,
  title: 'A policy for requests to a Service of ambient mode is in its namespace, where alone a waypoint looks for it.',
  check: policiesOfOtherNamespaces,
};

function* policiesOfOtherNamespaces({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { resource, path, services } of ambientPolicies(mesh)) {
    const service = services.find(({ namespace, resource: owner }) => namespace !== resource.namespace && hasNamespace(owner));
    if (service !== undefined && hasNamespace(resource)) {
      yield {
        resource,
        path,
        message: `has no effect: the waypoint of '${service.hostname}' does not look in '${resource.namespace}'`,
        fix: `move the DestinationRule to '${service.namespace}'`,
      };
    }
  }
}
