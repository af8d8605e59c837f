import * as fc from 'fast-check';
import { ExportTo, Gateway, HeaderMatch, HttpAction, HttpMatch, HttpRoute, RedirectPath, ServiceHost, StringMatch, VirtualService } from '../lib';
import { specOf, testChart } from './util';

const action = HttpAction.forward(ServiceHost.fromName('a'));

function matched(match: HttpMatch): any {
  const chart = testChart();
  new VirtualService(chart, 'Routes', { hosts: ['a.example.com'], gateways: [Gateway.fromGatewayName('edge')], httpRoutes: [{ matches: [match], action }] });
  return specOf(chart, 'VirtualService').http[0].match[0];
}

function failing(route: Partial<HttpRoute>): () => unknown {
  return () => new VirtualService(testChart(), 'Routes', { httpRoutes: [{ action, ...route }] });
}

test('writes every condition', () => {
  expect(matched({
    name: 'testers',
    uri: StringMatch.prefix('/api'),
    ignoreUriCase: true,
    scheme: StringMatch.exact('https'),
    method: StringMatch.regex('GET|HEAD'),
    authority: StringMatch.exact('shop.example.com:8080'),
    headers: { 'x-tester': HeaderMatch.present(), 'x-region': HeaderMatch.notExact('eu'), 'x-both': HeaderMatch.both(HeaderMatch.prefix('a'), HeaderMatch.notRegex('ab+')) },
    queryParams: { debug: StringMatch.exact('true') },
    queryParamsPresent: ['trace'],
    port: 8080,
    sourceLabels: { app: 'frontend' },
    sourceNamespace: 'shop',
    statPrefix: 'api',
  })).toEqual({
    name: 'testers',
    uri: { prefix: '/api' },
    ignoreUriCase: true,
    scheme: { exact: 'https' },
    method: { regex: 'GET|HEAD' },
    authority: { exact: 'shop.example.com:8080' },
    headers: { 'x-tester': {}, 'x-both': { prefix: 'a' } },
    withoutHeaders: { 'x-region': { exact: 'eu' }, 'x-both': { regex: 'ab+' } },
    queryParams: { debug: { exact: 'true' }, trace: {} },
    port: 8080,
    sourceLabels: { app: 'frontend' },
    sourceNamespace: 'shop',
    statPrefix: 'api',
  });
});

test('a match may be for some gateways only', () => {
  expect(matched({ gateways: [Gateway.mesh(), Gateway.fromGatewayName('edge', { namespace: 'ingress' })] })).toEqual({ gateways: ['mesh', 'ingress/edge'] });
});

test('a header that must be absent stands alone', () => {
  expect(matched({ headers: { 'x-tester': HeaderMatch.absent() } })).toEqual({ withoutHeaders: { 'x-tester': {} } });
});

test('names of headers may be pseudo-headers and claims', () => {
  const exact = HeaderMatch.exact('a');
  expect(matched({ headers: { ':path': exact, '@request.auth.claims.group': exact, '@request.auth.claims[a][b.c]': exact, '@REQUEST.AUTH.CLAIMS.x.y': exact } }).headers).toEqual({
    ':path': { exact: 'a' }, '@request.auth.claims.group': { exact: 'a' }, '@request.auth.claims[a][b.c]': { exact: 'a' }, '@REQUEST.AUTH.CLAIMS.x.y': { exact: 'a' },
  });
});

test('what the caller hands in is copied', () => {
  const chart = testChart();
  const headers: { [name: string]: HeaderMatch } = { 'x-a': HeaderMatch.present() };
  const sourceLabels = { app: 'a' };
  const matches: HttpMatch[] = [{ headers, sourceLabels }];
  new VirtualService(chart, 'Routes', { hosts: ['a'], httpRoutes: [{ matches, action }] });
  headers['x-b'] = HeaderMatch.present();
  sourceLabels.app = 'b';
  matches.push({ port: 80 });
  expect(specOf(chart, 'VirtualService').http[0].match).toEqual([{ headers: { 'x-a': {} }, sourceLabels: { app: 'a' } }]);
});

const MATCH = '[test/Routes] httpRoutes[0].matches[0]';
const KNOWN = 'name, uri, ignoreUriCase, scheme, method, authority, headers, queryParams, queryParamsPresent, port, sourceLabels, sourceNamespace, gateways, statPrefix';
const CLAIM_ADVICE = "must be compared with a text, the proxy does not take present() and absent() for claims, use HeaderMatch.regex('.+') or notRegex('.+')";

