import type { Destination, HttpRule } from '../../../mesh/specs';

/** A destination of an http route, or of a copy of its requests. */
export class PlacedDestination {
  constructor(public readonly destination: Destination, private readonly field: string, private readonly index?: number) {
  }

  /** Where it is written, below the route: `route[0].destination`. */
  public get path(): string {
    return this.index === undefined ? this.field : `${this.field}[${this.index}].destination`;
  }
}

export function httpDestinations({ route = [], mirror, mirrors = [] }: HttpRule): readonly PlacedDestination[] {
  const placed: PlacedDestination[] = [];
  place(placed, 'route', route);
  if (mirror !== undefined) {
    placed.push(new PlacedDestination(mirror, 'mirror'));
  }
  place(placed, 'mirrors', mirrors);
  return placed;
}

function place(placed: PlacedDestination[], field: string, list: readonly { readonly destination?: Destination }[]): void {
  for (let index = 0; index < list.length; index++) {
    const { destination } = list[index];
    if (destination !== undefined) {
      placed.push(new PlacedDestination(destination, field, index));
    }
  }
}
