import { findings, found, foundInAction, foundInRoute } from './util';

const ROUTE = [{ destination: { host: 'a' } }];
const HTTP = [{ route: ROUTE }];

test.each([
  [['mesh'], []], [['gw'], []], [['ns/gw'], []], [['NS/GW'], []], [['gw.123'], ['warning', 'error']], [['gw.ns'], ['warning']], [['gw.ns.svc.cluster.local'], ['warning']],
  [['./gw'], ['error']], [['/gw'], ['error']], [['ns/'], ['error']], [['ns/a/b'], ['error']], [['ns/a.b'], ['error']], [[''], ['error']], [[null], ['error']], [['a_b'], ['error']],
])('gateways %j: %j', (gateways, severities) => {
  expect(found('VirtualService', { hosts: ['a'], gateways, http: HTTP })).toEqual(severities.map(severity => `${severity} VS2 spec.gateways[0]`));
});

test('nobody looks at gateways after the first without a slash', () => {
  expect(found('VirtualService', { hosts: ['a'], gateways: ['ns/gw', 'gw', './gw'], http: HTTP })).toEqual([]);
  expect(found('VirtualService', { hosts: ['a'], gateways: ['ns/gw', './gw', 'gw'], http: HTTP })).toEqual(['error VS2 spec.gateways[1]']);
});

test.each([
  ['a', []], ['*.', []], ['10.0.0.1', []], ['::1%eth0', []], ['*a.b', []], ['', ['VS4']], ['ns/a', ['VS4']], ['a_b', ['VS4']], ['*', ['VS5']], ['10.0.0.0/8', ['VS4']],
  ['outbound_.80_._.a.b', ['VS4']],
])('host %j for sidecars: %j', (host, rules) => {
  expect(findings('VirtualService', { hosts: [host], gateways: ['gw', 'mesh'], http: HTTP }).map(({ rule }) => rule)).toEqual(rules);
  expect(findings('VirtualService', { hosts: [host], http: HTTP }).map(({ rule }) => rule)).toEqual(rules);
});

test('names made up for TLS between networks are hosts for gateways, where a route asks for a name', () => {
  const host = 'outbound_.80_._.a.b';
  const tls = [{ match: [{ sniHosts: [host] }], route: ROUTE }];
  expect(found('VirtualService', { hosts: [host], gateways: ['gw'], tls })).toEqual([]);
  expect(found('VirtualService', { hosts: [host], gateways: ['gw'], http: HTTP })).toEqual(['error VS4 spec.hosts[0]']);
  expect(found('VirtualService', { hosts: [host], gateways: ['gw', 'mesh'], tls })).toEqual(['error VS4 spec.hosts[0]', 'error VS34 spec.tls[0].match[0].sniHosts[0]']);
  expect(found('VirtualService', { hosts: ['*.b'], tls })).toEqual([]);
});

test.each([
  [['a', 'b'], []], [['a', 'a'], [1]], [['*.a', 'b.a'], [1]], [['b.a', '*.a'], [1]], [['*.a', 'a'], []], [['*.a', '*.b.a'], [1]], [['*', 'x', 'y'], [1, 2]], [['1.2.3.4', '*.3.4'], undefined],
  [['10.0.0.1', '10.0.0.1'], [1]], [['*a.b', 'a.b'], [1]], [['A.b', 'a.b'], []],
])('hosts %j overlap at %j', (hosts, positions) => {
  const expected = positions?.map(position => `error VS6 spec.hosts[${position}]`) ?? ['error VS4 spec.hosts[1]'];
  expect(found('VirtualService', { hosts, gateways: ['gw'], http: HTTP })).toEqual(expected);
});

test('many hosts overlap as few do', () => {
  const hosts = ['*.a', ...Array.from({ length: 10 }, (_, index) => `h${index}.b`), 'x.a', 'h3.b', '*.y.a', '*.b'];
  const overlapping = found('VirtualService', { hosts, gateways: ['gw'], http: HTTP });
  expect(overlapping.sort()).toEqual([11, 12, 13, 14].map(position => `error VS6 spec.hosts[${position}]`));
});

