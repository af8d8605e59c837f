import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  DelegateRoutes, EntryPort, FaultAbort, HttpAction, HttpForwardOptions, IDestination, MeshSettings, Resolution, RetryPolicy, Rewrite,
  ServiceEntry, ServiceHost, StringMatch, WeightedDestination,
} from '../lib';
import { testChart } from './util';

const a = ServiceHost.fromName('a');
const b = ServiceHost.fromName('b', { namespace: 'shop', port: 8080 });

function rendered(action: HttpAction, chart = testChart()): any {
  return JSON.parse(JSON.stringify(action._toHttpRoute(chart)));
}

test('forwards to one destination, without a weight', () => {
  expect(rendered(HttpAction.forward(a))).toEqual({ route: [{ destination: { host: 'a' } }] });
});

test('forwards with every option', () => {
  expect(rendered(HttpAction.forward(b, {
    timeout: Duration.seconds(5),
    retries: RetryPolicy.attempts(3, { perTryTimeout: Duration.seconds(2) }),
    rewrite: Rewrite.uri('/v2'),
    mirrors: [{ destination: a, percent: 12.5 }],
    fault: { abort: FaultAbort.httpStatus(503, { percent: 1 }) },
    corsPolicy: { allowOrigins: [StringMatch.exact('*')] },
    headers: { request: { set: { 'x-a': '1' } } },
  }))).toEqual({
    route: [{ destination: { host: 'b.shop.svc.cluster.local', port: { number: 8080 } } }],
    timeout: '5s',
    retries: { attempts: 3, perTryTimeout: '2s' },
    rewrite: { uri: '/v2' },
    mirror: { host: 'a' },
    mirrorPercentage: { value: 12.5 },
    fault: { abort: { httpStatus: 503, percentage: { value: 1 } } },
    corsPolicy: { allowOrigins: [{ exact: '*' }] },
    headers: { request: { set: { 'x-a': '1' } } },
  });
});

test('splits by weights, with headers of each destination', () => {
  expect(rendered(HttpAction.split([
    { destination: a, weight: 90, headers: { response: { set: { 'x-version': 'a' } } } },
    { destination: b, weight: 10 },
    { destination: a, weight: 0 },
  ], { timeout: Duration.millis(1500) }))).toEqual({
    route: [
      { destination: { host: 'a' }, weight: 90, headers: { response: { set: { 'x-version': 'a' } } } },
      { destination: { host: 'b.shop.svc.cluster.local', port: { number: 8080 } }, weight: 10 },
      { destination: { host: 'a' }, weight: 0 },
    ],
    timeout: '1500ms',
  });
});

test('one mirror is written as mirror, several as mirrors', () => {
  expect(rendered(HttpAction.forward(a, { mirrors: [{ destination: b }] }))).toEqual({
    route: [{ destination: { host: 'a' } }],
    mirror: { host: 'b.shop.svc.cluster.local', port: { number: 8080 } },
  });
  expect(rendered(HttpAction.forward(a, { mirrors: [{ destination: b, percent: 0 }, { destination: a }] }))).toEqual({
    route: [{ destination: { host: 'a' } }],
    mirrors: [
      { destination: { host: 'b.shop.svc.cluster.local', port: { number: 8080 } }, percentage: { value: 0 } },
      { destination: { host: 'a' } },
    ],
  });
});

test('delegates by name and namespace, with options for what is delegated', () => {
  expect(rendered(HttpAction.delegateTo(DelegateRoutes.fromName('cart', { namespace: 'shop' }), { timeout: Duration.seconds(1) }))).toEqual({
    delegate: { name: 'cart', namespace: 'shop' },
    timeout: '1s',
  });
  expect(rendered(HttpAction.delegateTo(DelegateRoutes.fromName('cart')))).toEqual({ delegate: { name: 'cart' } });
});

