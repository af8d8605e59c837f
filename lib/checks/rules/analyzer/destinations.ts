import type { KnownHost, KnownHosts } from './known-hosts';
import type { Resource } from '../../../mesh/resource';
import type { Destination, VirtualServiceSpec } from '../../../mesh/specs';

const NOWHERE: Destination = {};

type Section = 'http' | 'tls' | 'tcp';

/** A destination of a VirtualService and where it stands. One that is missing is empty. */
export class PlacedDestination {
  /** What the analyzer knows of its host, undefined where that is nothing. */
  public readonly known: readonly KnownHost[] | undefined;

  constructor(
    knownHosts: KnownHosts,
    public readonly resource: Resource<VirtualServiceSpec>,
    public readonly destination: Destination,
    public readonly section: Section,
    private readonly rule: number,
    private readonly list: 'route' | 'mirror' | 'mirrors',
    private readonly position: number,
  ) {
    this.known = knownHosts.find(destination.host ?? '', resource.namespace, resource.spec.exportTo);
  }

  public get isMirror(): boolean {
    return this.list !== 'route';
  }

  /** The property that holds it, such as `spec.http[0].route[1].destination`. */
  public get path(): string {
    const rule = `spec.${this.section}[${this.rule}]`;
    return this.list === 'mirror' ? `${rule}.mirror` : `${rule}.${this.list}[${this.position}].destination`;
  }
}

/** All destinations of VirtualServices, mirrors included. */
export function placedDestinations(virtualServices: readonly Resource<VirtualServiceSpec>[], knownHosts: KnownHosts): readonly PlacedDestination[] {
  const placed: PlacedDestination[] = [];
  for (const resource of virtualServices) {
    const add = (section: Section, rule: number, list: 'route' | 'mirrors', items: readonly { readonly destination?: Destination }[] = []) =>
      items.forEach(({ destination = NOWHERE }, position) =>
        placed.push(new PlacedDestination(knownHosts, resource, destination, section, rule, list, position)));
    const { http = [], tls = [], tcp = [] } = resource.spec;
    http.forEach(({ route, mirror, mirrors }, rule) => {
      add('http', rule, 'route', route);
      if (mirror !== undefined) {
        placed.push(new PlacedDestination(knownHosts, resource, mirror, 'http', rule, 'mirror', 0));
      }
      add('http', rule, 'mirrors', mirrors);
    });
    tls.forEach(({ route }, rule) => add('tls', rule, 'route', route));
    tcp.forEach(({ route }, rule) => add('tcp', rule, 'route', route));
  }
  return placed;
}
