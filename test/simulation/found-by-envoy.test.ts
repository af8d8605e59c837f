import { corsHeaders } from '../../lib/simulation/cors-headers';
import { normalizePath } from '../../lib/simulation/path';
import type { ConnectionQuestion, HttpQuestion } from '../../lib/simulation/question';
import { receivedHeaders } from '../../lib/simulation/received-headers';
import { rewrittenPath } from '../../lib/simulation/rewritten-path';
import { HttpAnswer, simulateConnection, simulateHttp } from '../../lib/simulation/simulate';
import { upstreamHeaders } from '../../lib/simulation/upstream-request';
import { modelOf } from '../mesh/corpus';

// what random requests to the real Envoy showed the simulation to be wrong about

const MESH = `
apiVersion: v1
kind: Service
metadata: { name: a, namespace: default }
spec: { clusterIP: 10.0.0.1, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ hosts: ['*'], port: { number: 80, name: http, protocol: HTTP } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: default }
spec:
  hosts: [a.com]
  gateways: [istio-system/gw]
  http:
  - { name: told, match: [{ headers: { x-envoy-original-path: { regex: '.*' } } }], route: [{ destination: { host: a } }] }
  - { name: asked, match: [{ headers: { x-request-id: {} } }], route: [{ destination: { host: a } }] }
`;

const mesh = modelOf(MESH);
const gateway = mesh.gateway({ namespace: 'istio-system', labels: { istio: 'ingressgateway' } });
const sidecar = mesh.sidecar({ namespace: 'default', labels: {} });

function atGateway(question: Partial<HttpQuestion>): HttpAnswer {
  return simulateHttp(gateway, mesh.config, { port: 80, method: 'GET', authority: 'a.com', target: '/', headers: [], ...question });
}

function atSidecar(question: Partial<HttpQuestion>): HttpAnswer {
  return simulateHttp(sidecar, mesh.config, { port: 80, method: 'GET', authority: 'a', target: '/', headers: [], ...question });
}

describe('the first line of a request', () => {
  test.each(['P', 'GETX', 'QUERY', 'get', 'M-SEARCH'])('the method %s is unknown', method => {
    expect(atGateway({ method }).status).toBe(400);
    expect(atSidecar({ method }).status).toBe(400);
  });

  test('OPTIONS may ask about nothing in particular, with a query too', () => {
    expect(['*', '*?v=1'].map(target => atSidecar({ method: 'OPTIONS', target }).status)).toEqual([404, 404]);
    expect(atSidecar({ target: '*?v=1' }).status).toBe(400);
  });

  test('CONNECT names a host', () => {
    expect(atGateway({ method: 'CONNECT', target: '/' }).status).toBe(400);
    expect(atGateway({ method: 'CONNECT', target: 'a.com:80' }).status).toBe(404);
  });

  test.each(['foo', '\\foo', '?x', '%2f', 'a.com:80', '/a b'])('a sidecar does not take %j for http, and lets it through unread', target => {
    expect(atSidecar({ target }).connection).toMatchObject({ connection: 'forwarded', destinations: [{ cluster: 'PassthroughCluster' }] });
  });

  test('a gateway answers 400 to the same', () => {
    expect(atGateway({ target: 'foo' }).status).toBe(400);
  });

  test('a whole URL needs a host, and a path before its query', () => {
    expect(atGateway({ target: 'http://' }).status).toBe(400);
    expect(atGateway({ target: 'http://a.com?x=1' }).status).toBe(404);
    expect(atGateway({ target: 'http://a.com' }).status).toBeUndefined();
  });
});