test('a VirtualService without hosts has http routes only', () => {
  expect(found('VirtualService', { hosts: [], gateways: ['a'], tls: [{ match: [{ sniHosts: ['a'] }], route: ROUTE }], tcp: HTTP }).slice(0, 3))
    .toEqual(['error VS1 spec.gateways', 'error VS1 spec.tls', 'error VS1 spec.tcp']);
  expect(found('VirtualService', { http: [{ match: [{ headers: { '@request.auth.claims.a': {} } }], route: ROUTE }] }))
    .toEqual(["error VS3 spec.http[0].match[0].headers['@request.auth.claims.a']"]);
});

test('claims are matched on gateways only', () => {
  const http = [{ match: [{ headers: { '@request.auth.claims.a': {} }, withoutHeaders: { '@request.auth.claims[b]': {} } }], route: ROUTE }];
  expect(found('VirtualService', { hosts: ['a'], gateways: ['ns/gw'], http })).toEqual([]);
  expect(found('VirtualService', { hosts: ['a'], gateways: ['ns/gw', 'mesh'], http }).length).toBe(2);
});

test.each([
  [{}, ['VS13 .route']],
  [{ delegate: {} }, []],
  [{ delegate: {}, route: [] }, []],
  [{ delegate: {}, route: ROUTE, redirect: { uri: '/' } }, ['VS9 .redirect', 'VS9 .route']],
  [{ delegate: {}, directResponse: { status: 200 }, mirror: { host: 'a' }, mirrors: [{ destination: { host: 'a' } }] }, []],
  [{ redirect: { uri: '/' }, rewrite: { uri: '/' }, fault: { delay: {} }, directResponse: { status: 200 } }, ['VS11 .fault', 'VS11 .rewrite', 'VS11 .directResponse']],
  [{ directResponse: { status: 200 }, rewrite: { uri: '/' }, fault: { delay: {} }, route: ROUTE }, ['VS12 .route', 'VS12 .fault', 'VS12 .rewrite']],
])('the action %j: %j', (route, expected) => {
  expect(foundInAction(route)).toEqual(expected.map(each => each.replace(/(.*) (.*)/, 'error $1 spec.http[0]$2')));
});

const MATCH = 'spec.http[0].match[0]';

test.each([
  [{ uri: { prefix: '' } }, []], [{ uri: { regex: '' } }, ['VS17 .uri.regex']], [{ uri: { regex: '(?=a)' } }, ['VS17 .uri.regex']], [{ uri: {} }, []],
  [{ scheme: { prefix: '' }, method: { regex: '*' } }, ['VS17 .scheme.prefix', 'VS17 .method.regex']], [{ authority: { exact: '' } }, []],
  [{ queryParams: { '': { prefix: '' } } }, ["VS17 .queryParams[''].prefix"]],
  [{ headers: { a: null } }, []], [{ headers: { a: {} } }, []], [{ headers: { 'a b': {} } }, ["VS15 .headers['a b']"]], [{ headers: { a: { regex: '*' } } }, ["VS15 .headers['a'].regex"]],
  [{ headers: { ':path': {}, ':foo': {} } }, ["VS15 .headers[':foo']"]], [{ headers: { 'a,b': {} } }, []],
  [{ withoutHeaders: { a: { regex: '*' }, b: { regex: '**' } } }, ["VS16 .withoutHeaders['b'].regex"]], [{ withoutHeaders: { '': {} } }, ["VS16 .withoutHeaders['']"]],
  [{ port: 0 }, []], [{ port: 65536 }, ['VS18 .port']], [{ sourceNamespace: 'a.b' }, ['VS18 .sourceNamespace']], [{ sourceNamespace: '' }, []],
  [{ gateways: ['a.b', './x'] }, []], [{ gateways: ['./x'] }, ['VS18 .gateways[0]']],
  [{ sourceLabels: { 'a': '', 'x/y': 'b', 'a/b/c': 'c', 'd': '-' } }, ["VS18 .sourceLabels['a/b/c']", "VS18 .sourceLabels['d']"]],
  [{ sourceLabels: { [`${'a'.repeat(64)}.b/c`]: 'a'.repeat(100) } }, []], [{ sourceLabels: { ['a'.repeat(64)]: '' } }, [`VS18 .sourceLabels['${'a'.repeat(64)}']`]],
])('the match %j: %j', (match, expected) => {
  expect(foundInRoute({ match: [match] })).toEqual(expected.map(each => each.replace(/^(\S+) /, `error $1 ${MATCH}`)));
});