test('hosts get the cluster domain of the mesh', () => {
  const chart = testChart();
  const action = HttpAction.forward(b, { mirrors: [{ destination: b }] });
  MeshSettings.configure(chart, { clusterDomain: 'prod.example' });
  expect(rendered(action, chart)).toMatchObject({ route: [{ destination: { host: 'b.shop.svc.prod.example' } }], mirror: { host: 'b.shop.svc.prod.example' } });
});

test('knows what must be applied before it', () => {
  const chart = testChart();
  const entry = (id: string) => new ServiceEntry(chart, id, { hosts: [`${id}.example.com`], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
  const [one, two, three] = [entry('one'), entry('two'), entry('three')];
  const cart = new DelegateRoutes(chart, 'Cart', { defaultRoute: { action: HttpAction.forward(a) } });
  const split = HttpAction.split([{ destination: one, weight: 1 }, { destination: two, weight: 1 }], { mirrors: [{ destination: three }] });
  expect(split._dependencies()).toEqual([one, two, three]);
  expect(HttpAction.delegateTo(cart, { mirrors: [{ destination: one }] })._dependencies()).toEqual([one, cart]);
  expect(HttpAction.respond(200)._dependencies()).toEqual([]);
});

test('lists of the caller are copied', () => {
  const destinations = [{ destination: a, weight: 1 }];
  const mirrors = [{ destination: a }];
  const action = HttpAction.split(destinations, { mirrors });
  destinations.push({ destination: b, weight: 1 });
  mirrors.push({ destination: b });
  expect(rendered(action)).toEqual({ route: [{ destination: { host: 'a' }, weight: 1 }], mirror: { host: 'a' } });
});

test.each<[WeightedDestination[], string]>([
  [undefined as never, 'destinations must be given'],
  [[], 'destinations must not be empty'],
  [{} as never, 'destinations must be a list, got an empty object'],
  [[undefined as never], 'destinations[0] must not be undefined, leave the item out'],
  [[a as never], /^destinations\[0\] (must|has no)/ as never],
  [[{ destination: a } as never], 'destinations[0].weight must be given'],
  [[{ destination: a, weight: -1 }], 'destinations[0].weight must be an integer from 0 to 2147483647, got -1'],
  [[{ destination: a, weight: 0.5 }], 'destinations[0].weight must be an integer from 0 to 2147483647, got 0.5'],
  [[{ destination: a, weight: NaN }], 'destinations[0].weight must be an integer from 0 to 2147483647, got NaN'],
  [[{ destination: a, weight: 2147483648 }], 'destinations[0].weight must be an integer from 0 to 2147483647, got 2147483648'],
  [[{ destination: a, weight: '90' as never }], "destinations[0].weight must be an integer from 0 to 2147483647, got '90'"],
  [[{ destination: a, weight: 0 }, { destination: b, weight: 0 }], 'destinations must have a positive weight, got 0 and 0'],
  [[2147483647, 2147483647, 2].map(weight => ({ destination: a, weight })), 'destinations must have weights whose sum is at most 4294967295, got 4294967296'],
  [[{ destination: 'a' as never, weight: 1 }], /^destinations\[0\]\.destination must be made by .*, got 'a'$/ as never],
  [[{ weight: 1 } as never], /^destinations\[0\]\.destination must be made by .*, got undefined$/ as never],
  [[{ destination: a, weight: 1, subset: 'v1' } as never], "destinations[0] has no property 'subset', known properties: destination, weight, headers"],
])('a split fails on %p', (destinations, message) => {
  expect(() => HttpAction.split(destinations)).toThrow(message);
});

test('a split takes all weights that add up to something', () => {
  fc.assert(fc.property(fc.array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 4 }), weights => {
    const split = () => rendered(HttpAction.split(weights.map(weight => ({ destination: a, weight })))).route.map((each: any) => each.weight);
    if (weights.length > 1 && weights.every(weight => weight === 0)) {
      expect(split).toThrow('destinations must have a positive weight');
    } else {
      expect(split()).toEqual(weights);
    }
  }));
});

