import { ApiObject, Chart, Duration } from 'cdk8s';
import { walk } from './route-walk';
import {
  Audience, CanaryRelease, EntryPort, ExportTo, Gateway, GatewaySelector, GatewayServer, HeaderMatch, HttpAction,
  IHttpTarget, IngressRoute, IngressRouteProps, PathRedirect, PathRewrite, PathType, RedirectPath, RedirectScheme,
  Resolution, RetryPolicy, ServerTls, ServiceEntry, ServiceHost, StringMatch,
} from '../../lib';
import { manifestsOf, specOf, testChart, testCharts } from '../util';

function to(name: string): HttpAction {
  return HttpAction.forward(ServiceHost.fromName(name, { port: 8080 }));
}

function ingress(chart: Chart, props: Partial<IngressRouteProps> = {}): IngressRoute {
  return new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'], ...props });
}

function routesOf(chart: Chart): any[] {
  return specOf(chart, 'VirtualService').http;
}

function answerOf(chart: Chart, path: string, rest: object = {}) {
  return walk(specOf(chart, 'VirtualService'), { path, ...rest });
}

describe('the gateway', () => {
  test('without tls has one server for plain text, at the ingress proxies', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web') });
    expect(specOf(chart, 'Gateway')).toEqual({
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['shop.example.com'], port: { number: 80, protocol: 'HTTP', name: 'http' } }],
    });
    expect(specOf(chart, 'VirtualService')).toEqual({
      hosts: ['shop.example.com'],
      gateways: ['test-shop-gateway'],
      http: [{ name: 'default', route: [{ destination: { host: 'web', port: { number: 8080 } } }] }],
    });
  });

  test('with tls also redirects plain text', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web'), tls: ServerTls.mutual('shop-tls') });
    expect(specOf(chart, 'Gateway').servers).toEqual([
      { hosts: ['shop.example.com'], port: { number: 80, protocol: 'HTTP', name: 'http' }, tls: { httpsRedirect: true } },
      { hosts: ['shop.example.com'], port: { number: 443, protocol: 'HTTPS', name: 'https' }, tls: { mode: 'MUTUAL', credentialName: 'shop-tls' } },
    ]);
  });

  test('opens no port for plain text beside tls without httpsRedirect', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web'), tls: ServerTls.simple('shop-tls'), httpsRedirect: false });
    expect(specOf(chart, 'Gateway').servers.map((server: any) => server.port.number)).toEqual([443]);
  });

  test('takes selector, ports and metadata', () => {
    const chart = testChart();
    const shop = ingress(chart, {
      defaultTarget: to('web'),
      tls: ServerTls.simple('shop-tls'),
      selector: GatewaySelector.labels({ istio: 'partners' }),
      httpPort: 8080,
      httpsPort: 8443,
      gatewayMetadata: { name: 'partners', namespace: 'edge' },
      metadata: { name: 'shop', labels: { team: 'shop' } },
      exportTo: ExportTo.namespaces(['edge']),
    });
    const [gateway, routes] = manifestsOf(chart);
    expect(gateway).toMatchObject({ metadata: { name: 'partners', namespace: 'edge' }, spec: { selector: { istio: 'partners' } } });
    expect(gateway.spec.servers.map((server: any) => server.port.number)).toEqual([8080, 8443]);
    expect(routes).toMatchObject({ metadata: { name: 'shop', labels: { team: 'shop' } }, spec: { gateways: ['edge/partners'], exportTo: ['edge'] } });
    expect(shop.virtualService.name).toBe('shop');
    expect(shop.gateway.toGatewayConfig()).toEqual({ name: 'partners', namespace: 'edge', hosts: ['shop.example.com'] });
  });

  test('can be shared by handle', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web'), gateway: Gateway.fromGatewayAttributes({ name: 'public', namespace: 'edge', hosts: ['*.example.com'] }) });
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['VirtualService']);
    expect(specOf(chart, 'VirtualService').gateways).toEqual(['edge/public']);
  });

  test.each<[string, object, string]>([
    ['hosts missing', { hosts: undefined }, '[test/Shop] hosts must be given'],
    ['a host without a dot', { hosts: ['shop'] }, "[test/Shop] hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got 'shop'"],
    ['a host with a namespace', { hosts: ['edge/shop.example.com'] },
      "[test/Shop] hosts[0] must be a host without a namespace, which belongs to the servers of a gateway, got 'edge/shop.example.com'"],
    ['tls that passes through', { tls: ServerTls.passthrough() },
      '[test/Shop] tls must end TLS at the gateway, which sees no paths otherwise, use TlsPassthroughRoute to pass it through'],
    ['httpsRedirect without tls', { httpsRedirect: true }, "[test/Shop] httpsRedirect needs tls, such as ServerTls.simple('shop-example-com-tls')"],
    ['httpsPort without tls', { httpsPort: 443 }, "[test/Shop] httpsPort needs tls, such as ServerTls.simple('shop-example-com-tls')"],
    ['httpPort without a use', { tls: ServerTls.simple('t'), httpsRedirect: false, httpPort: 80 },
      '[test/Shop] httpPort has no effect without httpsRedirect, because no port is open for plain text beside tls'],
    ['one port for both', { tls: ServerTls.simple('t'), httpsPort: 80 }, '[test/Shop] httpsPort must not be the port for plain text, got 80 for both'],
    ['a port that is none', { httpPort: 0 }, '[test/Shop] httpPort must be an integer from 1 to 65535, got 0'],
    ['the mesh as gateway', { gateway: Gateway.mesh() }, '[test/Shop] gateway must not be Gateway.mesh(), sidecars do not take traffic from outside'],
    ['tls beside a shared gateway', { gateway: Gateway.fromGatewayName('public'), tls: ServerTls.simple('t') },
      '[test/Shop] tls must be left out beside gateway, whose servers say it'],
    ['a misspelt property', { host: 'x' } as any,
      "[test/Shop] props has no property 'host', known properties: hosts, tls, httpsRedirect, gateway, selector, httpPort, httpsPort, defaultTarget, exportTo, metadata, gatewayMetadata, timeout, retries, corsPolicy"],
    ['a selector that is none', { selector: { istio: 'x' } as any }, '[test/Shop] selector must be made by GatewaySelector, such as GatewaySelector.ingress(), got an object with istio'],
    ['a timeout that is none', { timeout: 5 as any }, '[test/Shop] timeout must be made by Duration, such as Duration.seconds(5), got 5'],
    ['a default target that is none', { defaultTarget: {} as any },
      '[test/Shop] target must be made by HttpAction, such as HttpAction.forward(), or a pattern such as CanaryRelease, got an empty object'],
  ])('fails for %s', (_, props, message) => {
    expect(() => ingress(testChart(), props)).toThrow(new Error(message));
  });

  test('fails without a path', () => {
    const chart = testChart();
    ingress(chart);
    expect(() => manifestsOf(chart)).toThrow('[test/Shop] ingress route has no path, call addPath() or set defaultTarget');
  });
});

