import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import {
  EntryPort, ExportTo, Gateway, HeaderMatch, HttpAction, IDestination, MeshSettings, Resolution, ServiceEntry, ServiceHost, StringMatch,
  TcpAction, VirtualService, VirtualServiceProps,
} from '../lib';
import { manifestsOf, specOf, testChart, testCharts } from './util';

const action = HttpAction.forward(ServiceHost.fromName('reviews'));
const defaultRoute = { action };
const http = [{ route: [{ destination: { host: 'reviews' } }] }];

function rendered(props: VirtualServiceProps): any {
  const chart = testChart();
  new VirtualService(chart, 'Routes', props);
  return specOf(chart, 'VirtualService');
}

test('is a VirtualService of networking.istio.io/v1', () => {
  const object = ApiObject.of(new VirtualService(testChart(), 'Routes'));
  expect([object.apiVersion, object.kind]).toEqual(['networking.istio.io/v1', 'VirtualService']);
});

test('writes what was said and leaves out what was not', () => {
  expect(rendered({ hosts: ['reviews'], defaultRoute })).toEqual({ hosts: ['reviews'], http });
});

test('writes every property', () => {
  expect(rendered({
    hosts: ['a.example.com', '*.b.example.com', '10.0.0.1'],
    services: [ServiceHost.fromName('reviews', { namespace: 'prod', port: 9080 })],
    gateways: [Gateway.fromGatewayName('edge', { namespace: 'ingress' }), Gateway.fromGatewayName('inner'), Gateway.mesh()],
    httpRoutes: [{ name: 'api', matches: [{ uri: StringMatch.prefix('/api') }], action }],
    tlsRoutes: [{ matches: [{ sniHosts: ['a.example.com'] }], action: TcpAction.forward(ServiceHost.fromName('a')) }],
    tcpRoutes: [{ action: TcpAction.forward(ServiceHost.fromName('b')) }],
    defaultRoute: { name: 'rest', action },
    exportTo: ExportTo.ownNamespace(),
  })).toEqual({
    hosts: ['a.example.com', '*.b.example.com', '10.0.0.1', 'reviews.prod.svc.cluster.local'],
    gateways: ['ingress/edge', 'inner', 'mesh'],
    http: [{ name: 'api', match: [{ uri: { prefix: '/api' } }], ...http[0] }, { name: 'rest', ...http[0] }],
    tls: [{ match: [{ sniHosts: ['a.example.com'] }], route: [{ destination: { host: 'a' } }] }],
    tcp: [{ route: [{ destination: { host: 'b' } }] }],
    exportTo: ['.'],
  });
});

test('what is added later is written behind what the constructor got, the default route last', () => {
  const chart = testChart();
  const match = (path: string) => ({ matches: [{ uri: StringMatch.exact(path) }], action });
  const routes = new VirtualService(chart, 'Routes', { hosts: ['a'], httpRoutes: [match('/1')], defaultRoute });
  routes.addHost('b');
  routes.addService(ServiceHost.fromName('c', { namespace: 'shop' }));
  routes.addGateway(Gateway.mesh());
  routes.addHttpRoute(match('/2'));
  routes.addTlsRoute({ matches: [{ sniHosts: ['a'] }], action: TcpAction.forward(ServiceHost.fromName('t')) });
  routes.addTcpRoute({ action: TcpAction.forward(ServiceHost.fromName('t')) });
  expect(specOf(chart, 'VirtualService')).toEqual({
    hosts: ['a', 'b', 'c.shop.svc.cluster.local'],
    gateways: ['mesh'],
    http: [{ match: [{ uri: { exact: '/1' } }], ...http[0] }, { match: [{ uri: { exact: '/2' } }], ...http[0] }, http[0]],
    tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination: { host: 't' } }] }],
    tcp: [{ route: [{ destination: { host: 't' } }] }],
  });
});

test('the lists of the caller are copied', () => {
  const chart = testChart();
  const props = { hosts: ['a'], gateways: [Gateway.mesh()], httpRoutes: [], services: [ServiceHost.fromName('b')], defaultRoute };
  new VirtualService(chart, 'Routes', props);
  props.hosts.push('c');
  props.gateways.push(Gateway.fromGatewayName('edge'));
  props.services.pop();
  expect(specOf(chart, 'VirtualService')).toEqual({ hosts: ['a', 'b'], gateways: ['mesh'], http });
});

