import type { Manifest } from './from-schema';
import {
  addressOrRange, apiVersion, count, duration, exportTo, gatewayReference, headerName, headerValue, host, hostOrWildcard, label, labels, metadata,
  percent, port, regex, someOf, stringMatch,
} from './istio-values';
import { compact, NearlyRight } from './nearly-right';
import type { Random } from './random';

const SNI = [
  'outbound_.80_._.reviews.default', 'outbound_.80_.v1_.reviews.default.svc.cluster.local', 'outbound_.x_._.a.b', 'outbound_.80_._.1.2', 'outbound_80_', 'outbound_.80_._', 'outbound_8_8_a_b',
];

/** A VirtualService that Istio mostly accepts. */
export function randomVirtualService(random: Random): Manifest {
  const make = new NearlyRight(random);
  const kind = make.pick(['mesh', 'mesh', 'gateway', 'gateway', 'both', 'delegate']);
  const hosts = kind === 'delegate' ? make.one<unknown, unknown>([undefined], [[], null, ['a.b']]) : make.list(1, 2, () => routeHost(make, kind));
  const isDelegate = kind === 'delegate';
  const hasHttp = isDelegate || make.chance(0.7);
  return compact({
    apiVersion: apiVersion(make),
    kind: 'VirtualService',
    metadata: metadata(make) as Manifest['metadata'],
    spec: {
      hosts: make.chance(0.02) ? make.list(9, 20, () => routeHost(make, kind)) : hosts,
      gateways: gatewaysOf(kind, make),
      http: hasHttp && !make.isOdd() ? httpRoutes(make, isDelegate) : undefined,
      tls: !isDelegate !== make.isOdd() && make.chance(0.25) ? make.list(1, 2, () => tlsRoute(make, hosts)) : undefined,
      tcp: !isDelegate !== make.isOdd() && make.chance(hasHttp ? 0.1 : 0.8) ? make.list(1, 3, () => tcpRoute(make)) : undefined,
      exportTo: exportTo(make),
    },
  });
}

function routeHost(make: NearlyRight, kind: string): string {
  const name = `h${make.integer(0, 99)}`;
  const right = [name, `${name}.example.com`, `*.${name}.com`, `${name}.a.c`, 'www.example.com', '*.b', ...kind === 'gateway' ? ['10.0.0.1', '*'] : []];
  return make.one(right, [hostOrWildcard(make), ...SNI, '*', '*.example.com']);
}

function gatewaysOf(kind: string, make: NearlyRight): unknown {
  switch (kind) {
    case 'gateway':
      return make.list(1, 2, () => gatewayReference(make));
    case 'both':
      return [...make.list(0, 1, () => gatewayReference(make)), 'mesh', ...make.list(0, 1, () => gatewayReference(make))];
    case 'delegate':
      return make.isOdd() ? ['mesh'] : undefined;
    default:
      return make.maybe(0.2, () => make.one([['mesh']], [[], null, ['mesh', 'mesh']]));
  }
}

/** Seldom so many routes that they are compared by an index. */
function httpRoutes(make: NearlyRight, isDelegate: boolean): unknown {
  if (make.chance(0.03)) {
    return Array.from({ length: make.integer(10, 40) }, () => ({ match: make.list(0, 3, () => httpMatch(make, 0.05)), route: destinations(make) }));
  }
  return make.list(1, 3, () => httpRoute(make, isDelegate));
}

const SECTIONS = ['rewrite', 'timeout', 'retries', 'fault', 'mirrors', 'corsPolicy', 'headers', 'redirect', 'directResponse', 'match', 'none'];

