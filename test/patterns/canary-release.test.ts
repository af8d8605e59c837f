import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { follow } from './follow';
import { Audience, CanaryRelease, CanaryReleaseProps, HeaderMatch, LoadBalancer, RetryPolicy, ServiceHost, StickyCookie } from '../../lib';
import { specOf, testChart } from '../util';

const service = ServiceHost.fromName('reviews', { port: 9080 });
const versions = { service, stable: { version: 'v1' }, canary: { version: 'v2' } };
const tester = Audience.header('x-tester', HeaderMatch.present());

function httpOf(props: Partial<CanaryReleaseProps> = {}): any[] {
  const chart = testChart();
  new CanaryRelease(chart, 'Reviews', { ...versions, canaryPercent: props.plan === undefined ? 10 : undefined, ...props });
  return specOf(chart, 'VirtualService').http;
}

function weightsOf(route: any): number[] {
  return route.route.map(({ weight }: any) => weight);
}

test('a tenth of the requests goes to the canary', () => {
  const chart = testChart();
  const release = new CanaryRelease(chart, 'Reviews', { ...versions, canaryPercent: 10 });
  expect(specOf(chart, 'DestinationRule')).toEqual({
    host: 'reviews',
    subsets: [{ name: 'stable', labels: { version: 'v1' } }, { name: 'canary', labels: { version: 'v2' } }],
  });
  expect(specOf(chart, 'VirtualService')).toEqual({
    hosts: ['reviews'],
    http: [{
      name: 'split',
      route: [
        { destination: { host: 'reviews', subset: 'stable', port: { number: 9080 } }, weight: 90 },
        { destination: { host: 'reviews', subset: 'canary', port: { number: 9080 } }, weight: 10 },
      ],
    }],
  });
  expect([release.stable.subsetName, release.canary.subsetName, release.canaryPercent, release.stages]).toEqual(['stable', 'canary', 10, []]);
});

test.each([[0, [100, 0]], [100, [0, 100]], [0.5, [995, 5]], [33.33, [6667, 3333]], [0.01, [9999, 1]], [99.9, [1, 999]]])('%d % is written in whole weights', (canaryPercent, weights) => {
  expect(weightsOf(httpOf({ canaryPercent })[0])).toEqual(weights);
});

test('after a rollback both subsets are still defined and referred to', () => {
  const chart = testChart();
  new CanaryRelease(chart, 'Reviews', { ...versions, canaryPercent: 0 });
  expect(specOf(chart, 'DestinationRule').subsets.map(({ name }: any) => name)).toEqual(['stable', 'canary']);
  expect(specOf(chart, 'VirtualService').http[0].route.map(({ destination }: any) => destination.subset)).toEqual(['stable', 'canary']);
});

test('a rollback changes weights only', () => {
  const changed = JSON.stringify(httpOf({ canaryPercent: 25, canaryFor: [tester] })).replace(/"weight":\d+/g, '"weight":0');
  expect(JSON.stringify(httpOf({ canaryPercent: 0, canaryFor: [tester] })).replace(/"weight":\d+/g, '"weight":0')).toBe(changed);
});

test('testers always get the canary, some always the stable version, whatever the share', () => {
  for (const canaryPercent of [0, 100]) {
    const http = httpOf({ canaryPercent, canaryFor: [tester, Audience.cookie('preview', 'yes')], stableFor: [Audience.header('x-report', HeaderMatch.exact('nightly'))] });
    expect(http.map(({ name }) => name)).toEqual(['stable-audience', 'canary-audience', 'split']);
    expect(follow(http, { headers: { 'x-tester': '1' } }).subset).toBe('canary');
    expect(follow(http, { headers: { cookie: 'a=1; preview=yes' } }).subset).toBe('canary');
    expect(follow(http, { headers: { 'x-report': 'nightly', 'x-tester': '1' } }).subset).toBe('stable');
    expect(follow(http, {}).subset).toBe(canaryPercent === 0 ? 'stable' : 'canary');
  }
});