describe('a host that is not covered by the gateway', () => {
  const attributes = { name: 'public', namespace: 'edge' };

  test('fails where the hosts of the gateway are known', () => {
    expect(() => ingress(testChart(), { gateway: Gateway.fromGatewayAttributes({ ...attributes, hosts: ['*.example.org'] }) })).toThrow(new Error(
      "[test/Shop] hosts: the host 'shop.example.com' is not covered by the servers of the gateway 'edge/public', whose hosts are '*.example.org', add it to a server"));
  });

  test('fails where the server is narrower than a wildcard', () => {
    expect(() => ingress(testChart(), { hosts: ['*.example.com'], gateway: Gateway.fromGatewayAttributes({ ...attributes, hosts: ['shop.example.com'] }) }))
      .toThrow("the host '*.example.com' is not covered");
  });

  test('fails where the server admits only another namespace', () => {
    const gateway = Gateway.fromGatewayAttributes({ ...attributes, hosts: ['other/*.example.com'] });
    expect(() => ingress(testChart({ namespace: 'shop' }), { gateway })).toThrow("whose hosts are 'other/*.example.com', add it to a server");
    expect(() => ingress(testChart({ namespace: 'other' }), { gateway })).not.toThrow();
    expect(() => ingress(testChart({ namespace: 'shop' }), { gateway: Gateway.fromGatewayAttributes({ ...attributes, hosts: ['./*.example.com'] }) })).toThrow('is not covered');
  });

  test('is accepted where the hosts of the gateway are unknown', () => {
    expect(() => ingress(testChart(), { gateway: Gateway.fromGatewayName('public') })).not.toThrow();
  });

  test('fails at a gateway of the app, to which servers can be added until the app is complete', () => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'Public', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['shop.example.org'] })] });
    ingress(chart, { gateway, defaultTarget: to('web') });
    expect(() => manifestsOf(chart)).toThrow(
      "[test/Shop] the host 'shop.example.com' is not covered by the servers of the gateway 'test-public', whose hosts are 'shop.example.org', add it to a server");
    gateway.addServer(GatewayServer.http({ hosts: ['*.example.com'], port: 8080 }));
    expect(() => manifestsOf(chart)).not.toThrow();
  });

  test('fails where the only server for it does not read HTTP', () => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'Public', {
      selector: GatewaySelector.ingress(), servers: [GatewayServer.tls({ hosts: ['*.example.com'], tls: ServerTls.passthrough() })],
    });
    ingress(chart, { gateway, defaultTarget: to('web') });
    expect(() => manifestsOf(chart)).toThrow("[test/Shop] the host 'shop.example.com' has no server of the gateway 'test-public' that reads HTTP, "
      + 'only one that passes TLS or other connections on, use TlsPassthroughRoute, or end TLS at the gateway');
  });
});

