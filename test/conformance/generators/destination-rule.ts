import type { Manifest } from './from-schema';
import { address, apiVersion, count, duration, exportTo, host, hostOrWildcard, label, labels, metadata, percent, port, someOf, wholePercent } from './istio-values';
import { compact, NearlyRight } from './nearly-right';
import type { Random } from './random';

/** A DestinationRule that Istio mostly accepts. */
export function randomDestinationRule(random: Random): Manifest {
  const make = new NearlyRight(random);
  return compact({
    apiVersion: apiVersion(make),
    kind: 'DestinationRule',
    metadata: metadata(make) as Manifest['metadata'],
    spec: {
      host: make.one<unknown, unknown>([host(make), '*', '*.example.com'], [hostOrWildcard(make), undefined, 5]),
      trafficPolicy: make.maybe(0.7, () => trafficPolicy(make)),
      subsets: make.maybe(0.3, () => make.list(1, 2, () => subset(make))),
      exportTo: exportTo(make),
      workloadSelector: make.maybe(0.1, () => make.one<unknown, unknown>(
        [{ matchLabels: labels(make) }, { matchLabels: { a: 'b' } }], [{}, { matchLabels: { '': 'a' } }, { matchLabels: { a: '*' } }, null],
      )),
    },
  });
}

function subset(make: NearlyRight): unknown {
  return {
    name: make.one([`v${make.integer(1, 9)}`], [label(make), undefined, null, 'v1']),
    labels: make.maybe(0.7, () => labels(make)),
    trafficPolicy: make.maybe(0.3, () => trafficPolicy(make)),
  };
}

function trafficPolicy(make: NearlyRight): unknown {
  const settings = { ...settingsOf(make) };
  const rest = {
    portLevelSettings: () => make.list(1, 2, () => ({
      port: make.one<unknown, unknown>([{ number: port(make) }], [{}, undefined]), ...atLeastOne(make, settings),
    })),
    tunnel: () => someOf(make, {
      protocol: () => make.one(['CONNECT', 'POST', ''], ['connect', 'GET']),
      targetHost: () => make.one(['a.b', '1.2.3.4'], [host(make), address(make), '*.a']),
      targetPort: () => port(make),
    }, make.one([1], [0.7])),
    proxyProtocol: () => ({ version: make.one(['V1', 'V2', undefined], [0, 1, 2, 3, 'V3']) }),
    retryBudget: () => someOf(make, {
      percent: () => percent(make), minRetryConcurrency: () => count(make), budgetInterval: () => duration(make),
    }, 0.6),
  };
  const policy = { ...atLeastOne(make, settings), ...someOf(make, rest, 0.1) };
  return make.one<() => unknown, () => unknown>([() => make.isOdd() ? policy : 'tunnel' in policy ? { ...policy, proxyProtocol: undefined } : policy], [
    () => ({}), () => ({ tunnel: rest.tunnel(), proxyProtocol: rest.proxyProtocol() }), () => null, () => someOf(make, rest, 0.3),
    () => ({ portLevelSettings: [] }), () => ({ retryBudget: {} }),
  ])();
}

function atLeastOne(make: NearlyRight, settings: { readonly [name: string]: () => unknown }): object {
  const name = make.pick(Object.keys(settings));
  return make.isOdd() ? {} : { [name]: settings[name](), ...someOf(make, settings, 0.15) };
}

function settingsOf(make: NearlyRight): { [name: string]: () => unknown } {
  const focused = (maker: () => unknown) => () => make.chance(0.3) ? make.focus(maker) ?? {} : maker();
  return {
    loadBalancer: focused(() => loadBalancer(make)),
    connectionPool: focused(() => connectionPool(make)),
    outlierDetection: focused(() => outlierDetection(make)),
    tls: focused(() => clientTls(make)),
  };
}

