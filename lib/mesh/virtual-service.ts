import { mapChanged } from './collections';
import { expandGateway, expandHost, MESH_GATEWAY } from './names';
import type { Resource } from './resource';
import type { Destination, HttpMatch, HttpRule, TcpRule, TlsRule, VirtualServiceSpec } from './specs';
import type { ExportTo } from './visibility';

/** Why a route of a VirtualService does not exist at run time. */
export type LostReason =
  /** the delegate does not exist */
  'missing-delegate'
  /** the delegate is a VirtualService with hosts of its own */
  | 'delegate-with-hosts'
  /** the delegate is not exported to the namespace of the root */
  | 'hidden-delegate'
  /** a match of the delegate's route fits no match of the root's */
  | 'conflicting-match';

/** A route that Istio leaves out without a word. */
export interface LostRoute {
  /** Its position in the `http` of the root. */
  readonly index: number;
  readonly reason: LostReason;

  /** `namespace/name` of the delegate. */
  readonly delegate: string;

  /** The position in the `http` of the delegate, where only that route is lost. */
  readonly delegateIndex?: number;
}

/** Where a match of a merged route comes from: positions in the matches of the root and of the delegate. */
export interface MatchOrigin {
  readonly root?: number;
  readonly delegate?: number;
}

/** What a route owes to a delegate. */
export interface DelegateOrigin {
  readonly resource: Resource<VirtualServiceSpec>;

  /** The position in the `http` of the delegate. */
  readonly index: number;

  /** One for each entry of the route's matches. */
  readonly matches: readonly MatchOrigin[];
}

/** One entry of `http`; where it delegates, one entry of the delegate merged into it. */
export class HttpRoute {
  /** The matches, with gateways as `namespace/name`. Without any, everything matches. */
  public readonly matches: readonly HttpMatch[];

  private full?: HttpRule;

  /**
   * @param virtualService the VirtualService whose hosts it serves
   * @param index the position in the `http` of the VirtualService
   * @param written the entry
   * @param clusterDomain the DNS domain of the cluster
   * @param delegate the entry of the delegate that it is merged from
   */
  constructor(
    public readonly virtualService: VirtualService,
    public readonly index: number,
    /** The entry, with names that may be short. */
    public readonly written: HttpRule,
    private readonly clusterDomain: string,
    public readonly delegate?: DelegateOrigin,
  ) {
    this.matches = mapChanged(written.match ?? NO_MATCHES, match => expandGateways(match, virtualService.namespace));
  }

  public get name(): string {
    return this.written.name ?? '';
  }

  /** The route as Istio reads it, with full names. */
  public get spec(): HttpRule {
    return this.full ??= expandHttpRule(this.written, this.virtualService.namespace, this.clusterDomain);
  }
}

const NO_MATCHES: readonly HttpMatch[] = [];

/** A host and port that a VirtualService sends to. */
export interface Target {
  /** The full name. */
  readonly host: string;

  /** 0 where the destination names none. */
  readonly port: number;

  /** The namespaces of the clients that it is for; empty for all. */
  readonly sourceNamespaces: readonly string[];
}

/** What merging the delegates of a VirtualService gives. */
export interface HttpRoutes {
  readonly routes: readonly HttpRoute[];
  readonly lost: readonly LostRoute[];
}

/** A VirtualService with hosts, with the names as Istio completes them. */
export class VirtualService {
  /** Full names. */
  public readonly hosts: readonly string[];

  /** `mesh`, or `namespace/name`. */
  public readonly gateways: readonly string[];

  private merged?: HttpRoutes;
  private fullTls?: readonly TlsRule[];
  private fullTcp?: readonly TcpRule[];
  private knownTargets?: readonly Target[];

  /**
   * @param resource the object
   * @param exportTo the namespaces that it is exported to, without `.`
   * @param clusterDomain the DNS domain of the cluster
   * @param mergeDelegates gives the http routes, merged with those of delegates
   */
  constructor(
    public readonly resource: Resource<VirtualServiceSpec>,
    public readonly exportTo: ExportTo,
    private readonly clusterDomain: string,
    private readonly mergeDelegates: (virtualService: VirtualService) => HttpRoutes,
  ) {
    const { hosts = [], gateways = [] } = resource.spec;
    this.hosts = mapChanged(hosts, host => expandHost(host, resource.namespace, clusterDomain));
    this.gateways = gateways.length === 0 ? MESH_ONLY : mapChanged(gateways, gateway => expandGateway(gateway, resource.namespace));
  }

  public get name(): string {
    return this.resource.name;
  }

  public get namespace(): string {
    return this.resource.namespace;
  }

  /** `namespace/name`. */
  public get key(): string {
    return this.resource.key;
  }