test('a gateway of this program is referred to with its namespace where that is known', () => {
  const { first } = testCharts({ namespace: 'ingress' });
  const gateway = { toGatewayConfig: () => ({ name: 'edge', namespace: 'ingress' }) };
  new VirtualService(first, 'Routes', { hosts: ['a'], gateways: [gateway], defaultRoute });
  expect(specOf(first, 'VirtualService').gateways).toEqual(['ingress/edge']);
});

test('hosts of services get the cluster domain of the mesh, even when it is configured later', () => {
  const chart = testChart();
  new VirtualService(chart, 'Routes', { services: [ServiceHost.fromName('a', { namespace: 'shop' })], defaultRoute });
  MeshSettings.configure(chart, { clusterDomain: 'prod.example' });
  expect(specOf(chart, 'VirtualService').hosts).toEqual(['a.shop.svc.prod.example']);
});

describe('what traffic is sent to is applied first', () => {
  function entry(chart: ReturnType<typeof testChart>, id: string): ServiceEntry {
    return new ServiceEntry(chart, id, { hosts: [`${id.toLowerCase()}.example.com`], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
  }

  test('for hosts, routes, mirrors and the routes of connections', () => {
    const chart = testChart();
    const routes = new VirtualService(chart, 'Routes', { hosts: ['tls.example.com'] });
    routes.addService(entry(chart, 'Host'));
    routes.addDefaultRoute({ action: HttpAction.forward(entry(chart, 'Target'), { mirrors: [{ destination: entry(chart, 'Mirror') }] }) });
    routes.addTlsRoute({ matches: [{ sniHosts: ['tls.example.com'] }], action: TcpAction.forward(entry(chart, 'Tls')) });
    routes.addTcpRoute({ action: TcpAction.forward(entry(chart, 'Tcp')) });
    expect(manifestsOf(chart).map(manifest => manifest.kind)).toEqual(['ServiceEntry', 'ServiceEntry', 'ServiceEntry', 'ServiceEntry', 'ServiceEntry', 'VirtualService']);
  });

  test('but not across charts, where a cycle could arise', () => {
    const { first, second } = testCharts();
    const there = entry(second, 'There');
    const here = entry(first, 'Here');
    new VirtualService(first, 'Routes', { hosts: ['a'], defaultRoute: { action: HttpAction.forward(there) } });
    new VirtualService(second, 'Routes', { hosts: ['b'], defaultRoute: { action: HttpAction.forward(here) } });
    expect(manifestsOf(first).map(manifest => manifest.kind)).toEqual(['ServiceEntry', 'VirtualService']);
    expect(manifestsOf(second).map(manifest => manifest.kind)).toEqual(['ServiceEntry', 'VirtualService']);
  });
});

describe('hosts', () => {
  const overlap = (host: string, other: string) => `${host} overlaps with the host ${other}, which Istio refuses in one virtual service`;

  test.each<[VirtualServiceProps, string]>([
    [{ hosts: ['a', 'a'] }, overlap("[test/Routes] hosts[1] 'a'", "'a'")],
    [{ hosts: ['*.a.com', 'b.a.com'] }, overlap("[test/Routes] hosts[1] 'b.a.com'", "'*.a.com'")],
    [{ hosts: ['b.a.com', '*.a.com'] }, overlap("[test/Routes] hosts[1] '*.a.com'", "'b.a.com'")],
    [{ hosts: ['*.a.com', '*.com'] }, overlap("[test/Routes] hosts[1] '*.com'", "'*.a.com'")],
    [{ hosts: ['a'], services: [ServiceHost.fromName('a')] }, overlap("[test/Routes] services[0] 'a'", "'a'")],
    [{ hosts: ['1.2.3.4', '1.2.3.4'] }, overlap("[test/Routes] hosts[1] '1.2.3.4'", "'1.2.3.4'")],
    [{ hosts: [''] }, "[test/Routes] hosts[0] must be a string that is not empty, got ''"],
    [{ hosts: [undefined as never] }, '[test/Routes] hosts[0] must not be undefined, leave the item out'],
    [{ hosts: [7 as never] }, '[test/Routes] hosts[0] must be a string that is not empty, got 7'],
    [{ hosts: 'a' as never }, "[test/Routes] hosts must be a list, got 'a'"],
    [{ hosts: ['a.*.com'] }, "[test/Routes] hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'a.*.com'"],
    [{ hosts: ['a.com:80'] }, "[test/Routes] hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'a.com:80'"],
    [{ hosts: ['bücher.example'] }, "got 'bücher.example', write international names in their xn-- form"],
    [{ hosts: ['outbound_.x_._.a'] }, "got 'outbound_.x_._.a'"],
    [{ services: ['a' as never] }, /^\[test\/Routes\] services\[0\] must be made by ServiceHost.fromService\(\), .*, got 'a'$/ as never],
  ])('fail on %p', (props, message) => {
    expect(() => new VirtualService(testChart(), 'Routes', props)).toThrow(message);
  });

  test('may be addresses', () => {
    expect(rendered({ hosts: ['10.0.0.1', '2001:db8::1'], defaultRoute }).hosts).toEqual(['10.0.0.1', '2001:db8::1']);
  });

  test('may be any, behind a gateway', () => {
    expect(rendered({ hosts: ['*'], gateways: [Gateway.fromGatewayName('edge')], defaultRoute }).hosts).toEqual(['*']);
  });

  test('are whole services, not subsets', () => {
    const subset: IDestination = { toDestinationConfig: () => ({ host: 'reviews', subset: 'v1' }) };
    expect(() => new VirtualService(testChart(), 'Routes').addService(subset))
      .toThrow("[test/Routes] service must be a whole host, got the subset 'v1' of 'reviews', which only a route's action can choose");
  });

  test('fail when one is missing from untyped code', () => {
    expect(() => new VirtualService(testChart(), 'Routes').addHost(undefined as never)).toThrow('[test/Routes] host must be given');
  });

  test('of a handle and a full name overlap when the domain of the cluster is known', () => {
    const chart = testChart();
    const shop = ServiceHost.fromName('shop', { namespace: 'books' });
    new VirtualService(chart, 'Routes', {
      hosts: ['shop.books.svc.cluster.local'], services: [shop], defaultRoute: { action: HttpAction.forward(shop) },
    });
    const message = "[test/Routes] the hosts 'shop.books.svc.cluster.local' and 'shop.books.svc.cluster.local' overlap, which Istio refuses in one virtual service";
    expect(() => manifestsOf(chart)).toThrow(message);
  });

  test('overlap exactly where Istio says so', () => {
    const name = fc.array(fc.constantFrom('a', 'b', 'com'), { minLength: 1, maxLength: 3 }).map(parts => parts.join('.'));
    const host = fc.oneof(name, name.map(text => `*.${text}`));
    const matches = (one: string, other: string) => one === other || (one.startsWith('*') && other.endsWith(one.slice(1)));
    fc.assert(fc.property(fc.array(host, { minLength: 1, maxLength: 4 }), hosts => {
      const overlapping = hosts.some((one, index) => hosts.slice(index + 1).some(other => matches(one, other) || matches(other, one)));
      const build = () => new VirtualService(testChart(), 'Routes', { hosts });
      if (overlapping) {
        expect(build).toThrow('overlaps with the host');
      } else {
        expect(build).not.toThrow();
      }
    }));
  });
});

describe('gateways', () => {
  test.each<[VirtualServiceProps, string]>([
    [{ gateways: [Gateway.mesh(), Gateway.mesh()] }, "[test/Routes] gateways[1] 'mesh' is a gateway of the virtual service already"],
    [{ gateways: ['edge' as never] }, "[test/Routes] gateways[0] must be made by Gateway.mesh(), Gateway.fromGatewayName(), or a gateway of this program, got 'edge'"],
    [{ gateways: [{ toGatewayConfig: () => ({ name: 'a.b' }) }] }, "[test/Routes] gateways[0]: name must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got 'a.b'"],
    [{ gateways: [{ toGatewayConfig: () => ({}) as never }] }, '[test/Routes] gateways[0]: name must be given'],
    [{ gateways: [{ toGatewayConfig: () => ({ name: 'a', namespace: '.' }) }] }, "[test/Routes] gateways[0]: namespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got '.'"],
  ])('fail on %p', (props, message) => {
    expect(() => new VirtualService(testChart(), 'Routes', props)).toThrow(new Error(message));
  });
});

test.each<[unknown, string]>([
  [null, '[test/Routes] props must be an object, got null'],
  [{ host: 'a' }, "[test/Routes] props has no property 'host', known properties: metadata, hosts, services, gateways, httpRoutes, tlsRoutes, tcpRoutes, defaultRoute, exportTo"],
  [{ httpRoutes: [null] }, '[test/Routes] httpRoutes[0] must not be null, leave the item out'],
  [{ tlsRoutes: null }, '[test/Routes] tlsRoutes must be a list, got null'],
  [{ tlsRoutes: 'a' }, "[test/Routes] tlsRoutes must be a list, got 'a'"],
  [{ defaultRoute: {} }, '[test/Routes] defaultRoute.action must be made by HttpAction, such as HttpAction.forward(), got undefined'],
  [{ defaultRoute: { action, matches: [] } }, "[test/Routes] defaultRoute has no property 'matches', known properties: name, action"],
  [{ defaultRoute: { action, name: '' } }, "[test/Routes] defaultRoute.name must be a string that is not empty, got ''"],
  [{ exportTo: ExportTo.nowhere() }, '[test/Routes] exportTo must name a namespace, ExportTo.nowhere() is for a ServiceEntry only'],
  [{ exportTo: ['*'] }, '[test/Routes] exportTo must be made by ExportTo, got a list of 1'],
])('fails on the props %p', (props, message) => {
  expect(() => new VirtualService(testChart(), 'Routes', props as never)).toThrow(new Error(message));
});

test('fails on a second default route', () => {
  const routes = new VirtualService(testChart(), 'Routes', { defaultRoute });
  expect(() => routes.addDefaultRoute(defaultRoute)).toThrow('[test/Routes] route must be the only one, the virtual service has a default route already, give this one matches');
});

describe('at synth', () => {
  function problems(props: VirtualServiceProps): () => unknown {
    const chart = testChart();
    new VirtualService(chart, 'Routes', props);
    return () => manifestsOf(chart);
  }

  test('all that is missing is reported at once', () => {
    expect(problems({})).toThrow(/\[test\/Routes\] virtual service has no host, set hosts or services, or use DelegateRoutes.*\n.*\[test\/Routes\] virtual service has no routes, set defaultRoute/);
  });

  test('routes of any kind are enough', () => {
    expect(problems({ hosts: ['a'], tcpRoutes: [{ action: TcpAction.forward(ServiceHost.fromName('a')) }] })).not.toThrow();
  });

  test('hosts whose full names overlap are reported', () => {
    expect(problems({ hosts: ['a.shop.svc.cluster.local', '*.b.svc.cluster.local'], services: ['shop', 'b'].map(namespace => ServiceHost.fromName('a', { namespace })), defaultRoute }))
      .toThrow(/the hosts 'a\.shop\.svc\.cluster\.local' and 'a\.shop\.svc\.cluster\.local' overlap[^]*the hosts '\*\.b\.svc\.cluster\.local' and 'a\.b\.svc\.cluster\.local' overlap/);
  });

  test.each<[string, VirtualServiceProps['gateways'], string]>([
    ['sidecars', undefined, "the host '*' is for gateways only, set gateways, or name the hosts"],
    ['sidecars beside a gateway', [Gateway.fromGatewayName('edge'), Gateway.mesh()], "the host '*' is for gateways only, leave Gateway.mesh() out of gateways, or name the hosts"],
  ])('the host * is reported for %s', (_, gateways, message) => {
    expect(problems({ hosts: ['*'], gateways, defaultRoute })).toThrow(`[test/Routes] ${message}`);
  });

  test('claims are reported without a gateway, in headers that must be there and in those that must not', () => {
    const match = (header: HeaderMatch) => ({ matches: [{ port: 80 }, { headers: { '@request.auth.claims.group': header } }], action });
    const httpRoutes = [match(HeaderMatch.exact('a')), match(HeaderMatch.notExact('a'))];
    expect(problems({ hosts: ['a'], httpRoutes })).toThrow(new RegExp([
      'httpRoutes\\[0\\]\\.matches\\[1\\]\\.headers names claims of a JSON web token, which only gateways know, set gateways',
      'httpRoutes\\[1\\]\\.matches\\[1\\]\\.headers names claims',
    ].join('[^]*')));
    expect(problems({ hosts: ['a'], httpRoutes, gateways: [Gateway.fromGatewayName('edge')] })).not.toThrow();
  });

  test('a name between clusters without a route for TLS is reported', () => {
    const host = 'outbound_.80_._.a.default.svc.cluster.local';
    expect(problems({ hosts: [host], gateways: [Gateway.fromGatewayName('edge')], defaultRoute })).toThrow(`[test/Routes] the host '${host}' needs a route in tlsRoutes`);
  });
});