function outlierDetection(make: NearlyRight): unknown {
  const split = make.maybe(0.3, () => make.one([true], [false, 'true']));
  return compact({
    splitExternalLocalOriginErrors: split,
    consecutiveLocalOriginFailures: split === true || make.isOdd() ? make.one([5, 0], [null, '5', -1]) : undefined,
    ...someOf(make, {
      consecutiveErrors: () => make.one([0], [5, -1]),
      consecutiveGatewayErrors: () => count(make),
      consecutive5xxErrors: () => make.one([5, 0], [null, '5']),
      interval: () => duration(make),
      baseEjectionTime: () => duration(make),
      maxEjectionPercent: () => wholePercent(make),
      minHealthPercent: () => wholePercent(make),
      outlierDetectionHttpErrorCodes: () => make.list(1, 2, () => make.one([500, 599], [0, '500', null])),
    }),
  });
}

function connectionPool(make: NearlyRight): unknown {
  const pool = {
    tcp: () => someOf(make, {
      maxConnections: () => count(make),
      connectTimeout: () => duration(make),
      maxConnectionDuration: () => duration(make),
      idleTimeout: () => make.one(['0s', '5s', '0.5ms'], [duration(make), '-0.5ms', '-2ms', '1.5ms']),
      tcpKeepalive: () => someOf(make, { probes: () => count(make), time: () => duration(make), interval: () => duration(make) }, 0.6),
    }),
    http: () => someOf(make, {
      http1MaxPendingRequests: () => count(make),
      http2MaxRequests: () => count(make),
      maxRequestsPerConnection: () => count(make),
      maxRetries: () => count(make),
      idleTimeout: () => duration(make),
      h2UpgradePolicy: () => make.one(['DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'], ['upgrade', 2, 7, null]),
      useClientProtocol: () => make.one([false], [true]),
      maxConcurrentStreams: () => count(make),
      http2KeepAlive: () => someOf(make, { interval: () => duration(make), timeout: () => duration(make) }, make.one([1], [0.5])),
    }, 0.25),
  };
  const names = make.one([['tcp'], ['http'], ['tcp', 'http']], [[]]) as ('tcp' | 'http')[];
  return Object.fromEntries(names.map(name => [name, pool[name]()]));
}

function loadBalancer(make: NearlyRight): unknown {
  return {
    ...make.way<object>(
      () => ({ simple: make.one(['ROUND_ROBIN', 'LEAST_REQUEST', 'RANDOM', 'UNSPECIFIED'], ['LEAST_CONN', 'round_robin', 3, 99, null]) }),
      () => ({ consistentHash: consistentHash(make) }),
      () => make.isOdd() ? { simple: 'RANDOM', consistentHash: consistentHash(make) } : {},
    ),
    localityLbSetting: make.maybe(0.35, () => locality(make)),
    zoneAwareLbSetting: make.chance(make.isOdd() ? 0.5 : 0.1) ? zoneAware(make) : undefined,
    warmup: make.maybe(0.15, () => someOf(make, {
      duration: () => duration(make),
      minimumPercent: () => make.one([0, 10, 100], [100.5, 101, -1, 'NaN', null]),
      aggression: () => make.one([1, 0.5], [0, -1, null, 'x', 'NaN', 1e-300]),
    }, make.one([1], [0.6]))),
    warmupDurationSecs: make.maybe(0.05, () => duration(make)),
  };
}

function consistentHash(make: NearlyRight): unknown {
  const cookie = () => ({
    name: make.one(['a'], ['', undefined]),
    ttl: make.maybe(0.5, () => make.one(['0s', '5s'], [duration(make)])),
    attributes: make.maybe(0.3, () => make.list(1, 2, () => ({ name: make.one([`a${make.integer(0, 9)}`], ['', 'a', undefined, null]), value: 'b' }))),
  });
  return compact({
    ...make.way<object>(() => ({ httpHeaderName: 'a' }), () => ({ httpCookie: cookie() }), () => ({ useSourceIp: true }), () => make.isOdd() ? { httpCookie: {}, useSourceIp: false } : {}),
    ...make.way<object>(
      () => ({}), () => ({ ringHash: { minimumRingSize: make.one([1024, 0], ['5', 2 ** 53, -1]) } }),
      () => ({ maglev: make.one<object, object>([{ tableSize: make.one([65537, 2, 3, 5000009, 1], [0, 4, 9, 65536, 5000011, 5000010, 4999999, '65537', 25, 10403, 1e19, '18446744073709551615', '18446744073709551616']) }], [{}]) }),
    ),
    minimumRingSize: make.one([undefined], [1024, 0, '18446744073709551615']),
  });
}

