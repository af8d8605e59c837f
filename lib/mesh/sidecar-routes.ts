import { groupBy } from './collections';
import { HostIndex } from './host-index';
import { hostAndPort, isHostWithin, isWildcard, MESH_GATEWAY } from './names';
import { isHttpOrUnnamed } from './protocols';
import { Domains, RouteTable, VirtualHost } from './route-table';
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
  const found = serviceVirtualHosts(port, view);
  if (found === undefined) {
    return undefined;
  }
  const fallback = fallbackHost(view);
  found.domains.claim('*', fallback);
  return new RouteTable(String(port), port, [...found.virtualHosts, fallback], [], found.domains);
}

/** The table of one service whose protocol is found out from the bytes: it takes every host. */
export function buildServiceTable(hostname: string, port: number, view: SidecarView): RouteTable {
  const found = (serviceVirtualHosts(port, view)?.virtualHosts ?? []).filter(({ domains }) => domains.includes(hostname));
  const virtualHosts = found.length === 1 ? [{ ...found[0], domains: ['*'] }] : found;
  return new RouteTable(`${hostname}:${port}`, port, virtualHosts);
}

interface NamedHosts {
  readonly virtualHosts: readonly VirtualHost[];
  readonly domains: Domains;
}

function serviceVirtualHosts(port: number, view: SidecarView): NamedHosts | undefined {
  const egress = view.scope.egressFor(port);
  return egress === undefined ? undefined : virtualHostsOf(groupsOf(egress, registryOf(egress, port), port, view), port, view);
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
  const wildcards = new Wildcards(egress, registry);
  const claimed = new Set<ServicePort>();
  const groups: HostGroup[] = [];
  const candidates = port === DEFAULT_HTTP_PORT ? egress.virtualServices.all : egress.lowerCaseVirtualServices.overlapping(registry.keys());
  for (const virtualService of candidates) {
    const routes = buildRoutes(virtualService, context);
    if (routes.length === 0) {
      continue;
    }
    const { unknown, known } = partHosts(virtualService, registry, wildcards);
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

/** Parts the hosts of a VirtualService into the services that it decides for and the hosts that no service has. */
function partHosts(
  virtualService: VirtualService, registry: Registry, wildcards: Wildcards,
): { readonly unknown: readonly string[]; readonly known: readonly ServicePort[] } {
  const unknown: string[] = [];
  const known: ServicePort[] = [];
  const hosts = virtualService.hosts.map(host => host.toLowerCase());
  for (const host of hosts) {
    const servicePort = registry.get(host);
    if (servicePort !== undefined && !isWildcard(host)) {
      known.push(servicePort);
    } else if (!isWildcard(host)) {
      unknown.push(host);
    }
  }
  for (const wildcard of hosts.filter(isWildcard)) {
    const own = wildcards.servicesOf(virtualService).filter(host => isHostWithin(host, wildcard) || isHostWithin(wildcard, host));
    known.push(...own.map(host => registry.get(host)!));
    if (own.length === 0 && !wildcards.overlap(wildcard)) {
      unknown.push(wildcard);
    }
  }
  return { unknown, known };
}

/** What only VirtualServices with a wildcard need to know of the services. */
class Wildcards {
  private services?: ReadonlyMap<VirtualService | undefined, readonly string[]>;
  private hosts?: HostIndex<true>;

  constructor(private readonly egress: EgressListener, private readonly registry: Registry) {
  }

  /** The hosts of the services for which no VirtualService has a more specific host. */
  public servicesOf(virtualService: VirtualService): readonly string[] {
    this.services ??= groupBy(this.registry.keys(), host => this.egress.mostSpecificFor(host));
    return this.services.get(virtualService) ?? [];
  }

  /** Whether any service shares a name with a wildcard. */
  public overlap(wildcard: string): boolean {
    if (this.hosts === undefined) {
      this.hosts = new HostIndex();
      for (const host of this.registry.keys()) {
        this.hosts.set(host, true);
      }
    }
    return this.hosts.overlaps(wildcard);
  }
}

/** Of virtual hosts of one name only the first exists, and of those that want a domain the first has it. */
function virtualHostsOf(groups: readonly HostGroup[], port: number, view: SidecarView): NamedHosts {
  const named = new Set<string>();
  const domains = new Domains();
  const real = new Set(groups.flatMap(group => group.services.map(({ service }) => service.hostname.toLowerCase())));
  const virtualHosts: VirtualHost[] = [];
  const add = (host: string, wanted: readonly string[], derived: readonly string[], routes: readonly Route[], service?: MeshService): void => {
    if (named.has(host)) {
      return;
    }
    named.add(host);
    const own: string[] = [];
    const virtualHost = { name: hostAndPort(host, port), domains: own, routes, requiresTls: false, service };
    for (const domain of wanted) {
      if (!(real.has(domain) && derived.includes(domain)) && domains.claim(domain, virtualHost)) {
        own.push(domain);
      }
    }
    if (own.length > 0) {
      virtualHosts.push(virtualHost);
    }
  };
  for (const { hosts, services, routes } of groups) {
    for (const host of hosts) {
      add(host, [host.includes(':') ? `[${host}]` : host], [], routes);
    }
    for (const { service } of services) {
      const host = service.hostname.toLowerCase();
      const names = domainsOf(service, host, view.scope.namespace, view.clusterDomain);
      add(host, names.domains, names.derived, routes, service);
    }
  }
  return { virtualHosts, domains };
}

function fallbackHost(view: SidecarView): VirtualHost {
  const fallback = view.scope.outboundPolicy === 'REGISTRY_ONLY' ? 'block_all' : 'allow_any';
  return { name: fallback, domains: ['*'], routes: [], requiresTls: false, fallback };
}
