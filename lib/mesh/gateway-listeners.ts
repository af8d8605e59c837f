import { getOrMake } from './collections';
import { GatewayView, ServerHosts } from './gateway-routes';
import { BoundServer, isAutoPassthrough, isHttpServer, isPassthrough, ServerGroup, sniHostsOf } from './gateway-servers';
import { FilterChain, forwardDestinations, Listener, onlyDestination } from './listeners';
import { isHostWithin } from './names';
import { isHttp } from './protocols';
import { destinationCluster } from './routes';
import { UNSPECIFIED } from './service-addresses';
import type { MeshService } from './services';
import type { TcpMatch, TlsMatch } from './specs';

/** What the listeners of a gateway are made from. */
export interface GatewayListenerView extends GatewayView {
  /** The services that the gateway has clusters for. */
  readonly services: () => Iterable<MeshService>;
  readonly serviceOf: (host: string) => MeshService | undefined;

  /** The subsets of a service, as the gateway's DestinationRule defines them. */
  readonly subsetsOf: (service: MeshService) => readonly string[];
}

/** The ALPN values by which Istio's own proxies say that they speak mutual TLS. */
const ISTIO_ALPN = ['istio-peer-exchange', 'istio', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

/** The listeners of a gateway. A port all of whose servers lead nowhere has none. */
export function buildGatewayListeners(groups: readonly ServerGroup[], view: GatewayListenerView): Listener[] {
  const listeners = new Map<string, Listener & { readonly chains: FilterChain[] }>();
  const sniHosts = new Map<number, Map<string, string>>();
  for (const group of groups) {
    const address = group.bind || UNSPECIFIED;
    const name = `${address}_${group.listenerPort}`;
    const listener = getOrMake(listeners, name, () => ({ name, address, port: group.listenerPort, chains: [] }));
    if (isHttp(group.protocol)) {
      listener.chains.push({ plainHttp: false, endsTls: false, routeTable: group.routeTable, server: group.servers[0] });
    } else {
      const taken = getOrMake(sniHosts, group.listenerPort, () => new Map<string, string>());
      group.servers.forEach(server => listener.chains.push(...chainsOf(server, view, taken)));
    }
  }
  return [...listeners.values()].filter(({ chains }) => chains.length > 0);
}

function chainsOf(server: BoundServer, view: GatewayListenerView, taken: Map<string, string>): FilterChain[] {
  if (server.spec.tls !== undefined && isHttpServer(server)) {
    return [{ sniHosts: anyName(sniHostsOf(server)), plainHttp: false, endsTls: true, routeTable: server.routeTable, server }];
  }
  if (isAutoPassthrough(server)) {
    return autoPassthroughChains(server, view);
  }
  return isPassthrough(server) ? passthroughChains(server, view, taken) : tcpChains(server, view);
}

/** A list with `*` admits every name, and connections without one. */
function anyName(hosts: readonly string[] | undefined): readonly string[] | undefined {
  return hosts === undefined || hosts.length === 0 || hosts.includes('*') ? undefined : hosts;
}

/** The first VirtualService with a tcp rule for the server takes all its connections. */
function tcpChains(server: BoundServer, view: GatewayListenerView): FilterChain[] {
  const endsTls = server.spec.tls !== undefined;
  for (const virtualService of new ServerHosts(server).overlapping(view.virtualServicesOf(server.gateway.key))) {
    for (const [index, { match = [], route = [] }] of virtualService.tcp.entries()) {
      const matchIndex = match.findIndex(item => isFor(item, server));
      if (route.length > 0 && (match.length === 0 || matchIndex >= 0)) {
        return [{
          sniHosts: endsTls ? anyName(sniHostsOf(server)) : undefined,
          plainHttp: false,
          endsTls,
          server,
          forward: {
            destinations: forwardDestinations(route, item => clusterOf(item.destination, server, view)),
            rule: { virtualService, section: 'tcp', index, matchIndex: matchIndex < 0 ? undefined : matchIndex },
          },
        }];
      }
    }
  }
  return [];
}

/** Each match of a tls rule whose names are all still free becomes a chain. */
function passthroughChains(server: BoundServer, view: GatewayListenerView, taken: Map<string, string>): FilterChain[] {
  const chains: FilterChain[] = [];
  for (const virtualService of new ServerHosts(server).overlapping(view.virtualServicesOf(server.gateway.key))) {
    virtualService.tls.forEach(({ match = [], route = [] }, index) => match.forEach((item, matchIndex) => {
      const names = item.sniHosts ?? [];
      if (route.length === 0 || !isFor(item, server) || names.some(name => taken.get(name) === server.bind)) {
        return;
      }
      names.forEach(name => taken.set(name, server.bind));
      chains.push({
        sniHosts: anyName(names),
        plainHttp: false,
        endsTls: false,
        server,
        forward: {
          destinations: forwardDestinations(route, destination => clusterOf(destination.destination, server, view)),
          rule: { virtualService, section: 'tls', index, matchIndex },
        },
      });
    }));
  }
  return chains;
}

/** Every cluster of a service that the server covers can be asked for by its name. */
function autoPassthroughChains(server: BoundServer, view: GatewayListenerView): FilterChain[] {
  const hosts = sniHostsOf(server);
  return [...view.services()].filter(service => !service.isExternal && hosts.some(host => isHostWithin(service.hostname, host))).flatMap(service =>
    service.ports.filter(port => port.protocol !== 'UDP').flatMap(port => ['', ...view.subsetsOf(service)].map(subset => {
      const cluster = sniCluster(port.number, subset, service.hostname);
      const forward = { destinations: onlyDestination(cluster), service };
      return { sniHosts: [cluster], alpn: ISTIO_ALPN, plainHttp: false, endsTls: false, server, forward };
    })));
}

/** The name by which AUTO_PASSTHROUGH is asked for a cluster. */
export function sniCluster(port: number, subset: string, hostname: string): string {
  return `outbound_.${port}_.${subset}_.${hostname}`;
}

/** Of the conditions of a tls or tcp match only port and gateways count on a gateway. */
function isFor(match: TcpMatch | TlsMatch, server: BoundServer): boolean {
  const { gateways = [] } = match;
  return (!match.port || match.port === server.port) && (gateways.length === 0 || gateways.includes(server.gateway.key));
}

function clusterOf(destination: Parameters<typeof destinationCluster>[0], server: BoundServer, view: GatewayListenerView): string {
  return destinationCluster(destination, view.serviceOf(destination?.host ?? ''), server.port);
}