  public get createdAt(): number | undefined {
    return this.resource.createdAt;
  }

  /** The http routes in order, those of delegates in the place of the route that delegates. */
  public get http(): readonly HttpRoute[] {
    return this.httpRoutes.routes;
  }

  /** The http routes that delegation loses. */
  public get lost(): readonly LostRoute[] {
    return this.httpRoutes.lost;
  }

  public get tls(): readonly TlsRule[] {
    return this.fullTls ??= mapChanged(this.resource.spec.tls ?? [], rule => expandL4(rule, this.namespace, this.clusterDomain));
  }

  public get tcp(): readonly TcpRule[] {
    return this.fullTcp ??= mapChanged(this.resource.spec.tcp ?? [], rule => expandL4(rule, this.namespace, this.clusterDomain));
  }

  /** Where its routes send requests, copies of requests and connections, each as often as it is named. */
  public get targets(): readonly Target[] {
    return this.knownTargets ??= this.findTargets();
  }

  private findTargets(): readonly Target[] {
    const targets: Target[] = [];
    const add = (destination: Destination | undefined, sourceNamespaces: readonly string[]): void => {
      if (destination !== undefined) {
        const host = expandHost(destination.host ?? '', this.namespace, this.clusterDomain);
        targets.push({ host, port: destination.port === undefined ? 0 : destination.port.number ?? 0, sourceNamespaces });
      }
    };
    for (const { written, matches } of this.http) {
      const namespaces = matches.flatMap(match => match.sourceNamespace || []);
      written.route?.forEach(item => add(item.destination, namespaces));
      add(written.mirror, namespaces);
      written.mirrors?.forEach(item => add(item.destination, namespaces));
    }
    [...this.tcp, ...this.tls].forEach(rule => rule.route?.forEach(item => add(item.destination, [])));
    return targets;
  }

  private get httpRoutes(): HttpRoutes {
    return this.merged ??= this.mergeDelegates(this);
  }
}

const MESH_ONLY = [MESH_GATEWAY];

/** The http routes of an object with full names. */
export function expandHttp(resource: Resource<VirtualServiceSpec>, clusterDomain: string): readonly HttpRule[] {
  return mapChanged(resource.spec.http ?? [], rule => expandHttpRule(rule, resource.namespace, clusterDomain));
}

/** An entry of `http` with full names. */
export function expandHttpRule(rule: HttpRule, namespace: string, clusterDomain: string): HttpRule {
  const match = mapPresent(rule.match, item => expandGateways(item, namespace));
  const route = mapPresent(rule.route, item => expandDestinationOf(item, namespace, clusterDomain));
  const mirrors = mapPresent(rule.mirrors, item => expandDestinationOf(item, namespace, clusterDomain));
  const mirror = rule.mirror === undefined ? undefined : expandDestination(rule.mirror, namespace, clusterDomain);
  // the field has two spellings
  const mirrorPercent = rule.mirrorPercent ?? (rule as { readonly mirror_percent?: number }).mirror_percent;
  const isSame = match === rule.match && route === rule.route && mirrors === rule.mirrors && mirror === rule.mirror;
  return isSame && mirrorPercent === rule.mirrorPercent ? rule : { ...rule, match, route, mirrors, mirror, mirrorPercent };
}

function expandL4<Rule extends TlsRule | TcpRule>(rule: Rule, namespace: string, clusterDomain: string): Rule {
  const match = mapPresent<{ readonly gateways?: readonly string[] }>(rule.match, item => expandGateways(item, namespace));
  const route = mapPresent(rule.route, item => expandDestinationOf(item, namespace, clusterDomain));
  return match === rule.match && route === rule.route ? rule : { ...rule, match, route };
}

function mapPresent<T>(list: readonly T[] | undefined, change: (item: T) => T): readonly T[] | undefined {
  return list === undefined ? undefined : mapChanged(list, change);
}

function expandGateways<T extends { readonly gateways?: readonly string[] }>(match: T, namespace: string): T {
  const gateways = mapPresent(match.gateways, gateway => expandGateway(gateway, namespace));
  return gateways === match.gateways ? match : { ...match, gateways };
}

function expandDestinationOf<T extends { readonly destination?: Destination }>(item: T, namespace: string, clusterDomain: string): T {
  const destination = item.destination === undefined ? undefined : expandDestination(item.destination, namespace, clusterDomain);
  return destination === item.destination ? item : { ...item, destination };
}

function expandDestination<T extends { readonly host?: string }>(destination: T, namespace: string, clusterDomain: string): T {
  const host = destination.host === undefined ? undefined : expandHost(destination.host, namespace, clusterDomain);
  return host === destination.host ? destination : { ...destination, host };
}