test.each<[HttpMatch, string]>([
  [{}, `${MATCH} must have a condition, use defaultRoute for all requests that no other route takes`],
  [{ name: 'all' }, `${MATCH} must have a condition, use defaultRoute for all requests that no other route takes`],
  [{ ignoreUriCase: true, statPrefix: 'a' }, `${MATCH} must have a condition, use defaultRoute for all requests that no other route takes`],
  [{ path: '/' } as never, `${MATCH} has no property 'path', known properties: ${KNOWN}`],
  [{ name: '', port: 80 }, `${MATCH}.name must be a string that is not empty, got ''`],
  [{ uri: '/api' as never }, `${MATCH}.uri must be made by StringMatch, such as StringMatch.exact(), got '/api'`],
  [{ uri: ExportTo.all() as never }, `${MATCH}.uri must be made by StringMatch, such as StringMatch.exact(), got a value of class ExportTo`],
  [{ uri: null as never }, `${MATCH}.uri must be made by StringMatch, such as StringMatch.exact(), got null`],
  [{ uri: StringMatch.prefix('api') }, `${MATCH}.uri must begin with '/', no path matches 'api'`],
  [{ uri: StringMatch.exact('') }, `${MATCH}.uri must begin with '/', no path matches ''`],
  [{ uri: StringMatch.exact('/a?b=c') }, `${MATCH}.uri must not contain '?' or '#', because it is compared with the path alone, got '/a?b=c', use queryParams for the query`],
  [{ port: 80, ignoreUriCase: true }, `${MATCH}.ignoreUriCase has no effect without uri, leave it out`],
  [{ uri: StringMatch.regex('/a+'), ignoreUriCase: true }, `${MATCH}.ignoreUriCase has no effect on a regex, write (?i) in front of the pattern instead`],
  [{ uri: StringMatch.exact('/a'), ignoreUriCase: 'yes' as never }, `${MATCH}.ignoreUriCase must be true or false, got 'yes'`],
  [{ headers: {} }, `${MATCH}.headers must not be empty, leave it out instead`],
  [{ headers: { 'x a': HeaderMatch.present() } }, `${MATCH}.headers: name must be the name of a header, letters, digits and '-', got 'x a'`],
  [{ headers: { ':host': HeaderMatch.present() } }, `${MATCH}.headers: name must be the name of a header, letters, digits and '-', got ':host'`],
  [{ headers: { '': HeaderMatch.present() } }, `${MATCH}.headers: name must be a string that is not empty, got ''`],
  [{ headers: { 'x-a': StringMatch.exact('a') as never } }, `${MATCH}.headers['x-a'] must be made by HeaderMatch, such as HeaderMatch.exact(), got a value of class StringMatch`],
  [{ headers: { 'x-a': undefined as never } }, `${MATCH}.headers['x-a'] must not be undefined, leave the key out`],
  [{ headers: { '@request.auth.claims': HeaderMatch.exact('a') } }, `${MATCH}.headers: name must be as in '@request.auth.claims.group' or '@request.auth.claims[group]' for a claim, got '@request.auth.claims'`],
  [{ headers: { '@request.auth.claims.a': HeaderMatch.present() } }, `${MATCH}.headers['@request.auth.claims.a'] ${CLAIM_ADVICE}`],
  [{ headers: { '@request.auth.claims.a': HeaderMatch.absent() } }, `${MATCH}.headers['@request.auth.claims.a'] ${CLAIM_ADVICE}`],
  [{ headers: { constructor: HeaderMatch.present() as never } }, `${MATCH}.headers must not have the key 'constructor', which JavaScript reserves`],
  [{ queryParams: Object.fromEntries([['__proto__', StringMatch.exact('a')]]) }, `${MATCH}.queryParams must not have the key '__proto__', which JavaScript reserves`],
  [{ queryParamsPresent: ['__proto__'] }, `${MATCH}.queryParamsPresent[0] must not have the key '__proto__', which JavaScript reserves`],
  [{ queryParams: {} }, `${MATCH}.queryParams must not be empty, leave it out instead`],
  [{ queryParams: { '': StringMatch.exact('a') } }, `${MATCH}.queryParams: name must be a string that is not empty, got ''`],
  [{ queryParams: { ['x'.repeat(1025)]: StringMatch.exact('a') } }, `${MATCH}.queryParams: name must be at most 1024 bytes, got '${'x'.repeat(80)}…' (1025 characters)`],
  [{ queryParams: { a: HeaderMatch.present() as never } }, `${MATCH}.queryParams['a'] must be made by StringMatch, such as StringMatch.exact(), got a value of class HeaderMatch`],
  [{ queryParamsPresent: [] }, `${MATCH}.queryParamsPresent must not be empty, leave it out instead`],
  [{ queryParams: { a: StringMatch.exact('1') }, queryParamsPresent: ['a'] }, `${MATCH}.queryParamsPresent[0] 'a' has a condition already`],
  [{ queryParamsPresent: ['a', 'a'] }, `${MATCH}.queryParamsPresent[1] 'a' has a condition already`],
  [{ port: 0 }, `${MATCH}.port must be an integer from 1 to 65535, got 0`],
  [{ port: '80' as never }, `${MATCH}.port must be an integer from 1 to 65535, got '80'`],
  [{ sourceLabels: {} }, `${MATCH}.sourceLabels must not be empty, leave it out instead`],
  [{ sourceLabels: { app: 'a b' } }, `${MATCH}.sourceLabels['app'] must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got 'a b'`],
  [{ sourceNamespace: 'a.b' }, `${MATCH}.sourceNamespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'a.b'`],
  [{ gateways: [] }, `${MATCH}.gateways must not be empty, leave it out instead`],
  [{ gateways: ['edge' as never] }, `${MATCH}.gateways[0] must be made by Gateway.mesh(), Gateway.fromGatewayName(), or a gateway of this program, got 'edge'`],
  [{ gateways: [Gateway.mesh(), Gateway.mesh()] }, `${MATCH}.gateways[1] 'mesh' repeats ${MATCH}.gateways[0]`],
  [{ gateways: [Gateway.mesh()], sourceLabels: { app: 'a' } }, `${MATCH}.sourceLabels must be left out beside gateways, Istio would ignore it, make two matches instead`],
  [{ gateways: [Gateway.mesh()], sourceNamespace: 'a' }, `${MATCH}.sourceNamespace must be left out beside gateways, Istio would ignore it, make two matches instead`],
  [{ port: 80, statPrefix: '' }, `${MATCH}.statPrefix must be a string that is not empty, got ''`],
  ['/api' as never, `${MATCH} must be an object, got '/api'`],
])('fails on the match %p', (match, message) => {
  expect(failing({ matches: [match] })).toThrow(new Error(message));
});

