import * as fc from 'fast-check';
import { manifest } from './util';
import { checkWebhook } from '../../../lib/checks/webhook';

const KINDS = ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry'];

test.each([
  null, undefined, 5, 'a', [], {}, { kind: 'Gateway' }, { apiVersion: 'v1', kind: 'Service' }, { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', spec: 5 },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' }, { apiVersion: 'networking.istio.io', kind: 'Gateway' }, { apiVersion: 5, kind: 'Gateway' },
  { apiVersion: 'networking.istio.io/v1', kind: ['Gateway'] }, { apiVersion: 'networking.istio.io/v1/x', kind: 'Gateway' },
])('%j is none of its business', given => {
  expect(checkWebhook(given)).toEqual([]);
});

test.each(['v1', 'v1beta1', 'v1alpha3'])('version %s is judged by the same rules', version => {
  expect(checkWebhook({ ...manifest('Gateway', {}), apiVersion: `networking.istio.io/${version}` }).map(({ rule }) => rule)).toEqual(['GW2']);
});

test('what is missing altogether is judged as empty', () => {
  expect(checkWebhook({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway' }).map(({ rule, path }) => `${rule} ${path}`)).toEqual(['GW1 metadata.name', 'GW2 spec.servers']);
});

test.each([[null], [[]], ['a'], [5]])('metadata that are %j are judged', metadata => {
  expect(checkWebhook({ ...manifest('ServiceEntry', { hosts: ['a'] }), metadata }).map(({ path }) => path)).toEqual(metadata === null ? [] : ['metadata']);
});

test.each([
  ['name', 5], ['namespace', 5], ['uid', 5], ['resourceVersion', 5], ['finalizers', 'a'], ['ownerReferences', {}], ['managedFields', 'a'], ['generation', '5'],
  ['creationTimestamp', 'yesterday'], ['creationTimestamp', '2026-13-31T00:00:00Z'],
])('%s of metadata is not %j', (field, value) => {
  expect(checkWebhook(manifest('ServiceEntry', { hosts: ['a'] }, { [field]: value })).map(({ rule, path }) => `${rule} ${path}`)).toEqual([`WH1 metadata.${field}`]);
});

test('what a cluster returns is fine', () => {
  const metadata = {
    uid: 'a',
    resourceVersion: '5',
    generation: 5,
    creationTimestamp: '2026-01-31T12:00:00Z',
    deletionTimestamp: null,
    ownerReferences: [{ name: 'a' }],
    managedFields: [{}],
    finalizers: ['a'],
    selfLink: '',
    labels: null,
  };
  expect(checkWebhook(manifest('ServiceEntry', { hosts: ['a'] }, metadata))).toEqual([]);
  expect(checkWebhook(manifest('ServiceEntry', { hosts: ['a'] }, { creationTimestamp: new Date(0) }))).toEqual([]);
});

test('a name that the API server makes up is a name', () => {
  const gateway = manifest('Gateway', { servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] });
  expect(checkWebhook({ ...gateway, metadata: { generateName: 'public-' } })).toEqual([]);
  expect(checkWebhook({ ...gateway, metadata: { generateName: 'public.' } }).map(({ rule }) => rule)).toEqual(['GW1']);
});

test('a finding says what is wrong, where, and the way out', () => {
  expect(checkWebhook(manifest('VirtualService', { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }], timeout: '0s' }] }))).toEqual([{
    rule: 'VS29',
    severity: 'error',
    path: 'spec.http[0].timeout',
    message: "must be at least 1ms, got '0s'",
    value: '0s',
    fix: 'leave the field out to have no limit of your own',
  }]);
});

test('an annotation that is refused takes back warnings, but not errors', () => {
  const spec = { hosts: ['*a.b', '*'], ports: [] };
  expect(checkWebhook(manifest('ServiceEntry', spec)).map(({ rule }) => rule)).toEqual(['SE4', 'SE3']);
  expect(checkWebhook(manifest('ServiceEntry', spec, { annotations: { 'internal.istio.io/parents': '' } })).map(({ rule }) => rule)).toEqual(['M2', 'SE3']);
});

