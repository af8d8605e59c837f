import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { isWithoutWaypoint } from '../shared/ambient';
import { ambientPolicies } from '../shared/ambient-policies';

export const POLICY_WITHOUT_WAYPOINT: Rule = {
  code: 'KIA0210',
  severity: Severity.WARNING,
  title: 'A namespace of ambient mode with a policy for requests has a waypoint, which alone sees requests.',
  check: policiesWithoutWaypoint,
};

function* policiesWithoutWaypoint({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { resource, path, services } of ambientPolicies(mesh)) {
    const isUnknown = services.length === 0 && mesh.services.ofHost(mesh.destinationRules.hostOf(resource)).length === 0;
    if (isUnknown && hasNamespace(resource) && isWithoutWaypoint(mesh, resource.namespace)) {
      yield {
        resource,
        path,
        message: `has no effect: the namespace '${resource.namespace}' is in ambient mode and has no waypoint`,
        fix: 'label the namespace with istio.io/use-waypoint',
      };
    }
  }
}
