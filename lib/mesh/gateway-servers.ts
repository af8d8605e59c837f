import { getOrMake } from './collections';
import { isHttp, parseProtocol, Protocol } from './protocols';
import type { Resource } from './resource';
import type { GatewaySpec, Server } from './specs';

/** A server of a Gateway on a workload. */
export interface BoundServer {
  readonly gateway: Resource<GatewaySpec>;

  /** The position in the `servers` of the Gateway. */
  readonly index: number;
  readonly spec: Server;

  /** The hosts without `*` and `.` as namespaces: `host` or `namespace/host`. */
  readonly hosts: readonly string[];

  /** The port as the Gateway writes it: what `match.port` and destinations without port mean. */
  readonly port: number;

  /** The port that the workload listens on. */
  readonly listenerPort: number;
  readonly bind: string;
  readonly protocol: Protocol;

  /** The table of its http routes; absent where it has none. */
  readonly routeTable?: string;
}

/** Why Istio leaves a server out. */
export type DropReason =
  /** it has no port */
  'no-port'
  /** another server of the same port and bind speaks something that it cannot be merged with */
  | 'protocol-conflict'
  /** it has tls, and a server of the same port and bind has one of its hosts */
  | 'duplicate-host'
  /** another server has the same route table: the same port name in the same Gateway */
  | 'duplicate-table';

/** A server that Istio leaves out without a word. */
export interface DroppedServer {
  readonly server: BoundServer;
  readonly reason: DropReason;

  /** An older server that it gives way to. */
  readonly conflictsWith?: BoundServer;

  /** The hosts that both have. */
  readonly hosts?: readonly string[];
}

/** The servers that share a listening port, protocol and bind. */
export interface ServerGroup {
  readonly listenerPort: number;
  readonly protocol: Protocol;
  readonly bind: string;
  readonly servers: readonly BoundServer[];

  /** The table of plain http servers. */
  readonly routeTable?: string;
}

/** What the servers of all Gateways of a workload are merged to. */
export interface MergedServers {
  readonly groups: readonly ServerGroup[];
  readonly dropped: readonly DroppedServer[];

  /** The servers of each route table, in the order in which they contribute to it. */
  readonly byTable: ReadonlyMap<string, readonly BoundServer[]>;
}

/** Whether a server ends TLS itself or passes it on, rather than http in clear. */
export function isTlsServer(server: BoundServer): boolean {
  return server.spec.tls !== undefined && !isHttp(server.protocol);
}

/** Whether http routes apply: http, or https that the server ends. */
export function isHttpServer(server: BoundServer): boolean {
  return isHttp(server.protocol) || (server.protocol === 'HTTPS' && !isPassthrough(server));
}

/** Whether TLS is passed on as it is, chosen by the name of the server. A `tls` without mode means so. */
export function isPassthrough(server: BoundServer): boolean {
  const mode = server.spec.tls === undefined ? undefined : server.spec.tls.mode ?? 'PASSTHROUGH';
  return mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
}

export function isAutoPassthrough(server: BoundServer): boolean {
  return server.spec.tls?.mode === 'AUTO_PASSTHROUGH';
}

/** The names of the server that choose it on a TLS connection. */
export function sniHostsOf(server: BoundServer): readonly string[] {
  return [...new Set(server.hosts.map(host => host.split('/')[1] ?? host))].sort();
}

/**
 * Merges the servers of the Gateways of a workload, as far as they can share its ports.
 *
 * @param gateways the Gateways that select the workload, the oldest first
 * @param listenerPortOf gives the port that the workload listens on for the port of a Gateway
 */
export function mergeServers(gateways: readonly Resource<GatewaySpec>[], listenerPortOf: (port: number) => number): MergedServers {
  const merge = new Merge();
  for (const gateway of gateways) {
    (gateway.spec.servers ?? []).forEach((spec, index) => {
      const server = bindServer(gateway, spec, index, listenerPortOf);
      if (spec.port === undefined) {
        merge.drop(server, 'no-port');
      } else {
        merge.add(server);
      }
    });
  }
  return { groups: merge.groups, dropped: merge.dropped, byTable: merge.byTable };
}

function bindServer(gateway: Resource<GatewaySpec>, spec: Server, index: number, listenerPortOf: (port: number) => number): BoundServer {
  const port = spec.port?.number ?? 0;
  const bound = {
    gateway,
    index,
    spec,
    hosts: plainHosts(spec.hosts ?? [], gateway.namespace),
    port,
    listenerPort: listenerPortOf(port),
    bind: spec.bind ?? '',
    protocol: parseProtocol(spec.port?.protocol),
  };
  return { ...bound, routeTable: tableName(bound) };
}

