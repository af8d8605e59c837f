import type { NearlyRight } from './nearly-right';

// values that Istio's webhook tells apart: each maker gives mostly right ones, and the edges of what is right

const LABEL_63 = 'a'.repeat(63);

const HOSTS = ['reviews', 'reviews.prod', 'reviews.prod.svc.cluster.local', 'www.example.com', 'api.example.com', 'a.b', 'xn--bcher-kva.example', 'EXAMPLE.com'];
const WILDCARDS = ['*.example.com', '*.b', '*.prod.svc.cluster.local', '*.com'];
const EDGE_HOSTS = [
  '', '*', '*.', '**', '*a.com', '*-a.com', '*a', '*-', '*.*', 'a.*.b', 'a*.com', 'a.', 'a..b', '.a', '.', '123', '1.2.3', '1.2.3.4.', 'foo.123', 'foo.123.', '*.123', '*.123.',
  'foo.99999999999999999999', 'foo.9223372036854775807', 'foo.9223372036854775808', 'foo.007', '-a.com', 'a-.com', 'a_b.com', 'bücher.example', 'a b', 'a:80', 'http://a.com',
  'a/b', `${LABEL_63}.com`, `${LABEL_63}a.com`, `*${LABEL_63}.com`, `${'a.'.repeat(127)}a`, `${'a.'.repeat(127)}aa`, `${'a.'.repeat(128)}`, 'a\n', 'K.com',
];
const ADDRESSES = ['10.0.0.1', '255.255.255.255', '::1', '2001:db8::1', '::ffff:1.2.3.4'];
const EDGE_ADDRESSES = [
  '', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.256', '1.2.3.4 ', ':', '::', ':::', '1::2::3', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:8::',
  '::1%eth0', '::1%', 'fe80::1%a/b', 'fe80::1%a/b/c', '1.2.3.4%eth0', '::1.2.3.4', '::1.2.3', '1::1.2.3.4:5', 'g::1', '12345::', '1:2:3:4:5:6:1.2.3.4', '::1:2:3:4:5:6:1.2.3.4',
  '[::1]', 'localhost', '1.2.3.4/8', '%1',
];
const RANGES = ['10.0.0.0/8', '10.1.2.3/0', '::/0', '2001:db8::/128', '1.2.3.4/32'];
const EDGE_RANGES = ['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/+8', '10.0.0.0/', '/8', '::1/129', '::1%eth0/64', '10.0.0.0/8/8', '::ffff:1.2.3.4/128', '10.0.0.0/-0', 'a/8'];

export function host(make: NearlyRight): string {
  return make.one(HOSTS, [...EDGE_HOSTS, ...WILDCARDS, ...ADDRESSES]);
}

export function hostOrWildcard(make: NearlyRight): string {
  return make.one([...HOSTS, ...WILDCARDS], [...EDGE_HOSTS, ...ADDRESSES, ...EDGE_ADDRESSES]);
}

export function address(make: NearlyRight): string {
  return make.one(ADDRESSES, [...EDGE_ADDRESSES, ...RANGES, ...HOSTS]);
}

export function addressOrRange(make: NearlyRight): string {
  return make.one([...ADDRESSES, ...RANGES], [...EDGE_ADDRESSES, ...EDGE_RANGES]);
}

export function unixPath(make: NearlyRight): string {
  return make.one(['unix:///run/a.sock', 'unix://@a'], ['unix://', 'unix:///', 'unix:///a/', 'unix://a', 'unix://@', 'unix:///a//b', 'UNIX:///a', 'unix:/a']);
}

export function label(make: NearlyRight): string {
  return make.one(['a', 'v1', 'V2', 'http-80', '0', LABEL_63], ['', '-a', 'a-', 'a.b', 'a_b', `${LABEL_63}a`, '*', 'ä', 'a b', 'mesh']);
}

export function port(make: NearlyRight): unknown {
  return make.one([80, 443, 8080, 1, 65535], [0, 65536, 70000, 4294967295, '80', ' 80 ', '"80"', 80.5, -1, 4294967296, '-0', 'null', null, true]);
}

export function count(make: NearlyRight): unknown {
  return make.one([0, 1, 10, 1024], [-1, -2147483648, 2147483647, 2147483648, '5', '-0', '-1', '007', 1.5, 'a']);
}

export function duration(make: NearlyRight): unknown {
  return make.one(['1s', '5s', '300ms', '1m', '1h30m', '0.5s', '1.001s'], [
    '0s', '0', '1ms', '0.001s', '999us', '1.5ms', '1001us', '-1s', '-1ms', '-0.1ms', '1', '', 's', '1 s', '5S', '1d', '999999ns', '1000000ns', '2562047h47m16.854775807s', '2562047h48m',
    '1µs', '1000µs', '0.9ms', '.5s', '1.s', 5, null, true, '99999999999999999999s', '1h1ns', '1e3s',
  ]);
}

export function percent(make: NearlyRight): unknown {
  return make.one([0, 1, 50, 100, 0.5], [0.0001, 0.00009, 100.5, 101, -1, -0.00001, '50', 'NaN', 'Infinity', '-Infinity', '1e2', '1e999', 'x', 1e-300, null]);
}

export function wholePercent(make: NearlyRight): unknown {
  return make.one([0, 1, 50, 100], [101, -1, '50', 0.5, 2147483647]);
}

export function regex(make: NearlyRight): string {
  return make.one(['.*', '/api/v[0-9]+', '^a|b$', '(?i)x', '\\d{3}', '[[:alpha:]]+', '\\p{Greek}'], [
    '', '*', '(', '[', 'a**', 'a{1001}', '(a{100}){11}', '(?=a)', '(?P<n>a)(?P<n>b)', '\\C', '\\Z', 'a\\', '[z-a]', '\\p{Old_Italic}', '\\pX', 'a'.repeat(1024), 'a'.repeat(1025),
    'é'.repeat(512), 'é'.repeat(513), '(?<n>a)', '\\Qa', '\\_', '\\é', '{,3}', '\\8', '\\x{110000}', 'x{2}{3}',
  ]);
}