describe('a path', () => {
  test('means a path: /api takes /api and what is below, not /apix', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', to('api'));
    expect(routesOf(chart)).toEqual([{
      name: 'api',
      match: [{ uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }],
      route: [{ destination: { host: 'api', port: { number: 8080 } } }],
    }]);
    expect(answerOf(chart, '/api')?.host).toBe('api');
    expect(answerOf(chart, '/api/')?.host).toBe('api');
    expect(answerOf(chart, '/api/orders')?.host).toBe('api');
    expect(answerOf(chart, '/apix')).toBeUndefined();
  });

  test('can be exact, a text or a pattern', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/exact', to('a'), { pathType: PathType.EXACT });
    shop.addPath('/text', to('b'), { pathType: PathType.PREFIX });
    shop.addPath('/v[0-9]+/.*', to('c'), { pathType: PathType.REGEX });
    expect(routesOf(chart).map(({ name, match }) => [name, match])).toEqual([
      ['exact-exact', [{ uri: { exact: '/exact' } }]],
      ['v-0-9-regex', [{ uri: { regex: '/v[0-9]+/.*' } }]],
      ['text-prefix', [{ uri: { prefix: '/text' } }]],
    ]);
    expect(answerOf(chart, '/textual')?.host).toBe('b');
  });

  test('/ is for the rest: it comes last and has no match', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/', to('web'));
    shop.addPath('/api', to('api'));
    expect(routesOf(chart).map(({ name, match }) => [name, match === undefined])).toEqual([['api', false], ['root', true]]);
  });

  test('takes conditions', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', to('api'), {
      methods: ['PUT', 'GET'],
      headers: { 'X-Version': HeaderMatch.exact('2') },
      queryParams: { page: StringMatch.regex('[0-9]+') },
      queryParamsPresent: ['debug'],
    });
    const conditions = { method: { regex: 'GET|PUT' }, headers: { 'x-version': { exact: '2' } }, queryParams: { page: { regex: '[0-9]+' }, debug: {} } };
    expect(routesOf(chart)[0]).toMatchObject({
      name: 'api-get-put-debug-page-x-version',
      match: [{ ...conditions, uri: { exact: '/api' } }, { ...conditions, uri: { prefix: '/api/' } }],
    });
  });

  test('takes timeout, retries, CORS and a name', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', to('api'), {
      timeout: Duration.seconds(3), retries: RetryPolicy.none(), corsPolicy: { allowOrigins: [StringMatch.exact('https://example.com')] }, name: 'the-api',
    });
    expect(routesOf(chart)[0]).toMatchObject({
      name: 'the-api', timeout: '3s', retries: { attempts: 0 }, corsPolicy: { allowOrigins: [{ exact: 'https://example.com' }] },
    });
  });

  test('takes what is said for all paths unless it or its target says otherwise', () => {
    const chart = testChart();
    const shop = ingress(chart, { timeout: Duration.seconds(1) });
    shop.addPath('/a', to('a'));
    shop.addPath('/b', to('b'), { timeout: Duration.seconds(2) });
    shop.addPath('/c', HttpAction.forward(ServiceHost.fromName('c', { port: 80 }), { timeout: Duration.seconds(3) }));
    shop.addPath('/d', HttpAction.redirect({ scheme: RedirectScheme.HTTPS }));
    shop.addPath('/e', HttpAction.respond(204));
    expect(routesOf(chart).map(({ name, timeout }) => [name, timeout])).toEqual([['a', '1s'], ['b', '2s'], ['c', '3s'], ['d', undefined], ['e', undefined]]);
  });

  test('lets through the preflight requests for its methods where there is a CORS policy', () => {
    const chart = testChart();
    const shop = ingress(chart, { corsPolicy: { allowOrigins: [StringMatch.exact('https://example.com')] } });
    shop.addPath('/api', to('writes'), { methods: ['POST', 'PUT'], headers: { 'x-version': HeaderMatch.exact('2') } });
    shop.addPath('/api', to('reads'), { methods: ['GET'] });
    const preflight = (method: string) => answerOf(chart, '/api/x', { method: 'OPTIONS', headers: { 'access-control-request-method': method } })?.host;
    expect(['POST', 'PUT', 'GET', 'DELETE'].map(preflight)).toEqual(['writes', 'writes', 'reads', undefined]);
    expect(answerOf(chart, '/api', { method: 'OPTIONS' })).toBeUndefined();
  });

  test('leaves preflight requests to the entry without headers for the same methods', () => {
    const chart = testChart();
    const shop = ingress(chart, { corsPolicy: { allowOrigins: [StringMatch.exact('https://example.com')] } });
    shop.addPath('/api', to('new'), { methods: ['POST'], headers: { 'x-version': HeaderMatch.exact('2') } });
    shop.addPath('/api', to('old'), { methods: ['POST'] });
    expect(answerOf(chart, '/api', { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } })?.host).toBe('old');
  });

  test('takes no preflight requests without a CORS policy', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', to('api'), { methods: ['GET'] });
    expect(routesOf(chart)[0].match).toHaveLength(2);
  });

  test('comes after the routes that are added to the virtual service itself', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/api', to('api'));
    shop.virtualService.addHttpRoute({ name: 'own', matches: [{ uri: StringMatch.prefix('/') }], action: to('own') });
    expect(routesOf(chart).map(({ name }) => name)).toEqual(['own', 'api']);
  });

  test.each<[string, (shop: IngressRoute) => void, string]>([
    ['a path without a slash', shop => shop.addPath('api', to('a')), "[test/Shop] path must begin with '/', got 'api'"],
    ['an empty path', shop => shop.addPath('', to('a')), "[test/Shop] path must be a string that is not empty, got ''"],
    ['no path', shop => shop.addPath(undefined as any, to('a')), '[test/Shop] path must be given'],
    ['a slash at the end', shop => shop.addPath('/api/', to('a')),
      "[test/Shop] path must not end with '/', got '/api/': '/api' stands for the path and everything below, PathType.PREFIX for what is below alone"],
    ['a query in the path', shop => shop.addPath('/api?x=1', to('a')), "[test/Shop] path must not contain '?' or '#', got '/api?x=1', use queryParams for the query"],
    ['a pattern that is not RE2', shop => shop.addPath('(?=a)', to('a'), { pathType: PathType.REGEX }), '[test/Shop] path must be a regular expression in RE2 syntax, got'],
    ['a pattern for everything', shop => shop.addPath('/.*', to('a'), { pathType: PathType.REGEX }),
      "[test/Shop] path must not be a pattern for every path, got '/.*', which would come before all longer paths, use the path '/'"],
    ['a path type that is none', shop => shop.addPath('/a', to('a'), { pathType: 'GLOB' as any }),
      "[test/Shop] options.pathType must be one of PATH, EXACT, PREFIX, REGEX, got 'GLOB'"],
    ['a method in small letters', shop => shop.addPath('/a', to('a'), { methods: ['get'] }), "[test/Shop] options.methods[0] must be a method in capitals, such as GET, got 'get'"],
    ['a method twice', shop => shop.addPath('/a', to('a'), { methods: ['GET', 'GET'] }), '[test/Shop] options.methods'],
    ['no methods', shop => shop.addPath('/a', to('a'), { methods: [] }), '[test/Shop] options.methods'],
    ['a header that is none', shop => shop.addPath('/a', to('a'), { headers: { x: 'y' as any } }),
      "[test/Shop] options.headers['x'] must be made by HeaderMatch, such as HeaderMatch.exact(), got 'y'"],
    ['a header twice', shop => shop.addPath('/a', to('a'), { headers: { 'x-a': HeaderMatch.present(), 'X-A': HeaderMatch.present() } }), '[test/Shop] options.headers'],
    ['a misspelt option', shop => shop.addPath('/a', to('a'), { timeouts: 1 } as any), "[test/Shop] options has no property 'timeouts', known properties: pathType,"],
    ['a timeout that is too fine', shop => shop.addPath('/a', to('a'), { timeout: Duration.millis(0) }),
      '[test/Shop] options.timeout must be a whole number of milliseconds, at least 1, got 0 ms'],
    ['a timeout twice', shop => shop.addPath('/a', HttpAction.forward(ServiceHost.fromName('a'), { timeout: Duration.seconds(1) }), { timeout: Duration.seconds(2) }),
      '[test/Shop] target: the action has timeout already, say it in one place'],
    ['a timeout of a redirect', shop => shop.addPath('/a', HttpAction.redirect({ authority: 'x.com' }), { timeout: Duration.seconds(2) }),
      '[test/Shop] target: only an action that forwards takes options, not a redirect or a response'],
    ['a name twice', shop => {
      shop.addPath('/a', to('a'), { name: 'x' });
      shop.addPath('/b', to('a'), { name: 'x' });
    }, "[test/Shop] options.name 'x' is the name of path '/a' of [test/Shop] already"],
    ['a redirect of a prefix', shop => shop.addPath('/a', HttpAction.redirect({ path: RedirectPath.prefixRewrite('/b') })),
      '[test/Shop] target: RedirectPath.prefixRewrite() does not keep the slashes of a path right, use PathRedirect.to() as target'],
  ])('fails for %s', (_, add, message) => {
    expect(() => add(ingress(testChart()))).toThrow(message);
  });
});