function httpRoute(make: NearlyRight, isDelegate: boolean): unknown {
  const focus = make.pick(SECTIONS);
  const section = (name: string, probability: number, maker: () => unknown) => name === focus ? make.focus(maker) : make.maybe(probability, maker);
  const action = focus === 'redirect' || focus === 'directResponse' ? focus : make.one(isDelegate ? ['route', 'redirect', 'directResponse'] : ['route', 'route', 'route', 'redirect', 'directResponse', 'delegate'], ['none', 'any', 'any', 'delegate', 'delegate']);
  const isForwarding = action === 'route' || make.isOdd();
  const actions: { [name: string]: () => unknown } = {
    route: () => destinations(make),
    redirect: () => redirect(make),
    directResponse: () => directResponse(make),
    delegate: () => make.one<unknown, unknown>([{ name: 'a', namespace: 'b' }, { name: 'a' }], [{}, null]),
  };
  return {
    name: make.maybe(0.3, () => label(make)),
    match: section('match', 0.6, () => make.list(1, 2, () => httpMatch(make))),
    ...action === 'any' ? someOf(make, actions, 0.5) : action === 'none' ? {} : { [action]: action === focus ? make.focus(actions[action]) : actions[action]() },
    rewrite: isForwarding ? section('rewrite', 0.05, () => rewrite(make)) : undefined,
    timeout: section('timeout', 0.05, () => duration(make)),
    retries: section('retries', 0.05, () => retries(make)),
    fault: isForwarding ? section('fault', 0.05, () => fault(make)) : undefined,
    ...section('mirrors', 0.05, () => mirrors(make)) as object | undefined,
    corsPolicy: section('corsPolicy', 0.05, () => corsPolicy(make)),
    headers: section('headers', 0.05, () => headers(make)),
  };
}

const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/b', '/ab'];

function httpMatch(make: NearlyRight, share = make.pick([0.03, 0.1, 0.3])): unknown {
  return make.one<() => unknown, () => unknown>([() => ({
    name: make.maybe(0.2, () => label(make)),
    uri: make.maybe(0.8, () => make.way<unknown>(
      () => ({ prefix: make.one(PATHS, ['', null]) }), () => ({ prefix: make.pick(PATHS) }), () => ({ exact: make.pick(PATHS) }), () => stringMatch(make, PATHS))),
    ...someOf(make, {
      scheme: () => stringMatch(make, ['http', 'https']),
      method: () => stringMatch(make, ['GET', 'POST']),
      authority: () => stringMatch(make, ['a.b', 'a']),
      headers: () => make.map(0, 2, () => make.chance(0.03) ? '@request.auth.claims.a' : headerName(make), () => stringMatch(make)),
      port: () => make.one([80, 443, 0], [port(make)]),
      sourceLabels: () => labels(make),
      gateways: () => make.list(1, 2, () => make.one(['mesh', 'ns/gw'], [gatewayReference(make)])),
      queryParams: () => make.map(0, 2, () => make.pick(['q', 'r', '']), () => stringMatch(make)),
      ignoreUriCase: () => make.one([true, false], [null, 'true']),
      withoutHeaders: () => make.map(0, 2, () => headerName(make), () => make.one<unknown, unknown>([stringMatch(make)], [{ regex: '*' }])),
      sourceNamespace: () => make.one(['', label(make)], [5]),
      statPrefix: () => 'a',
    }, share),
  })], [() => ({}), () => null])();
}

function destination(make: NearlyRight): unknown {
  return make.one<() => unknown, () => unknown>([() => ({
    host: host(make),
    subset: make.maybe(0.3, () => make.one(['v1', ''], [label(make)])),
    port: make.maybe(0.3, () => make.one<unknown, unknown>([{ number: port(make) }], [{}, { number: 'http' }])),
  })], [() => undefined, () => ({}), () => null])();
}

function destinations(make: NearlyRight): unknown {
  const isSplit = make.chance(0.3);
  const one = () => ({
    destination: destination(make),
    weight: isSplit ? make.one([50, 1, 100], [0, -1, 2147483647, -2147483648, '5', 0.5]) : make.maybe(0.1, () => count(make)),
    headers: make.maybe(0.08, () => headers(make)),
  });
  return isSplit ? Array.from({ length: make.integer(2, 3) }, one) : make.list(1, 1, one);
}

function headers(make: NearlyRight): unknown {
  const operations = () => someOf(make, {
    set: () => make.map(1, 3, () => operationName(make), () => headerValue(make)),
    add: () => make.map(1, 2, () => operationName(make), () => headerValue(make)),
    remove: () => make.list(1, 2, () => operationName(make)),
  }, 0.5);
  return someOf(make, { request: operations, response: operations }, 0.6);
}