export function stringMatch(make: NearlyRight, exact: readonly string[] = ['a', 'b']): unknown {
  return make.one<() => unknown, () => unknown>([
    () => ({ exact: make.one(exact, ['', null, 5]) }),
    () => ({ prefix: make.one(['/', '/a', '/ab', 'b'], ['', null, 5]) }),
    () => ({ regex: regex(make) }),
  ], [() => ({}), () => null, () => ({ exact: 'a', prefix: '' }), () => ({ regex: '(', prefix: 'a' }), () => ({ prefix: '', regex: 'a' }), () => 'a'])();
}

export function headerName(make: NearlyRight): string {
  return make.one(['x-user', 'cookie', 'x-version', 'X_Y'], [
    '', 'a b', 'a:b', 'ä', 'a,b', "!#$%&'*+-.^_`|~", ':method', ':authority', ':foo', 'host', 'Host', 'hoſt', '@request.auth.claims.a', '@request.auth.claims[a][b]',
    '@REQUEST.auth.claims.a', '@request.auth.claims', '@request.auth.claims.', '@request.auth.claims[]', '@request.auth.claimsa', '@request.auth.claİms.a', 'a/b', '(a)',
  ]);
}

export function headerValue(make: NearlyRight): unknown {
  return make.one(['a', '', 'x y', '%START_TIME%', '100%%', '%REQ(x-a)%', '%UPSTREAM_METADATA(["a", "b"])%', 'tab\there'], [
    '%', 'a%', '%a', '%%%', '%A(', '%A()%', '%A([])%', '%A("a")%', '%A(["a")%', '%A(["a"])', '%A(["a"])x', '%A(["a"] )%', '%A( ["a"])%', '%A(["a\\"b"])%', '%A(["a\\', '%A([ "a" , "b" ] )%',
    '%A(["a"]x)%', '%A([a])%', '%A(a)%', '%A(a) %', 'a\nb', 'a\u0000', '\u007f', 'é', null, 5,
  ]);
}

export function labels(make: NearlyRight): unknown {
  return make.map(0, 2,
    () => make.one(['app', 'version', 'app.kubernetes.io/name', 'a_b.c-d'], [
      '', '-a', 'a/b/c', '/a', 'a/', 'a b', 'ä', LABEL_63, `${LABEL_63}a`, `${LABEL_63}a/b`, `${'a.'.repeat(126)}a/b`, `${'a.'.repeat(127)}a/b`, '-a.b/c', 'a..b/c', '*', '__proto__',
    ]),
    () => make.one(['a', 'v1', '', 'X_y.z-1'], ['-a', 'a-', 'a b', 'a'.repeat(300), `${'a'.repeat(300)}-`, '*', 'a*', null, 5]));
}

export function protocol(make: NearlyRight): unknown {
  return make.one(['HTTP', 'HTTPS', 'TCP', 'TLS', 'GRPC', 'HTTP2', 'http', 'GRPC-Web', 'Mongo', 'redis', 'MYSQL', 'UDP', 'HTTP_PROXY'], ['', 'SCTP', 'HTTP3', 'REDİS', 'Kafka', ' HTTP', 'DoubleHBONE', 5]);
}

export function exportTo(make: NearlyRight): unknown {
  return make.maybe(0.15, () => make.way<unknown>(
    () => ['.'], () => ['*'], () => ['a', 'b'], () => ['~'],
    () => make.list(1, 3, () => make.one(['.', 'default', 'a'], ['*', '~', '', 'A-', 'a.b', './a'])),
  ));
}

export function gatewayReference(make: NearlyRight): string {
  return make.one(['istio-system/public', 'ns/gw', 'gw'], ['mesh', 'gw.ns', 'gw.ns.svc.cluster.local', './gw', '/gw', 'ns/', 'ns/gw/x', '', '/', 'a_b', 'ns/a.b', 'gw.', '.gw', 'gw.123', 'ns./gw']);
}

export function metadata(make: NearlyRight): unknown {
  return {
    name: label(make),
    namespace: make.one(['default', 'a'], [undefined]),
    labels: make.maybe(0.2, () => make.pick<unknown>([
      { 'networking.istio.io/enable-autoallocate-ip': 'false' }, { 'networking.istio.io/enable-autoallocate-ip': 'FALſE' }, { 'networking.istio.io/enable-autoallocate-ip': 'no' },
      { 'istio.io/use-waypoint': 'waypoint' }, { 'istio.io/use-waypoint': 'None' }, { 'istio.io/use-waypoint': '' }, { app: 'a' },
    ])),
    annotations: make.maybe(0.05, () => make.pick<unknown>([
      { 'istio.io/dry-run': 'true' }, { 'internal.istio.io/webhook-always-reject': '' }, { 'internal.istio.io/parents': 'a' }, { 'internal.istio.io/parent-namespace': 'a' },
      { 'internal.istio.io/gateway-semantics': 'gateway' }, { 'internal.istio.io/route-semantics': 'gateway' }, { a: 'b' }, {},
    ])),
  };
}

export function apiVersion(make: NearlyRight): string {
  return `networking.istio.io/${make.pick(['v1', 'v1', 'v1', 'v1beta1', 'v1alpha3'])}`;
}

/** Any of some fields, a few at a time. */
export function someOf(make: NearlyRight, fields: { readonly [name: string]: () => unknown }, share = 0.3): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).filter(() => make.chance(share)).map(([name, maker]) => [name, maker()]));
}