describe('paths for the same requests', () => {
  test.each<[string, (shop: IngressRoute) => void, string]>([
    ['one path twice', shop => shop.addPath('/api', to('b')), "path '/api' takes the same requests as path '/api' of"],
    ['a text that is what is below a path', shop => shop.addPath('/api/', to('b'), { pathType: PathType.PREFIX }), "prefix '/api/' takes the same requests as path '/api' of"],
  ])('fails for %s', (_, add, message) => {
    const shop = ingress(testChart());
    shop.addPath('/api', to('a'));
    expect(() => add(shop)).toThrow(new Error(`[test/Shop] ${message} [test/Shop], tell them apart by methods, headers or queryParams, or leave one out`));
  });

  test('fails where methods overlap', () => {
    const shop = ingress(testChart());
    shop.addPath('/api', to('a'), { methods: ['GET', 'POST'] });
    expect(() => shop.addPath('/api', to('b'), { methods: ['POST', 'PUT'] })).toThrow("path '/api' (POST, PUT) takes the same requests as path '/api' (GET, POST) of [test/Shop]");
    expect(() => shop.addPath('/api', to('b'), { methods: ['DELETE'] })).not.toThrow();
  });

  test('fails for the path / beside a default target', () => {
    expect(() => ingress(testChart(), { defaultTarget: to('a') }).addPath('/', to('b'))).toThrow("path '/' takes the same requests as path '/' of [test/Shop]");
  });

  test('an exact path comes before the path of the same text', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/api', to('below'));
    shop.addPath('/api', to('itself'), { pathType: PathType.EXACT });
    expect(routesOf(chart).map(({ match }) => match)).toEqual([[{ uri: { exact: '/api' } }], [{ uri: { prefix: '/api/' } }]]);
  });

  test('more conditions come before fewer, and what is narrower before what is wider', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/api', to('any'));
    shop.addPath('/api', to('present'), { headers: { x: HeaderMatch.present() } });
    shop.addPath('/api', to('short'), { headers: { x: HeaderMatch.prefix('a') } });
    shop.addPath('/api', to('long'), { headers: { x: HeaderMatch.prefix('ab') } });
    shop.addPath('/api', to('exact'), { headers: { x: HeaderMatch.exact('abc') } });
    shop.addPath('/api', to('both'), { headers: { x: HeaderMatch.exact('abc') }, methods: ['GET'] });
    const host = (x: string, method = 'POST') => answerOf(chart, '/api', { method, headers: { x } })?.host;
    expect([host('abc', 'GET'), host('abc'), host('abd'), host('ac'), host('z')]).toEqual(['both', 'exact', 'long', 'short', 'present']);
    expect(answerOf(chart, '/api')?.host).toBe('any');
  });

  test('catch-all before specific: the order of the calls does not matter', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/', to('web'));
    shop.addPath('/api', to('api'));
    shop.addPath('/api/v1', to('v1'));
    shop.addPath('/api/v[2-9]/.*', to('pattern'), { pathType: PathType.REGEX });
    shop.addPath('/api/v1/health', to('health'), { pathType: PathType.EXACT });
    const hosts = ['/api/v1/health', '/api/v2/x', '/api/v1/x', '/api/x', '/x'].map(path => answerOf(chart, path)?.host);
    expect(hosts).toEqual(['health', 'pattern', 'v1', 'api', 'web']);
  });

  test('a route of a target that never gets a request is an error', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/api', to('testers'), { headers: { 'x-tester': HeaderMatch.present() } });
    const target: IHttpTarget = {
      toHttpTargetConfig: () => ({ routes: [{ name: 'canary', matches: [{ headers: { 'x-tester': HeaderMatch.exact('1') } }], action: to('new') }, { action: to('old') }] }),
    };
    shop.addPath('/api', target);
    expect(() => manifestsOf(chart)).toThrow("[test/Shop] path '/api' of [test/Shop], route 'canary' of its target, never gets a request, "
      + "because path '/api' (x-tester) of [test/Shop] comes first and takes them all");
  });
});

