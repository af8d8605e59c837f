import { expectedTls, writtenTls } from './compare-tls';
import type { Cluster } from '../../../lib/mesh/clusters';
import type { Proxy } from '../../../lib/mesh/proxy';
import type { UpstreamTls } from '../../../lib/mesh/upstream-tls';

/** What istiod makes of a traffic policy, as far as it is compared. What is not set is left out. */
interface WrittenPolicy {
  readonly type?: string;
  readonly loadBalancer?: string;
  readonly ringSize?: number;
  readonly slowStart?: string;
  readonly connectTimeout?: number;
  readonly limits?: object;
  readonly keepalive?: object;
  readonly http?: object;
  readonly outlier?: object;
  readonly tls?: object;
}

const NO_LIMIT = 4294967295;

/** The policy of a cluster as we have it, in the words of Envoy. */
function expectedPolicy({ policy: { policy }, type }: Cluster, tls: UpstreamTls | undefined): WrittenPolicy {
  const { loadBalancer = {}, connectionPool: { tcp = {}, http = {} } = {}, outlierDetection } = policy;
  const hash = loadBalancer.consistentHash;
  const isGiven = type === 'ORIGINAL_DST' || type === 'DYNAMIC_FORWARD_PROXY';
  const simple = hash !== undefined ? hash.maglev === undefined ? 'RING_HASH' : 'MAGLEV' : loadBalancer.simple ?? 'LEAST_REQUEST';
  return plain({
    type: isGiven && type !== 'ORIGINAL_DST' ? undefined : type,
    loadBalancer: isGiven ? 'CLUSTER_PROVIDED' : simple,
    ringSize: isGiven || simple !== 'RING_HASH' ? undefined : hash?.ringHash?.minimumRingSize ?? hash?.minimumRingSize ?? 1024,
    slowStart: isGiven || hash !== undefined ? undefined : loadBalancer.warmup?.duration,
    connectTimeout: seconds(tcp.connectTimeout ?? '10s'),
    limits: {
      connections: tcp.maxConnections || NO_LIMIT,
      pending: http.http1MaxPendingRequests || NO_LIMIT,
      requests: http.http2MaxRequests || NO_LIMIT,
      retries: http.maxRetries || NO_LIMIT,
    },
    keepalive: tcp.tcpKeepalive === undefined ? undefined
      : plain({ time: seconds(tcp.tcpKeepalive.time), interval: seconds(tcp.tcpKeepalive.interval), probes: tcp.tcpKeepalive.probes || undefined }),
    http: plain({
      idleTimeout: http.idleTimeout ?? tcp.idleTimeout,
      perConnection: http.maxRequestsPerConnection || undefined,
      duration: tcp.maxConnectionDuration,
    }),
    outlier: outlierDetection === undefined ? undefined : plain({
      consecutive5xx: outlierDetection.consecutive5xxErrors,
      gateway: outlierDetection.consecutiveGatewayErrors,
      interval: outlierDetection.interval,
      ejection: outlierDetection.baseEjectionTime,
      percent: outlierDetection.maxEjectionPercent || undefined,
      split: outlierDetection.splitExternalLocalOriginErrors || undefined,
      local: outlierDetection.splitExternalLocalOriginErrors ? outlierDetection.consecutiveLocalOriginFailures || undefined : undefined,
      health: outlierDetection.minHealthPercent || undefined,
    }),
    tls: expectedTls(tls),
  });
}

/** The policy of a cluster as istiod writes it. */
function writtenPolicy(cluster: any, hasTlsRule: boolean): WrittenPolicy {
  const { lbPolicy = 'ROUND_ROBIN', outlierDetection: outlier, circuitBreakers, upstreamConnectionOptions } = cluster;
  const [limits] = circuitBreakers.thresholds;
  const http = cluster.typedExtensionProtocolOptions?.['envoy.extensions.upstreams.http.v3.HttpProtocolOptions']?.commonHttpProtocolOptions ?? {};
  const keepalive = upstreamConnectionOptions?.tcpKeepalive;
  const tls = cluster.transportSocket?.typedConfig;
  // without a rule istiod decides for mutual TLS by itself
  const isMutual = JSON.stringify(tls ?? {}).includes('"name":"default"');
  const slowStart = cluster.roundRobinLbConfig?.slowStartConfig ?? cluster.leastRequestLbConfig?.slowStartConfig;
  return plain({
    type: cluster.clusterType === undefined ? cluster.type ?? 'STATIC' : undefined,
    loadBalancer: lbPolicy,
    ringSize: lbPolicy !== 'RING_HASH' ? undefined : Number(cluster.ringHashLbConfig?.minimumRingSize ?? 1024),
    slowStart: slowStart?.slowStartWindow,
    connectTimeout: seconds(cluster.connectTimeout),
    limits: { connections: limits.maxConnections, pending: limits.maxPendingRequests, requests: limits.maxRequests, retries: limits.maxRetries },
    keepalive: keepalive === undefined ? undefined
      : plain({ time: keepalive.keepaliveTime, interval: keepalive.keepaliveInterval, probes: keepalive.keepaliveProbes }),
    http: plain({ idleTimeout: http.idleTimeout, perConnection: http.maxRequestsPerConnection, duration: http.maxConnectionDuration }),
    outlier: outlier === undefined ? undefined : plain({
      consecutive5xx: outlier.consecutive5xx,
      gateway: outlier.consecutiveGatewayFailure,
      interval: outlier.interval,
      ejection: outlier.baseEjectionTime,
      percent: outlier.maxEjectionPercent,
      split: outlier.splitExternalLocalOriginErrors,
      local: outlier.consecutiveLocalOriginFailure,
      health: cluster.commonLbConfig?.healthyPanicThreshold?.value,
    }),
    tls: tls === undefined || cluster.transportSocket.name !== 'envoy.transport_sockets.tls' || (isMutual && !hasTlsRule) ? undefined : writtenTls(cluster),
  });
}

/** In what the clusters of a proxy differ from those that istiod makes: which there are, and their policies. */
export function comparePolicies(proxy: Proxy, clusters: readonly any[]): string[] {
  const real = new Map(clusters.filter(({ name }) => name.startsWith('outbound|')).map(cluster => [cluster.name as string, cluster]));
  const ours = new Set(proxy.clusterNames());
  return [
    ...[...ours].filter(name => !real.has(name)).map(name => `${name}: istiod has no such cluster`),
    ...[...real.keys()].filter(name => !ours.has(name)).map(name => `${name}: only istiod has it`),
    ...[...real].filter(([name]) => ours.has(name)).flatMap(([name, made]) => {
      const cluster = proxy.cluster(name)!;
      const expected = expectedPolicy(cluster, proxy.upstreamTls(name)) as any;
      const written = writtenPolicy(made, cluster.policy.policy.tls !== undefined) as any;
      return [...new Set([...Object.keys(expected), ...Object.keys(written)])]
        .filter(part => JSON.stringify(expected[part]) !== JSON.stringify(written[part]))
        .map(part => `${name}: ${part} is ${JSON.stringify(expected[part])} to us, ${JSON.stringify(written[part])} to istiod`);
    }),
  ];
}

function plain<T extends object>(object: T): T {
  return JSON.parse(JSON.stringify(object));
}

function seconds(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : parseFloat(duration);
}
