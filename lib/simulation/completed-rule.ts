import type { MeshConfig } from '../mesh/mesh-options';
import type { Route } from '../mesh/routes';
import type { HttpRule } from '../mesh/specs';

/** What a route says, with the retries of the mesh configuration where it says none. What the mesh does not know has no route and no retries. */
export function completedRule(route: Route | undefined, { defaultRetries }: MeshConfig): HttpRule {
  const rule = route?.rule?.spec ?? {};
  return route === undefined || rule.retries !== undefined || defaultRetries === undefined ? rule : { ...rule, retries: defaultRetries };
}