describe('a rewrite', () => {
  function arrivals(rewrite: PathRewrite, paths: string[], pathType?: PathType, path = '/api'): (string | undefined)[] {
    const chart = testChart();
    ingress(chart).addPath(path, to('api'), { rewrite, pathType });
    return paths.map(each => answerOf(chart, each)?.path);
  }

  test('that strips makes no double slash', () => {
    expect(arrivals(PathRewrite.strip(), ['/api', '/api/', '/api/x', '/api/x/y/'])).toEqual(['/', '/', '/x', '/x/y/']);
  });

  test('that strips is one route, because both conditions get the same path', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', to('api'), { rewrite: PathRewrite.strip() });
    expect(routesOf(chart)).toMatchObject([{ name: 'api', rewrite: { uri: '/' } }]);
  });

  test('that replaces keeps the slashes, with two routes', () => {
    expect(arrivals(PathRewrite.replace('/v2'), ['/api', '/api/', '/api/x'])).toEqual(['/v2', '/v2/', '/v2/x']);
    const chart = testChart();
    ingress(chart).addPath('/api', to('api'), { rewrite: PathRewrite.replace('/v2', { authority: 'api.internal' }) });
    expect(routesOf(chart).map(({ name, match, rewrite }) => [name, match, rewrite])).toEqual([
      ['api', [{ uri: { exact: '/api' } }], { uri: '/v2', authority: 'api.internal' }],
      ['api-below', [{ uri: { prefix: '/api/' } }], { uri: '/v2/', authority: 'api.internal' }],
    ]);
  });

  test('replaces / as well as longer paths', () => {
    expect(arrivals(PathRewrite.replace('/v2'), ['/', '/x'], undefined, '/')).toEqual(['/v2/', '/v2/x']);
    expect(arrivals(PathRewrite.replace('/'), ['/api', '/api/x'])).toEqual(['/', '/x']);
  });

  test('of an exact path is of the whole path', () => {
    expect(arrivals(PathRewrite.strip(), ['/api'], PathType.EXACT)).toEqual(['/']);
    expect(arrivals(PathRewrite.replace('/v2'), ['/api'], PathType.EXACT)).toEqual(['/v2']);
  });

  test('of a text keeps the first slash, and only one', () => {
    expect(arrivals(PathRewrite.strip(), ['/api', '/api/', '/api/x', '/apix'], PathType.PREFIX)).toEqual(['/', '/', '/x', '/x']);
    expect(arrivals(PathRewrite.strip(), ['/api/', '/api/x'], PathType.PREFIX, '/api/')).toEqual(['/', '/x']);
    expect(arrivals(PathRewrite.replace('/v2'), ['/api', '/api/x', '/apix'], PathType.PREFIX)).toEqual(['/v2', '/v2/x', '/v2x']);
    expect(arrivals(PathRewrite.replace('/v2'), ['/api/', '/api/x'], PathType.PREFIX, '/api/')).toEqual(['/v2/', '/v2/x']);
    expect(arrivals(PathRewrite.strip(), ['/a.b/x', '/a.b(c'], PathType.PREFIX, '/a.b')).toEqual(['/x', '/(c']);
  });

  test('can send all paths to one', () => {
    expect(arrivals(PathRewrite.wholePath('/index.html'), ['/api', '/api/x/y'])).toEqual(['/index.html', '/index.html']);
    expect(arrivals(PathRewrite.wholePath('/i'), ['/v1/a'], PathType.REGEX, '/v[0-9]/.*')).toEqual(['/i']);
  });

  test('can be a pattern, or of the authority alone', () => {
    const chart = testChart();
    const shop = ingress(chart);
    shop.addPath('/a', to('a'), { rewrite: PathRewrite.regex('^/a/([^/]+)', '/\\1') });
    shop.addPath('/b', to('b'), { rewrite: PathRewrite.authority('b.internal') });
    expect(routesOf(chart).map(({ rewrite }) => rewrite)).toEqual([{ uriRegexRewrite: { match: '^/a/([^/]+)', rewrite: '/\\1' } }, { authority: 'b.internal' }]);
  });

  test.each<[string, () => void, string]>([
    ['strip on a pattern', () => arrivals(PathRewrite.strip(), [], PathType.REGEX, '/v.'),
      '[test/Shop] options.rewrite must not be PathRewrite.strip() beside a pattern, which finds no fixed part of the path, use PathRewrite.regex() or PathRewrite.wholePath()'],
    ['strip on /', () => arrivals(PathRewrite.strip(), [], undefined, '/'),
      "[test/Shop] options.rewrite must not be PathRewrite.strip() for the path '/', which stays as it is, leave it out"],
    ['replace by / on a text', () => arrivals(PathRewrite.replace('/'), [], PathType.PREFIX),
      "[test/Shop] options.rewrite must not be PathRewrite.replace('/') for a text that does not end with '/', it would leave two slashes, use PathRewrite.strip()"],
    ['a path with a slash at the end', () => PathRewrite.replace('/v2/'), "path must begin with '/' and not end with it, got '/v2/'"],
    ['a path without a slash', () => PathRewrite.replace('v2'), "path must begin with '/' and not end with it, got 'v2'"],
    ['a rewrite that is none', () => arrivals('/v2' as any, []), "[test/Shop] options.rewrite must be made by PathRewrite, such as PathRewrite.strip(), got '/v2'"],
    ['a rewrite of a redirect', () => ingress(testChart()).addPath('/a', HttpAction.redirect({ authority: 'x.com' }), { rewrite: PathRewrite.strip() }),
      '[test/Shop] target: only an action that forwards takes options, not a redirect or a response'],
  ])('fails for %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('a redirect', () => {
  test('moves a path and what is below it, with the slashes right', () => {
    const chart = testChart();
    ingress(chart).addPath('/old', PathRedirect.to('/new', { code: 308, scheme: RedirectScheme.HTTPS }));
    expect(['/old', '/old/', '/old/x'].map(path => answerOf(chart, path)?.location)).toEqual(['/new', '/new/', '/new/x']);
    expect(answerOf(chart, '/oldx')).toBeUndefined();
    expect(routesOf(chart)[0].redirect).toEqual({ uri: '/new', redirectCode: 308, scheme: 'https' });
  });

  test('can be the default target', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: PathRedirect.to('/app') });
    expect(routesOf(chart)).toEqual([{ name: 'default', redirect: { prefixRewrite: '/app/' } }]);
    expect(PathRedirect.to('/app').toHttpTargetConfig().routes).toHaveLength(1);
  });

  test('to one path is an ordinary action', () => {
    const chart = testChart();
    ingress(chart).addPath('/old', HttpAction.redirect({ path: RedirectPath.uri('/gone') }));
    expect(routesOf(chart)).toMatchObject([{ name: 'old', redirect: { uri: '/gone' } }]);
  });

  test.each<[string, () => void, string]>([
    ['a pattern', () => ingress(testChart()).addPath('/v.', PathRedirect.to('/new'), { pathType: PathType.REGEX }),
      '[test/Shop] target must not be PathRedirect.to() beside a pattern, which finds no fixed part of the path, use HttpAction.redirect()'],
    ['a text moved to /', () => ingress(testChart()).addPath('/old', PathRedirect.to('/'), { pathType: PathType.PREFIX }),
      "[test/Shop] target must not be PathRedirect.to('/') for a text that does not end with '/', it would leave two slashes, use PathType.PATH"],
    ['a path with a slash at the end', () => PathRedirect.to('/new/'), "path must begin with '/' and not end with it, got '/new/'"],
    ['a code that Envoy refuses', () => PathRedirect.to('/new', { code: 304 }), 'code must be one of 301, 302, 303, 307, 308, got 304'],
  ])('fails for %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('a target of several routes', () => {
  test('multiplies its matches with those of the path, in its own order', () => {
    const chart = testChart();
    const release = new CanaryRelease(chart, 'Reviews', {
      service: ServiceHost.fromName('reviews', { port: 9080 }),
      stable: { version: 'v1' },
      canary: { version: 'v2' },
      canaryPercent: 10,
      canaryFor: [Audience.header('x-tester', HeaderMatch.present()), Audience.cookie('preview', 'yes')],
    });
    ingress(chart, { timeout: Duration.seconds(5) }).addPath('/reviews', release, { rewrite: PathRewrite.strip(), methods: ['GET'] });
    const routes = routesOf(chart);
    expect(routes.map(({ match }) => match.length)).toEqual([4, 2]);
    expect(routes[0].match[0]).toEqual({ uri: { exact: '/reviews' }, method: { exact: 'GET' }, headers: { 'x-tester': {} } });
    expect(routes.every(({ timeout, rewrite }) => timeout === '5s' && rewrite.uri === '/')).toBe(true);
    expect(routes[1].route.map(({ weight }: any) => weight)).toEqual([90, 10]);
    expect(routes.every(({ name }) => name.startsWith('reviews-get-'))).toBe(true);
  });

  test('can be the default target', () => {
    const chart = testChart();
    const target: IHttpTarget = {
      toHttpTargetConfig: () => ({ routes: [{ name: 'testers', matches: [{ headers: { x: HeaderMatch.present() } }], action: to('new') }, { action: to('old') }] }),
    };
    ingress(chart, { defaultTarget: target });
    expect(routesOf(chart)).toEqual([
      { name: 'default-testers', match: [{ headers: { x: {} }, uri: { prefix: '/' } }], route: [{ destination: { host: 'new', port: { number: 8080 } } }] },
      { name: 'default', route: [{ destination: { host: 'old', port: { number: 8080 } } }] },
    ]);
  });

  test.each<[string, IHttpTarget, object, string]>([
    ['asks for the path', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ uri: StringMatch.prefix('/x') }], action: to('a') }] }) }, {},
      "[test/Shop] target has a match for the path, which the path's own options decide, leave it out of one"],
    ['asks for the method beside methods', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ method: StringMatch.exact('GET') }], action: to('a') }] }) }, { methods: ['PUT'] },
      "[test/Shop] target has a match for the method, which the path's own options decide, leave it out of one"],
    ['asks where requests come from', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ sourceLabels: { app: 'x' } }], action: to('a') }] }) }, {},
      "[test/Shop] target has a match for sourceLabels, which at a gateway is the gateway's own, leave it out"],
    ['asks twice for a header', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ headers: { x: HeaderMatch.exact('1') } }], action: to('a') }] }) },
      { headers: { x: HeaderMatch.exact('2') } },
      "[test/Shop] target: audiences ask twice for the header 'x', in ways that one match cannot say, find one condition that says both"],
    ['hides its own routes', { toHttpTargetConfig: () => ({ routes: [{ action: to('a') }, { action: to('b') }] }) }, {},
      '[test/Shop] target.routes[0] must have matches, only the last route of a target is for all requests that are left'],
    ['has no routes', { toHttpTargetConfig: () => ({ routes: [] }) }, {}, '[test/Shop] target.routes'],
  ])('fails when it %s', (_, target, options, message) => {
    expect(() => ingress(testChart()).addPath('/a', target, options)).toThrow(message);
  });
});