function plainHosts(hosts: readonly string[], namespace: string): readonly string[] {
  if (hosts.some(host => host.startsWith('*/') && host.split('/')[1] === '*')) {
    return ['*'];
  }
  return hosts.map(host => {
    const [owner, name] = host.split('/');
    if (name === undefined || (owner !== '.' && owner !== '*')) {
      return host;
    }
    return owner === '.' ? `${namespace}/${name}` : name;
  });
}

function tableName(server: BoundServer): string | undefined {
  const bind = server.bind === '' ? '' : `.${server.bind}`;
  if (isHttp(server.protocol)) {
    return `http.${server.listenerPort}${bind}`;
  }
  return server.protocol === 'HTTPS' && !isPassthrough(server)
    ? `https.${server.port}.${server.spec.port?.name ?? ''}.${server.gateway.name}.${server.gateway.namespace}${bind}`
    : undefined;
}

class Merge {
  public readonly groups: ServerGroup[] = [];
  public readonly dropped: DroppedServer[] = [];
  public readonly byTable = new Map<string, BoundServer[]>();

  private readonly byPort = new Map<string, { servers: BoundServer[] }>();

  // by listening port
  private readonly plain = new Map<number, BoundServer>();
  private readonly tlsHosts = new Map<number, Map<string, BoundServer>>();
  private readonly used = new Set<number>();

  public drop(server: BoundServer, reason: DropReason, conflictsWith?: BoundServer, hosts?: readonly string[]): void {
    this.dropped.push({ server, reason, conflictsWith, hosts });
  }

  public add(server: BoundServer): void {
    if (server.spec.tls !== undefined && !this.claimHosts(server)) {
      return;
    }
    const current = this.plain.get(server.listenerPort);
    if (!this.used.has(server.listenerPort)) {
      this.used.add(server.listenerPort);
      this.openPlain(server);
    } else if (current !== undefined) {
      this.joinPlain(server, current);
    } else if (!isTlsServer(server)) {
      this.openPlain(server);
    } else {
      this.joinTls(server);
    }
  }

  /** Takes the hosts of a server with tls, unless another on the port and bind has one of them. */
  private claimHosts(server: BoundServer): boolean {
    const known = getOrMake(this.tlsHosts, server.listenerPort, () => new Map<string, BoundServer>());
    const duplicates = server.hosts.filter(host => known.get(host)?.bind === server.bind);
    if (duplicates.length > 0) {
      this.drop(server, 'duplicate-host', known.get(duplicates[0]), duplicates);
      return false;
    }
    server.hosts.forEach(host => known.set(host, server));
    return true;
  }

  /** A server that shares its port with no plain one yet. */
  private openPlain(server: BoundServer): void {
    if (!isTlsServer(server)) {
      this.plain.set(server.listenerPort, server);
    }
    if (isHttpServer(server)) {
      this.byTable.set(server.routeTable!, [server]);
    }
    this.open(server, server.routeTable);
  }

  private joinPlain(server: BoundServer, current: BoundServer): void {
    const isSameBind = current.bind === server.bind;
    const fits = isHttp(current.protocol) && (isHttp(server.protocol) || server.protocol === current.protocol);
    if (isSameBind && (!fits || server.routeTable === undefined)) {
      this.drop(server, 'protocol-conflict', current);
    } else if (isSameBind) {
      this.groupOf(current)!.servers.push(server);
      this.byTable.get(server.routeTable!)!.push(server);
    } else {
      const group = this.groupOf(server);
      if (group === undefined) {
        this.openPlain(server);
      } else {
        group.servers.push(server);
        if (server.routeTable !== undefined) {
          getOrMake(this.byTable, server.routeTable, () => []).push(server);
        }
      }
    }
  }

  private joinTls(server: BoundServer): void {
    if (isHttpServer(server)) {
      const other = this.byTable.get(server.routeTable!);
      if (other !== undefined) {
        this.drop(server, 'duplicate-table', other[0]);
        return;
      }
      this.byTable.set(server.routeTable!, [server]);
    }
    const group = this.groupOf(server);
    if (group === undefined) {
      this.open(server);
    } else {
      group.servers.push(server);
    }
  }

  private open(server: BoundServer, routeTable?: string): void {
    const servers = [server];
    const group = { listenerPort: server.listenerPort, protocol: server.protocol, bind: server.bind, servers, routeTable };
    this.groups.push(group);
    this.byPort.set(groupKey(server), group);
  }

  private groupOf(server: BoundServer): { servers: BoundServer[] } | undefined {
    return this.byPort.get(groupKey(server));
  }
}

function groupKey(server: BoundServer): string {
  return `${server.listenerPort} ${server.spec.port?.protocol ?? ''} ${server.bind}`;
}
