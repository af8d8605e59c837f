import type { Certificate } from './certificate';

/** What istiod sends to one proxy, as the oracle writes it. */
export interface ProxyConfig {
  readonly listeners: readonly any[];
  readonly routes: readonly any[];
  readonly clusters: readonly any[];
}

/** A listener of a proxy, and the socket that Envoy has for it. */
export interface PlacedListener {
  readonly address: string;
  readonly port: number;
  readonly isOutbound: boolean;
  readonly name: string;
  readonly socket: string;
}

export interface StaticConfig {
  readonly listeners: any[];
  readonly clusters: any[];
  readonly placed: PlacedListener[];

  /** The names of the clusters as istiod writes them, by the numbers of their upstream sockets. */
  readonly clusterNames: readonly string[];

  /** Whether istiod has a cluster of a name. */
  readonly isKnown: (cluster: string) => boolean;
}

/** Where the sockets are, and what tells the proxies of one Envoy apart. */
export interface Placement {
  readonly prefix: string;
  readonly listenerSocket: (index: number) => string;
  readonly upstreamSocket: (index: number) => string;
  readonly certificate: Certificate;
  readonly withoutEndpoints: readonly string[];
}

/** The header that decides between weighted clusters. */
export const RANDOM_HEADER = 'x-sim-random';

const HTTP_FILTERS = ['envoy.filters.http.fault', 'envoy.filters.http.cors', 'envoy.filters.http.router'];
const NETWORK_FILTERS = ['envoy.filters.network.http_connection_manager', 'envoy.filters.network.tcp_proxy', 'envoy.filters.network.sni_cluster'];
const LISTENER_FILTERS = ['envoy.filters.listener.http_inspector', 'envoy.filters.listener.tls_inspector'];

const TELLING_HEADERS = [['x-sim-route', '%ROUTE_NAME%'], ['x-sim-cluster', '%UPSTREAM_CLUSTER_RAW%'], ['x-sim-flags', '%RESPONSE_FLAGS%']]
  .map(([key, value]) => ({ header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }));

/**
 * The configuration of a proxy for an Envoy that runs here: every listener on a socket of its own that takes the called address by PROXY protocol,
 * every cluster that is sent to with one upstream, route tables in their listeners. Istio's own filters, access logs, tracing and the TLS towards upstreams are left out.
 */
export function staticConfig(config: ProxyConfig, placement: Placement): StaticConfig {
  // of a server without a number istiod makes a listener that is no socket
  const outbound = config.listeners.filter(({ trafficDirection, address }) => trafficDirection !== 'INBOUND' && address.socketAddress !== undefined);
  const placed = outbound.map((listener, index) => ({
    address: listener.address.socketAddress.address as string,
    port: listener.address.socketAddress.portValue as number,
    isOutbound: listener.name === 'virtualOutbound',
    name: listener.name as string,
    socket: placement.listenerSocket(index),
  }));
  const tables = new Map(config.routes.map(table => [table.name as string, table]));
  const listeners = outbound.map((listener, index) => ({
    name: placement.prefix + listener.name,
    address: { pipe: { path: placed[index].socket } },
    listenerFilters: [
      { name: 'envoy.filters.listener.proxy_protocol', typedConfig: { '@type': `${TYPES}.filters.listener.proxy_protocol.v3.ProxyProtocol` } },
      ...(listener.listenerFilters ?? []).filter(({ name }: any) => LISTENER_FILTERS.includes(name))
        // those of istiod leave out ports that the kernel tells; here all are looked into
        .map(({ filterDisabled, ...filter }: any) => filter),
    ],
    listenerFiltersTimeout: listener.listenerFiltersTimeout,
    continueOnListenerFiltersTimeout: listener.continueOnListenerFiltersTimeout,
    trafficDirection: listener.trafficDirection,
    filterChains: (listener.filterChains ?? []).map((chain: any) => chainFor(chain, tables, placement)),
    defaultFilterChain: listener.defaultFilterChain === undefined ? undefined : chainFor(listener.defaultFilterChain, tables, placement),
  }));
  const known = new Set(config.clusters.map(({ name }) => name as string));
  const choices = outbound.flatMap(tcpProxies).filter(({ weightedClusters }) => weightedClusters !== undefined)
    .map(({ weightedClusters }) => weightedName(weightedClusters));
  const wanted = clustersIn(listeners, placement.prefix).filter(name => known.has(name));
  const names = [...new Set([...wanted, ...choices])];
  const clusters = names.map((name, index) => {
    const isEmpty = name === 'BlackHoleCluster' || placement.withoutEndpoints.includes(name);
    return {
      name: placement.prefix + name,
      type: 'STATIC',
      connect_timeout: '5s',
      load_assignment: {
        cluster_name: placement.prefix + name,
        endpoints: isEmpty ? [] : [{ lb_endpoints: [{ endpoint: { address: { pipe: { path: placement.upstreamSocket(index) } } } }] }],
      },
    };
  });
  return { clusters, listeners, placed, clusterNames: names, isKnown: name => known.has(name) };
}

