import { isSelected, isEmpty } from './labels';
import type { TextMap } from './manifest';
import { outboundCluster } from './names';
import type { MeshService } from './services';
import type { Destination, HttpDestination, HttpMatch, HttpMirror, HttpRule } from './specs';
import type { HttpRoute, VirtualService } from './virtual-service';

/** What a route is made for: a proxy, and the port that requests come in on. */
export interface RouteContext {
  readonly namespace: string;
  readonly labels: TextMap;

  /** The gateway that the VirtualService is taken for: `mesh`, or `namespace/name`. */
  readonly gateway: string;

  /** The port of the listener of a sidecar, the port of the server as a Gateway writes it. */
  readonly port: number;

  /** Whether the server of a Gateway that the route is made for has TLS settings, be it only that it redirects. */
  readonly hasTlsSettings?: boolean;

  /** Finds the service of a destination of a VirtualService. */
  readonly serviceOf: (host: string, virtualService: VirtualService) => MeshService | undefined;
}

/** Where a route can send a request. */
export interface RouteDestination {
  /** The name of the cluster, which need not exist. */
  readonly cluster: string;

  /** How often it is chosen, as a part of the sum of all; 1 where it is the only one. */
  readonly weight: number;

  /** The entry of the route; absent on the default route of a service. */
  readonly spec?: HttpDestination;

  /** The position in the entries of the route, where there is one. */
  readonly index: number;
}

/** Where a copy of a request is sent. */
export interface RouteMirror {
  readonly cluster: string;
  readonly percent: number;
  readonly destination: Destination;
}

/** Why a match of a VirtualService makes no route for a proxy. */
export type ExclusionReason = 'port' | 'gateways' | 'sourceLabels' | 'sourceNamespace' | 'after-catch-all';

/** A match that makes no route for a proxy. */
export interface ExcludedMatch {
  readonly rule: HttpRoute;

  /** The position in the matches of the rule; absent where it has none. */
  readonly matchIndex?: number;
  readonly reason: ExclusionReason;
}

/** One route of a table: one match of an http route, with the clusters that it sends to. */
export class Route {
  /** As Envoy knows it; empty where neither route nor match has a name. */
  public readonly name: string;

  /** Whether it takes every request, so that Istio puts it last. */
  public readonly isCatchAll: boolean;

  private resolvedDestinations?: readonly RouteDestination[];
  private resolvedMirrors?: readonly RouteMirror[];

  /**
   * @param context what it is made for
   * @param rule the http route; absent for the default route of a service
   * @param matchIndex the position of the match in the matches of the rule; absent where it has none
   * @param defaultHost the host of the service whose default route it is
   */
  constructor(
    public readonly context: RouteContext,
    public readonly rule: HttpRoute | undefined,
    public readonly matchIndex?: number,
    public readonly defaultHost: string = '',
  ) {
    this.name = rule === undefined ? 'default' : nameOf(rule, this.match);
    this.isCatchAll = takesEverything(this.match);
  }

  /** What a request must be like, beyond what is decided by who sends it and to which port. */
  public get match(): HttpMatch | undefined {
    return this.matchIndex === undefined ? undefined : this.rule?.matches[this.matchIndex];
  }

  /** The destinations that can be chosen; none for a redirect or a direct response. */
  public get destinations(): readonly RouteDestination[] {
    return this.resolvedDestinations ??= this.rule === undefined
      ? [{ cluster: outboundCluster(this.context.port, undefined, this.defaultHost), weight: 1, index: 0 }]
      : destinationsOf(this.rule, this.context);
  }

  public get mirrors(): readonly RouteMirror[] {
    return this.resolvedMirrors ??= this.rule === undefined ? [] : mirrorsOf(this.rule, this.context);
  }
}

/**
 * The routes that the http section of a VirtualService gives a proxy on a port, in file order.
 *
 * @param excluded is told of the matches that give none
 */
