import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { isEnrolled } from '../shared/ambient';
import { ambientRoutes } from '../shared/ambient-routes';

export const SERVICE_WITHOUT_WAYPOINT: Rule = {
  code: 'KIA1113',
  severity: Severity.WARNING,
  title: 'A Service of ambient mode that has http or tls routes goes through a waypoint, which alone sees requests.',
  check: servicesWithoutWaypoint,
};

function* servicesWithoutWaypoint({ mesh }: RuleContext): Iterable<Problem> {
  for (const { virtualService: { resource }, services } of ambientRoutes(mesh)) {
    for (const { index, service } of services) {
      if (!isEnrolled(mesh, service)) {
        yield {
          resource,
          path: `spec.hosts[${index}]`,
          message: `is the Service '${service.name}' in '${service.namespace}', which is in ambient mode and has no waypoint: the routes are not used`,
          fix: 'label the Service or its namespace with istio.io/use-waypoint',
        };
      }
    }
  }
}