const ROUTE = '[test/Routes] httpRoutes[0]';

test.each<[Partial<HttpRoute>, string]>([
  [{}, `${ROUTE}.matches must have a match, use defaultRoute for all requests that no other route takes`],
  [{ matches: [] }, `${ROUTE}.matches must have a match, use defaultRoute for all requests that no other route takes`],
  [{ matches: {} as never }, `${ROUTE}.matches must be a list, got an empty object`],
  [{ matches: [undefined as never] }, `${ROUTE}.matches[0] must not be undefined, leave the item out`],
  [{ matches: [{ port: 80 }], name: '' }, `${ROUTE}.name must be a string that is not empty, got ''`],
  [{ matches: [{ port: 80 }], action: undefined }, `${ROUTE}.action must be made by HttpAction, such as HttpAction.forward(), got undefined`],
  [{ matches: [{ port: 80 }], action: ServiceHost.fromName('a') as never }, `${ROUTE}.action must be made by HttpAction, such as HttpAction.forward(), got a value of class ServiceHost`],
  [{ matches: [{ port: 80 }], timeout: 1 } as never, `${ROUTE} has no property 'timeout', known properties: name, matches, action`],
])('fails on the route %p', (route, message) => {
  expect(failing(route)).toThrow(new Error(message));
});

test('a redirect of the prefix needs a prefix to redirect', () => {
  const redirect = HttpAction.redirect({ path: RedirectPath.prefixRewrite('/v2') });
  expect(failing({ matches: [{ uri: StringMatch.prefix('/v1') }, { uri: StringMatch.exact('/') }], action: redirect }))
    .toThrow('[test/Routes] httpRoutes[0].matches[1].uri must be a prefix, because the redirect replaces the prefix that was matched');
  expect(failing({ matches: [{ uri: StringMatch.prefix('/v1') }, { port: 80 }], action: redirect })).not.toThrow();
});

test('takes every port that there is and no other', () => {
  fc.assert(fc.property(fc.integer({ min: -10, max: 70000 }), port => {
    const build = failing({ matches: [{ port }] });
    if (port >= 1 && port <= 65535) {
      expect(build).not.toThrow();
    } else {
      expect(build).toThrow(`matches[0].port must be an integer from 1 to 65535, got ${port}`);
    }
  }));
});
