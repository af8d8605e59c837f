import type { PlacedAudience } from './audiences';
import type { HttpAction } from '../../http-action';
import type { HttpRoute } from '../../http-route';

/** A route of a release. Without audiences it is for everybody, and the last one. */
export interface ReleaseRoute {
  readonly name: string;
  readonly audiences?: readonly PlacedAudience[];
  readonly action: HttpAction;
}

/** Where routes are read, which decides what can be known of a request there. */
export type Reader = 'mesh' | 'gateway';

export function isKnownTo(reader: Reader, { audience }: PlacedAudience): boolean {
  return reader === 'mesh' ? audience._isKnownInMesh() : audience._isKnownAtGateways();
}

/** The routes with audiences as one reader, or any, sees them: without the audiences that it cannot tell, and without the routes that are for nobody then. */
export function routesFor(reader: Reader | undefined, routes: readonly ReleaseRoute[]): HttpRoute[] {
  return routes
    .map(({ name, audiences = [], action }) => ({
      name,
      matches: audiences.filter(placed => reader === undefined || isKnownTo(reader, placed)).map(({ audience }) => audience._toMatch()),
      action,
    }))
    .filter(({ matches }) => matches.length > 0);
}