const TYPES = 'type.googleapis.com/envoy.extensions';

function chainFor(chain: any, tables: ReadonlyMap<string, any>, placement: Placement): any {
  return {
    ...chain,
    metadata: undefined,
    transportSocket: chain.transportSocket === undefined ? undefined : tlsSocket(chain.transportSocket, placement.certificate),
    filters: chain.filters.filter(({ name }: any) => NETWORK_FILTERS.includes(name)).map((filter: any) => ({
      name: filter.name,
      typedConfig: filterFor(filter.typedConfig, tables, placement.prefix),
    })),
  };
}

function tlsSocket(socket: any, { certificate, key }: Certificate): any {
  const alpnProtocols = socket.typedConfig.commonTlsContext?.alpnProtocols;
  return {
    name: 'envoy.transport_sockets.tls',
    typedConfig: {
      '@type': `${TYPES}.transport_sockets.tls.v3.DownstreamTlsContext`,
      'commonTlsContext': { alpnProtocols, tlsCertificates: [{ certificateChain: { inlineString: certificate }, privateKey: { inlineString: key } }] },
    },
  };
}

function filterFor(config: any, tables: ReadonlyMap<string, any>, prefix: string): any {
  const { accessLog, ...plain } = config;
  if (!config['@type'].endsWith('HttpConnectionManager')) {
    const { weightedClusters, ...proxy } = plain;
    return withPrefix(weightedClusters === undefined ? proxy : { ...proxy, cluster: weightedName(weightedClusters) }, prefix);
  }
  const { rds, tracing, ...manager } = plain;
  const table = rds === undefined ? plain.routeConfig : tables.get(rds.routeConfigName);
  return {
    ...manager,
    httpFilters: manager.httpFilters.filter(({ name }: any) => HTTP_FILTERS.includes(name)),
    routeConfig: {
      ...withPrefix(table ?? { name: rds.routeConfigName }, prefix),
      validateClusters: false,
      responseHeadersToAdd: TELLING_HEADERS,
    },
  };
}

/** The clusters that some part of the configuration can send to. */
function clustersIn(part: any, prefix: string): string[] {
  const names = new Set<string>();
  JSON.stringify(part, (key, content) => {
    if (typeof content === 'string' && (key === 'cluster' || key === 'name') && content.startsWith(prefix)) {
      names.add(content.slice(prefix.length));
    }
    return content;
  });
  return [...names];
}

function tcpProxies(listener: any): any[] {
  return [...listener.filterChains ?? [], ...listener.defaultFilterChain === undefined ? [] : [listener.defaultFilterChain]]
    .flatMap((chain: any) => chain.filters.map(({ typedConfig }: any) => typedConfig))
    .filter((config: any) => config['@type'].endsWith('.TcpProxy'));
}

/** A cluster and its part of the connections. */
export interface WeightedCluster {
  readonly cluster: string;
  readonly weight: number;
}

const WEIGHTED = 'weighted:';

/** Nothing in a connection can decide between weighted clusters: one upstream stands for the choice, and its name says what the choice is. */
function weightedName({ clusters = [] }: any): string {
  return WEIGHTED + JSON.stringify(clusters.map(({ name, weight = 0 }: any): WeightedCluster => ({ cluster: name, weight })));
}

/** The choice that a cluster stands for. */
export function choiceOf(cluster: string): readonly WeightedCluster[] {
  return cluster.startsWith(WEIGHTED) ? JSON.parse(cluster.slice(WEIGHTED.length)) : [{ cluster, weight: 1 }];
}

/** A part of the configuration in which clusters go by the names that they have here. */
function withPrefix(part: any, prefix: string): any {
  if (Array.isArray(part)) {
    return part.map(item => withPrefix(item, prefix));
  }
  if (typeof part !== 'object' || part === null) {
    return part;
  }
  const copy: any = {};
  for (const [name, content] of Object.entries<any>(part)) {
    if (name === 'cluster' && typeof content === 'string') {
      copy.cluster = prefix + content;
    } else if (name === 'weightedClusters') {
      const { randomValueSpecifier, ...weighted } = content;
      copy.weightedClusters = {
        ...weighted,
        headerName: RANDOM_HEADER,
        clusters: content.clusters?.map((item: any) => ({ ...withPrefix(item, prefix), name: prefix + item.name })),
      };
    } else if (name !== 'metadata' && name !== 'filterMetadata') {
      copy[name] = withPrefix(content, prefix);
    }
  }
  return copy;
}
