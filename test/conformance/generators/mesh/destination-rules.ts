import { ENTRY_HOSTS, LABELS, maybe, MeshObject, meshObject, NAMESPACES, NETWORKING, SERVICE_NAMES, some } from './words';
import type { Random } from '../random';

export function randomDestinationRules(random: Random): MeshObject[] {
  return some(random, 0, 4, index => meshObject(random, NETWORKING, 'DestinationRule', {
    name: `rule-${index}`,
    namespace: random.pick([...NAMESPACES, 'istio-system']),
  }, {
    host: random.pick([
      ...SERVICE_NAMES, ...SERVICE_NAMES.map(name => `${name}.default.svc.cluster.local`), '*.default.svc.cluster.local', '*.svc.cluster.local', ...ENTRY_HOSTS, '*.org',
    ]),
    subsets: maybe(random, 0.7, () => ['v1', 'v2', 'v3'].filter(() => random.chance(0.6)).map(name => ({
      name,
      labels: { version: name },
      trafficPolicy: maybe(random, 0.4, () => policy(random, false)),
    }))),
    trafficPolicy: maybe(random, 0.6, () => policy(random, true)),
    workloadSelector: maybe(random, 0.06, () => ({ matchLabels: random.pick(LABELS) })),
    exportTo: maybe(random, 0.2, () => random.pick([['.'], ['*'], ['shop'], ['default', 'shop']])),
  }));
}

function policy(random: Random, withPorts: boolean): object {
  return {
    ...parts(random, 0.35),
    portLevelSettings: maybe(random, 0.3, () => (withPorts ? some(random, 1, 2, () => 0) : [0]).map(() => ({
      port: { number: random.pick([80, 80, 8080, 443, 9000]) },
      ...parts(random, 0.5),
    }))),
  };
}

function parts(random: Random, probability: number): object {
  const part = <T>(make: () => T): T | undefined => maybe(random, probability, make);
  return {
    loadBalancer: part(() => random.pick<object>([
      { simple: 'ROUND_ROBIN' }, { simple: 'RANDOM' }, { simple: 'LEAST_REQUEST' }, { simple: 'PASSTHROUGH' }, { simple: 'ROUND_ROBIN', warmup: { duration: '30s' } },
      { consistentHash: { httpHeaderName: 'x-user' } }, { consistentHash: { useSourceIp: true, minimumRingSize: 64 } }, { consistentHash: { httpCookie: { name: 'user', ttl: '0s' }, maglev: {} } },
      { localityLbSetting: { enabled: false } },
    ])),
    outlierDetection: part(() => random.pick<object>([
      { consecutive5xxErrors: 3 }, { consecutive5xxErrors: 0, interval: '5s' }, { consecutiveGatewayErrors: 2, baseEjectionTime: '60s' },
      { maxEjectionPercent: 50, minHealthPercent: 20 }, { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 4 }, {},
    ])),
    connectionPool: part(() => ({
      tcp: maybe(random, 0.7, () => ({
        maxConnections: maybe(random, 0.5, () => random.integer(1, 500)),
        connectTimeout: maybe(random, 0.5, () => random.pick(['1s', '2.5s', '0.03s'])),
        tcpKeepalive: maybe(random, 0.3, () => ({ time: '7200s', interval: '75s', probes: 3 })),
        maxConnectionDuration: maybe(random, 0.2, () => '60s'),
        idleTimeout: maybe(random, 0.2, () => '30s'),
      })),
      http: maybe(random, 0.7, () => ({
        http1MaxPendingRequests: maybe(random, 0.4, () => random.integer(1, 500)),
        http2MaxRequests: maybe(random, 0.4, () => random.integer(1, 500)),
        maxRequestsPerConnection: maybe(random, 0.3, () => random.integer(0, 10)),
        maxRetries: maybe(random, 0.4, () => random.integer(0, 9)),
        idleTimeout: maybe(random, 0.3, () => '15s'),
        h2UpgradePolicy: maybe(random, 0.2, () => random.pick(['UPGRADE', 'DO_NOT_UPGRADE'])),
        maxConcurrentStreams: maybe(random, 0.1, () => 100),
      })),
    })),
    tls: part(() => clientTls(random)),
  };
}

function clientTls(random: Random): object {
  const sni = maybe(random, 0.4, () => random.pick(['other.org', 'outbound_.80_.v1_.a.default.svc.cluster.local']));
  const subjectAltNames = maybe(random, 0.3, () => random.pick([['san.org'], ['a.org', 'spiffe://cluster.local/ns/a/sa/b']]));
  const insecureSkipVerify = maybe(random, 0.2, () => random.chance(0.7));
  const files = { clientCertificate: '/etc/c.pem', privateKey: '/etc/k.pem' };
  const trusted = { caCertificates: maybe(random, 0.5, () => '/etc/ca.pem'), caCrl: maybe(random, 0.2, () => '/etc/crl.pem') };
  const credentialName = random.pick(['client', 'kubernetes://client', 'configmap://default/trusted']);
  const names = insecureSkipVerify ? { sni, insecureSkipVerify } : { sni, subjectAltNames, insecureSkipVerify };
  return random.pick<object>([
    { mode: 'DISABLE' }, { mode: 'ISTIO_MUTUAL' }, { mode: 'ISTIO_MUTUAL', sni, subjectAltNames }, { mode: 'SIMPLE' },
    { mode: 'SIMPLE', ...names, ...insecureSkipVerify ? {} : trusted }, { mode: 'SIMPLE', sni, subjectAltNames, credentialName },
    { mode: 'MUTUAL', ...names, ...files, ...insecureSkipVerify ? {} : trusted }, { mode: 'MUTUAL', ...names, credentialName },
  ]);
}
