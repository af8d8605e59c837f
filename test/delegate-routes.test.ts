import { ApiObject } from 'cdk8s';
import { DelegateRoutes, EntryPort, ExportTo, HeaderMatch, HttpAction, HttpRoute, Resolution, ServiceEntry, ServiceHost, StringMatch, VirtualService } from '../lib';
import { manifestsOf, specOf, testChart } from './util';

const action = HttpAction.forward(ServiceHost.fromName('cart'));

function cartRoute(path: string): HttpRoute {
  return { name: path, matches: [{ uri: StringMatch.prefix(path) }], action };
}

test('is a VirtualService without hosts and gateways', () => {
  const chart = testChart();
  const object = ApiObject.of(new DelegateRoutes(chart, 'Cart', { defaultRoute: { action }, exportTo: ExportTo.namespaces(['shop']) }));
  expect([object.apiVersion, object.kind]).toEqual(['networking.istio.io/v1', 'VirtualService']);
  expect(specOf(chart, 'VirtualService')).toEqual({ http: [{ route: [{ destination: { host: 'cart' } }] }], exportTo: ['shop'] });
});

test('routes keep their order, the default one comes last', () => {
  const chart = testChart();
  const cart = new DelegateRoutes(chart, 'Cart', { httpRoutes: [cartRoute('/a')] });
  cart.addDefaultRoute({ name: 'rest', action });
  cart.addHttpRoute(cartRoute('/b'));
  expect(specOf(chart, 'VirtualService').http.map((route: any) => route.name)).toEqual(['/a', '/b', 'rest']);
});

test('a virtual service delegates to it by name and namespace, and is applied after it', () => {
  const chart = testChart({ namespace: 'shop' });
  const entry = new ServiceEntry(chart, 'Entry', { hosts: ['cart.example.com'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
  const root = new VirtualService(chart, 'Shop', { hosts: ['shop.example.com'] });
  const cart = new DelegateRoutes(chart, 'Cart');
  cart.addDefaultRoute({ action: HttpAction.forward(entry) });
  root.addHttpRoute({ matches: [{ uri: StringMatch.prefix('/cart') }], action: HttpAction.delegateTo(cart) });
  expect(manifestsOf(chart).map(manifest => manifest.metadata.name)).toEqual([entry.name, cart.name, root.name]);
  expect(manifestsOf(chart)[2].spec.http).toEqual([{ match: [{ uri: { prefix: '/cart' } }], delegate: { name: cart.name, namespace: 'shop' } }]);
});

test('fails without a route', () => {
  const chart = testChart();
  new DelegateRoutes(chart, 'Cart');
  expect(() => manifestsOf(chart)).toThrow('[test/Cart] delegate routes have no route, set defaultRoute or call addHttpRoute()');
});

test('fails on a second default route', () => {
  const cart = new DelegateRoutes(testChart(), 'Cart', { defaultRoute: { action } });
  expect(() => cart.addDefaultRoute({ action })).toThrow('[test/Cart] route must be the only one, the delegate has a default route already, give this one matches');
});

test('fails on delegating further', () => {
  const further = HttpAction.delegateTo(DelegateRoutes.fromName('other'));
  expect(() => new DelegateRoutes(testChart(), 'Cart', { defaultRoute: { action: further } }))
    .toThrow('[test/Cart] defaultRoute.action must not delegate, Istio follows one level of delegation only');
  expect(() => new DelegateRoutes(testChart(), 'Cart').addHttpRoute({ ...cartRoute('/a'), action: further }))
    .toThrow('[test/Cart] route.action must not delegate, Istio follows one level of delegation only');
});

test.each([HeaderMatch.exact('a'), HeaderMatch.notExact('a')])('fails on claims', header => {
  const matches = [{ headers: { '@request.auth.claims.group': header } }];
  expect(() => new DelegateRoutes(testChart(), 'Cart', { httpRoutes: [{ matches, action }] }))
    .toThrow('[test/Cart] httpRoutes[0].matches[0].headers must not name claims of a JSON web token, Istio takes them only in a virtual service with gateways');
});

test.each<[object, string]>([
  [{ hosts: ['a'] }, "[test/Cart] props has no property 'hosts', known properties: metadata, httpRoutes, defaultRoute, exportTo"],
  [{ gateways: [] }, "[test/Cart] props has no property 'gateways', known properties: metadata, httpRoutes, defaultRoute, exportTo"],
  [{ httpRoutes: {} }, '[test/Cart] httpRoutes must be a list, got an empty object'],
  [{ exportTo: ExportTo.nowhere() }, '[test/Cart] exportTo must name a namespace, ExportTo.nowhere() is for a ServiceEntry only'],
  [{ defaultRoute: { action, matches: [] } }, "[test/Cart] defaultRoute has no property 'matches', known properties: name, action"],
])('fails on %p', (props, message) => {
  expect(() => new DelegateRoutes(testChart(), 'Cart', props as never)).toThrow(message);
});

describe('routes that are defined elsewhere', () => {
  test('are known by name', () => {
    expect(DelegateRoutes.fromName('cart-v1.2', { namespace: 'shop' }).toDelegateRoutesConfig()).toEqual({ name: 'cart-v1.2', namespace: 'shop' });
  });

  test.each<[() => unknown, string]>([
    [() => DelegateRoutes.fromName('Cart'), "name must be lower case letters, digits, '-' and '.', at most 253 characters, got 'Cart'"],
    [() => DelegateRoutes.fromName(undefined as never), 'name must be given'],
    [() => DelegateRoutes.fromName('cart', { namespace: 'a.b' }), "namespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'a.b'"],
    [() => DelegateRoutes.fromName('cart', { hosts: [] } as never), "options has no property 'hosts', known properties: namespace"],
  ])('fail on %p', (make, message) => {
    expect(make).toThrow(message);
  });
});
