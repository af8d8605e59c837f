import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { isEnrolled } from '../shared/ambient';
import { ambientPolicies } from '../shared/ambient-policies';

export const POLICY_OF_SERVICE_WITHOUT_WAYPOINT: Rule = {
  code: 'KIA0211',
  severity: Severity.WARNING,
  title: 'A Service of ambient mode with a policy for requests goes through a waypoint, which alone sees requests.',
  check: policiesOfServicesWithoutWaypoint,
};

function* policiesOfServicesWithoutWaypoint({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, path, services } of ambientPolicies(mesh)) {
    const service = services.find(item => !isEnrolled(mesh, item));
    if (service !== undefined) {
      yield {
        resource,
        path,
        message: `has no effect: the Service '${service.name}' in '${service.namespace}' is in ambient mode and has no waypoint`,
        fix: 'label the Service or its namespace with istio.io/use-waypoint',
      };
    }
  }
}