test('without a namespace, a manifest is in namespace default, or in the one that is given, or as written in none', () => {
  const entry = manifest('ServiceEntry', { hosts: ['a'], exportTo: ['.', 'default'] });
  expect(checkWebhook(entry).map(({ message }) => message)).toEqual(["repeats 'default'"]);
  expect(checkWebhook(entry, { namespace: 'a' })).toEqual([]);
  expect(checkWebhook({ ...entry, metadata: { name: 'a', namespace: 'b' } }, { namespace: 'default' })).toEqual([]);
  expect(checkWebhook(entry, { asWritten: true }).map(({ message }) => message)).toEqual(["must be '*', '.' or a namespace (letters, digits and '-', at most 63 characters, with a letter or digit first and last), got '.'"]);
});

test('unknown top-level fields count as written, the API server drops them', () => {
  const gateway = { ...manifest('Gateway', { servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] }), 'servers': [], 'a b': 1, 'c': undefined };
  expect(checkWebhook(gateway)).toEqual([]);
  expect(checkWebhook(gateway, { asWritten: true }).map(({ rule, path }) => `${rule} ${path}`)).toEqual(['WH5 servers', "WH5 ['a b']"]);
});

test('objects that istiod makes of those of the Kubernetes Gateway API have more freedom', () => {
  const gateway = manifest('Gateway', { servers: [{ hosts: ['~/a.b'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] }, { name: 'a.b' });
  expect(checkWebhook(gateway).map(({ rule }) => rule)).toEqual(['GW1', 'GW6']);
  expect(checkWebhook({ ...gateway, metadata: { name: 'a.b', annotations: { 'internal.istio.io/gateway-semantics': 'gateway' } } })).toEqual([]);
  const routes = manifest('VirtualService', { hosts: ['a'], gateways: ['ns/a.b'], http: [{ route: [{ destination: { host: 'a_b' } }] }] });
  expect(checkWebhook(routes).map(({ rule }) => rule)).toEqual(['VS2', 'VS29']);
  expect(checkWebhook({ ...routes, metadata: { name: 'a', annotations: { 'internal.istio.io/route-semantics': 'gateway' } } })).toEqual([]);
});

describe('whatever a manifest holds', () => {
  test.each(KINDS)('a %s is judged without a crash', kind => {
    fc.assert(fc.property(fc.anything({ maxDepth: 6, withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true }), spec => {
      const findings = checkWebhook(manifest(kind, spec));
      expect(findings.every(({ path, message }) => path.startsWith('spec') && !/\[object|undefined/.test(message))).toBe(true);
    }), { numRuns: 500 });
  });

  test('the findings are the same the next time', () => {
    fc.assert(fc.property(fc.constantFrom(...KINDS), fc.object({ key: fc.constantFrom('hosts', 'http', 'route', 'servers', 'ports', 'host', 'name') }), (kind, spec) => {
      expect(checkWebhook(manifest(kind, spec))).toEqual(checkWebhook(manifest(kind, spec)));
    }));
  });

  const ROUTE = [{ destination: { host: 'a' } }];
  const MANY = Array.from({ length: 10000 }, (_, index) => index);
  const routes = (matchOf: (index: number) => object) => ({ hosts: ['a'], http: MANY.map(index => ({ match: [matchOf(index)], route: ROUTE })) });

  test.each<[string, string, object, number]>([
    ['hosts', 'VirtualService', { hosts: MANY.map(index => `h${index}.example.com`), http: [{ route: ROUTE }] }, 0],
    ['hosts, half of them wildcards', 'VirtualService', { hosts: MANY.map(index => `${index % 2 ? '*.' : ''}h${index}.example.com`), http: [{ route: ROUTE }] }, 0],
    ['hosts that overlap', 'VirtualService', { hosts: ['*.example.com', ...MANY.map(index => `h${index}.example.com`)], http: [{ route: ROUTE }] }, 10000],
    ['names of TLS servers', 'VirtualService', { hosts: MANY.map(index => `h${index}.b`), tls: [{ match: [{ sniHosts: MANY.map(index => `h${index}.b`) }], route: ROUTE }] }, 0],
    ['prefixes', 'VirtualService', routes(index => ({ uri: { prefix: `/${index}/` } })), 0],
    ['prefixes that cover others', 'VirtualService', { hosts: ['a'], http: [{ match: [{ uri: { prefix: '/' } }], route: ROUTE }, ...routes(index => ({ uri: { prefix: `/${index}` } })).http] }, 10000],
    ['matches of two prefixes', 'VirtualService', routes(index => ({ uri: { prefix: index < 5000 ? '/a' : '/ab' }, headers: { x: { exact: `v${index}` } } })), 0],
    ['matches of two prefixes, none of them wider', 'VirtualService', routes(index => ({
      uri: { prefix: index < 5000 ? '/a' : '/ab' }, headers: { x: index < 5000 ? { exact: `v${index}` } : { regex: `v${index}` }, y: { exact: index < 5000 ? '1' : '2' } },
    })), 0],
    ['equal matches', 'VirtualService', routes(() => ({ uri: { exact: '/a' } })), 19998],
    ['subsets', 'DestinationRule', { host: 'a', subsets: MANY.map(index => ({ name: `v${index}` })) }, 0],
    ['servers', 'Gateway', { servers: MANY.map(index => ({ hosts: ['*'], port: { number: 80, name: `p${index}`, protocol: 'HTTP' } })) }, 0],
    ['ports', 'ServiceEntry', { hosts: ['a'], ports: MANY.map(index => ({ number: index + 1, name: `p${index}`, protocol: 'HTTP' })) }, 0],
    ['exports', 'ServiceEntry', { hosts: ['a'], exportTo: MANY.map(index => `n${index}`) }, 0],
  ])('10,000 %s are judged in a moment', (_, kind, spec, count) => {
    const start = process.cpuUsage().user;
    expect(checkWebhook(manifest(kind, spec)).length).toBe(count);
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(3000);
  });

  test('megabytes of text are judged in a moment, and not repeated in messages', () => {
    const start = process.cpuUsage().user;
    const size = 1000000;
    const texts = ['a'.repeat(size), 'a.'.repeat(size), '*'.repeat(size), `${'-'.repeat(size)}.`, ':'.repeat(size), '%'.repeat(size + 1), '('.repeat(size), ','.repeat(size), '1h'.repeat(size / 10)];
    for (const text of texts) {
      const route = {
        match: [{ uri: { regex: text }, sourceLabels: { [text]: text, [`${text}/a`]: 'a' }, headers: { [text]: { regex: text } }, gateways: [text] }],
        route: [{ destination: { host: text, subset: text } }],
        headers: { request: { set: { [text]: text } } },
        retries: { attempts: 1, retryOn: text },
      };
      const found = [
        ...checkWebhook(manifest('VirtualService', { hosts: [text], gateways: [text], http: [route], tls: [{ match: [{ sniHosts: [text], destinationSubnets: [text] }] }] })),
        ...checkWebhook(manifest('VirtualService', { http: [{ timeout: text, directResponse: { body: { bytes: text } } }] })),
        ...checkWebhook(manifest('DestinationRule', { host: text, trafficPolicy: { tls: { credentialName: `configmap://${text}` } } })),
        ...checkWebhook(manifest('ServiceEntry', { hosts: [text], addresses: [text], ports: [{ name: text, protocol: text }] })),
      ];
      expect(Math.max(...found.map(({ message, fix = '' }) => message.length + fix.length))).toBeLessThan(1000);
    }
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(10000);
  });
});
