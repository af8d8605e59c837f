import { ApiObject, Chart, Duration, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import {
  ClientTls, DestinationRule, DestinationRuleProps, EntryPort, ExportTo, HttpAction, IDestination, LoadBalancer, LocalityLoadBalancing, MeshSettings,
  PortTrafficPolicy, Resolution, ServiceEntry, ServiceHost, VirtualService,
} from '../lib';
import { manifestsOf, specOf, testChart, testCharts } from './util';

const REVIEWS = ServiceHost.fromName('reviews');

function rule(props: Partial<DestinationRuleProps> = {}, chart: Chart = testChart()): DestinationRule {
  return new DestinationRule(chart, 'Rule', { host: REVIEWS, ...props });
}

function rendered(props: Partial<DestinationRuleProps> = {}): any {
  const chart = testChart();
  rule(props, chart);
  return specOf(chart, 'DestinationRule');
}

function errorOf(props: object): () => void {
  return () => rule(props as DestinationRuleProps);
}

test('is a DestinationRule of networking.istio.io/v1', () => {
  const object = ApiObject.of(rule());
  expect([object.apiVersion, object.kind]).toEqual(['networking.istio.io/v1', 'DestinationRule']);
});

test('writes what was said and leaves out what was not', () => {
  expect(rendered()).toEqual({ host: 'reviews' });
});

test('writes every property', () => {
  expect(rendered({
    trafficPolicy: { loadBalancer: LoadBalancer.random() },
    subsets: { v1: { labels: { version: 'v1' } }, v2: { labels: { version: 'v2' }, trafficPolicy: { tls: ClientTls.disable() } } },
    workloadSelector: { app: 'frontend' },
    exportTo: ExportTo.ownNamespace(),
  })).toEqual({
    host: 'reviews',
    trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
    subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' }, trafficPolicy: { tls: { mode: 'DISABLE' } } }],
    workloadSelector: { matchLabels: { app: 'frontend' } },
    exportTo: ['.'],
  });
});

test('fails without props, and on properties that it does not have', () => {
  expect(() => new DestinationRule(testChart(), 'Rule', undefined as unknown as DestinationRuleProps)).toThrow(new Error('[test/Rule] props must be an object, got undefined'));
  expect(errorOf({ subset: {} }))
    .toThrow(new Error('[test/Rule] props has no property \'subset\', known properties: metadata, host, trafficPolicy, subsets, workloadSelector, exportTo'));
});

describe('the host', () => {
  test.each([
    ['a name', REVIEWS, 'reviews'],
    ['a full name', ServiceHost.fromName('reviews.prod.svc.cluster.local'), 'reviews.prod.svc.cluster.local'],
    ['a name with its namespace', ServiceHost.fromName('reviews', { namespace: 'prod' }), 'reviews.prod.svc.cluster.local'],
    ['a wildcard', ServiceHost.fromName('*.example.com'), '*.example.com'],
    ['every host', ServiceHost.fromName('*'), '*'],
    ['a rule that is defined elsewhere', DestinationRule.fromSubsetNames(REVIEWS, ['v1']), 'reviews'],
  ])('is written from %s', (_what, host, expected) => {
    expect(rendered({ host }).host).toBe(expected);
  });

  test('is that of a Service of the program', () => {
    const chart = testChart({ namespace: 'shop' });
    const service = new ApiObject(chart, 'Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart' } });
    rule({ host: ServiceHost.fromService(service) }, chart);
    expect(specOf(chart, 'DestinationRule').host).toBe('cart.shop.svc.cluster.local');
  });

  test('ends in the domain of the cluster, even if it is set later', () => {
    const chart = testChart();
    rule({ host: ServiceHost.fromName('reviews', { namespace: 'prod' }) }, chart);
    MeshSettings.configure(chart, { clusterDomain: 'prod.example' });
    expect(specOf(chart, 'DestinationRule').host).toBe('reviews.prod.svc.prod.example');
  });

  test('is that of an entry', () => {
    const chart = testChart();
    const entry = new ServiceEntry(chart, 'Entry', { hosts: ['api.example.com'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
    rule({ host: entry }, chart);
    expect(specOf(chart, 'DestinationRule').host).toBe('api.example.com');
  });

  test.each([
    ['nothing', undefined, 'must be made by ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program, got undefined'],
    ['a name', 'reviews', 'must be made by ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program, got \'reviews\''],
    ['a subset', DestinationRule.fromSubsetNames(REVIEWS, ['v1']).subset('v1'), 'must be a whole host, got the subset \'v1\' of \'reviews\''],
    ['a port', ServiceHost.fromName('reviews', { port: 80 }), 'must be a whole host, got port 80 of \'reviews\', use portLevelSettings for ports'],
    ['an object without host', { toDestinationConfig: () => ({}) }, ': host must be one host, got undefined'],
    ['an address', { toDestinationConfig: () => ({ host: '10.0.0.1' }) },
      ': host must be a domain name of letters, digits, \'-\' and \'.\', with a wildcard at most in front as in \'*.example.com\', got \'10.0.0.1\''],
  ])('fails on %s', (_what, host, message) => {
    expect(errorOf({ host })).toThrow(new Error(`[test/Rule] host${message.startsWith(':') ? '' : ' '}${message}`));
  });
});

describe('policies of ports', () => {
  const random = { loadBalancer: LoadBalancer.random() };

  test('of props and of addPortTrafficPolicy are the same', () => {
    const chart = testChart();
    const reviews = rule({ trafficPolicy: { ...random, portLevelSettings: [{ port: 80, ...random }] } }, chart);
    reviews.addPortTrafficPolicy({ port: 443, tls: ClientTls.disable() });
    expect(specOf(chart, 'DestinationRule').trafficPolicy).toEqual({
      loadBalancer: { simple: 'RANDOM' },
      portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }, { port: { number: 443 }, tls: { mode: 'DISABLE' } }],
    });
  });

  test('can be the first that a rule says', () => {
    const chart = testChart();
    rule({}, chart).addPortTrafficPolicy({ port: 80, ...random });
    expect(specOf(chart, 'DestinationRule').trafficPolicy).toEqual({ portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }] });
  });

  test.each<[string, PortTrafficPolicy, string]>([
    ['of a port that has one', { port: 80, ...random }, 'policy.port 80 has a policy already, a port has one'],
    ['that says nothing', { port: 81 }, 'policy must set at least one of loadBalancer, connectionPool, outlierDetection, tls'],
    ['of no port', random as PortTrafficPolicy, 'policy.port must be given'],
    ['that is none', undefined as never, 'policy must be an object, got undefined'],
    ['with a config map of another namespace', { port: 81, tls: ClientTls.simpleWithCredential('configmap://other/ca') },
      "policy.tls must name a config map in the namespace of the rule, 'shop', got 'configmap://other/ca'"],
  ])('fail %s', (_, policy, message) => {
    const reviews = rule({ metadata: { namespace: 'shop' }, trafficPolicy: { portLevelSettings: [{ port: 80, ...random }] } });
    expect(() => reviews.addPortTrafficPolicy(policy)).toThrow(new Error(`[test/Rule] ${message}`));
  });
});

