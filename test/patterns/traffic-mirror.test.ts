import { follow } from './follow';
import { LoadBalancer, ServiceHost, TrafficMirror, TrafficMirrorProps } from '../../lib';
import { specOf, testChart } from '../util';

const base: TrafficMirrorProps = { service: ServiceHost.fromName('search', { port: 8080 }), primary: { version: 'v1' }, shadow: { version: 'v2' } };

function make(props: Partial<TrafficMirrorProps> = {}): { rule: any; http: any[]; mirror: TrafficMirror } {
  const chart = testChart();
  const mirror = new TrafficMirror(chart, 'Search', { ...base, ...props });
  return { rule: specOf(chart, 'DestinationRule'), http: specOf(chart, 'VirtualService').http, mirror };
}

test('the shadow gets copies, the primary answers', () => {
  const { rule, http, mirror } = make({ percent: 10 });
  expect(rule).toEqual({ host: 'search', subsets: [{ name: 'primary', labels: { version: 'v1' } }, { name: 'shadow', labels: { version: 'v2' } }] });
  expect(http).toEqual([{
    name: 'mirrored',
    route: [{ destination: { host: 'search', subset: 'primary', port: { number: 8080 } } }],
    mirror: { host: 'search', subset: 'shadow', port: { number: 8080 } },
    mirrorPercentage: { value: 10 },
  }]);
  expect([mirror.primary.subsetName, mirror.shadow.subsetName]).toEqual(['primary', 'shadow']);
});

test('no user ever sees an answer of the shadow', () => {
  for (const percent of [undefined, 0, 50, 100]) {
    const { http } = make({ percent });
    expect(http.flatMap(({ route }) => route.map(({ destination }: any) => destination.subset))).toEqual(['primary']);
    expect(follow(http, {}).subset).toBe('primary');
  }
});

test('a mirror goes to a subset that is defined', () => {
  const { rule, http } = make();
  expect(rule.subsets.map(({ name }: any) => name)).toContain(http[0].mirror.subset);
});

test('without a percentage all requests are copied, which is what Istio does', () => {
  expect(make().http[0]).not.toHaveProperty('mirrorPercentage');
});

test('further mirrors come before the shadow', () => {
  expect(make({ mirrors: [{ destination: ServiceHost.fromName('audit'), percent: 1 }] }).http[0].mirrors.map(({ destination }: any) => destination.host)).toEqual(['audit', 'search']);
});

test('each version may have a policy of its own', () => {
  const [primaryTrafficPolicy, shadowTrafficPolicy] = [{ loadBalancer: LoadBalancer.random() }, { loadBalancer: LoadBalancer.roundRobin() }];
  const { rule } = make({ primaryTrafficPolicy, shadowTrafficPolicy });
  expect(rule.subsets.map(({ trafficPolicy }: any) => trafficPolicy.loadBalancer.simple)).toEqual(['RANDOM', 'ROUND_ROBIN']);
});

test('it can be the target of a path', () => {
  const target = new TrafficMirror(testChart(), 'Search', base).toHttpTargetConfig();
  expect(target.routes.map(({ name, matches }) => [name, matches])).toEqual([['mirrored', undefined]]);
});

describe('fails', () => {
  const untyped = (props: object) => () => new TrafficMirror(testChart(), 'Search', { ...base, ...props } as any);
  test.each<[string, () => void, string]>([
    ['when the shadow has no labels', untyped({ shadow: undefined }), 'shadow must be given'],
    ['when the shadow is the primary', untyped({ shadow: { version: 'v1' } }), 'shadow must select other pods than primary, pods with version=v1 would belong to both'],
    ['when the share is too large', untyped({ percent: 200 }), 'percent must be a number from 0 to 100, got 200'],
    ['when the share is too small to be counted', untyped({ percent: 0.00001 }), 'percent must be 0, or a number from 0.0001 to 100, got 0.00001'],
    ['when an option of forwarding is not one', untyped({ timeout: '5s' }), "timeout must be made by Duration, such as Duration.seconds(5), got '5s'"],
    ['when a property is misspelt', untyped({ mirrorPercent: 5 }), "props has no property 'mirrorPercent', known properties: service, mesh, gateways, hosts, trafficPolicy, exportTo, "
      + 'metadata, timeout, retries, rewrite, mirrors, fault, corsPolicy, headers, primary, shadow, percent, primaryTrafficPolicy, shadowTrafficPolicy'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new Error(`[test/Search] ${message}`));
  });
});
