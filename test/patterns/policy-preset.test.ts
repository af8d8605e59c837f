import { Duration } from 'cdk8s';
import {
  ClientTls, DestinationRule, HashAlgorithm, HashKey, LoadBalancer, PolicyPreset, RetryBudget, ServiceHost, TrafficPolicy,
} from '../../lib';
import { specOf, testChart } from '../util';

function written(policy: TrafficPolicy): any {
  const chart = testChart();
  new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('reviews'), trafficPolicy: policy });
  return specOf(chart, 'DestinationRule').trafficPolicy;
}

const BREAKER = { consecutive5xxErrors: 5, maxEjectionPercent: 50 };

describe('each preset', () => {
  test('circuit breaker: half of the endpoints may pause after five errors, unless said otherwise', () => {
    expect(written(PolicyPreset.combine([PolicyPreset.circuitBreaker()]))).toEqual({ outlierDetection: BREAKER });
    expect(written(PolicyPreset.combine([PolicyPreset.circuitBreaker({
      consecutive5xxErrors: 3, interval: Duration.seconds(5), baseEjectionTime: Duration.minutes(1), maxEjectionPercent: 100,
    })]))).toEqual({ outlierDetection: { consecutive5xxErrors: 3, interval: '5s', baseEjectionTime: '60s', maxEjectionPercent: 100 } });
  });

  test('sticky session by cookie, header or source', () => {
    const hashOf = (key: HashKey, algorithm?: HashAlgorithm) =>
      written(PolicyPreset.combine([PolicyPreset.stickySession(key, { algorithm })])).loadBalancer.consistentHash;
    expect(hashOf(HashKey.cookie('session', { ttl: Duration.hours(1) }))).toEqual({ httpCookie: { name: 'session', ttl: '3600s' } });
    expect(hashOf(HashKey.header('x-user'))).toEqual({ httpHeaderName: 'x-user' });
    expect(hashOf(HashKey.sourceIp(), HashAlgorithm.maglev(65537))).toEqual({ useSourceIp: true, maglev: { tableSize: 65537 } });
  });

  test('connection limits', () => {
    expect(written(PolicyPreset.combine([PolicyPreset.connectionLimits({
      maxConnections: 1, connectTimeout: Duration.seconds(2), maxPendingRequests: 3, maxRequests: 4, maxRequestsPerConnection: 5, maxRetries: 6,
    })]))).toEqual({
      connectionPool: {
        tcp: { maxConnections: 1, connectTimeout: '2s' },
        http: { http1MaxPendingRequests: 3, http2MaxRequests: 4, maxRequestsPerConnection: 5, maxRetries: 6 },
      },
    });
  });

  test('a policy of one\'s own', () => {
    expect(written(PolicyPreset.combine([PolicyPreset.of({ tls: ClientTls.istioMutual(), retryBudget: { percent: 30 } as RetryBudget })])))
      .toEqual({ tls: { mode: 'ISTIO_MUTUAL' }, retryBudget: { percent: 30 } });
  });
});

describe('failover without outlier detection does nothing in Istio', () => {
  test('so locality failover brings a circuit breaker', () => {
    expect(written(PolicyPreset.combine([PolicyPreset.localityFailover([{ from: 'eu', to: 'us' }])]))).toEqual({
      loadBalancer: { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } },
      outlierDetection: BREAKER,
    });
    expect(written(PolicyPreset.combine([PolicyPreset.localityPriority(['topology.kubernetes.io/zone'])])).outlierDetection).toEqual(BREAKER);
  });

  test('and keeps the one that another preset brings, whole and in any order', () => {
    const failover = PolicyPreset.localityFailover([{ from: 'eu', to: 'us' }]);
    const breaker = PolicyPreset.circuitBreaker({ consecutive5xxErrors: 2, maxEjectionPercent: 10 });
    const expected = { consecutive5xxErrors: 2, maxEjectionPercent: 10 };
    expect(written(PolicyPreset.combine([failover, breaker])).outlierDetection).toEqual(expected);
    expect(written(PolicyPreset.combine([breaker, failover])).outlierDetection).toEqual(expected);
    expect(written(PolicyPreset.combine([PolicyPreset.of({ outlierDetection: { consecutiveGatewayErrors: 1 } }), failover])).outlierDetection)
      .toEqual({ consecutiveGatewayErrors: 1 });
  });
});