describe('an empty host', () => {
  const gatewayFor = (server: string, host: string): HttpAnswer => {
    const model = modelOf(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ hosts: ['*'], port: { number: 80, name: http, protocol: HTTP }, ${server} }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: istio-system }
spec: { hosts: ['${host}'], gateways: [gw], http: [{ directResponse: { status: 418 } }] }
`);
    const proxy = model.gateway({ namespace: 'istio-system', labels: { istio: 'ingressgateway' } });
    return simulateHttp(proxy, model.config, { port: 80, method: 'GET', authority: '', target: '/a', headers: [] });
  };

  test('is one of all hosts at a gateway', () => {
    expect(gatewayFor('', '*').status).toBe(418);
    expect(gatewayFor('', 'x.example').status).toBe(404);
    expect(gatewayFor('tls: { httpsRedirect: true }', 'x.example')).toMatchObject({ status: 301, location: 'https:///a' });
  });
});

describe('the scheme of a request', () => {
  test('is that of a whole URL, also within TLS', () => {
    const redirecting = modelOf(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ hosts: ['*'], port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: c } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: all, namespace: default }
spec: { hosts: ['*'], gateways: [istio-system/gw], http: [{ redirect: { uri: /new } }] }
`);
    const proxy = redirecting.gateway({ namespace: 'istio-system', labels: { istio: 'ingressgateway' } });
    const locationOf = (target: string) =>
      simulateHttp(proxy, redirecting.config, { port: 443, tls: true, sni: 'a.com', method: 'GET', authority: 'a.com', target, headers: [] }).location;
    expect(locationOf('/')).toBe('https://a.com/new');
    expect(locationOf('http://b.com/')).toBe('http://b.com/new');
  });

  test('is told to a sidecar in any case', () => {
    const asking = modelOf(`${MESH}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: secure, namespace: default }
spec: { hosts: [a], http: [{ name: secure, match: [{ scheme: { exact: https } }], route: [{ destination: { host: a } }] }] }
`);
    const headers = [['x-forwarded-proto', 'HTTPS']] as const;
    expect(simulateHttp(asking.sidecar({ namespace: 'default' }), asking.config, { port: 80, method: 'GET', authority: 'a', target: '/', headers }).routeName).toBe('secure');
  });

  test('a sidecar finds no route for a request whose x-forwarded-proto is empty', () => {
    expect(atSidecar({ headers: [['x-forwarded-proto', '']] }).status).toBe(404);
    expect(atSidecar({ headers: [['x-forwarded-proto', 'ftp']] }).status).toBeUndefined();
  });
});

describe('paths', () => {
  test.each([['/x"y', '/x%22y'], ['/<>', '/%3C%3E'], ['/{x}|^`', '/%7Bx%7D%7C%5E%60'], ['/[x]', '/[x]'], ['/%zz', '/%zz']])('%s is seen as %s', (path, seen) => {
    expect(normalizePath(path, 'BASE')).toBe(seen);
    expect(normalizePath(path, 'NONE')).toBe(path);
  });

  test.each([['//', '//'], ['////', '//'], ['//a//', '/a/'], ['/a//b', '/a/b']])('merging the slashes of %s leaves %s', (path, seen) => {
    expect(normalizePath(path, 'MERGE_SLASHES')).toBe(seen);
  });

  test('a pattern that matches nothing does not match right after a match', () => {
    const rewrite = { rewrite: { uriRegexRewrite: { match: '(foo)?', rewrite: '-\\1' } } };
    expect(rewrittenPath(rewrite, undefined, '/foo/b')).toBe('-/-foo/-b-');
  });
});