test('headers are judged in routes and at destinations', () => {
  const headers = {
    request: { set: { ':path': 'a', 'b': '%' }, add: { '': 'a' }, remove: ['x', 'host'] },
    response: { set: { host: 'a' }, remove: [':status'] },
  };
  const expected = ["request.set[':path']", "request.set['b']", "request.add['']", 'request.remove[1]', "response.set['host']", 'response.remove[0]'];
  expect(foundInRoute({ headers })).toEqual(expected.map(place => `error VS19 spec.http[0].headers.${place}`));
  expect(foundInRoute({ route: [{ destination: { host: 'a' }, headers }] })).toEqual(expected.map(place => `error VS19 spec.http[0].route[0].headers.${place}`));
});

test.each([
  [{ set: { host: 'a' } }, undefined, 'never'], [{ set: { host: 'a' } }, 'b', 'always'], [{ set: { host: '' } }, 'b', 'always'], [{ set: { host: '' } }, '', 'never'],
  [{ set: { 'host': 'a', ':authority': 'b' } }, undefined, 'always'], [{ set: { 'host': '', ':authority': 'b' } }, undefined, 'sometimes'],
  [{ set: { 'host': '', ':authority': '' } }, undefined, 'never'], [{ set: { host: '' }, add: { host: 'b' } }, undefined, 'never'], [{ set: { host: 'a' }, add: { host: '' } }, undefined, 'always'],
  [{ set: { 'host': '', ':authority': 'b' }, add: { host: '' } }, undefined, 'always'], [{ add: { host: 'a', Host: '' } }, undefined, 'sometimes'],
  [{ set: { 'x-host': 'a' } }, 'b', 'never'], [{ remove: ['x'] }, 'b', 'never'],
])('the authority is changed by %j and %j a second time %s', (request, authority, expected) => {
  const rewrite = { uri: '/', authority };
  const verdicts = findings('VirtualService', { hosts: ['a'], http: [{ route: ROUTE, rewrite, headers: { request } }] })
    .filter(({ rule }) => rule === 'VS20').map(({ random }) => random === true ? 'sometimes' : 'always');
  expect(verdicts).toEqual(expected === 'never' ? [] : [expected]);
});