describe('presets that are combined', () => {
  test('stand side by side where they answer different questions', () => {
    expect(written(PolicyPreset.combine([
      PolicyPreset.stickySession(HashKey.header('x-user')),
      PolicyPreset.localityFailover([{ from: 'eu', to: 'us' }]),
      PolicyPreset.connectionLimits({ maxConnections: 100 }),
      PolicyPreset.of({ connectionPool: { http: { maxRetries: 3 } } }),
    ]))).toEqual({
      loadBalancer: { consistentHash: { httpHeaderName: 'x-user' }, localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } },
      outlierDetection: BREAKER,
      connectionPool: { tcp: { maxConnections: 100 }, http: { maxRetries: 3 } },
    });
  });

  test('may give the same answer', () => {
    const limits = () => PolicyPreset.connectionLimits({ maxConnections: 100 });
    expect(written(PolicyPreset.combine([limits(), limits()]))).toEqual({ connectionPool: { tcp: { maxConnections: 100 } } });
  });

  test.each<[string, () => unknown, string]>([
    ['different answers', () => PolicyPreset.combine([PolicyPreset.connectionLimits({ maxConnections: 1 }), PolicyPreset.connectionLimits({ maxConnections: 2 })]),
      'connectionLimits and connectionLimits both say connectionPool.tcp.maxConnections, say it in one of them'],
    ['two keys', () => PolicyPreset.combine([PolicyPreset.stickySession(HashKey.sourceIp()), PolicyPreset.stickySession(HashKey.header('a'))]),
      'stickySession and stickySession both say loadBalancer.algorithm, say it in one of them'],
    ['a load balancer and a part of one', () => PolicyPreset.combine([PolicyPreset.of({ loadBalancer: LoadBalancer.random() }), PolicyPreset.stickySession(HashKey.sourceIp())]),
      'of and stickySession both say loadBalancer.algorithm, say it in one of them'],
    ['a part and a load balancer', () => PolicyPreset.combine([PolicyPreset.localityFailover([{ from: 'a', to: 'b' }]), PolicyPreset.of({ loadBalancer: LoadBalancer.random() })]),
      'localityFailover and of both say loadBalancer, say it in one of them'],
    ['no limit', () => PolicyPreset.connectionLimits({}), 'options must have a limit, such as maxConnections'],
    ['no limits', () => PolicyPreset.connectionLimits(undefined as never), 'options must be given'],
    ['no key', () => PolicyPreset.stickySession('x-user' as never), "key must be made by HashKey, such as HashKey.cookie('session'), got 'x-user'"],
    ['a policy for a preset', () => PolicyPreset.combine([{ tls: ClientTls.disable() } as never]),
      'presets[0] must be made by PolicyPreset, such as PolicyPreset.circuitBreaker(), got an object with tls'],
    ['ports in a policy of one\'s own', () => PolicyPreset.of({ portLevelSettings: [] }),
      "policy has no property 'portLevelSettings', known properties: loadBalancer, connectionPool, outlierDetection, tls, transport, retryBudget"],
    ['a port in a port', () => PolicyPreset.onPort(80, [PolicyPreset.onPort(81, [PolicyPreset.circuitBreaker()])]), 'presets must not name ports themselves, got port 81'],
    ['what a port cannot have', () => PolicyPreset.onPort(80, [PolicyPreset.of({ retryBudget: { percent: 30 } })]),
      'presets must not say retryBudget, which Istio takes for the whole host only'],
    ['port 0', () => PolicyPreset.onPort(0, []), 'port must be an integer from 1 to 65535, got 0'],
  ])('fail on %s', (_title, act, message) => {
    expect(act).toThrow(new Error(message));
  });
});

describe('the policy of a port takes the place of the whole host\'s in Istio, and inherits nothing', () => {
  test('so what is said of the whole host is said again for the port, where the port does not say it differently', () => {
    expect(written(PolicyPreset.combine([
      PolicyPreset.circuitBreaker(),
      PolicyPreset.connectionLimits({ maxConnections: 100, maxRetries: 3 }),
      PolicyPreset.of({ retryBudget: { percent: 30 } }),
      PolicyPreset.onPort(8443, [PolicyPreset.connectionLimits({ maxConnections: 5 }), PolicyPreset.of({ tls: ClientTls.istioMutual() })]),
    ]))).toEqual({
      outlierDetection: BREAKER,
      connectionPool: { tcp: { maxConnections: 100 }, http: { maxRetries: 3 } },
      retryBudget: { percent: 30 },
      portLevelSettings: [{
        port: { number: 8443 },
        outlierDetection: BREAKER,
        connectionPool: { tcp: { maxConnections: 5 }, http: { maxRetries: 3 } },
        tls: { mode: 'ISTIO_MUTUAL' },
      }],
    });
  });

  test('a failover of one port brings its circuit breaker to that port only', () => {
    expect(written(PolicyPreset.combine([PolicyPreset.onPort(80, [PolicyPreset.localityFailover([{ from: 'eu', to: 'us' }])])]))).toEqual({
      portLevelSettings: [{
        port: { number: 80 }, loadBalancer: { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } }, outlierDetection: BREAKER,
      }],
    });
  });
});