test('what is said of forwarding holds for all routes', () => {
  const http = httpOf({ timeout: Duration.seconds(5), retries: RetryPolicy.none(), headers: { request: { set: { 'x-a': '1' } } }, canaryFor: [tester], plan: [50], sticky: {} });
  expect(http.map(({ name, timeout, retries, headers }) => [name, timeout, retries, headers])).toEqual(
    ['canary-audience', 'bucket-1', 'bucket-2', 'split'].map(name => [name, '5s', { attempts: 0 }, { request: { set: { 'x-a': '1' } } }]),
  );
});

test('each version may have a policy of its own', () => {
  const chart = testChart();
  new CanaryRelease(chart, 'Reviews', {
    ...versions,
    canaryPercent: 10,
    stableTrafficPolicy: { loadBalancer: LoadBalancer.random() },
    canaryTrafficPolicy: { loadBalancer: LoadBalancer.roundRobin() },
  });
  expect(specOf(chart, 'DestinationRule').subsets.map(({ trafficPolicy }: any) => trafficPolicy.loadBalancer.simple)).toEqual(['RANDOM', 'ROUND_ROBIN']);
});

describe('a mirror', () => {
  test('sends copies to the subset of the canary, which is defined', () => {
    const chart = testChart();
    new CanaryRelease(chart, 'Reviews', { ...versions, canaryPercent: 0, mirrorPercent: 20 });
    const [{ mirror, mirrorPercentage }] = specOf(chart, 'VirtualService').http;
    expect([mirror, mirrorPercentage]).toEqual([{ host: 'reviews', subset: 'canary', port: { number: 9080 } }, { value: 20 }]);
    expect(specOf(chart, 'DestinationRule').subsets.map(({ name }: any) => name)).toContain(mirror.subset);
  });

  test('is not made of requests whose version is settled', () => {
    const http = httpOf({ mirrorPercent: 20, canaryFor: [tester], stableFor: [Audience.cookie('a', '1')], plan: [50], sticky: {} });
    expect(http.filter(({ mirror }) => mirror !== undefined).map(({ name }) => name)).toEqual(['bucket-1', 'bucket-2', 'split']);
  });

  test('comes beside others', () => {
    const audit = { destination: ServiceHost.fromName('audit') };
    expect(httpOf({ mirrorPercent: 20, mirrors: [audit] })[0].mirrors).toEqual([
      { destination: { host: 'audit' } },
      { destination: { host: 'reviews', subset: 'canary', port: { number: 9080 } }, percentage: { value: 20 } },
    ]);
  });
});

describe('any combination of options', () => {
  const audience = fc.constantFrom(tester, Audience.cookie('a', '1'), Audience.sourceLabels({ app: 'web' }), Audience.queryParameterPresent('q'));
  const options = fc.record({
    plan: fc.constantFrom<number[] | undefined>(undefined, [10], [1, 50, 100]),
    sticky: fc.constantFrom<StickyCookie | undefined>(undefined, {}, { name: 'x' }),
    audiences: fc.uniqueArray(audience),
    stableFirst: fc.nat(4),
    mirrorPercent: fc.constantFrom(undefined, 0, 100),
    canaryPercent: fc.integer({ min: 0, max: 10000 }).map(hundredths => hundredths / 100),
  });

  test('refers to defined subsets only and has no two equal matches', () => {
    fc.assert(fc.property(options, ({ plan, sticky, audiences, stableFirst, mirrorPercent, canaryPercent }) => {
      const chart = testChart();
      const [stableFor, canaryFor] = [audiences.slice(0, stableFirst), audiences.slice(stableFirst)];
      new CanaryRelease(chart, 'Reviews', {
        ...versions,
        ...plan === undefined ? { canaryPercent } : { plan, sticky },
        stableFor: stableFor.length === 0 ? undefined : stableFor,
        canaryFor: canaryFor.length === 0 ? undefined : canaryFor,
        mirrorPercent,
      });
      const { http } = specOf(chart, 'VirtualService');
      const defined = specOf(chart, 'DestinationRule').subsets.map(({ name }: any) => name);
      const used = http.flatMap(({ route, mirror }: any) => [...route.map(({ destination }: any) => destination), ...[mirror].filter(Boolean)]);
      expect(used.every(({ host, subset }: any) => host === 'reviews' && defined.includes(subset))).toBe(true);
      const matches = http.flatMap(({ match }: any) => match ?? [{}]).map((match: any) => JSON.stringify(match));
      expect(new Set(matches).size).toBe(matches.length);
      expect(new Set(http.map(({ name }: any) => name)).size).toBe(http.length);
    }), { numRuns: 60 });
  });
});