describe('a destination without a port', () => {
  const advice = 'for which a gateway takes its own port unless the service has only one';

  test('is an error where the ports are unknown', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', HttpAction.forward(ServiceHost.fromName('api')));
    expect(() => manifestsOf(chart)).toThrow(`[test/Shop] path '/api' goes to 'api' without a port, ${advice}: give the port, with withPort() or where the handle is made`);
  });

  test('is an error of a copy too', () => {
    const chart = testChart();
    const api = ServiceHost.fromName('api', { port: 80 });
    ingress(chart).addPath('/api', HttpAction.forward(api, { mirrors: [{ destination: ServiceHost.fromName('shadow') }] }));
    expect(() => manifestsOf(chart)).toThrow("path '/api' goes to 'shadow' without a port");
  });

  test('is accepted for a service of the app with one port, and an error with two', () => {
    const chart = testChart({ namespace: 'shop' });
    const service = new ApiObject(chart, 'Api', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { ports: [{ port: 80 }] } } as any);
    ingress(chart).addPath('/api', HttpAction.forward(ServiceHost.fromService(service)));
    expect(routesOf2(chart)).toEqual({ host: 'api.shop.svc.cluster.local' });
    const two = testChart();
    const wide = new ApiObject(two, 'Api', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { ports: [{ port: 80 }, { port: 81 }] } } as any);
    ingress(two).addPath('/api', HttpAction.forward(ServiceHost.fromService(wide)));
    expect(() => manifestsOf(two)).toThrow(`path '/api' goes to 'api' without a port, ${advice}, but it has 80, 81: give the port`);
  });

  test('is accepted for an entry with one port', () => {
    const chart = testChart();
    const entry = new ServiceEntry(chart, 'Api', { hosts: ['api.example.org'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
    ingress(chart).addPath('/api', HttpAction.forward(entry));
    expect(routesOf2(chart)).toEqual({ host: 'api.example.org' });
    entry.addPort(EntryPort.http(8080));
    expect(() => manifestsOf(chart)).toThrow('but it has 80, 8080');
  });

  function routesOf2(chart: Chart): object {
    return manifestsOf(chart).find(({ kind }) => kind === 'VirtualService')!.spec.http[0].route[0].destination;
  }
});

describe('two patterns', () => {
  test('that open one host on a port of the same proxies are refused', () => {
    const chart = testChart();
    ingress(chart, { tls: ServerTls.simple('a') });
    expect(() => new IngressRoute(chart, 'Other', { hosts: ['shop.example.com'], tls: ServerTls.simple('b') })).toThrow(new Error(
      "[test/Other] host 'shop.example.com' on port 80 of the gateway proxies 'istio=ingressgateway' belongs to [test/Shop] already, "
      + 'make one Gateway with a server for the hosts of both, and hand it to both as gateway, or join the paths of one host with SharedHost'));
  });

  test('that use one certificate twice are refused', () => {
    const { first, second } = testCharts();
    ingress(first, { tls: ServerTls.simple('wildcard') });
    expect(() => new IngressRoute(second, 'Other', { hosts: ['other.example.com'], tls: ServerTls.simple('wildcard') })).toThrow(new Error(
      "[second/Other] the certificate 'wildcard' on port 443 of the gateway proxies 'istio=ingressgateway' belongs to [first/Shop] already, "
      + 'make one Gateway with a server for the hosts of both, and hand it to both as gateway'));
  });

  test('at other proxies do not meet', () => {
    const chart = testChart();
    ingress(chart, { tls: ServerTls.simple('a') });
    expect(() => new IngressRoute(chart, 'Other', {
      hosts: ['shop.example.com'], tls: ServerTls.simple('a'), selector: GatewaySelector.labels({ istio: 'internal' }),
    })).not.toThrow();
  });

  test('for one host at a shared gateway are refused', () => {
    const chart = testChart();
    const gateway = Gateway.fromGatewayName('public', { namespace: 'edge' });
    ingress(chart, { gateway });
    expect(() => new IngressRoute(chart, 'Other', { hosts: ['shop.example.com'], gateway })).toThrow(new Error(
      "[test/Other] host 'shop.example.com' at gateway 'edge/public' belongs to [test/Shop] already, add to that one, or join both with SharedHost, whose addPath() takes releases too"));
    expect(() => new IngressRoute(chart, 'Third', { hosts: ['other.example.com'], gateway })).not.toThrow();
  });

  test('of which one uses the gateway of the other are refused for one host', () => {
    const chart = testChart();
    const shop = ingress(chart);
    expect(() => new IngressRoute(chart, 'Other', { hosts: ['shop.example.com'], gateway: shop.gateway })).toThrow('belongs to [test/Shop] already');
  });
});