describe('the port of a redirect', () => {
  test('is left out where it is usual for the first server of the Gateway that has the routes, which TLS settings make an https one', () => {
    const both = modelOf(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
  - { hosts: [a.com], port: { number: 80, name: redirect, protocol: HTTP }, tls: { httpsRedirect: true } }
  - { hosts: ['*'], port: { number: 80, name: plain, protocol: HTTP } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: all, namespace: default }
spec: { hosts: ['*'], gateways: [istio-system/gw], http: [{ redirect: { port: 80 } }] }
`);
    const question = { port: 80, method: 'GET', authority: 'b.com', target: '/', headers: [] };
    const proxy = both.gateway({ namespace: 'istio-system', labels: { istio: 'ingressgateway' } });
    expect(simulateHttp(proxy, both.config, question).location).toBe('http://b.com:80/');
  });
});

describe('headers of clients', () => {
  test.each(['accept', 'origin', 'user-agent', 'authorization', 'referer', 'x-forwarded-for'])('lines of %s are joined', name => {
    expect(receivedHeaders([[name.toUpperCase(), 'x'], ['x-other', '1'], [name, 'y'], [name, '']], false)).toEqual([[name, 'x,y'], ['x-other', '1']]);
  });

  test('lines of other headers are not', () => {
    expect(receivedHeaders([['cookie', 'x'], ['Cookie', ' y ']], false)).toEqual([['cookie', 'x'], ['cookie', 'y']]);
  });

  test.each([
    'a b', 'https://ok.org,GET', 'https://ok.org/#x', 'https://u@ok.org/', 'ok.org:80/x', 'about:blank', 'http://', 'https://ok.org:abc/', '[x]', 'https://a_b.org',
  ])('the referer %j is dropped', referer => {
    expect(receivedHeaders([['referer', referer]], false)).toEqual([]);
  });

  test.each(['', 'ok', 'https://ok.org', '/a:b', 'a?b', '//x.org/y', 'https://[::1]/', 'HTTPS://OK.ORG', 'https://ok.org/<>?x=y'])('the referer %j stays', referer => {
    expect(receivedHeaders([['referer', referer]], false)).toEqual([['referer', referer]]);
  });

  test('headers that steer Envoy are gone before routes look at them, at a gateway also those that tell of a rewrite', () => {
    const sent = [['x-envoy-max-retries', '3'], ['te', 'x'], ['x-envoy-original-path', '/mine']] as const;
    expect(receivedHeaders(sent, false)).toEqual([['x-envoy-original-path', '/mine']]);
    expect(receivedHeaders(sent, true)).toEqual([]);
    expect(atGateway({ headers: [...sent] }).routeName).toBe('asked');
  });

  test('every request has an identifier', () => {
    expect(atGateway({}).routeName).toBe('asked');
  });
});

describe('headers that rules refer to', () => {
  const request = { isGateway: false, before: { path: '/', authority: 'a' } };
  const seen = (rule: object, lines: [string, string][]) => upstreamHeaders({ ...request, rule, lines }).lines;

  test('what is missing is empty, and an empty header is not added', () => {
    expect(seen({ headers: { request: { add: { 'x-copy': '%REQ(x-user)%' }, set: { 'x-mix': 'a%REQ(x-user)%b' } } } }, [])).toEqual([['x-mix', 'ab']]);
  });

  test('all refer to the request as it was before the same table', () => {
    expect(seen({ headers: { request: { set: { 'x-user': 'new' }, add: { 'x-copy': '%REQ(x-user)%' } } } }, [['x-user', 'old']]))
      .toEqual([['x-user', 'new'], ['x-copy', 'old']]);
  });

  test('a further line of a header that is kept as one is joined to it', () => {
    expect(seen({ headers: { request: { add: { 'User-Agent': 'two' } } } }, [['user-agent', 'one'], ['x-other', '1']])).toEqual([['user-agent', 'one,two'], ['x-other', '1']]);
  });

  test('what follows from the request and its route is filled in, what only the proxy knows is left', () => {
    const asked = { ...request, before: { path: '/items?a=1&b=2', authority: 'api:8080' }, method: 'POST', routeName: 'main', cluster: 'outbound|80||api', serverName: 'api.example' };
    const filled = (text: string): string | undefined => upstreamHeaders({ ...asked, rule: { headers: { request: { set: { 'x-f': text } } } }, lines: [['x-a', 'hello']] }).lines
      .find(([name]) => name === 'x-f')?.[1];
    expect(filled('%REQ(:METHOD)% %REQ(:SCHEME)%://%REQ(:AUTHORITY)%%REQ(:path)%')).toBe('POST http://api:8080/items?a=1&b=2');
    expect(filled('%REQ(x-none?X-A):2%-%REQUEST_HEADER(x-a)%')).toBe('he-hello');
    expect(filled('%PATH% %PATH(NQ)% %QUERY_PARAM(b)%')).toBe('/items?a=1&b=2 /items 2');
    expect(filled('%ROUTE_NAME% %UPSTREAM_CLUSTER% %REQUESTED_SERVER_NAME% 100%%')).toBe('main outbound|80||api api.example 100%');
    expect(filled('%QUERY_PARAM(c)%')).toBeUndefined();
    expect(filled('%START_TIME(%Y)% %HOSTNAME%')).toBe('%START_TIME(%Y)% %HOSTNAME%');
  });

  test('the path is that of the client where it tells of another one', () => {
    const rule = { headers: { request: { set: { 'x-a': '%PATH%', 'x-b': '%PATH(NQ:PATH)%', 'x-c': '%PATH(WQ:ORIG)%' } } } };
    expect(seen(rule, [['x-envoy-original-path', '/mine?x']])).toEqual([['x-envoy-original-path', '/mine?x'], ['x-a', '/mine?x'], ['x-b', '/'], ['x-c', '/mine?x']]);
    expect(seen(rule, [])).toEqual([['x-a', '/'], ['x-b', '/']]);
  });

  test('of what Envoy adds to every request only what a rule changes is told', () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(seen({}, [])).toEqual([]);
    expect(seen({ headers: { request: { add: { 'x-request-id': 'abc' } } } }, [])).toEqual([['x-request-id', `${id},abc`]]);
    expect(seen({ headers: { request: { add: { 'x-request-id': 'abc' } } } }, [['x-request-id', '4711']])).toEqual([['x-request-id', '4711,abc']]);
    expect(seen({ headers: { request: { set: { 'x-copy': '%REQ(x-request-id)% %REQ(x-forwarded-proto)%' } } } }, [])).toEqual([['x-copy', `${id} http`]]);
    expect(seen({ headers: { request: { remove: ['x-request-id'] } } }, [])).toEqual([]);
  });

  test('a gateway gives every request an identifier of its own', () => {
    const asked = { ...request, isGateway: true, rule: {}, lines: [['x-request-id', '4711']] as const };
    expect(upstreamHeaders(asked)).toMatchObject({ lines: [], removed: ['x-request-id'] });
  });

  test('the identifier of the proxy stands where that of the client stood', () => {
    const { complete } = upstreamHeaders({ ...request, rule: {}, lines: [['x-request-id', ''], ['accept', 'v1']] });
    expect(complete.slice(0, 2)).toEqual([['x-request-id', '00000000-0000-4000-8000-000000000000'], ['accept', 'v1']]);
  });
});

describe('what Envoy tells of a rewrite', () => {
  test('takes the place of what the client tells', () => {
    const rule = { rewrite: { uri: '/new' }, headers: { request: { set: { 'x-user': '1' } } } };
    const lines = [['x-envoy-original-path', '/mine'], ['x-other', '1']] as const;
    const request = { isGateway: false, before: { path: '/', authority: 'a' } };
    expect(upstreamHeaders({ ...request, rule, lines }).lines).toEqual([['x-envoy-original-path', '/'], ['x-other', '1'], ['x-user', '1']]);
    expect(upstreamHeaders({ ...request, rule, lines: [] }).lines).toEqual([['x-user', '1'], ['x-envoy-original-path', '/']]);
  });
});

describe('the host of the client', () => {
  test('is told wherever a rule sets a host, be it the same', () => {
    const request = { isGateway: false, before: { path: '/', authority: 'a' } };
    expect(upstreamHeaders({ ...request, rule: { rewrite: { authority: 'a' } }, lines: [] }).lines).toEqual([['x-envoy-original-host', 'a']]);
    expect(upstreamHeaders({ ...request, rule: {}, lines: [] }).lines).toEqual([]);
  });
});

describe('answers', () => {
  test('of redirects and direct responses know nothing of CORS', () => {
    const corsPolicy = { allowOrigins: [{ exact: 'https://ok.org' }] };
    const headers = new Map([['origin', ['https://ok.org']], ['access-control-request-method', ['GET']]]);
    expect(corsHeaders({ corsPolicy, redirect: { uri: '/new' } }, 'GET', headers, true).lines).toEqual([]);
    expect(corsHeaders({ corsPolicy, directResponse: { status: 418 } }, 'OPTIONS', headers, true)).toEqual({ lines: [], isPreflight: false });
  });

  test('that are aborted have no CORS headers', () => {
    const rule = { corsPolicy: { allowOrigins: [{ exact: 'https://ok.org' }] } };
    const headers = new Map([['origin', ['https://ok.org']]]);
    const abort = { httpStatus: 503, percentage: { value: 100 } };
    expect(corsHeaders(rule, 'GET', headers, false).lines).toEqual([['access-control-allow-origin', 'https://ok.org']]);
    expect(corsHeaders({ ...rule, fault: { abort } }, 'GET', headers, true).lines).toEqual([]);
  });
});

describe('connections', () => {
  test.each([['.b.com', true], ['x.b.com', true], ['b.com', false]])('the server name %s is under *.b.com: %s', (sni, isUnder) => {
    const passing = modelOf(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ hosts: ['*.b.com'], port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: c } }] }
`);
    const proxy = passing.gateway({ namespace: 'istio-system', labels: { istio: 'ingressgateway' } });
    const { status, connection } = simulateHttp(proxy, passing.config, { port: 443, tls: true, sni, method: 'GET', authority: 'x.b.com', target: '/', headers: [] });
    expect(isUnder ? status : connection?.connection).toBe(isUnder ? 404 : 'closed');
  });

  test('a name is not looked for among wider networks than the closest one', () => {
    const entries = modelOf(`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: near, namespace: other }
spec: { hosts: [e], addresses: [240.1.0.0/24], ports: [{ number: 443, name: h, protocol: HTTPS }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: wild, namespace: default }
spec: { hosts: ['*.wild.org'], ports: [{ number: 443, name: h, protocol: HTTPS }] }
`);
    const proxy = entries.sidecar({ namespace: 'shop', labels: {} });
    const clustersOf = (address: string) => simulateConnection(proxy, { port: 443, address, tls: true, sni: 'n.wild.org' }).destinations.map(({ cluster }) => cluster);
    expect(clustersOf('240.1.0.7')).toEqual(['PassthroughCluster']);
    expect(clustersOf('240.2.0.7')).toEqual(['outbound|443||*.wild.org']);
  });

  test('a sidecar does not call itself', () => {
    const question: ConnectionQuestion = { port: 15001 };
    expect(simulateConnection(sidecar, question).connection).toBe('closed');
    expect(atSidecar({ port: 15001 }).connection?.connection).toBe('closed');
  });
});
