import { getOrMake } from './collections';
import type { BoundServer } from './gateway-servers';
import { HostIndex } from './host-index';
import { compareBySpecificity, hostAndPort } from './names';
import type { OrderedVirtualServices } from './ordered-virtual-services';
import { RouteTable, VirtualHost } from './route-table';
import { buildRoutes, Route, RouteContext } from './routes';
import type { VirtualService } from './virtual-service';

/** What the tables of a gateway are made from. */
export interface GatewayView {
  /** The VirtualServices of a Gateway that the workload's namespace sees, in Istio's order. */
  readonly virtualServicesOf: (gateway: string) => OrderedVirtualServices;

  /** What routes are made for, save the Gateway and its server. */
  readonly context: Omit<RouteContext, 'gateway' | 'port' | 'hasTlsSettings'>;
}

interface GrowingHost {
  readonly name: string;
  readonly domain: string;
  readonly routes: Route[];
  requiresTls: boolean;
}

/**
 * The table of the servers that share one: a virtual host for each domain that a server and a VirtualService share,
 * with the routes of all that contribute to it, server by server, and those that take everything at the end.
 */
export function buildGatewayTable(name: string, servers: readonly BoundServer[], view: GatewayView): RouteTable {
  const hosts = new Map<string, GrowingHost>();
  const routesOf = new Map<string, readonly Route[]>();
  for (const server of servers) {
    const gateway = server.gateway.key;
    const serverHosts = new ServerHosts(server);
    const redirects = server.spec.tls?.httpsRedirect === true;
    const hostOf = (domain: string): GrowingHost => getOrMake(hosts, domain, () => ({
      name: hostAndPort(domain, server.port), domain, routes: [], requiresTls: false,
    }));
    for (const virtualService of serverHosts.overlapping(view.virtualServicesOf(gateway))) {
      const domains = serverHosts.intersection(virtualService);
      const routes = domains.size === 0 ? [] : getOrMake(routesOf, `${gateway} ${virtualService.key}`, () =>
        buildRoutes(virtualService, { ...view.context, gateway, port: server.port, hasTlsSettings: server.spec.tls !== undefined }));
      if (routes.length === 0) {
        continue;
      }
      for (const domain of domains) {
        const host = hostOf(domain.toLowerCase());
        for (const route of routes) {
          host.routes.push(route);
        }
        host.requiresTls ||= redirects;
      }
    }
    if (redirects) {
      server.hosts.forEach(host => hostOf(host.toLowerCase()).requiresTls = true);
    }
  }
  const virtualHosts = hosts.size === 0 ? [blackhole(servers[0].port)] : fold([...hosts.values()]);
  return new RouteTable(name, servers[0].listenerPort, virtualHosts, servers);
}

function blackhole(port: number): VirtualHost {
  return { name: `blackhole:${port}`, domains: ['*'], routes: [], requiresTls: false };
}

/** Domains with the same routes become one virtual host, named after the most specific of them. */
function fold(hosts: readonly GrowingHost[]): VirtualHost[] {
  const numbers = new Map<Route, number>();
  const latest = new Map<string, VirtualHost & { readonly domains: string[] }>();
  const folded: VirtualHost[] = [];
  for (const host of [...hosts].sort((a, b) => compareBySpecificity(a.domain, b.domain))) {
    const key = host.routes.map(route => getOrMake(numbers, route, () => numbers.size)).join(' ');
    const same = latest.get(key);
    if (same?.requiresTls === host.requiresTls) {
      same.domains.push(host.domain);
    } else {
      const made = { name: host.name, domains: [host.domain], routes: catchAllLast(host.routes), requiresTls: host.requiresTls };
      latest.set(key, made);
      folded.push(made);
    }
  }
  return folded.sort((a, b) => a.name < b.name ? -1 : 1);
}

function catchAllLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter(route => !route.isCatchAll), ...routes.filter(route => route.isCatchAll)];
}

/** The hosts of a server, found by the hosts of a VirtualService that they share names with. */
export class ServerHosts {
  private readonly everyone = new HostIndex<true>();
  private readonly byNamespace = new Map<string, HostIndex<true>>();

  constructor(server: BoundServer) {
    for (const host of server.hosts) {
      const [first, second] = host.split('/');
      if (second === undefined) {
        this.everyone.set(first, true);
      } else {
        getOrMake(this.byNamespace, first, () => new HostIndex<true>()).set(second, true);
      }
    }
  }

  /** The domains that the server and a VirtualService have in common: of two hosts that overlap, the more specific. */
  public intersection(virtualService: VirtualService): ReadonlySet<string> {
    const domains = new Set<string>();
    for (const index of [this.everyone, this.byNamespace.get(virtualService.namespace)]) {
      for (const host of index === undefined ? [] : virtualService.hosts) {
        if (index!.mostSpecific(host) !== undefined) {
          domains.add(host);
        }
        for (const entry of host.startsWith('*') ? index!.under(host) : []) {
          domains.add(entry.host);
        }
      }
    }
    return domains;
  }

  /** Those of the VirtualServices that have any name in common with the server, in their order. */
  public overlapping(virtualServices: OrderedVirtualServices): readonly VirtualService[] {
    const hosts = [this.everyone, ...this.byNamespace.values()].flatMap(index => [...index.entries()].map(entry => entry.host));
    return virtualServices.overlapping(hosts).filter(virtualService => {
      const own = this.byNamespace.get(virtualService.namespace);
      return virtualService.hosts.some(host => this.everyone.overlaps(host) || own?.overlaps(host));
    });
  }
}
