import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { HashAlgorithm, HashKey, LoadBalancer, LocalityLoadBalancing, WarmupLoadBalancerOptions } from '../lib';
import { policyError, renderedPolicy } from './traffic-policies';

function rendered(loadBalancer: LoadBalancer): any {
  return renderedPolicy({ loadBalancer }).loadBalancer;
}

test.each([
  ['leastRequest', LoadBalancer.leastRequest(), { simple: 'LEAST_REQUEST' }],
  ['roundRobin', LoadBalancer.roundRobin(), { simple: 'ROUND_ROBIN' }],
  ['random', LoadBalancer.random(), { simple: 'RANDOM' }],
  ['passthrough', LoadBalancer.passthrough(), { simple: 'PASSTHROUGH' }],
  ['consistentHash', LoadBalancer.consistentHash(HashKey.header('x-user')), { consistentHash: { httpHeaderName: 'x-user' } }],
])('%s without options is the algorithm alone', (_name, loadBalancer, expected) => {
  expect(rendered(loadBalancer)).toEqual(expected);
});

const WARM: [string, (options: WarmupLoadBalancerOptions) => LoadBalancer, object][] = [
  ['leastRequest', LoadBalancer.leastRequest, { simple: 'LEAST_REQUEST' }],
  ['roundRobin', LoadBalancer.roundRobin, { simple: 'ROUND_ROBIN' }],
  ['defaultAlgorithm', LoadBalancer.defaultAlgorithm, {}],
];

describe.each(WARM)('%s', (_name, factory, algorithm) => {
  test('takes warmup and locality', () => {
    expect(rendered(factory({
      warmup: { duration: Duration.minutes(1), minimumPercent: 2.5, aggression: 1.5 },
      locality: LocalityLoadBalancing.enabled(),
    }))).toEqual({ ...algorithm, warmup: { duration: '60s', minimumPercent: 2.5, aggression: 1.5 }, localityLbSetting: { enabled: true } });
  });

  test('leaves out of a warmup what is not said', () => {
    expect(rendered(factory({ warmup: { duration: Duration.millis(1) } }))).toEqual({ ...algorithm, warmup: { duration: '1ms' } });
  });

  test.each([
    ['no duration', {}, 'warmup.duration must be given'],
    ['no time', { duration: Duration.seconds(0) }, 'warmup.duration must be a whole number of milliseconds, at least 1, got 0 ms'],
    ['a percentage above 100', { duration: Duration.seconds(1), minimumPercent: 100.1 }, 'warmup.minimumPercent must be a number from 0 to 100, got 100.1'],
    ['a percentage below 0', { duration: Duration.seconds(1), minimumPercent: -1 }, 'warmup.minimumPercent must be a number from 0 to 100, got -1'],
    ['no aggression', { duration: Duration.seconds(1), aggression: 0 }, 'warmup.aggression must be a number above 0, got 0'],
    ['an infinite aggression', { duration: Duration.seconds(1), aggression: Infinity }, 'warmup.aggression must be a number, got Infinity'],
    ['an unknown property', { duration: Duration.seconds(1), percent: 1 }, 'warmup has no property \'percent\', known properties: duration, minimumPercent, aggression'],
  ])('fails on a warmup with %s', (_what, warmup, message) => {
    expect(() => factory({ warmup } as unknown as WarmupLoadBalancerOptions)).toThrow(new Error(message));
  });

  test('fails on unknown options', () => {
    expect(() => factory({ algorithm: HashAlgorithm.maglev(7), warmup: { duration: Duration.seconds(1) } } as WarmupLoadBalancerOptions))
      .toThrow(new Error('options has no property \'algorithm\', known properties: locality, warmup'));
  });
});

test('every aggression above 0 is taken', () => {
  fc.assert(fc.property(fc.double({ min: 0, minExcluded: true, max: 1e9, noNaN: true }), aggression => {
    expect(rendered(LoadBalancer.roundRobin({ warmup: { duration: Duration.seconds(1), aggression } })).warmup.aggression).toBe(aggression);
  }), { numRuns: 20 });
});

test('the default algorithm needs something to say', () => {
  expect(() => LoadBalancer.defaultAlgorithm({})).toThrow(new Error('options must set at least one of locality, warmup'));
});

test('random and consistent hash take locality', () => {
  const locality = LocalityLoadBalancing.disabled();
  expect(rendered(LoadBalancer.random({ locality }))).toEqual({ simple: 'RANDOM', localityLbSetting: { enabled: false } });
  expect(rendered(LoadBalancer.consistentHash(HashKey.sourceIp(), { locality, algorithm: HashAlgorithm.maglev(7) })))
    .toEqual({ consistentHash: { useSourceIp: true, maglev: { tableSize: 7 } }, localityLbSetting: { enabled: false } });
});

test.each([
  ['random with warmup', () => LoadBalancer.random({ warmup: {} } as object), 'options has no property \'warmup\', known properties: locality'],
  ['consistent hash with warmup', () => LoadBalancer.consistentHash(HashKey.sourceIp(), { warmup: {} } as object),
    'options has no property \'warmup\', known properties: locality, algorithm'],
  ['consistent hash without key', () => LoadBalancer.consistentHash(undefined as unknown as HashKey), 'key must be made by HashKey, such as HashKey.header(\'x-user\'), got undefined'],
  ['an algorithm for a key', () => LoadBalancer.consistentHash(HashAlgorithm.maglev(7) as unknown as HashKey),
    'key must be made by HashKey, such as HashKey.header(\'x-user\'), got a value of class HashAlgorithm'],
  ['a word for an algorithm', () => LoadBalancer.consistentHash(HashKey.sourceIp(), { algorithm: 'maglev' as unknown as HashAlgorithm }),
    'algorithm must be made by HashAlgorithm, such as HashAlgorithm.maglev(65537), got \'maglev\''],
  ['an object for the locality', () => LoadBalancer.random({ locality: { enabled: true } as unknown as LocalityLoadBalancing }),
    'locality must be made by LocalityLoadBalancing, such as LocalityLoadBalancing.enabled(), got an object with enabled'],
  ['options that are no object', () => LoadBalancer.roundRobin(5 as unknown as WarmupLoadBalancerOptions), 'options must be an object, got 5'],
])('fails on %s', (_what, make, message) => {
  expect(make).toThrow(new Error(message));
});

test('fails on a word in the place of a load balancer', () => {
  expect(policyError({ loadBalancer: 'ROUND_ROBIN' })).toBe('.loadBalancer must be made by LoadBalancer, such as LoadBalancer.roundRobin(), got \'ROUND_ROBIN\'');
});