describe('subsets', () => {
  test('of props and of addSubset are the same', () => {
    const chart = testChart();
    const reviews = rule({ subsets: { v1: { labels: { version: 'v1' } } } }, chart);
    reviews.addSubset('v2', { labels: { version: 'v2' } });
    expect(specOf(chart, 'DestinationRule').subsets).toEqual([{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }]);
  });

  test('are found by name', () => {
    const reviews = rule({ subsets: { v1: {} } });
    const v2 = reviews.addSubset('v2');
    expect(reviews.subset('v2')).toBe(v2);
    expect(reviews.trySubset('v1')).toBe(reviews.subset('v1'));
    expect(reviews.trySubset('v3')).toBeUndefined();
    expect(reviews.trySubset('constructor')).toBeUndefined();
  });

  test('fails on a subset that is not defined, naming those that are', () => {
    expect(() => rule({ subsets: { v1: {}, v2: {} } }).subset('v3')).toThrow(new Error('[test/Rule] host \'reviews\' has no subset \'v3\', defined subsets: v1, v2'));
    expect(() => rule().subset('v1')).toThrow(new Error('[test/Rule] host \'reviews\' has no subset \'v1\', it has none yet, call addSubset()'));
  });

  test('fails on a name that is taken', () => {
    const reviews = rule({ subsets: { v1: {} } });
    expect(() => reviews.addSubset('v1')).toThrow(new Error('[test/Rule] subset \'v1\' is defined already'));
  });

  test('a subset that is refused is not half there', () => {
    const reviews = rule();
    expect(() => reviews.addSubset('v1', { labels: {} })).toThrow();
    expect(reviews.trySubset('v1')).toBeUndefined();
    expect(reviews.addSubset('v1').subsetName).toBe('v1');
  });

  test('are named by DNS labels', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/), name => {
      expect(rendered({ subsets: { [name]: {} } }).subsets).toEqual([{ name }]);
    }), { numRuns: 30 });
  });

  test.each(['', 'v1.2', 'v_1', '-v1', 'v1-', 'größe', 'a'.repeat(64)])('fails on the name %p', name => {
    expect(() => rule().addSubset(name)).toThrow(/^\[test\/Rule\] subsetName must be /);
    expect(errorOf({ subsets: { [name]: {} } })).toThrow(/^\[test\/Rule\] subsets: name must be /);
  });

  test.each([
    ['a list', [{ name: 'v1' }], 'subsets must be an object, got a list of 1'],
    ['a Map', new Map([['v1', {}]]), 'subsets must be an object, got a value of class Map'],
    ['an undefined subset', { v1: undefined }, 'subsets[\'v1\'] must not be undefined, leave the key out'],
    ['a text', { v1: 'v1' }, 'subsets[\'v1\'] must be an object, got \'v1\''],
  ])('fails on %s', (_what, subsets, message) => {
    expect(errorOf({ subsets })).toThrow(new Error(`[test/Rule] ${message}`));
  });
});

