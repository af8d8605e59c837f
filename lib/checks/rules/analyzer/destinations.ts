import { ruleKey } from './analyzer-names';
import type { KnownHost, KnownHosts } from './known-hosts';
import type { Resource } from '../../../mesh/resource';
import type { Destination, VirtualServiceSpec } from '../../../mesh/specs';

const NOWHERE: Destination = {};

type Section = 'http' | 'tls' | 'tcp';

/** A destination of a VirtualService and where it stands. One that is missing is empty. */
export class PlacedDestination {
  constructor(
    public readonly resource: Resource<VirtualServiceSpec>,
    public readonly destination: Destination,
    /** What the analyzer knows of its host, undefined where that is nothing. */
    public readonly known: readonly KnownHost[] | undefined,
    /** What the rule of its subset is found by; empty where it has no subset. */
    public readonly keyOfRule: string,
    public readonly section: Section,
    private readonly rule: number,
    private readonly list: 'route' | 'mirror' | 'mirrors',
    private readonly position: number,
  ) {
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
    const { http = [], tls = [], tcp = [], exportTo } = resource.spec;
    // most destinations of a VirtualService have one host
    let host: string | undefined;
    let known: readonly KnownHost[] | undefined;
    let key: string | undefined;
    const add = (destination: Destination, section: Section, rule: number, list: 'route' | 'mirror' | 'mirrors', position: number) => {
      if (host === undefined || host !== (destination.host ?? '')) {
        host = destination.host ?? '';
        known = knownHosts.find(host, resource.namespace, exportTo);
        key = undefined;
      }
      const keyOfRule = destination.subset ? key ??= ruleKey(host, resource.namespace) : '';
      placed.push(new PlacedDestination(resource, destination, known, keyOfRule, section, rule, list, position));
    };
    http.forEach(({ route, mirror, mirrors }, rule) => {
      route?.forEach(({ destination = NOWHERE }, position) => add(destination, 'http', rule, 'route', position));
      if (mirror !== undefined) {
        add(mirror, 'http', rule, 'mirror', 0);
      }
      mirrors?.forEach(({ destination = NOWHERE }, position) => add(destination, 'http', rule, 'mirrors', position));
    });
    tls.forEach(({ route }, rule) => route?.forEach(({ destination = NOWHERE }, position) => add(destination, 'tls', rule, 'route', position)));
    tcp.forEach(({ route }, rule) => route?.forEach(({ destination = NOWHERE }, position) => add(destination, 'tcp', rule, 'route', position)));
  }
  return placed;
}