test.each([
  [{ corsPolicy: {} }, []], [{ corsPolicy: { allowOrigins: [{}, null, { exact: '' }, { regex: '(' }, { prefix: 'a' }] } }, [0, 1, 2, '3].regex'].map(place => `VS21 .corsPolicy.allowOrigins[${place}`.replace(/(\d)$/, '$1]'))],
  [{ corsPolicy: { allowMethods: ['GET', 'get', ''], allowHeaders: ['*', 'a b'], exposeHeaders: [''] } },
    ['VS21 .corsPolicy.allowMethods[1]', 'VS21 .corsPolicy.allowMethods[2]', 'VS21 .corsPolicy.allowHeaders[1]', 'VS21 .corsPolicy.exposeHeaders[0]']],
  [{ corsPolicy: { maxAge: '1.5s' } }, ['VS21 .corsPolicy.maxAge']], [{ corsPolicy: { maxAge: '2000ms' } }, []], [{ corsPolicy: { maxAge: '-1.5s' } }, ['VS21 .corsPolicy.maxAge']],
  [{ corsPolicy: { maxAge: '0.5ms' } }, ['VS21 .corsPolicy.maxAge', 'VS21 .corsPolicy.maxAge']],
  [{ fault: {} }, ['VS22 .fault']], [{ fault: { abort: {} } }, []], [{ fault: { abort: { httpStatus: 600 } } }, []], [{ fault: { abort: { httpStatus: 601 } } }, ['VS22 .fault.abort.httpStatus']],
  [{ fault: { abort: { http2Error: '' } } }, ['VS22 .fault.abort.http2Error']], [{ fault: { abort: { grpcStatus: 'ok' } } }, ['VS22 .fault.abort.grpcStatus']],
  [{ fault: { abort: { percentage: { value: 0.00009 } }, delay: { percentage: { value: 100.1 } } } }, ['VS22 .fault.abort.percentage.value', 'VS22 .fault.delay.percentage.value']],
  [{ fault: { abort: { percentage: { value: 'NaN' } } } }, []], [{ fault: { delay: { fixedDelay: '0s' } } }, ['VS22 .fault.delay.fixedDelay']],
  [{ fault: { delay: { exponentialDelay: '1s' } } }, ['VS22 .fault.delay.exponentialDelay']],
  [{ mirrors: [{}, { destination: { host: 'a' }, percentage: { value: -1 } }] }, ['VS23 .mirrors[0].destination', 'VS23 .mirrors[1].percentage.value']],
  [{ mirrorPercentage: { value: 100.5 } }, ['VS23 .mirrorPercentage.value']], [{ mirror: { host: '*' } }, ['VS29 .mirror.host']], [{ mirror: { host: '1.2.3.4' } }, ['VS29 .mirror.host']],
  [{ retries: {} }, []], [{ retries: { backoff: '1s' } }, []], [{ retries: { retryOn: '5xx' } }, ['VS26 .retries.attempts']], [{ retries: { retryRemoteLocalities: false } }, ['VS26 .retries.attempts']],
  [{ retries: { retryRemoteLocalities: null } }, []], [{ retries: { attempts: -1, perTryTimeout: '1us' } }, ['VS26 .retries.attempts', 'VS26 .retries.perTryTimeout']],
  [{ retries: { attempts: 1, retryOn: '5xx,503,+429,0503' } }, []], [{ retries: { attempts: 1, retryOn: '5xx, 503' } }, ['VS26 .retries.retryOn']],
  [{ retries: { attempts: 1, retryOn: '5xx,' } }, ['VS26 .retries.retryOn']], [{ retries: { attempts: 1, retryOn: '599' } }, ['VS26 .retries.retryOn']],
  [{ rewrite: {} }, ['VS27 .rewrite']], [{ rewrite: { uriRegexRewrite: {} } }, ['VS27 .rewrite.uriRegexRewrite.match', 'VS27 .rewrite.uriRegexRewrite.rewrite']],
  [{ rewrite: { uri: '/', uriRegexRewrite: { match: '(', rewrite: 'a' } } }, ['VS27 .rewrite', 'VS27 .rewrite.uriRegexRewrite.match']],
  [{ timeout: '1h' }, []], [{ timeout: '999us' }, ['VS29 .timeout']], [{ timeout: '1.5ms' }, ['VS29 .timeout']],
  [{ route: [{ weight: -1 }] }, ['VS28 .route[0].destination', 'VS28 .route[0].weight']], [{ route: [null] }, ['VS28 .route[0].destination']],
  [{ route: [{ destination: {} }] }, ['VS29 .route[0].destination.host']], [{ route: [{ destination: { host: 'a', subset: '', port: {} } }] }, ['VS29 .route[0].destination.port.number']],
  [{ route: [{ destination: { host: 'a', subset: 'a.b' } }] }, ['VS29 .route[0].destination.subset']],
])('a route with %j: %j', (route, expected) => {
  expect(foundInRoute(route)).toEqual(expected.map(each => each.replace(/^(\S+) /, 'error $1 spec.http[0]')));
});

test.each([
  [[1, 1], true], [[0, 1], true], [[0, 0], false], [[undefined, undefined], false], [[0], true],
  [[2147483647, 2147483647, 2], false], [[2147483647, 2147483647, 3], true],
])('weights %j are positive together: %s', (weights, expected) => {
  const route = weights.map(weight => ({ destination: { host: 'a' }, weight }));
  expect(foundInRoute({ route })).toEqual(expected ? [] : ['error VS28 spec.http[0].route']);
  expect(found('VirtualService', { hosts: ['a'], tcp: [{ route }] })).toEqual(expected ? [] : ['error VS28 spec.tcp[0].route']);
});

test.each([
  [{}, ['']], [{ uri: '/', prefixRewrite: '/' }, ['']], [{ port: 0 }, []], [{ port: 65536 }, ['.port']], [{ derivePort: 'FROM_PROTOCOL_DEFAULT' }, []], [{ scheme: 'ftp' }, ['.scheme']],
  [{ uri: '/', redirectCode: 299 }, ['.redirectCode']], [{ uri: '/', redirectCode: 399 }, []], [{ uri: '/', redirectCode: 0 }, []], [{ port: 70000, derivePort: 'FROM_REQUEST_PORT' }, []],
])('the redirect %j is refused at %j', (redirect, places) => {
  expect(foundInAction({ redirect })).toEqual(places.map(place => `error VS24 spec.http[0].redirect${place}`));
});

