import { EntryPort, HttpAction, Resolution, ServiceEntry, ServiceHost, TcpAction, VirtualService } from '../lib';
import { testChart } from './util';

const a = ServiceHost.fromName('a', { namespace: 'shop', port: 27017 });
const b = ServiceHost.fromName('b');

function rendered(action: TcpAction): any {
  return JSON.parse(JSON.stringify(action._toTcpRoute(testChart())));
}

test('forwards to one destination, without a weight', () => {
  expect(rendered(TcpAction.forward(a))).toEqual([{ destination: { host: 'a.shop.svc.cluster.local', port: { number: 27017 } } }]);
});

test('splits by weights', () => {
  expect(rendered(TcpAction.split([{ destination: a, weight: 9 }, { destination: b, weight: 1 }]))).toEqual([
    { destination: { host: 'a.shop.svc.cluster.local', port: { number: 27017 } }, weight: 9 },
    { destination: { host: 'b' }, weight: 1 },
  ]);
});

test('knows what must be applied before it', () => {
  const entry = new ServiceEntry(testChart(), 'Entry', { hosts: ['a.example.com'], ports: [EntryPort.tcp(80)], resolution: Resolution.dns() });
  expect(TcpAction.split([{ destination: entry, weight: 1 }])._dependencies()).toEqual([entry]);
});

test('fails without a positive weight', () => {
  expect(() => TcpAction.split([{ destination: a, weight: 0 }, { destination: b, weight: 0 }])).toThrow('destinations must have a positive weight, got 0 and 0');
  expect(() => TcpAction.split([])).toThrow('destinations must not be empty');
});

test('connections have no headers', () => {
  expect(() => TcpAction.split([{ destination: a, weight: 1, headers: {} } as never])).toThrow("destinations[0] has no property 'headers', known properties: destination, weight");
});

test('fails on what is not a destination', () => {
  expect(() => TcpAction.forward(undefined as never)).toThrow(/^destination must be made by .*, got undefined$/);
});

test('is not an action for http', () => {
  expect(() => new VirtualService(testChart(), 'Routes', { tcpRoutes: [{ action: HttpAction.forward(a) as never }] }))
    .toThrow('[test/Routes] tcpRoutes[0].action must be made by TcpAction, such as TcpAction.forward(), got a value of class HttpAction');
});
