import type { Destination, HttpRule } from '../../../mesh/specs';

/** A destination of an http route, or of a copy of its requests, and where it is written. */
export interface PlacedDestination {
  readonly destination: Destination;

  /** Below the route: `route[0].destination`. */
  readonly path: string;
}

export function httpDestinations({ route = [], mirror, mirrors = [] }: HttpRule): readonly PlacedDestination[] {
  const placed = (list: readonly { readonly destination?: Destination }[], field: string): PlacedDestination[] =>
    list.flatMap(({ destination }, index) => destination === undefined ? [] : [{ destination, path: `${field}[${index}].destination` }]);
  return [
    ...placed(route, 'route'),
    ...mirror === undefined ? [] : [{ destination: mirror, path: 'mirror' }],
    ...placed(mirrors, 'mirrors'),
  ];
}
