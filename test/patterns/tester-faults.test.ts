import { Duration } from 'cdk8s';
import { Audience, CanaryRelease, FaultAbort, FaultInjection, HeaderMatch, HttpAction, ServiceHost, StringMatch, TesterFaults, VirtualService } from '../../lib';
import { specOf, testChart } from '../util';

const ratings = ServiceHost.fromName('ratings');
const testers = [Audience.header('x-tester', HeaderMatch.present())];
const fault: FaultInjection = { delay: { fixedDelay: Duration.seconds(7), percent: 100 }, abort: FaultAbort.httpStatus(503, { percent: 10 }) };

function routes(): { chart: ReturnType<typeof testChart>; virtualService: VirtualService } {
  const chart = testChart();
  const virtualService = new VirtualService(chart, 'Routes', {
    services: [ratings],
    httpRoutes: [{ name: 'api', matches: [{ uri: StringMatch.prefix('/api') }], action: HttpAction.forward(ratings) }],
    defaultRoute: { name: 'rest', action: HttpAction.forward(ratings) },
  });
  return { chart, virtualService };
}

test('a route in front gives the faults to testers, all other routes stay as they are', () => {
  const { chart, virtualService } = routes();
  new TesterFaults(chart, 'Slow', { virtualService, testers, target: HttpAction.forward(ratings, { timeout: Duration.seconds(1) }), fault });
  const { http } = specOf(chart, 'VirtualService');
  expect(http.map((route: any) => route.name)).toEqual(['slow', 'api', 'rest']);
  expect(http[0]).toEqual({
    name: 'slow',
    match: [{ headers: { 'x-tester': {} } }],
    route: [{ destination: { host: 'ratings' } }],
    timeout: '1s',
    fault: { delay: { fixedDelay: '7s', percentage: { value: 100 } }, abort: { httpStatus: 503, percentage: { value: 10 } } },
  });
  expect(http.slice(1).some((route: any) => 'fault' in route)).toBe(false);
});

test('whoever belongs to one of several audiences is a tester', () => {
  const { chart, virtualService } = routes();
  new TesterFaults(chart, 'Slow', { virtualService, testers: [...testers, Audience.sourceLabels({ app: 'probe' })], target: HttpAction.forward(ratings), fault });
  expect(specOf(chart, 'VirtualService').http[0].match).toEqual([{ headers: { 'x-tester': {} } }, { sourceLabels: { app: 'probe' } }]);
});

test('testers of a release meet the faults on the version that they would get', () => {
  const chart = testChart();
  const release = new CanaryRelease(chart, 'Release', {
    service: ratings, stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 10, canaryFor: [Audience.header('x-beta', HeaderMatch.exact('1'))],
  });
  const { virtualService } = release;
  new TesterFaults(chart, 'Slow', {
    virtualService,
    testers,
    target: release,
    fault,
  });
  expect(release.virtualService).toBe(virtualService);
  const { http } = specOf(chart, 'VirtualService');
  expect(http.map((route: any) => 'fault' in route)).toEqual([true, true, false, false]);
  expect(http[0].match).toEqual([{ headers: { 'x-tester': {}, 'x-beta': { exact: '1' } } }]);
  expect(http[1].match).toEqual([{ headers: { 'x-tester': {} } }]);
});

test.each<[string, object, string]>([
  ['no testers', { testers: [] }, '[test/Slow] testers must not be empty, leave it out instead'],
  ['testers left out', { testers: undefined }, '[test/Slow] testers must be given'],
  ['no fault', { fault: undefined }, '[test/Slow] fault must be given'],
  ['a redirect', { target: HttpAction.respond(200) }, '[test/Slow] only an action that forwards takes options, not a redirect or a response'],
  ['an action that has faults', { target: HttpAction.forward(ratings, { fault }) }, '[test/Slow] the action has fault already, say it in one place'],
  ['a host for a target', { target: ratings }, '[test/Slow] target must be made by HttpAction, or a release, got a value of class ServiceHost'],
  ['an unknown property', { percent: 1 }, "[test/Slow] props has no property 'percent', known properties: virtualService, testers, target, fault"],
])('fails for %s', (_title, changes, message) => {
  const { chart, virtualService } = routes();
  expect(() => new TesterFaults(chart, 'Slow', { virtualService, testers, target: HttpAction.forward(ratings), fault, ...changes })).toThrow(new Error(message));
});
