import type { Destination, VirtualServiceSpec } from '../../../mesh/specs';

/** A destination of a VirtualService and where it stands. */
export interface PlacedDestination {
  /** The property that holds it, such as `spec.http[0].route[1].destination`. */
  readonly path: string;
  readonly destination: Destination;
  readonly isMirror: boolean;
}

/** All destinations of a VirtualService, mirrors included. One that is missing is empty. */
export function* destinationsOf(spec: VirtualServiceSpec): Iterable<PlacedDestination> {
  for (const [index, { route, mirror, mirrors }] of (spec.http ?? []).entries()) {
    yield* routed(`spec.http[${index}].route`, route);
    if (mirror !== undefined) {
      yield { path: `spec.http[${index}].mirror`, destination: mirror, isMirror: true };
    }
    for (const [position, { destination = {} }] of (mirrors ?? []).entries()) {
      yield { path: `spec.http[${index}].mirrors[${position}].destination`, destination, isMirror: true };
    }
  }
  for (const list of ['tls', 'tcp'] as const) {
    for (const [index, { route }] of (spec[list] ?? []).entries()) {
      yield* routed(`spec.${list}[${index}].route`, route);
    }
  }
}

function* routed(path: string, route: readonly { readonly destination?: Destination }[] = []): Iterable<PlacedDestination> {
  for (const [index, { destination = {} }] of route.entries()) {
    yield { path: `${path}[${index}].destination`, destination, isMirror: false };
  }
}