export function buildRoutes(virtualService: VirtualService, context: RouteContext, excluded?: (match: ExcludedMatch) => void): readonly Route[] {
  const routes: Route[] = [];
  let isComplete = false;
  for (const rule of virtualService.http) {
    const { matches } = rule;
    for (let index = matches.length === 0 ? -1 : 0; index < matches.length; index++) {
      const matchIndex = index < 0 ? undefined : index;
      const reason = isComplete ? 'after-catch-all' : matchIndex === undefined ? undefined : exclusionOf(matches[matchIndex], context);
      if (reason === undefined) {
        const route = new Route(context, rule, matchIndex);
        routes.push(route);
        isComplete = route.isCatchAll;
      } else if (excluded !== undefined) {
        excluded({ rule, matchIndex, reason });
      } else if (isComplete) {
        return routes;
      }
    }
  }
  return routes;
}

function exclusionOf(match: HttpMatch, context: RouteContext): ExclusionReason | undefined {
  if (match.port && match.port !== context.port) {
    return 'port';
  }
  if (match.gateways !== undefined && match.gateways.length > 0) {
    return match.gateways.includes(context.gateway) ? undefined : 'gateways';
  }
  if (!isSelected(match.sourceLabels ?? {}, context.labels)) {
    return 'sourceLabels';
  }
  return match.sourceNamespace && match.sourceNamespace !== context.namespace ? 'sourceNamespace' : undefined;
}

function nameOf({ name }: HttpRoute, match: HttpMatch | undefined): string {
  return match?.name ? `${name}.${match.name}` : name;
}

/** Whether Istio takes a match for one that takes every request. */
export function takesEverything(match: HttpMatch | undefined): boolean {
  if (match === undefined) {
    return true;
  }
  const { uri } = match;
  const anyPath = uri === undefined || (uri.exact === undefined && (uri.prefix ?? '/') === '/' && (uri.regex ?? '.*') === '.*');
  return anyPath && match.method === undefined && match.authority === undefined && match.scheme === undefined
    && isEmpty(match.headers ?? {}) && isEmpty(match.withoutHeaders ?? {}) && isEmpty(match.queryParams ?? {});
}

function destinationsOf(rule: HttpRoute, context: RouteContext): readonly RouteDestination[] {
  const { redirect, directResponse, route = [] } = rule.spec;
  if (redirect !== undefined || directResponse !== undefined) {
    return [];
  }
  const all = route.map((spec, index) => ({
    cluster: clusterOf(spec.destination, context, rule.virtualService), weight: spec.weight ?? 0, spec, index,
  }));
  return all.length === 1 ? [{ ...all[0], weight: 1 }] : all.filter(destination => destination.weight > 0);
}

function mirrorsOf(rule: HttpRoute, context: RouteContext): readonly RouteMirror[] {
  const { redirect, directResponse, mirror, mirrors = [] } = rule.spec;
  if (redirect !== undefined || directResponse !== undefined) {
    return [];
  }
  const single: HttpMirror[] = mirror === undefined ? [] : [{ destination: mirror, percentage: singlePercentage(rule.spec) }];
  return [...single, ...mirrors].flatMap(({ destination, percentage }) => {
    const percent = percentage === undefined ? 100 : percentage.value ?? 0;
    return destination === undefined || percent <= 0 ? [] : [{ cluster: clusterOf(destination, context, rule.virtualService), percent, destination }];
  });
}

function singlePercentage(spec: HttpRule): HttpMirror['percentage'] {
  const { mirrorPercentage, mirrorPercent } = spec;
  return mirrorPercentage ?? (mirrorPercent === undefined ? undefined : { value: mirrorPercent });
}

function clusterOf(destination: Destination | undefined, context: RouteContext, virtualService: VirtualService): string {
  const host = destination?.host ?? '';
  return destinationCluster(destination, host === '' ? undefined : context.serviceOf(host, virtualService), context.port);
}

/**
 * The cluster that a destination means: its port, else the only port of the service, else the port that the request came in on.
 * An ExternalName Service means the host that it stands for.
 */
export function destinationCluster(destination: Destination | undefined, service: MeshService | undefined, listenerPort: number): string {
  if (!destination?.host) {
    return 'UnknownService';
  }
  const onlyPort = service?.ports.length === 1 ? service.ports[0].number : listenerPort;
  const port = destination.port === undefined ? onlyPort : destination.port.number ?? 0;
  return outboundCluster(port, destination.subset, service?.externalName ?? destination.host);
}
