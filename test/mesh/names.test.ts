import { compareBySpecificity, expandGateway, expandHost, hostAndPort, outboundCluster } from '../../lib/mesh/names';

test.each([
  ['reviews', 'reviews.shop.svc.cluster.local'],
  ['reviews.shop', 'reviews.shop'],
  ['example.com', 'example.com'],
  ['*', '*'],
  ['*.example.com', '*.example.com'],
  ['*foo', '*foo.shop.svc.cluster.local'],
  ['::1', '::1'],
  ['10.0.0.1', '10.0.0.1'],
  ['', ''],
])('the host %p of an object in shop is %p', (host, full) => {
  expect(expandHost(host, 'shop', 'cluster.local')).toBe(full);
});

test('a name of one part gets the domain of the cluster', () => {
  expect(expandHost('reviews', 'shop', 'prod.example')).toBe('reviews.shop.svc.prod.example');
});

test.each([
  ['mesh', 'mesh'],
  ['gw', 'shop/gw'],
  ['./gw', 'shop/gw'],
  ['ingress/gw', 'ingress/gw'],
  ['gw.ingress', 'ingress/gw'],
  ['gw.ingress.svc.cluster.local', 'ingress/gw'],
])('the gateway %p of an object in shop is %p', (reference, key) => {
  expect(expandGateway(reference, 'shop')).toBe(key);
});

test('hosts are ordered by how much they say: names before wildcards, the longest first, then by letter', () => {
  expect(['*', '*.com', 'a.com', '*.a.com', 'b.com', 'long.a.com'].sort(compareBySpecificity))
    .toEqual(['long.a.com', 'a.com', 'b.com', '*.a.com', '*.com', '*']);
});

test('an IPv6 address has brackets before a port', () => {
  expect([hostAndPort('a.com', 80), hostAndPort('::1', 80)]).toEqual(['a.com:80', '[::1]:80']);
});

test('a cluster is named by port, subset and host', () => {
  expect([outboundCluster(80, undefined, 'a'), outboundCluster(80, 'v1', 'a')]).toEqual(['outbound|80||a', 'outbound|80|v1|a']);
});