test('a prefix is only rewritten where all matches of the path have one', () => {
  const redirect = { prefixRewrite: '/' };
  expect(foundInAction({ redirect, match: [{ uri: { prefix: '' } }, { method: { exact: 'GET' } }] })).toEqual([]);
  expect(foundInAction({ redirect, match: [{ uri: { exact: '/' } }] })).toEqual(['error VS24 spec.http[0].redirect.prefixRewrite']);
  expect(foundInAction({ redirect, match: [{ uri: {} }] })).toEqual(['error VS24 spec.http[0].redirect.prefixRewrite']);
});

test.each([
  [{ string: 'a'.repeat(102400) }, []], [{ string: 'é'.repeat(51201) }, ['warning']], [{ bytes: Buffer.alloc(102401).toString('base64') }, ['warning']], [{ bytes: Buffer.alloc(102400).toString('base64') }, []],
  [{ string: 'a'.repeat(1048576) }, ['warning']], [{ string: 'a'.repeat(1048577) }, ['error']], [{ bytes: Array(102401).fill(0) }, ['warning']], [{}, []],
])('the body of a direct response is measured in bytes', (body, severities) => {
  expect(foundInAction({ directResponse: { status: 200, body } })).toEqual(severities.map(severity => `${severity} VS25 spec.http[0].directResponse.body`));
});

test.each([
  [{ match: [] }, ['VS33 .match']], [{ match: [null] }, ['VS33 .match[0].sniHosts']], [{ match: [{ sniHosts: ['x.a.b'] }], route: [] }, ['VS33 .route']],
  [{ match: [{ sniHosts: ['x.a.b', '*.a.b', 'a.b', '*.x.a.b'] }] }, ['VS34 .match[0].sniHosts[2]']], [{ match: [{ sniHosts: ['*'] }] }, ['VS34 .match[0].sniHosts[0]']],
  [{ match: [{ sniHosts: ['x.a.b'], destinationSubnets: ['::1%a', '1.2.3.4/33'], port: 65536, sourceNamespace: 'a_b' }] }, ['VS35 .match[0].destinationSubnets[1]', 'VS35 .match[0].port']],
])('a tls route %j: %j', (route, expected) => {
  const spec = { hosts: ['*.a.b', 'c'], gateways: ['gw'], tls: [{ route: ROUTE, ...route }] };
  expect(found('VirtualService', spec)).toEqual(expected.map(each => each.replace(/^(\S+) /, 'error $1 spec.tls[0]')));
});

test('an address is no name that clients send, whether the hosts have it or not', () => {
  const spec = { hosts: ['a'], tls: [{ match: [{ sniHosts: ['10.0.0.1'], gateways: ['gw.ns'] }], route: ROUTE }] };
  expect(found('VirtualService', spec)).toEqual(['warning VS34 spec.tls[0].match[0].sniHosts[0]', 'warning VS35 spec.tls[0].match[0].gateways[0]']);
});

test('a tcp route may have empty matches, and loses the warning about the old way to name gateways', () => {
  expect(found('VirtualService', { hosts: ['a'], tcp: [{ match: [null], route: ROUTE }] })).toEqual([]);
  expect(found('VirtualService', { hosts: ['a'], tcp: [{ match: [{ gateways: ['gw.ns'], sourceSubnet: 'x' }], route: ROUTE }] })).toEqual([]);
  expect(found('VirtualService', { hosts: ['a'], tcp: [{}] })).toEqual(['error VS36 spec.tcp[0].route']);
});

test.each([
  [['~'], ['exportTo[0]']], [['.', '*'], ['exportTo']], [['*', 'a'], ['exportTo']], [['.', 'default'], ['exportTo[1]']], [['a', 'a'], ['exportTo[1]']], [['', 'A', 'a.b'], ['exportTo[0]', 'exportTo[2]']],
  [['*', '*'], ['exportTo[1]', 'exportTo']], [[], []],
])('exported to %j: refused at %j', (exportTo, places) => {
  expect(found('VirtualService', { hosts: ['a'], http: HTTP, exportTo })).toEqual(places.map(place => `error VS8 spec.${place}`));
});
