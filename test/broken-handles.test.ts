import { Construct } from 'constructs';
import { manifestsOf, testChart } from './util';
import {
  DelegateRoutes, DestinationRule, EntryPort, HttpAction, IHttpRouteSource, IngressRoute, Resolution, ServiceEntry, ServiceHost, StringMatch,
  TcpAction, TlsPassthroughRoute, VirtualService,
} from '../lib';

const OTHER = ServiceHost.fromName('other');
const GROWN = "[test/Entry] has several hosts, choose one with destination('a.example')";

/** The messages of a chart in which an entry gets a second host after it was used. */
function messagesOf(use: (scope: Construct, entry: ServiceEntry) => void): string[] {
  const chart = testChart();
  const entry = new ServiceEntry(chart, 'Entry', { hosts: ['a.example'], ports: [EntryPort.http(80)], resolution: Resolution.none() });
  use(chart, entry);
  entry.addHost('b.example');
  try {
    manifestsOf(chart);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').filter(line => line.includes('['))
      .map(line => line.trim().replace(/CI\d{4} \w+ cannot be written as a manifest: /, ''));
  }
}

test('an entry that gets a second host is an error of each resource that it stands for one in', () => {
  expect(messagesOf((scope, entry) => {
    new VirtualService(scope, 'Service', { services: [OTHER, entry], defaultRoute: { action: HttpAction.forward(OTHER) } });
    new DestinationRule(scope, 'Rule', { host: entry });
    new VirtualService(scope, 'Empty', {});
  })).toEqual([
    `[test/Service] services[1]: ${GROWN}`,
    `[test/Rule] host: ${GROWN}`,
    '[test/Empty] virtual service has no host, set hosts or services, or use DelegateRoutes for routes that others delegate to',
    '[test/Empty] virtual service has no routes, set defaultRoute or call addHttpRoute(), addTlsRoute() or addTcpRoute()',
  ]);
});

test('each place in the routes of a resource is named', () => {
  expect(messagesOf((scope, entry) => {
    const matches = [{ uri: StringMatch.prefix('/a') }];
    new VirtualService(scope, 'Http', {
      hosts: ['c.example'],
      httpRoutes: [
        { matches, action: HttpAction.split([{ destination: OTHER, weight: 1 }, { destination: entry, weight: 1 }]) },
        { matches, action: HttpAction.forward(OTHER, { mirrors: [{ destination: entry }] }) },
      ],
      defaultRoute: { action: HttpAction.forward(entry) },
    });
    new VirtualService(scope, 'Streams', {
      hosts: ['d.example'],
      tlsRoutes: [{ matches: [{ sniHosts: ['d.example'] }], action: TcpAction.forward(entry) }],
      tcpRoutes: [{ action: TcpAction.forward(entry) }],
    });
    new DelegateRoutes(scope, 'Delegate', { defaultRoute: { action: HttpAction.forward(entry) } });
  })).toEqual([
    `[test/Http] httpRoutes[0].action: destinations[1].destination: ${GROWN}`,
    `[test/Http] httpRoutes[1].action: mirrors[0].destination: ${GROWN}`,
    `[test/Http] defaultRoute.action: destination: ${GROWN}`,
    `[test/Streams] tlsRoutes[0].action: destination: ${GROWN}`,
    `[test/Streams] tcpRoutes[0].action: destination: ${GROWN}`,
    `[test/Delegate] defaultRoute.action: destination: ${GROWN}`,
  ]);
});

test('so it is where a pattern has the routes', () => {
  expect(messagesOf((scope, entry) => {
    new TlsPassthroughRoute(scope, 'Tls', { hosts: ['c.example'], action: TcpAction.forward(entry) });
    new IngressRoute(scope, 'Ingress', { hosts: ['d.example'] }).addPath('/', HttpAction.forward(entry));
    new VirtualService(scope, 'Empty', { hosts: ['e.example'] });
  })).toEqual([
    `[test/Tls/VirtualService] tlsRoutes[0].action: destination: ${GROWN}`,
    `[test/Ingress/VirtualService] sources[0]: ${GROWN}`,
    '[test/Empty] virtual service has no routes, set defaultRoute or call addHttpRoute(), addTlsRoute() or addTcpRoute()',
  ]);
});

test('handles of one host keep it when others are added', () => {
  expect(messagesOf((scope, entry) => {
    new VirtualService(scope, 'Service', {
      services: [entry.destination('a.example')],
      defaultRoute: { action: HttpAction.forward(entry.withPort(80)) },
    });
  })).toEqual([]);
});

test.each<[string, () => unknown, string]>([
  ['throws', () => { throw new Error('not yet'); }, 'not yet'],
  ['answers nothing', () => undefined, 'toHttpRoutesConfig() must be an object with routes, got undefined'],
  ['answers no routes', () => ({}), 'toHttpRoutesConfig(): routes must be a list, got undefined'],
  ['answers a number of routes', () => ({ routes: 5 }), 'toHttpRoutesConfig(): routes must be a list, got 5'],
  ['answers undefined as a route', () => ({ routes: [undefined] }), 'routes[0] must be an object, got undefined'],
  ['answers a number as the default route', () => ({ routes: [], defaultRoute: 5 }), 'defaultRoute must be an object, got 5'],
])('a source of routes that %s is an error of the virtual service, beside those of others', (_, toHttpRoutesConfig, message) => {
  const chart = testChart();
  const routes = new VirtualService(chart, 'Service', { hosts: ['a.example'], defaultRoute: undefined });
  routes.addHttpRouteSource({ toHttpRoutesConfig } as IHttpRouteSource);
  new VirtualService(chart, 'Empty', { hosts: ['b.example'] });
  expect(() => manifestsOf(chart)).toThrow(`[test/Service] CI0902 VirtualService cannot be written as a manifest: sources[0]: ${message}`);
  expect(() => manifestsOf(chart)).toThrow('[test/Empty] virtual service has no routes');
});