test.each<[HttpForwardOptions, string]>([
  [{ timeout: Duration.seconds(0) }, 'timeout must be a whole number of milliseconds, at least 1, got 0 ms'],
  [{ timeout: 5 as never }, 'timeout must be made by Duration, such as Duration.seconds(5), got 5'],
  [{ retries: { attempts: 3 } as never }, 'retries must be made by RetryPolicy, such as RetryPolicy.attempts(), got an object with attempts'],
  [{ retries: Rewrite.uri('/') as never }, 'retries must be made by RetryPolicy, such as RetryPolicy.attempts(), got a value of class Rewrite'],
  [{ rewrite: RetryPolicy.none() as never }, 'rewrite must be made by Rewrite, such as Rewrite.uri(), got a value of class RetryPolicy'],
  [{ mirrors: [] }, 'mirrors must not be empty, leave it out instead'],
  [{ mirrors: [{ destination: a, percent: 0.00001 }] }, 'mirrors[0].percent must be 0, or a number from 0.0001 to 100, got 0.00001'],
  [{ mirrors: [{ destination: a, percent: 101 }] }, 'mirrors[0].percent must be a number from 0 to 100, got 101'],
  [{ mirrors: [{} as never] }, /^mirrors\[0\]\.destination must be made by/ as never],
  [{ rewrite: Rewrite.authority('x'), headers: { request: { set: { Host: 'y' } } } }, "headers.request must not set 'Host', because rewrite sets the authority to 'x'"],
  [{ mirror: a } as never, "options has no property 'mirror', known properties: timeout, retries, rewrite, mirrors, fault, corsPolicy, headers"],
  [{ redirect: {} } as never, "options has no property 'redirect', known properties: timeout, retries, rewrite, mirrors, fault, corsPolicy, headers"],
])('fails on the options %p', (options, message) => {
  expect(() => HttpAction.forward(a, options)).toThrow(message);
  expect(() => HttpAction.split([{ destination: a, weight: 1 }], options)).toThrow(message);
  expect(() => HttpAction.delegateTo(DelegateRoutes.fromName('d'), options)).toThrow(message);
});

test('the authority is set by the route or by its destinations', () => {
  const headers = { request: { set: { host: 'x' } } };
  const destinations = [{ destination: a, weight: 1, headers }];
  const message = 'destinations[0].headers.request must not set the authority, because the route does so already and wins';
  expect(rendered(HttpAction.split(destinations)).route[0].headers).toEqual(headers);
  expect(() => HttpAction.split(destinations, { headers })).toThrow(message);
  expect(() => HttpAction.split(destinations, { rewrite: Rewrite.authority('y') })).toThrow(message);
});

test.each<[unknown, string]>([
  [undefined, 'got undefined'],
  [null, 'got null'],
  ['reviews', "got 'reviews'"],
  [{ host: 'reviews' }, 'got an object with host'],
])('forwarding fails on the destination %p', (destination, message) => {
  expect(() => HttpAction.forward(destination as IDestination)).toThrow(message);
});

test.each<[unknown, string]>([
  ['cart', "routes must be made by DelegateRoutes of this program, or DelegateRoutes.fromName(), got 'cart'"],
  [{ toDelegateRoutesConfig: () => ({ name: 'Cart' }) }, "routes: name must be lower case letters, digits, '-' and '.', at most 253 characters, got 'Cart'"],
  [{ toDelegateRoutesConfig: () => ({}) }, 'routes: name must be given'],
  [{ toDelegateRoutesConfig: () => ({ name: 'cart', namespace: '' }) }, "routes: namespace must be a string that is not empty, got ''"],
])('delegating fails on %p', (delegate, message) => {
  expect(() => HttpAction.delegateTo(delegate as never)).toThrow(message);
});
