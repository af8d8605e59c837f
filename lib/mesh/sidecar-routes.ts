import { append } from './collections';
import { HostIndex } from './host-index';
import { hostAndPort, isHostWithin, isWildcard, MESH_GATEWAY } from './names';
import { isHttpOrUnnamed } from './protocols';
import { RouteTable, VirtualHost } from './route-table';
import { buildRoutes, Route, RouteContext } from './routes';
import type { MeshService } from './services';
import { domainsOf } from './sidecar-domains';
import type { EgressListener, ServicePort, SidecarScope } from './sidecar-scope';
import type { VirtualService } from './virtual-service';

/** The http port on which also hosts without a service are routed. */
const DEFAULT_HTTP_PORT = 80;

/** The client that a table is made for. */
export interface SidecarView {
  readonly scope: SidecarScope;
  readonly context: Omit<RouteContext, 'gateway' | 'port' | 'serviceOf'>;
  readonly clusterDomain: string;
}

/** Hosts and services that one VirtualService, or none, decides for. */
interface HostGroup {
  readonly hosts: readonly string[];
  readonly services: readonly ServicePort[];
  readonly routes: readonly Route[];
}

/** The services with a port, by host in lower case. */
type Registry = ReadonlyMap<string, ServicePort>;

/**
 * The table of a sidecar for a port: one virtual host for each service with the port and for each host that a VirtualService
 * adds, and one for everything else.
 */
export function buildSidecarTable(port: number, view: SidecarView): RouteTable | undefined {
  const virtualHosts = serviceVirtualHosts(port, view);
  return virtualHosts === undefined ? undefined : new RouteTable(String(port), port, [...virtualHosts, fallbackHost(view)]);
}

/** The table of one service whose protocol is found out from the bytes: it takes every host. */
export function buildServiceTable(hostname: string, port: number, view: SidecarView): RouteTable {
  const found = (serviceVirtualHosts(port, view) ?? []).filter(({ domains }) => domains.includes(hostname));
  const virtualHosts = found.length === 1 ? [{ ...found[0], domains: ['*'] }] : found;
  return new RouteTable(`${hostname}:${port}`, port, virtualHosts);
}

function serviceVirtualHosts(port: number, view: SidecarView): VirtualHost[] | undefined {
  const egress = view.scope.egressFor(port);
  if (egress === undefined) {
    return undefined;
  }
  const registry = registryOf(egress, port);
  return virtualHostsOf(groupsOf(egress, registry, port, view), port, view);
}

function registryOf(egress: EgressListener, port: number): Registry {
  const registry = new Map<string, ServicePort>();
  for (const servicePort of egress.servicesOn(port)) {
    registry.set(servicePort.service.hostname.toLowerCase(), servicePort);
  }
  return registry;
}

function groupsOf(egress: EgressListener, registry: Registry, port: number, view: SidecarView): HostGroup[] {
  const context = { ...view.context, gateway: MESH_GATEWAY, port, serviceOf: (host: string) => limited(registry.get(host)) };
  const hosts = new HostIndex<ServicePort>();
  for (const [host, servicePort] of registry) {
    hosts.set(host, servicePort);
  }
  const claimed = new Set<ServicePort>();
  const groups: HostGroup[] = [];
  const candidates = port === DEFAULT_HTTP_PORT ? egress.virtualServices.all : egress.lowerCaseVirtualServices.overlapping(registry.keys());
  const ofWildcards = servicesOfWildcards(egress, registry);
  for (const virtualService of candidates) {
    const routes = buildRoutes(virtualService, context);
    if (routes.length === 0) {
      continue;
    }
    const { unknown, known } = partHosts(virtualService, registry, hosts, ofWildcards);
    const services = known.filter(servicePort => isHttpOrUnnamed(servicePort.port.protocol));
    if (services.length > 0 || port === DEFAULT_HTTP_PORT) {
      services.forEach(servicePort => claimed.add(servicePort));
      groups.push({ hosts: unknown, services, routes });
    }
  }
  for (const [host, servicePort] of registry) {
    const isRouted = isHttpOrUnnamed(servicePort.port.protocol) && servicePort.service.resolution !== 'ALIAS';
    if (isRouted && !claimed.has(servicePort)) {
      groups.push({ hosts: [], services: [servicePort], routes: [new Route(context, undefined, undefined, host)] });
    }
  }
  return groups;
}