describe('as a destination', () => {
  function destinationsOf(route: (reviews: DestinationRule) => IDestination): any {
    const chart = testChart();
    const reviews = rule({ subsets: { v1: {} } }, chart);
    new VirtualService(chart, 'Routes', { services: [reviews], defaultRoute: { action: HttpAction.forward(route(reviews)) } });
    const spec = specOf(chart, 'VirtualService');
    expect(spec.hosts).toEqual(['reviews']);
    return spec.http[0].route;
  }

  test('stands for the whole host, for a port of it, or for a subset', () => {
    expect(destinationsOf(reviews => reviews)).toEqual([{ destination: { host: 'reviews' } }]);
    expect(destinationsOf(reviews => reviews.withPort(8080))).toEqual([{ destination: { host: 'reviews', port: { number: 8080 } } }]);
    expect(destinationsOf(reviews => reviews.subset('v1').withPort(8080))).toEqual([{ destination: { host: 'reviews', subset: 'v1', port: { number: 8080 } } }]);
  });

  test.each([
    [0, 'must be an integer from 1 to 65535, got 0'], [undefined, 'must be given'],
  ])('fails on the port %p', (port, message) => {
    expect(() => rule().withPort(port as number)).toThrow(new Error(`[test/Rule] port ${message}`));
  });

  test('comes before the routes that lead to it', () => {
    const chart = testChart();
    const routes = new VirtualService(chart, 'Routes', { hosts: ['reviews'] });
    routes.addHttpRoute({ matches: [{ port: 80 }], action: HttpAction.forward(rule({ subsets: { v1: {} } }, chart).subset('v1')) });
    expect(manifestsOf(chart).map(manifest => manifest.kind)).toEqual(['DestinationRule', 'VirtualService']);
  });

  test('keeps what its host depends on', () => {
    const chart = testChart();
    const entry = new ServiceEntry(chart, 'Entry', { hosts: ['api.example.com'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
    const api = rule({ host: entry }, chart);
    expect(api.toDestinationConfig()).toEqual({ host: 'api.example.com', dependencies: [api, entry] });
  });

  test('is usable from another chart', () => {
    const { app, first, second } = testCharts({ namespace: 'shop' });
    const cart = new DestinationRule(first, 'Rule', { host: ServiceHost.fromName('cart', { namespace: 'shop' }), subsets: { v1: {} } });
    new VirtualService(second, 'Routes', { services: [cart], defaultRoute: { action: HttpAction.forward(cart.subset('v1')) } });
    const spec = Testing.synth(second)[0].spec;
    expect([spec.hosts, spec.http[0].route]).toEqual([['cart.shop.svc.cluster.local'], [{ destination: { host: 'cart.shop.svc.cluster.local', subset: 'v1' } }]]);
    expect(() => app.synthYaml()).not.toThrow();
  });
});

describe('a rule that is defined elsewhere', () => {
  const elsewhere = DestinationRule.fromSubsetNames(ServiceHost.fromName('cart', { namespace: 'shop' }), ['v1', 'v2']);

  test('has the subsets that are named', () => {
    expect(elsewhere.subset('v2').toDestinationConfig()).toEqual({ host: 'cart', namespace: 'shop', subset: 'v2', port: undefined });
    expect(elsewhere.trySubset('v3')).toBeUndefined();
    expect(elsewhere.trySubset('v1')).toBe(elsewhere.subset('v1'));
    expect(elsewhere.withPort(80).toDestinationConfig()).toEqual({ host: 'cart', namespace: 'shop', port: 80 });
    expect(elsewhere.toDestinationConfig()).toMatchObject({ host: 'cart', namespace: 'shop' });
  });

  test('writes nothing', () => {
    const chart = testChart();
    new VirtualService(chart, 'Routes', { services: [elsewhere], defaultRoute: { action: HttpAction.forward(elsewhere.subset('v1')) } });
    expect(manifestsOf(chart).map(manifest => manifest.kind)).toEqual(['VirtualService']);
  });

  test.each([
    ['another subset', () => elsewhere.subset('v3'), 'host \'cart\' has no subset \'v3\', defined subsets: v1, v2'],
    ['no names', () => DestinationRule.fromSubsetNames(REVIEWS, []), 'names must not be empty, leave it out instead'],
    ['no list', () => DestinationRule.fromSubsetNames(REVIEWS, undefined as unknown as string[]), 'names must be given'],
    ['a name that is no name', () => DestinationRule.fromSubsetNames(REVIEWS, ['v1', 'v.2']),
      'names[1] must be letters, digits and \'-\', at most 63 characters, with a letter or digit first and last, got \'v.2\''],
    ['a name twice', () => DestinationRule.fromSubsetNames(REVIEWS, ['v1', 'v1']), 'names[1] \'v1\' repeats names[0]'],
    ['every host', () => DestinationRule.fromSubsetNames(ServiceHost.fromName('*'), ['v1']), 'host: host must be one host, got \'*\''],
    ['a host with a port', () => DestinationRule.fromSubsetNames(REVIEWS.withPort(80), ['v1']), 'host must be a whole host, got port 80 of \'reviews\', use portLevelSettings for ports'],
    ['no host', () => DestinationRule.fromSubsetNames(undefined as unknown as IDestination, ['v1']),
      'host must be made by ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program, got undefined'],
    ['a port out of range', () => elsewhere.withPort(0), 'port must be an integer from 1 to 65535, got 0'],
  ])('fails on %s', (_what, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('the workloads and namespaces that use it', () => {
  const selector = { app: 'frontend' };
  const message = '[test/Rule] exportTo must be ExportTo.ownNamespace() or left out beside workloadSelector, which selects in the rule\'s own namespace only';

  test.each([
    ['all namespaces', ExportTo.all(), ['*']],
    ['some namespaces', ExportTo.namespaces(['a', 'b']), ['a', 'b']],
    ['its own', ExportTo.ownNamespace(), ['.']],
  ])('are in %s', (_what, exportTo, expected) => {
    expect(rendered({ exportTo }).exportTo).toEqual(expected);
  });

  test('are selected in its own namespace only', () => {
    expect(rendered({ workloadSelector: selector, exportTo: ExportTo.ownNamespace() })).toMatchObject({ exportTo: ['.'] });
    const chart = testChart({ namespace: 'shop' });
    rule({ workloadSelector: selector, exportTo: ExportTo.namespaces(['shop']) }, chart);
    expect(specOf(chart, 'DestinationRule').exportTo).toEqual(['shop']);
    expect(errorOf({ workloadSelector: selector, exportTo: ExportTo.all() })).toThrow(new Error(message));
    expect(errorOf({ workloadSelector: selector, exportTo: ExportTo.namespaces(['.', 'shop']) })).toThrow(new Error(message));
    expect(errorOf({ workloadSelector: selector, exportTo: ExportTo.namespaces(['shop']) })).toThrow(new Error(message));
  });

  test.each([
    ['no labels', {}, 'workloadSelector must not be empty, it would select every workload'],
    ['a wildcard', { app: '*' },
      'workloadSelector[\'app\'] must be letters, digits, \'-\', \'_\' and \'.\', at most 63 characters, with a letter or digit first and last, got \'*\''],
    ['Istio\'s own writing', { matchLabels: selector },
      'workloadSelector[\'matchLabels\'] must be letters, digits, \'-\', \'_\' and \'.\', at most 63 characters, with a letter or digit first and last, got an object with app'],
    ['a text', 'app=frontend', 'workloadSelector must be an object, got \'app=frontend\''],
  ])('are not selected by %s', (_what, workloadSelector, text) => {
    expect(errorOf({ workloadSelector })).toThrow(new Error(`[test/Rule] ${text}`));
  });

  test('are not nowhere, and not in its own namespace twice', () => {
    expect(errorOf({ exportTo: ExportTo.nowhere() })).toThrow(/^\[test\/Rule\] exportTo must name a namespace/);
    expect(() => rule({ exportTo: ExportTo.namespaces(['.', 'shop']) }, testChart({ namespace: 'shop' }))).toThrow(/^\[test\/Rule\] exportTo names the own namespace twice/);
  });
});

test('fields that the mesh\'s release does not have are errors, wherever they stand', () => {
  const chart = testChart();
  MeshSettings.configure(chart, { istioVersion: '1.30' });
  const loadBalancer = LoadBalancer.random({ locality: LocalityLoadBalancing.zoneAwareDisabled() });
  rule({ trafficPolicy: { portLevelSettings: [{ port: 80, loadBalancer }] }, subsets: { v1: { trafficPolicy: { loadBalancer } } } }, chart);
  expect(() => manifestsOf(chart)).toThrow(/spec\.subsets\[0\]\.trafficPolicy\.loadBalancer\.zoneAwareLbSetting\.enabled exists since Istio 1\.31, but the mesh runs 1\.30/);
  expect(() => manifestsOf(chart)).toThrow(/spec\.trafficPolicy\.portLevelSettings\[0\]\.loadBalancer\.zoneAwareLbSetting\.enabled exists since Istio 1\.31/);
});

describe('whatever a program without types hands in', () => {
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
    fc.constantFrom<unknown>(LoadBalancer.random(), ClientTls.disable(), Duration.seconds(5), REVIEWS, ExportTo.all(), () => 1, Symbol('symbol'), NaN),
  );
  const port = fc.record({ port: fc.oneof(fc.constant(80), anything), tls: anything, loadBalancer: anything }, { requiredKeys: [] });
  const policy = fc.record({
    loadBalancer: anything,
    connectionPool: fc.oneof(anything, fc.record({ tcp: fc.record({ maxConnections: anything, idleTimeout: anything }), http: anything })),
    outlierDetection: fc.oneof(anything, fc.record({ interval: anything, outlierDetectionHttpErrorCodes: anything }, { requiredKeys: [] })),
    tls: anything,
    portLevelSettings: fc.oneof(anything, fc.array(port)),
    transport: anything,
    retryBudget: fc.oneof(anything, fc.record({ percent: anything, budgetInterval: anything }, { requiredKeys: [] })),
  }, { requiredKeys: [] });
  const subset = fc.oneof(anything, fc.record({ labels: anything, trafficPolicy: policy }, { requiredKeys: [] }));
  const props = fc.record({
    host: fc.oneof({ weight: 20, arbitrary: fc.constant<unknown>(REVIEWS) }, { weight: 1, arbitrary: anything }),
    trafficPolicy: fc.oneof(anything, policy),
    subsets: fc.oneof(anything, fc.dictionary(fc.oneof(fc.constant('v1'), fc.string()), subset)),
    workloadSelector: fc.oneof(anything, fc.dictionary(fc.string(), fc.string())),
    exportTo: fc.oneof(anything, fc.constant(ExportTo.ownNamespace())),
  }, { requiredKeys: ['host'] });

  function blanks(value: any): unknown[] {
    if (typeof value === 'string') {
      return /undefined|\[object/.test(value) ? [value] : [];
    }
    if (typeof value !== 'object') {
      return [];
    }
    return value === null || Object.keys(value).length === 0 ? [value] : Object.values(value).flatMap(blanks);
  }

  test('is refused with the place and the property, or written without blanks', () => {
    fc.assert(fc.property(props, input => {
      const chart = testChart();
      try {
        new DestinationRule(chart, 'Rule', input as unknown as DestinationRuleProps);
      } catch (error) {
        expect((error as Error).message).toMatch(/^\[test\/Rule\] (props|host|trafficPolicy|subsets|workloadSelector|exportTo)/);
        expect((error as Error).message).not.toMatch(/\[object/);
        return;
      }
      expect(blanks(specOf(chart, 'DestinationRule'))).toEqual([]);
    }), { numRuns: 500 });
  });
});

test('metadata is written', () => {
  const reviews = rule({ metadata: { name: 'reviews', namespace: 'shop', labels: { team: 'a' } } });
  expect([reviews.name, reviews.namespace]).toEqual(['reviews', 'shop']);
  expect(ApiObject.of(reviews).metadata.getLabel('team')).toBe('a');
});