function operationName(make: NearlyRight): string {
  return make.one(['x-a', 'x-b', 'x c', 'x-d', 'x-e', ...make.chance(0.1) ? ['host', ':authority'] : []], [headerName(make), 'host', ':authority', ':Authority', 'HOST']);
}

function mirrors(make: NearlyRight): object {
  return compact({
    mirror: make.maybe(0.3, () => destination(make)),
    mirrors: make.maybe(0.2, () => make.list(1, 2, () => ({
      destination: destination(make), percentage: make.maybe(0.4, () => ({ value: percent(make) })),
    }))),
    mirrorPercent: make.maybe(0.1, () => make.one([50, 100, 0], [101, null, '5', -1])),
    mirror_percent: make.isOdd() ? make.pick([5, 101]) : undefined,
    mirrorPercentage: make.maybe(0.3, () => make.one<unknown, unknown>([{ value: percent(make) }], [{}, 5])),
  });
}

function redirect(make: NearlyRight): unknown {
  return make.isOdd() ? {} : {
    uri: make.maybe(0.4, () => make.one(['/b', ''], ['', 5])),
    authority: make.maybe(0.3, () => make.one(['a.b'], ['', 'a b'])),
    ...make.pick([{}, {}, { port: make.one([8080, 0], [port(make)]) }, { derivePort: make.one(['FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT'], [0, 1, 7, 'X', null]) }, {
      port: 70000, ...make.isOdd() ? { derivePort: 'FROM_REQUEST_PORT' } : { port: 80 },
    }]),
    scheme: make.maybe(0.3, () => make.one(['http', 'https'], ['', 'ftp', 'HTTP'])),
    redirectCode: make.maybe(0.3, () => make.one([301, 302, 399, 300, 0], [200, 400, 299, -1, '301'])),
    prefixRewrite: make.maybe(0.2, () => make.one(['/c'], [''])),
  };
}

function directResponse(make: NearlyRight): unknown {
  const size = make.one([0, 5], [102400, 102401, 1048576, 1048577]);
  return {
    status: make.one([200, 503, 599], [600, 601, 199, 0, undefined, 4294967295, '200', 200.5]),
    body: make.maybe(0.5, () => make.one<() => unknown, () => unknown>([() => ({ string: 'a'.repeat(size) }), () => ({ bytes: Buffer.alloc(size).toString('base64') })], [
      () => ({}), () => ({ bytes: 'YQ' }), () => ({ bytes: 'YQ=\n=' }), () => ({ bytes: '' }), () => ({ bytes: [104, 105] }), () => ({ bytes: [256] }), () => ({ bytes: [null, 1] }), () => ({ bytes: '-_-_' }),
      () => ({ string: 'é'.repeat(size / 2) }), () => ({ string: 'a', bytes: 'YQ==' }), () => ({ bytes: 5 }), () => ({ bytes: 'YR==' }),
    ])()),
  };
}

function rewrite(make: NearlyRight): unknown {
  const regexRewrite = () => someOf(make, { match: () => regex(make), rewrite: () => make.one(['/\\1'], ['']) }, make.one([1], [0.5]));
  return make.isOdd() ? someOf(make, { uri: () => '/a', authority: () => '', uriRegexRewrite: regexRewrite }, 0.6) : make.way<unknown>(
    () => ({ uri: '/a' }), () => ({ authority: 'a.b' }), () => ({ uri: '/a', authority: 'a.b' }), () => ({ uriRegexRewrite: regexRewrite() }),
  );
}

function retries(make: NearlyRight): unknown {
  return {
    attempts: make.one([1, 3, 3], [0, undefined, -1, count(make)]),
    perTryTimeout: make.maybe(0.4, () => duration(make)),
    backoff: make.maybe(0.3, () => duration(make)),
    retryOn: make.maybe(0.5, () => make.one(['5xx', 'gateway-error,connect-failure', '503', 'reset,429', '+503', '0503'], ['', '5xx, reset', '599', '-503', '1000', 'x', ',', '5xx,', 'http', '503.0', '９']) as unknown),
    retryRemoteLocalities: make.maybe(0.2, () => make.one([true, false], [null, 'x'])),
    retryIgnorePreviousHosts: make.maybe(0.1, () => true),
  };
}

