import { checkManifests } from '../../../lib/checks/check';

const ROUTE = [{ destination: { host: 'shop' } }];

function findings(http: readonly object[], ...others: readonly object[]): string[] {
  const manifest = {
    apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'shop', namespace: 'shop' }, spec: { hosts: ['shop'], http },
  };
  return checkManifests([manifest, ...others].map(each => ({ manifest: each }))).map(({ code, propertyPath }) => `${code} ${propertyPath}`);
}

function delegate(http: readonly object[]): object {
  return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'cart', namespace: 'shop' }, spec: { http } };
}

test('a longer prefix after a shorter one is never used, which is said once', () => {
  expect(findings([{ match: [{ uri: { prefix: '/a' } }], route: ROUTE }, { match: [{ uri: { prefix: '/a/b' } }], route: ROUTE }])).toEqual(['CI0007 spec.http[1]']);
});

test('where the shorter prefix asks for more Istio warns, and the route is used all the same', () => {
  const narrow = { match: [{ uri: { prefix: '/a' }, method: { exact: 'GET' } }], route: ROUTE };
  expect(findings([narrow, { match: [{ uri: { prefix: '/a/b' } }], route: ROUTE }])).toEqual([]);
});

test('what a delegate leaves goes on to later routes', () => {
  const cart = delegate([{ match: [{ uri: { prefix: '/cart' } }], route: ROUTE }]);
  expect(findings([{ delegate: { name: 'cart' } }, { route: ROUTE }], cart)).toEqual([]);
  const match = [{ uri: { prefix: '/c' } }];
  expect(findings([{ match, delegate: { name: 'cart' } }, { match, route: ROUTE }], cart)).toEqual([]);
});

test('an earlier match of a delegate need not be left by its root, so it hides nothing for certain', () => {
  const cart = delegate([{ match: [{ uri: { prefix: '/' } }], route: ROUTE }, { match: [{ uri: { prefix: '/cart/new' } }], route: ROUTE }]);
  expect(findings([{ match: [{ uri: { prefix: '/cart' } }], delegate: { name: 'cart' } }], cart).filter(finding => finding.startsWith('CI0007'))).toEqual([]);
  expect(findings([{ delegate: { name: 'cart' } }], cart)).toEqual(['CI0007 spec.http[1]']);
});

test('routes for port 80 are used although the host has only a TLS port', () => {
  const entry = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { hosts: ['api.example.com'], ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }], resolution: 'DNS' },
  };
  const routes = (match: readonly object[]): object => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { hosts: ['api.example.com'], http: [{ match, redirect: { scheme: 'https' } }] },
  });
  expect(checkManifests([entry, routes([{ uri: { prefix: '/' } }])].map(manifest => ({ manifest }))).map(({ code }) => code)).toEqual(['CI0004']);
  expect(checkManifests([entry, routes([{ port: 80 }])].map(manifest => ({ manifest })))).toEqual([]);
});

test('the hosts of a server and of a VirtualService have to agree in case', () => {
  const gateway = (...hosts: readonly string[]): object => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'shop' },
    spec: { selector: { istio: 'public' }, servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }] },
  });
  const routes = (...hosts: readonly string[]): object => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: { hosts, gateways: ['public'], http: [{ redirect: { uri: '/new' } }] },
  });
  const codes = (...manifests: readonly object[]): string[] => checkManifests(manifests.map(manifest => ({ manifest }))).map(({ code }) => code);
  expect(codes(gateway('Shop.example.com'), routes('shop.example.com'))).toEqual(['IST0132']);
  expect(codes(gateway('Shop.example.com', 'www.example.com'), routes('shop.example.com', 'www.example.com'))).toEqual(['CI0009']);
  expect(codes(gateway('Shop.example.com'), routes('Shop.example.com'))).toEqual([]);
});

test('of two VirtualServices at a gateway the younger one is hidden only where all its proxies see both, in the order of their age', () => {
  const gateway = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'edge' },
    spec: { selector: { istio: 'public' }, servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] },
  };
  const routes = (name: string, exportTo: readonly string[] | undefined, creationTimestamp?: string): object => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: name, creationTimestamp },
    spec: { hosts: ['a.example.com'], gateways: ['edge/public'], exportTo, http: [{ match: [{ uri: { prefix: '/a' } }], redirect: { uri: '/new' } }] },
  });
  const hidden = (older: readonly string[] | undefined, younger: readonly string[] | undefined): number =>
    checkManifests([gateway, routes('older', older, '2026-01-01T00:00:00Z'), routes('younger', younger)].map(manifest => ({ manifest })))
      .filter(({ code, name }) => code === 'KIA1106' && name === 'younger').length;
  expect(hidden(undefined, undefined)).toBe(1);
  expect(hidden(['edge', 'other'], ['edge'])).toBe(1);
  expect(hidden(['other'], undefined)).toBe(0);
  expect(hidden(['edge'], ['edge', 'other'])).toBe(0);
  // what is exported by name comes before what is public
  expect(hidden(undefined, ['edge'])).toBe(0);
  // and what is of the namespace of the proxies before both
  expect(hidden(['younger', 'edge'], ['younger'])).toBe(0);
});

test('the subsets of an ExternalName Service are those of the host that it stands for', () => {
  const alias = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' }, spec: { type: 'ExternalName', externalName: 'api.example.com' } };
  const istios = (kind: string, spec: object): object => ({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'api', namespace: 'shop' }, spec });
  const entry = istios('ServiceEntry', { hosts: ['api.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' });
  const rule = istios('DestinationRule', { host: 'api.example.com', subsets: [{ name: 'v2', labels: { version: 'v2' } }] });
  const codes = (subset: string): string[] => {
    const routes = istios('VirtualService', { hosts: ['shop.example.com'], http: [{ route: [{ destination: { host: 'api', subset, port: { number: 80 } } }] }] });
    return checkManifests([alias, entry, rule, routes].map(manifest => ({ manifest })), { closedWorld: true })
      .filter(({ code, propertyPath }) => code === 'IST0101' && propertyPath?.endsWith('subset') === true).map(({ code }) => code);
  };
  expect(codes('v2')).toEqual([]);
  expect(codes('v3')).toEqual(['IST0101']);
});
