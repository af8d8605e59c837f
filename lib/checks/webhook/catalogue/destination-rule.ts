import { destinationRule } from './rule';
import type { ExampleManifest, WebhookRule } from './rule';

function of(spec: object): ExampleManifest {
  return destinationRule({ host: 'reviews', ...spec });
}

function policy(trafficPolicy: object): ExampleManifest {
  return of({ trafficPolicy });
}

function loadBalancer(settings: object, outlierDetection?: object): ExampleManifest {
  return policy({ loadBalancer: settings, ...outlierDetection === undefined ? {} : { outlierDetection } });
}

const FAILOVER = { failover: [{ from: 'us-east', to: 'us-west' }] };
const OUTLIERS = { consecutive5xxErrors: 5 };

export const DESTINATION_RULE_RULES: readonly WebhookRule[] = [
  {
    rule: 'DR1',
    severity: 'error',
    title: 'The host is a domain name, with a wildcard at most in front. It is no address.',
    wrong: destinationRule({ host: '10.0.0.1' }),
    right: of({}),
  },
  {
    rule: 'DR2',
    severity: 'error',
    title: "Subsets have unique names of letters, digits and '-', and labels in their proper form.",
    wrong: of({ subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v1', labels: { version: 'v2' } }] }),
    right: of({ subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }] }),
  },
  {
    rule: 'DR3',
    severity: 'error',
    title: "An object is exported to '*', or to namespaces, each once; with workloadSelector, to its own namespace only. Labels that select have no wildcards.",
    wrong: of({ exportTo: ['*'], workloadSelector: { matchLabels: { app: 'ratings' } } }),
    right: of({ exportTo: ['.'], workloadSelector: { matchLabels: { app: 'ratings' } } }),
  },
  {
    rule: 'DR3',
    severity: 'warning',
    title: 'A workloadSelector has labels. Without, it selects every workload of the namespace.',
    wrong: of({ workloadSelector: {} }),
    right: of({ workloadSelector: { matchLabels: { app: 'ratings' } } }),
  },
  { rule: 'DR4', severity: 'error', title: 'A traffic policy is not empty.', wrong: policy({}), right: policy({ loadBalancer: { simple: 'LEAST_REQUEST' } }) },
  {
    rule: 'DR5',
    severity: 'error',
    title: 'A traffic policy has tunnel or proxyProtocol, not both.',
    wrong: policy({ tunnel: { targetHost: 'proxy.example.com', targetPort: 3128 }, proxyProtocol: { version: 'V2' } }),
    right: policy({ tunnel: { targetHost: 'proxy.example.com', targetPort: 3128 } }),
  },
  {
    rule: 'DR6',
    severity: 'error',
    title: 'Outlier detection has durations of at least 1ms, percentages from 0 to 100, and consecutiveLocalOriginFailures only with splitExternalLocalOriginErrors.',
    wrong: policy({ outlierDetection: { consecutiveLocalOriginFailures: 5 } }),
    right: policy({ outlierDetection: { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true } }),
  },
  {
    rule: 'DR6',
    severity: 'warning',
    title: 'The field consecutiveErrors is deprecated.',
    wrong: policy({ outlierDetection: { consecutiveErrors: 5 } }),
    right: policy({ outlierDetection: { consecutive5xxErrors: 5 } }),
  },
  {
    rule: 'DR7',
    severity: 'error',
    title: 'A connection pool has tcp or http settings, numbers that are not negative, and durations of at least 1ms. Only tcp.idleTimeout may be 0.',
    wrong: policy({ connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } } }),
    right: policy({ connectionPool: { http: { h2UpgradePolicy: 'UPGRADE' } } }),
  },
  {
    rule: 'DR8',
    severity: 'error',
    title: 'Consistent hashing has a name for its cookie, unique attributes, and a Maglev table of a prime size below 5000011.',
    wrong: loadBalancer({ consistentHash: { useSourceIp: true, maglev: { tableSize: 65536 } } }),
    right: loadBalancer({ consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } }),
  },
  {
    rule: 'DR8',
    severity: 'warning',
    title: 'The field consistentHash.minimumRingSize is deprecated.',
    wrong: loadBalancer({ consistentHash: { useSourceIp: true, minimumRingSize: 1024 } }),
    right: loadBalancer({ consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 1024 } } }),
  },
  {
    rule: 'DR9',
    severity: 'error',
    since: '1.31',
    title: 'A load balancer has localityLbSetting or zoneAwareLbSetting, not both.',
    wrong: loadBalancer({ localityLbSetting: { enabled: true }, zoneAwareLbSetting: { enabled: true } }),
    right: loadBalancer({ zoneAwareLbSetting: { enabled: true } }),
  },
  {
    rule: 'DR10',
    severity: 'error',
    title: 'Locality load balancing has distribute or failover, weights from 1 to 100 that make 100, localities that do not overlap, and a failover from one region to another.',
    wrong: loadBalancer({ localityLbSetting: { distribute: [{ from: 'us/*', to: { 'us/a': 80, 'us/b': 10 } }] } }),
    right: loadBalancer({ localityLbSetting: { distribute: [{ from: 'us/*', to: { 'us/a': 80, 'us/b': 20 } }] } }),
  },
  {
    rule: 'DR10',
    severity: 'warning',
    title: 'Failover to other localities needs outlierDetection in the same policy.',
    wrong: loadBalancer({ localityLbSetting: FAILOVER }),
    right: loadBalancer({ localityLbSetting: FAILOVER }, OUTLIERS),
  },
  {
    rule: 'DR11',
    severity: 'error',
    since: '1.31',
    title: 'Zone aware load balancing has a failover from one region to another, and no region or zone in failoverPriority.',
    wrong: loadBalancer({ zoneAwareLbSetting: { failoverPriority: ['topology.kubernetes.io/zone'] } }, OUTLIERS),
    right: loadBalancer({ zoneAwareLbSetting: { failoverPriority: ['version'] } }, OUTLIERS),
  },
  {
    rule: 'DR11',
    severity: 'warning',
    since: '1.31',
    title: 'Failover to other regions needs outlierDetection in the same policy.',
    wrong: loadBalancer({ zoneAwareLbSetting: FAILOVER }),
    right: loadBalancer({ zoneAwareLbSetting: FAILOVER }, OUTLIERS),
  },
  {
    rule: 'DR12',
    severity: 'error',
    title: 'A warm-up has a duration of at least 1ms, a minimumPercent of at most 100, and an aggression of more than 0.',
    wrong: loadBalancer({ simple: 'ROUND_ROBIN', warmup: { duration: '1m', aggression: 0 } }),
    right: loadBalancer({ simple: 'ROUND_ROBIN', warmup: { duration: '1m', aggression: 1 } }),
  },
  {
    rule: 'DR13',
    severity: 'error',
    title: 'TLS to the destination has one source of certificates, in mode MUTUAL a complete one, and nothing to verify by with insecureSkipVerify.',
    wrong: policy({ tls: { mode: 'MUTUAL', clientCertificate: '/etc/certs/tls.crt' } }),
    right: policy({ tls: { mode: 'MUTUAL', clientCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key' } }),
  },
  {
    rule: 'DR14',
    severity: 'error',
    title: 'Settings of a port name the port, and set something.',
    wrong: policy({ portLevelSettings: [{ loadBalancer: { simple: 'RANDOM' } }] }),
    right: policy({ portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }] }),
  },
  {
    rule: 'DR16',
    severity: 'error',
    title: 'A tunnel has a host or address and a port to lead to, and protocol CONNECT or POST.',
    wrong: policy({ tunnel: { protocol: 'GET', targetHost: 'proxy.example.com', targetPort: 3128 } }),
    right: policy({ tunnel: { protocol: 'CONNECT', targetHost: 'proxy.example.com', targetPort: 3128 } }),
  },
  {
    rule: 'DR17',
    severity: 'error',
    title: 'The version of the proxy protocol, when a number stands for the word, is 0 or 1.',
    wrong: policy({ proxyProtocol: { version: 2 } }),
    right: policy({ proxyProtocol: { version: 'V2' } }),
  },
];
