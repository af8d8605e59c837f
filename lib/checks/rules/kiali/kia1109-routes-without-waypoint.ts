import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { isWithoutWaypoint } from '../shared/ambient';
import { ambientRoutes } from '../shared/ambient-routes';

export const ROUTES_WITHOUT_WAYPOINT: Rule = {
  code: 'KIA1109',
  severity: Severity.WARNING,
  title: 'A namespace of ambient mode with http or tls routes for the mesh has a waypoint, which alone sees requests.',
  check: routesWithoutWaypoint,
};

function* routesWithoutWaypoint({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { virtualService: { resource, hosts }, services } of ambientRoutes(mesh)) {
    const isUnknown = services.length === 0 && hosts.every(host => mesh.services.ofHost(host).length === 0);
    if (isUnknown && hasNamespace(resource) && isWithoutWaypoint(mesh, resource.namespace)) {
      yield {
        resource,
        path: 'metadata.namespace',
        message: `is in ambient mode and has no waypoint, so that the routes are not used, got '${resource.namespace}'`,
        fix: 'label the namespace with istio.io/use-waypoint',
      };
    }
  }
}
