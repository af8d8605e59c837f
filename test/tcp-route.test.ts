import { Gateway, ServiceHost, TcpAction, TcpMatch, VirtualService } from '../lib';
import { specOf, testChart } from './util';

const action = TcpAction.forward(ServiceHost.fromName('mongo', { port: 27017 }));
const route = [{ destination: { host: 'mongo', port: { number: 27017 } } }];

test('takes all connections without a match', () => {
  const chart = testChart();
  new VirtualService(chart, 'Routes', { hosts: ['mongo'], tcpRoutes: [{ action }] });
  expect(specOf(chart, 'VirtualService')).toEqual({ hosts: ['mongo'], tcp: [{ route }] });
});

test('writes every condition', () => {
  const chart = testChart();
  const match = { destinationSubnets: ['10.0.0.0/8', '2001:db8::1'], port: 27017, sourceLabels: { app: 'a' }, sourceNamespace: 'shop' };
  new VirtualService(chart, 'Routes', { hosts: ['mongo'], tcpRoutes: [{ matches: [{ ...match, gateways: [Gateway.mesh()] }, { port: 1 }], action }] });
  expect(specOf(chart, 'VirtualService').tcp).toEqual([{ match: [{ ...match, gateways: ['mesh'] }, { port: 1 }], route }]);
});

const MATCH = '[test/Routes] tcpRoutes[0].matches[0]';

test.each<[TcpMatch, string]>([
  [{}, `${MATCH} must have a condition, leave matches out for a route that takes all connections`],
  [{ destinationSubnets: [] }, `${MATCH}.destinationSubnets must not be empty, leave it out instead`],
  [{ destinationSubnets: ['10.0.0.0/33'] }, `${MATCH}.destinationSubnets[0] must be an IP address or a range such as '10.0.0.0/8', got '10.0.0.0/33'`],
  [{ port: 70000 }, `${MATCH}.port must be an integer from 1 to 65535, got 70000`],
  [{ sourceLabels: {} }, `${MATCH}.sourceLabels must not be empty, leave it out instead`],
  [{ sourceNamespace: '' }, `${MATCH}.sourceNamespace must be a string that is not empty, got ''`],
  [{ sourceSubnet: '10.0.0.0/8' } as never, `${MATCH} has no property 'sourceSubnet', known properties: destinationSubnets, port, sourceLabels, sourceNamespace, gateways`],
  [{ sniHosts: ['a'] } as never, `${MATCH} has no property 'sniHosts', known properties: destinationSubnets, port, sourceLabels, sourceNamespace, gateways`],
])('fails on the match %p', (match, message) => {
  expect(() => new VirtualService(testChart(), 'Routes', { tcpRoutes: [{ matches: [match], action }] })).toThrow(new Error(message));
});

test('fails on an empty list of matches', () => {
  expect(() => new VirtualService(testChart(), 'Routes').addTcpRoute({ matches: [], action })).toThrow('[test/Routes] route.matches must not be empty, leave it out instead');
});