/** A sidecar sees only the one port of a service that the listener is for. */
function limited(servicePort: ServicePort | undefined): MeshService | undefined {
  return servicePort === undefined ? undefined : { ...servicePort.service, ports: [servicePort.port] };
}

/** The services whose most specific VirtualService names them by a wildcard, by that VirtualService. */
function servicesOfWildcards(egress: EgressListener, registry: Registry): ReadonlyMap<VirtualService, readonly string[]> {
  const services = new Map<VirtualService, string[]>();
  for (const host of registry.keys()) {
    const virtualService = egress.mostSpecificFor(host);
    if (virtualService !== undefined) {
      append(services, virtualService, host);
    }
  }
  return services;
}

/** Parts the hosts of a VirtualService into the services that it decides for and the hosts that no service has. */
function partHosts(
  virtualService: VirtualService, registry: Registry, hosts: HostIndex<ServicePort>, ofWildcards: ReadonlyMap<VirtualService, readonly string[]>,
): { readonly unknown: readonly string[]; readonly known: readonly ServicePort[] } {
  const unknown: string[] = [];
  const known: ServicePort[] = [];
  const wildcards: string[] = [];
  for (const host of virtualService.hosts.map(name => name.toLowerCase())) {
    const servicePort = registry.get(host);
    if (isWildcard(host)) {
      wildcards.push(host);
    } else if (servicePort === undefined) {
      unknown.push(host);
    } else {
      known.push(servicePort);
    }
  }
  for (const wildcard of wildcards) {
    const own = (ofWildcards.get(virtualService) ?? []).filter(host => isHostWithin(host, wildcard) || isHostWithin(wildcard, host));
    known.push(...own.map(host => registry.get(host)!));
    if (own.length === 0 && !hosts.overlaps(wildcard)) {
      unknown.push(wildcard);
    }
  }
  return { unknown, known };
}

function virtualHostsOf(groups: readonly HostGroup[], port: number, view: SidecarView): VirtualHost[] {
  const names = new Set<string>();
  const taken = new Set<string>();
  const real = new Set(groups.flatMap(group => group.services.map(({ service }) => service.hostname.toLowerCase())));
  const virtualHosts: VirtualHost[] = [];
  const add = (host: string, candidates: readonly string[], derived: readonly string[], routes: readonly Route[], service?: MeshService): void => {
    const name = hostAndPort(host, port);
    if (names.has(name)) {
      return;
    }
    names.add(name);
    const domains: string[] = [];
    for (const domain of candidates) {
      const lower = domain.toLowerCase();
      if (!taken.has(lower) && !(real.has(domain) && derived.includes(domain))) {
        taken.add(lower);
        domains.push(domain);
      }
    }
    if (domains.length > 0) {
      virtualHosts.push({ name, domains, routes, requiresTls: false, service });
    }
  };
  for (const { hosts, services, routes } of groups) {
    for (const host of hosts) {
      add(host, [host.includes(':') ? `[${host}]` : host], [], routes);
    }
    for (const { service } of services) {
      const host = service.hostname.toLowerCase();
      const { domains, derived } = domainsOf(service, host, view.scope.namespace, view.clusterDomain);
      add(host, domains, derived, routes, service);
    }
  }
  return virtualHosts;
}

function fallbackHost(view: SidecarView): VirtualHost {
  const fallback = view.scope.outboundPolicy === 'REGISTRY_ONLY' ? 'block_all' : 'allow_any';
  return { name: fallback, domains: ['*'], routes: [], requiresTls: false, fallback };
}