describe('fails', () => {
  const untyped = (props: object) => () => new CanaryRelease(testChart(), 'Reviews', { ...versions, ...props } as any);
  test.each<[string, () => void, string]>([
    ['without a share', untyped({}), 'canaryPercent and plan say the same, one of them must be given'],
    ['with a share and a plan', untyped({ canaryPercent: 1, plan: [1] }), 'canaryPercent and plan say the same, leave one of them out'],
    ['when the share is too large', untyped({ canaryPercent: 101 }), 'canaryPercent must be a number from 0 to 100, got 101'],
    ['when the share is not a number', untyped({ canaryPercent: NaN }), 'canaryPercent must be a number from 0 to 100, got NaN'],
    ['when the share has three decimals', untyped({ canaryPercent: 0.125 }), 'canaryPercent must be a percentage with at most two decimals, got 0.125'],
    ['when a stage has no plan', untyped({ canaryPercent: 1, stage: 1 }), 'stage must have a plan beside it, whose steps it counts'],
    ['when users shall stay without a plan', untyped({ canaryPercent: 1, sticky: {} }),
      'sticky must have a plan beside it: users are dealt into one bucket for each of its steps, a single percentage would move them at random whenever it changes'],
    ['when the mirror is too small to be counted', untyped({ canaryPercent: 1, mirrorPercent: 0.00001 }), 'mirrorPercent must be 0, or a number from 0.0001 to 100, got 0.00001'],
    ['when an audience is covered', untyped({ canaryPercent: 1, stableFor: [tester], canaryFor: [Audience.cookie('a', '1'), Audience.header('x-tester', HeaderMatch.exact('1'))] }),
      'canaryFor[1] is covered by stableFor[0], which is tried first, so that no request is left for it: leave it out, or narrow the other one'],
    ['when an audience is a header', untyped({ canaryPercent: 1, canaryFor: [HeaderMatch.present()] }),
      'canaryFor[0] must be made by Audience, such as Audience.header(), got a value of class HeaderMatch'],
    ['when there are no audiences in the list', untyped({ canaryPercent: 1, canaryFor: [] }), 'canaryFor must not be empty, leave it out instead'],
    ['when the plan is empty', untyped({ plan: [] }), 'plan must not be empty, leave it out instead'],
    ['when the plan is a number', untyped({ plan: 10 }), 'plan must be a list, got 10'],
    ['when the plan begins with nobody', untyped({ plan: [0, 10] }), 'plan[0] must be greater than 0, stage 0 is there without a step, got 0'],
    ['when the plan goes back', untyped({ plan: [10, 5] }), 'plan[1] must be greater than the step before it, 10, got 5'],
    ['when the plan stands still', untyped({ plan: [10, 10] }), 'plan[1] must be greater than the step before it, 10, got 10'],
    ['when a step is too large', untyped({ plan: [10, 101] }), 'plan[1] must be a number from 0 to 100, got 101'],
    ['when the stage is beyond the plan', untyped({ plan: [10, 100], stage: 3 }), 'stage must be an integer from 0 to 2, got 3'],
    ['when the stage is a fraction', untyped({ plan: [10, 100], stage: 0.5 }), 'stage must be an integer from 0 to 2, got 0.5'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new Error(`[test/Reviews] ${message}`));
  });
});
