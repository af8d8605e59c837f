import { Chart, Duration } from 'cdk8s';
import type { Exemption } from './exemption';
import {
  ClientTls, DestinationRule, ExportTo, H2UpgradePolicy, HashAlgorithm, HashKey, LoadBalancer, LocalityLoadBalancing, PortTrafficPolicy,
  ProxyProtocolVersion, ServiceHost, TrafficPolicy, TunnelProtocol, UpstreamTransport,
} from '../../lib';

/** What of a policy stands in a rule, in its subsets, and in the settings of a port of either. */
const PLACES = ['spec.trafficPolicy', 'spec.trafficPolicy.portLevelSettings[]', 'spec.subsets[].trafficPolicy', 'spec.subsets[].trafficPolicy.portLevelSettings[]'];

const DEPRECATED: Exemption[] = [
  {
    path: 'outlierDetection.consecutiveErrors',
    reason: 'deprecated, and without effect in istiod',
    replacement: '`consecutive5xxErrors` or `consecutiveGatewayErrors`',
  },
  {
    path: 'loadBalancer.consistentHash.minimumRingSize',
    reason: 'deprecated, and refused beside a hash algorithm',
    replacement: '`algorithm: HashAlgorithm.ringHash(size)`',
  },
  {
    path: 'loadBalancer.warmupDurationSecs',
    reason: 'deprecated, and refused beside `warmup`',
    replacement: '`warmup: { duration }` of `LoadBalancer.leastRequest` and `roundRobin`',
  },
  {
    path: 'loadBalancer.simple=LEAST_CONN',
    reason: 'deprecated name of `LEAST_REQUEST`',
    replacement: '`LoadBalancer.leastRequest()`',
  },
  {
    path: 'loadBalancer.simple=UNSPECIFIED',
    reason: 'the same as leaving the algorithm out',
    replacement: 'no `loadBalancer`, or `LoadBalancer.defaultAlgorithm({ ... })`',
  },
];

/** Fields of the kind that the typed API leaves out on purpose. */
export const destinationRuleExemptions: Exemption[] = PLACES.flatMap(place => DEPRECATED.map(exemption => ({ ...exemption, path: `${place}.${exemption.path}` })));

const FAILOVER = [{ from: 'us-east', to: 'eu-west' }];
const PEER = { sni: 'a.example.com', subjectAltNames: ['a.example.com'] };
const FILES = { clientCertificate: '/etc/certs/client.pem', privateKey: '/etc/certs/client.key' };

const LOAD_BALANCERS = [
  LoadBalancer.roundRobin({ warmup: { duration: Duration.minutes(1), minimumPercent: 5, aggression: 2 } }),
  LoadBalancer.leastRequest({ locality: LocalityLoadBalancing.disabled() }),
  LoadBalancer.random({ locality: LocalityLoadBalancing.failover(FAILOVER, { failoverPriority: ['topology.istio.io/network'] }) }),
  LoadBalancer.passthrough(),
  LoadBalancer.defaultAlgorithm({ locality: LocalityLoadBalancing.distribute([{ from: 'us-east/*', to: { 'us-east': 80, 'eu-west': 20 } }]) }),
  LoadBalancer.consistentHash(HashKey.header('x-user'), {
    locality: LocalityLoadBalancing.zoneAware({ minClusterSize: 3, failover: FAILOVER, failoverPriority: ['version=v1'] }),
  }),
  LoadBalancer.consistentHash(HashKey.cookie('user', { ttl: Duration.hours(1), path: '/', attributes: [{ name: 'SameSite', value: 'Strict' }] })),
  LoadBalancer.consistentHash(HashKey.queryParameter('user'), { algorithm: HashAlgorithm.ringHash(2048) }),
  LoadBalancer.consistentHash(HashKey.sourceIp(), { algorithm: HashAlgorithm.maglev(65537) }),
];

const TLS = [
  ClientTls.disable(),
  ClientTls.simple({ ...PEER, caCertificates: '/etc/certs/ca.pem', caCrl: '/etc/certs/crl.pem' }),
  ClientTls.simple({ insecureSkipVerify: true }),
  ClientTls.mutual('client'),
  ClientTls.mutualWithFiles(FILES),
  ClientTls.istioMutual(),
];

const H2_UPGRADE_POLICIES = [H2UpgradePolicy.DEFAULT, H2UpgradePolicy.DO_NOT_UPGRADE, H2UpgradePolicy.UPGRADE];

/** Policies of a port that together say all that can be said of one. */
const PORT_POLICIES: Omit<PortTrafficPolicy, 'port'>[] = [
  ...LOAD_BALANCERS.map(loadBalancer => ({ loadBalancer })),
  ...TLS.map(tls => ({ tls })),
  ...H2_UPGRADE_POLICIES.map(h2UpgradePolicy => ({ connectionPool: { http: { h2UpgradePolicy } } })),
  {
    connectionPool: {
      tcp: {
        maxConnections: 100,
        connectTimeout: Duration.seconds(1),
        tcpKeepalive: { probes: 3, time: Duration.hours(1), interval: Duration.minutes(1) },
        maxConnectionDuration: Duration.hours(1),
        idleTimeout: Duration.minutes(5),
      },
      http: {
        http1MaxPendingRequests: 10,
        http2MaxRequests: 100,
        maxRequestsPerConnection: 10,
        maxRetries: 3,
        idleTimeout: Duration.minutes(1),
        useClientProtocol: true,
        maxConcurrentStreams: 50,
        http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) },
      },
    },
    outlierDetection: {
      consecutive5xxErrors: 5,
      consecutiveGatewayErrors: 3,
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailures: 2,
      interval: Duration.seconds(10),
      baseEjectionTime: Duration.seconds(30),
      maxEjectionPercent: 50,
      minHealthPercent: 30,
      outlierDetectionHttpErrorCodes: [503],
    },
  },
];

const POLICIES: TrafficPolicy[] = [
  ...PORT_POLICIES,
  { portLevelSettings: PORT_POLICIES.map((policy, index) => ({ port: 8000 + index, ...policy })) },
  { transport: UpstreamTransport.tunnel({ targetHost: 'db.example.com', targetPort: 5432, protocol: TunnelProtocol.POST }) },
  { transport: UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V1) },
  { transport: UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V2) },
  { retryBudget: { percent: 10, minRetryConcurrency: 5, budgetInterval: Duration.seconds(10) } },
];

/** Programs that together write every field of the kind. */
export function destinationRulePrograms(chart: Chart): void {
  POLICIES.forEach((trafficPolicy, index) => new DestinationRule(chart, `Policy${index}`, {
    host: ServiceHost.fromName(`host-${index}`),
    trafficPolicy,
    subsets: { v1: { labels: { version: 'v1' }, trafficPolicy } },
  }));
  new DestinationRule(chart, 'Selected', {
    host: ServiceHost.fromName('selected'),
    workloadSelector: { app: 'frontend' },
    exportTo: ExportTo.ownNamespace(),
  });
}
