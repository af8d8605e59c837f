import { Gateway, ServiceHost, TcpAction, TlsMatch, TlsRoute, VirtualService } from '../lib';
import { manifestsOf, specOf, testChart } from './util';

const action = TcpAction.forward(ServiceHost.fromName('a', { port: 443 }));
const route = [{ destination: { host: 'a', port: { number: 443 } } }];

test('writes every condition', () => {
  const chart = testChart();
  const match = { sniHosts: ['a.example.com', '*.b.example.com'], destinationSubnets: ['10.0.0.0/8'], port: 443, sourceLabels: { app: 'a' }, sourceNamespace: 'shop' };
  new VirtualService(chart, 'Routes', { hosts: ['*.example.com'], tlsRoutes: [{ matches: [{ ...match, gateways: [Gateway.mesh()] }], action }] });
  expect(specOf(chart, 'VirtualService')).toEqual({ hosts: ['*.example.com'], tls: [{ match: [{ ...match, gateways: ['mesh'] }], route }] });
});

test('a gateway may pass on the names by which clusters reach each other', () => {
  const chart = testChart();
  const name = 'outbound_.443_.v1_.a.default.svc.cluster.local';
  new VirtualService(chart, 'Routes', { hosts: [name], gateways: [Gateway.fromGatewayName('edge')], tlsRoutes: [{ matches: [{ sniHosts: [name] }], action }] });
  expect(specOf(chart, 'VirtualService').tls).toEqual([{ match: [{ sniHosts: [name] }], route }]);
});

const MATCH = '[test/Routes] tlsRoutes[0].matches[0]';

test.each<[TlsMatch, string]>([
  [{} as never, `${MATCH}.sniHosts must be given`],
  [{ sniHosts: [] }, `${MATCH}.sniHosts must not be empty`],
  [{ sniHosts: ['a', 'a'] }, `${MATCH}.sniHosts[1] 'a' repeats ${MATCH}.sniHosts[0]`],
  [{ sniHosts: ['*foo.com'] }, `${MATCH}.sniHosts[0] must not have a wildcard for a part of a name, which the proxy does not take, got '*foo.com', use '*.com'`],
  [{ sniHosts: ['1.2.3.4'] }, `${MATCH}.sniHosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got '1.2.3.4'`],
  [{ sniHosts: ['a_b'] }, `${MATCH}.sniHosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'a_b'`],
  [{ sniHosts: ['a'], port: 0 }, `${MATCH}.port must be an integer from 1 to 65535, got 0`],
  [{ sniHosts: ['a'], uri: '/' } as never, `${MATCH} has no property 'uri', known properties: sniHosts, destinationSubnets, port, sourceLabels, sourceNamespace, gateways`],
])('fails on the match %p', (match, message) => {
  expect(() => new VirtualService(testChart(), 'Routes', { tlsRoutes: [{ matches: [match], action }] })).toThrow(new Error(message));
});

test.each<[Partial<TlsRoute>, string]>([
  [{ action }, '[test/Routes] route.matches must be given'],
  [{ matches: [], action }, '[test/Routes] route.matches must not be empty'],
  [{ matches: [{ sniHosts: ['a'] }] }, '[test/Routes] route.action must be made by TcpAction, such as TcpAction.forward(), got undefined'],
  [{ matches: [{ sniHosts: [Symbol('a') as never] }], action }, '[test/Routes] route.matches[0].sniHosts[0] must be a string that is not empty, got a symbol'],
  [{ matches: [{ sniHosts: ['a'] }], action, name: 'a' } as never, "[test/Routes] route has no property 'name', known properties: matches, action"],
])('fails on the route %p', (tlsRoute, message) => {
  expect(() => new VirtualService(testChart(), 'Routes').addTlsRoute(tlsRoute as TlsRoute)).toThrow(new Error(message));
});

function problemsOf(hosts: string[], sniHosts: string[], gateways?: ReturnType<typeof Gateway.mesh>[]): () => unknown {
  const chart = testChart();
  new VirtualService(chart, 'Routes', { hosts, gateways, tlsRoutes: [{ matches: [{ sniHosts }], action }] });
  return () => manifestsOf(chart);
}

test('server names must be covered by the hosts', () => {
  expect(problemsOf(['a.example.com', '*.b.com'], ['a.example.com', 'x.b.com', '*.x.b.com'])).not.toThrow();
  expect(problemsOf(['a.example.com', '*.b.com'], ['a.example.com', 'b.com', '*.com']))
    .toThrow("[test/Routes] tlsRoutes[0].matches[0].sniHosts has 'b.com', which the hosts of the virtual service do not cover: a.example.com, *.b.com");
  expect(problemsOf(['*.b.com'], ['*.com'])).toThrow("sniHosts has '*.com', which the hosts of the virtual service do not cover: *.b.com");
});

test('the names between clusters are for gateways only', () => {
  const name = 'outbound_.443_._.a.b';
  expect(problemsOf([name], [name])).toThrow(`[test/Routes] the host '${name}' is for gateways only, set gateways`);
  expect(problemsOf(['*.b'], [name], [Gateway.fromGatewayName('edge'), Gateway.mesh()]))
    .toThrow(`[test/Routes] tlsRoutes[0].matches[0].sniHosts has '${name}', which is for gateways only, leave Gateway.mesh() out of gateways`);
});
