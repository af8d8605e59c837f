import { Duration } from 'cdk8s';
import { answerOf, ingress, routesOf, to } from './ingress';
import {
  HeaderMatch, HttpAction, IHttpTarget, IngressRoute, PathRedirect, PathRewrite, PathType, RedirectPath,
  RedirectScheme, RetryPolicy, ServiceHost, StringMatch,
} from '../../lib';
import { manifestsOf, testChart } from '../util';

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