const REGIONS = ['us', 'eu'];
const LOCALITIES = ['us', 'us/a', 'us/*', 'us/a/1', 'us/a/*', 'eu', 'eu/*', 'eu/b', '*'];
const ODD_LOCALITIES = ['', '/', 'us/', '/a', 'us//a', '*/a', 'us/*/a', '**', 'u*', 'us/a*', 'us/a/1/x', 'us/a/1/*', 'us/a/'];

function locality(make: NearlyRight): unknown {
  return compact({
    enabled: make.maybe(0.2, () => make.one([true, false], [null])),
    ...make.way<object>(
      () => ({ distribute: make.list(1, 3, () => distribution(make)) }),
      () => ({ failover: failover(make), ...make.chance(0.2) ? { failoverPriority: priorities(make) } : {} }),
      () => ({ failoverPriority: priorities(make) }),
      () => make.isOdd() ? { distribute: [distribution(make)], failover: failover(make) } : {},
    ),
  });
}

function distribution(make: NearlyRight): unknown {
  const names = [...new Set(make.list(1, 3, () => make.one([...LOCALITIES.slice(0, 8)], [...LOCALITIES, ...ODD_LOCALITIES])).map(String))];
  const shares = make.one([[[100], [50, 50], [30, 30, 40]][names.length - 1] ?? [100]], [[50], [99, 1], [0, 100], [101], [], ['50', 50, null], [60, 40, 4294967295]]);
  return { from: make.one(LOCALITIES, [...ODD_LOCALITIES, undefined]), to: Object.fromEntries(names.map((name, index) => [name, shares[index]])) };
}

function failover(make: NearlyRight): unknown {
  const region = () => make.one([make.pick(REGIONS)], ['us/a', 'u*', '*', '', undefined, null]);
  return make.list(1, 2, () => make.isOdd() ? { from: region(), to: region() } : { from: 'us', to: make.one(['eu', 'ap'], [region()]) });
}

function priorities(make: NearlyRight): unknown {
  return make.list(1, 2, () => make.one(['version', 'app=a'], ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone', 'topology.istio.io/network', '']));
}

function zoneAware(make: NearlyRight): unknown {
  return someOf(make, { enabled: () => true, failover: () => failover(make), failoverPriority: () => priorities(make), minClusterSize: () => make.one([5], [0, null, '5']) }, 0.5);
}

function clientTls(make: NearlyRight): unknown {
  const mode = make.one(['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'], [undefined, 0, 1, 2, 3, 9, 'simple', null]);
  const file = (name: string) => make.one<unknown, unknown>([name], ['', undefined]);
  const credential = () => make.one(['cert'], [
    'configmap://default/a', 'configmap://a/b', 'configmap://', 'configmap://default', 'configmap:///a', 'configmap://default/', 'configmap://default/a/b', 'kubernetes://a', 'CONFIGMAP://x', '',
  ]);
  return compact({
    mode,
    ...make.way<object>(
      () => ({ clientCertificate: file('/c'), privateKey: file('/k'), ...make.chance(0.5) ? { caCertificates: file('/ca') } : {} }),
      () => ({ credentialName: credential() }),
      () => make.isOdd() ? someOf(make, { clientCertificate: () => '/c', privateKey: () => '/k', caCertificates: () => '/ca', caCrl: () => '/crl', credentialName: credential }, 0.5) : { caCertificates: '/ca' },
    ),
    caCrl: make.isOdd() ? '/crl' : undefined,
    sni: make.maybe(0.2, () => make.one(['a.b'], ['a b', ''])),
    subjectAltNames: make.maybe(0.15, () => make.list(1, 2, () => 'a')),
    insecureSkipVerify: make.maybe(0.15, () => make.one([true, false], [null, 'true'])),
  });
}