function fault(make: NearlyRight): unknown {
  const share = () => make.maybe(0.7, () => make.one<unknown, unknown>([{ value: percent(make) }], [{}, null]));
  return make.isOdd() ? {} : someOf(make, {
    abort: () => ({
      ...make.way<object>(
        () => ({ httpStatus: make.one([500, 503, 200, 600], [601, 199, 0, -1, '500', null]) }),
        () => ({ grpcStatus: make.one(['NOT_FOUND', 'OK'], ['', 'not_found', 'CANCELED', '5']) }),
        () => make.one<object, object>([{ httpStatus: 500 }], [{ http2Error: 'x' }, {}, { httpStatus: 100, grpcStatus: 'OK' }, { grpcStatus: 'x', http2Error: null }]),
      ),
      percentage: share(),
    }),
    delay: () => ({
      ...make.way<object>(() => ({ fixedDelay: duration(make) }), () => make.one<object, object>([{ fixedDelay: '5s' }], [{ exponentialDelay: '5s' }, {}, { percent: 5 }, { fixedDelay: '0s', exponentialDelay: '1s' }])),
      percentage: share(),
    }),
  }, 0.7);
}

function corsPolicy(make: NearlyRight): unknown {
  return someOf(make, {
    allowOrigins: () => make.list(1, 2, () => stringMatch(make)),
    allowOrigin: () => ['*'],
    allowMethods: () => make.list(1, 2, () => make.one(['GET', 'POST', '*'], ['get', '', 'PURGE'])),
    allowHeaders: () => make.list(1, 2, () => make.one(['x-a', '*'], [headerName(make)])),
    exposeHeaders: () => make.list(1, 2, () => make.one(['x-a', '*'], [headerName(make)])),
    maxAge: () => make.one(['24h', '10s', '1m'], [duration(make), '1.5s', '1500ms', '0.0005s', '-1.5s', '2000ms']),
    allowCredentials: () => make.one([true, false], [null, 'true']),
    unmatchedPreflights: () => make.one(['UNSPECIFIED', 'FORWARD', 'IGNORE'], [0, 2, 3, 'forward', '']),
  }, 0.4);
}

function layer4Match(make: NearlyRight, gateways = ['mesh', 'ns/gw']): { [name: string]: unknown } {
  return someOf(make, {
    destinationSubnets: () => make.list(1, 2, () => addressOrRange(make)),
    port: () => make.one([80, 443, 0], [port(make)]),
    sourceLabels: () => labels(make),
    gateways: () => make.list(1, 2, () => make.one(gateways, [gatewayReference(make)])),
    sourceNamespace: () => make.one(['a', ''], ['a.b', 5]),
  }, make.pick([0.05, 0.3]));
}

function layer4Destinations(make: NearlyRight): unknown {
  const share = () => ({ destination: destination(make), weight: make.one([1, 50], [0, -1, 2147483647, undefined]) });
  return make.isOdd() ? make.pick([undefined, []]) : make.list(1, 2, share);
}

function tlsRoute(make: NearlyRight, hosts: unknown): unknown {
  const known = Array.isArray(hosts) ? hosts.map(each => String(each).replace(/^\*/, 'w')) : ['a.b'];
  return {
    match: make.list(1, 2, () => make.one<() => unknown, () => unknown>([() => ({
      sniHosts: make.list(1, 2, () => make.one([...known, ...known, Array.isArray(hosts) ? hosts[0] : 'a'], [hostOrWildcard(make), ...SNI])),
      ...layer4Match(make, ['mesh', 'ns/gw', 'gw.ns']),
    })], [() => null, () => ({})])()),
    route: layer4Destinations(make),
  };
}

function tcpRoute(make: NearlyRight): unknown {
  return {
    match: make.maybe(0.7, () => make.list(1, 2, () => make.one<() => unknown, () => unknown>([() => ({ ...layer4Match(make), sourceSubnet: make.maybe(0.05, () => 'x') })], [() => null])())),
    route: layer4Destinations(make),
  };
}
