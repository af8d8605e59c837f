import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { ambientRoutes } from '../shared/ambient-routes';

export const ROUTES_OF_OTHER_NAMESPACE: Rule = {
  code: 'KIA1114',
  severity: Severity.WARNING,
  title: 'The routes of a Service of ambient mode are in its namespace, where alone a waypoint looks for them.',
  check: routesOfOtherNamespaces,
};

function* routesOfOtherNamespaces({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { virtualService: { resource }, services } of ambientRoutes(mesh)) {
    for (const { index, service } of services) {
      if (service.namespace !== resource.namespace && hasNamespace(resource) && hasNamespace(service.resource)) {
        yield {
          resource,
          path: `spec.hosts[${index}]`,
          message: `is a Service of ambient mode in '${service.namespace}', whose waypoint does not look in '${resource.namespace}'`,
          fix: `move the VirtualService to '${service.namespace}'`,
        };
      }
    }
  }
}
