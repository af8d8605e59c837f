import { ApiObject, Chart, Duration } from 'cdk8s';
import { ingress, routesOf, to } from './ingress';
import {
  Audience, CanaryRelease, EntryPort, ExportTo, Gateway, GatewaySelector, GatewayServer, HeaderMatch, HttpAction,
  IHttpTarget, IngressRoute, PathRewrite, Resolution, ServerTls, ServiceEntry, ServiceHost, StringMatch,
} from '../../lib';
import { manifestsOf, specOf, testChart, testCharts } from '../util';

describe('the gateway', () => {
  test('without tls has one server for plain text, at the ingress proxies', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web') });
    expect(specOf(chart, 'Gateway')).toEqual({
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['shop.example.com'], port: { number: 80, protocol: 'HTTP', name: 'http' } }],
    });
    expect(specOf(chart, 'VirtualService')).toEqual({
      hosts: ['shop.example.com'],
      gateways: ['test-shop-gateway'],
      http: [{ name: 'default', route: [{ destination: { host: 'web', port: { number: 8080 } } }] }],
    });
  });

  test('with tls also redirects plain text', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web'), tls: ServerTls.mutual('shop-tls') });
    expect(specOf(chart, 'Gateway').servers).toEqual([
      { hosts: ['shop.example.com'], port: { number: 80, protocol: 'HTTP', name: 'http' }, tls: { httpsRedirect: true } },
      { hosts: ['shop.example.com'], port: { number: 443, protocol: 'HTTPS', name: 'https' }, tls: { mode: 'MUTUAL', credentialName: 'shop-tls' } },
    ]);
  });

  test('opens no port for plain text beside tls without httpsRedirect', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web'), tls: ServerTls.simple('shop-tls'), httpsRedirect: false });
    expect(specOf(chart, 'Gateway').servers.map((server: any) => server.port.number)).toEqual([443]);
  });

  test('takes selector, ports and metadata', () => {
    const chart = testChart();
    const shop = ingress(chart, {
      defaultTarget: to('web'),
      tls: ServerTls.simple('shop-tls'),
      selector: GatewaySelector.labels({ istio: 'partners' }),
      httpPort: 8080,
      httpsPort: 8443,
      gatewayMetadata: { name: 'partners', namespace: 'edge' },
      metadata: { name: 'shop', labels: { team: 'shop' } },
      exportTo: ExportTo.namespaces(['edge']),
    });
    const [gateway, routes] = manifestsOf(chart);
    expect(gateway).toMatchObject({ metadata: { name: 'partners', namespace: 'edge' }, spec: { selector: { istio: 'partners' } } });
    expect(gateway.spec.servers.map((server: any) => server.port.number)).toEqual([8080, 8443]);
    expect(routes).toMatchObject({ metadata: { name: 'shop', labels: { team: 'shop' } }, spec: { gateways: ['edge/partners'], exportTo: ['edge'] } });
    expect(shop.virtualService.name).toBe('shop');
    expect(shop.gateway.toGatewayConfig()).toEqual({ name: 'partners', namespace: 'edge', hosts: ['shop.example.com'] });
  });

  test('can be shared by handle', () => {
    const chart = testChart();
    ingress(chart, { defaultTarget: to('web'), gateway: Gateway.fromGatewayAttributes({ name: 'public', namespace: 'edge', hosts: ['*.example.com'] }) });
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['VirtualService']);
    expect(specOf(chart, 'VirtualService').gateways).toEqual(['edge/public']);
  });

  test.each<[string, object, string]>([
    ['hosts missing', { hosts: undefined }, '[test/Shop] hosts must be given'],
    ['a host without a dot', { hosts: ['shop'] }, "[test/Shop] hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got 'shop'"],
    ['a host with a namespace', { hosts: ['edge/shop.example.com'] },
      "[test/Shop] hosts[0] must be a host without a namespace, which belongs to the servers of a gateway, got 'edge/shop.example.com'"],
    ['tls that passes through', { tls: ServerTls.passthrough() },
      '[test/Shop] tls must end TLS at the gateway, which sees no paths otherwise, use TlsPassthroughRoute to pass it through'],
    ['httpsRedirect without tls', { httpsRedirect: true }, "[test/Shop] httpsRedirect needs tls, such as ServerTls.simple('shop-example-com-tls')"],
    ['httpsPort without tls', { httpsPort: 443 }, "[test/Shop] httpsPort needs tls, such as ServerTls.simple('shop-example-com-tls')"],
    ['httpPort without a use', { tls: ServerTls.simple('t'), httpsRedirect: false, httpPort: 80 },
      '[test/Shop] httpPort has no effect without httpsRedirect, because no port is open for plain text beside tls'],
    ['one port for both', { tls: ServerTls.simple('t'), httpsPort: 80 }, '[test/Shop] httpsPort must not be the port for plain text, got 80 for both'],
    ['a port that is none', { httpPort: 0 }, '[test/Shop] httpPort must be an integer from 1 to 65535, got 0'],
    ['the mesh as gateway', { gateway: Gateway.mesh() }, '[test/Shop] gateway must not be Gateway.mesh(), sidecars do not take traffic from outside'],
    ['tls beside a shared gateway', { gateway: Gateway.fromGatewayName('public'), tls: ServerTls.simple('t') },
      '[test/Shop] tls must be left out beside gateway, whose servers say it'],
    ['a misspelt property', { host: 'x' } as any,
      "[test/Shop] props has no property 'host', known properties: hosts, tls, httpsRedirect, gateway, selector, httpPort, httpsPort, defaultTarget, exportTo, metadata, gatewayMetadata, timeout, retries, corsPolicy"],
    ['a selector that is none', { selector: { istio: 'x' } as any }, '[test/Shop] selector must be made by GatewaySelector, such as GatewaySelector.ingress(), got an object with istio'],
    ['a timeout that is none', { timeout: 5 as any }, '[test/Shop] timeout must be made by Duration, such as Duration.seconds(5), got 5'],
    ['a default target that is none', { defaultTarget: {} as any },
      '[test/Shop] target must be made by HttpAction, such as HttpAction.forward(), or a pattern such as CanaryRelease, got an empty object'],
  ])('fails for %s', (_, props, message) => {
    expect(() => ingress(testChart(), props)).toThrow(new Error(message));
  });

  test('fails without a path', () => {
    const chart = testChart();
    ingress(chart);
    expect(() => manifestsOf(chart)).toThrow('[test/Shop] ingress route has no path, call addPath() or set defaultTarget');
  });
});

describe('a host that is not covered by the gateway', () => {
  const attributes = { name: 'public', namespace: 'edge' };

  test('fails where the hosts of the gateway are known', () => {
    expect(() => ingress(testChart(), { gateway: Gateway.fromGatewayAttributes({ ...attributes, hosts: ['*.example.org'] }) })).toThrow(new Error(
      "[test/Shop] hosts: the host 'shop.example.com' is not covered by the servers of the gateway 'edge/public', whose hosts are '*.example.org', add it to a server"));
  });

  test('fails where the server is narrower than a wildcard', () => {
    expect(() => ingress(testChart(), { hosts: ['*.example.com'], gateway: Gateway.fromGatewayAttributes({ ...attributes, hosts: ['shop.example.com'] }) }))
      .toThrow("the host '*.example.com' is not covered");
  });

  test('fails where the server admits only another namespace', () => {
    const gateway = Gateway.fromGatewayAttributes({ ...attributes, hosts: ['other/*.example.com'] });
    expect(() => ingress(testChart({ namespace: 'shop' }), { gateway })).toThrow("whose hosts are 'other/*.example.com', add it to a server");
    expect(() => ingress(testChart({ namespace: 'other' }), { gateway })).not.toThrow();
    expect(() => ingress(testChart({ namespace: 'shop' }), { gateway: Gateway.fromGatewayAttributes({ ...attributes, hosts: ['./*.example.com'] }) })).toThrow('is not covered');
  });

  test('is accepted where the hosts of the gateway are unknown', () => {
    expect(() => ingress(testChart(), { gateway: Gateway.fromGatewayName('public') })).not.toThrow();
  });

  test('fails at a gateway of the app, to which servers can be added until the app is complete', () => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'Public', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['shop.example.org'] })] });
    ingress(chart, { gateway, defaultTarget: to('web') });
    expect(() => manifestsOf(chart)).toThrow(
      "[test/Shop] the host 'shop.example.com' is not covered by the servers of the gateway 'test-public', whose hosts are 'shop.example.org', add it to a server");
    gateway.addServer(GatewayServer.http({ hosts: ['*.example.com'], port: 8080 }));
    expect(() => manifestsOf(chart)).not.toThrow();
  });

  test('fails where the only server for it does not read HTTP', () => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'Public', {
      selector: GatewaySelector.ingress(), servers: [GatewayServer.tls({ hosts: ['*.example.com'], tls: ServerTls.passthrough() })],
    });
    ingress(chart, { gateway, defaultTarget: to('web') });
    expect(() => manifestsOf(chart)).toThrow("[test/Shop] the host 'shop.example.com' has no server of the gateway 'test-public' that reads HTTP, "
      + 'only one that passes TLS or other connections on, use TlsPassthroughRoute, or end TLS at the gateway');
  });
});

describe('a target of several routes', () => {
  test('multiplies its matches with those of the path, in its own order', () => {
    const chart = testChart();
    const release = new CanaryRelease(chart, 'Reviews', {
      service: ServiceHost.fromName('reviews', { port: 9080 }),
      stable: { version: 'v1' },
      canary: { version: 'v2' },
      canaryPercent: 10,
      canaryFor: [Audience.header('x-tester', HeaderMatch.present()), Audience.cookie('preview', 'yes')],
    });
    ingress(chart, { timeout: Duration.seconds(5) }).addPath('/reviews', release, { rewrite: PathRewrite.strip(), methods: ['GET'] });
    const routes = routesOf(chart);
    expect(routes.map(({ match }) => match.length)).toEqual([4, 2]);
    expect(routes[0].match[0]).toEqual({ uri: { exact: '/reviews' }, method: { exact: 'GET' }, headers: { 'x-tester': {} } });
    expect(routes.every(({ timeout, rewrite }) => timeout === '5s' && rewrite.uri === '/')).toBe(true);
    expect(routes[1].route.map(({ weight }: any) => weight)).toEqual([90, 10]);
    expect(routes.every(({ name }) => name.startsWith('reviews-get-'))).toBe(true);
  });

  test('can be the default target', () => {
    const chart = testChart();
    const target: IHttpTarget = {
      toHttpTargetConfig: () => ({ routes: [{ name: 'testers', matches: [{ headers: { x: HeaderMatch.present() } }], action: to('new') }, { action: to('old') }] }),
    };
    ingress(chart, { defaultTarget: target });
    expect(routesOf(chart)).toEqual([
      { name: 'default-testers', match: [{ headers: { x: {} }, uri: { prefix: '/' } }], route: [{ destination: { host: 'new', port: { number: 8080 } } }] },
      { name: 'default', route: [{ destination: { host: 'old', port: { number: 8080 } } }] },
    ]);
  });

  test.each<[string, IHttpTarget, object, string]>([
    ['asks for the path', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ uri: StringMatch.prefix('/x') }], action: to('a') }] }) }, {},
      "[test/Shop] target has a match for the path, which the path's own options decide, leave it out of one"],
    ['asks for the method beside methods', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ method: StringMatch.exact('GET') }], action: to('a') }] }) }, { methods: ['PUT'] },
      "[test/Shop] target has a match for the method, which the path's own options decide, leave it out of one"],
    ['asks where requests come from', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ sourceLabels: { app: 'x' } }], action: to('a') }] }) }, {},
      "[test/Shop] target has a match for sourceLabels, which at a gateway is the gateway's own, leave it out"],
    ['asks twice for a header', { toHttpTargetConfig: () => ({ routes: [{ matches: [{ headers: { x: HeaderMatch.exact('1') } }], action: to('a') }] }) },
      { headers: { x: HeaderMatch.exact('2') } },
      "[test/Shop] target: audiences ask twice for the header 'x', in ways that one match cannot say, find one condition that says both"],
    ['hides its own routes', { toHttpTargetConfig: () => ({ routes: [{ action: to('a') }, { action: to('b') }] }) }, {},
      '[test/Shop] target.routes[0] must have matches, only the last route of a target is for all requests that are left'],
    ['has no routes', { toHttpTargetConfig: () => ({ routes: [] }) }, {}, '[test/Shop] target.routes'],
  ])('fails when it %s', (_, target, options, message) => {
    expect(() => ingress(testChart()).addPath('/a', target, options)).toThrow(message);
  });
});

describe('a destination without a port', () => {
  const advice = 'for which a gateway takes its own port unless the service has only one';

  test('is an error where the ports are unknown', () => {
    const chart = testChart();
    ingress(chart).addPath('/api', HttpAction.forward(ServiceHost.fromName('api')));
    expect(() => manifestsOf(chart)).toThrow(`[test/Shop] path '/api' goes to 'api' without a port, ${advice}: give the port, with withPort() or where the handle is made`);
  });

  test('is an error of a copy too', () => {
    const chart = testChart();
    const api = ServiceHost.fromName('api', { port: 80 });
    ingress(chart).addPath('/api', HttpAction.forward(api, { mirrors: [{ destination: ServiceHost.fromName('shadow') }] }));
    expect(() => manifestsOf(chart)).toThrow("path '/api' goes to 'shadow' without a port");
  });

  test('is accepted for a service of the app with one port, and an error with two', () => {
    const chart = testChart({ namespace: 'shop' });
    const service = new ApiObject(chart, 'Api', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { ports: [{ port: 80 }] } } as any);
    ingress(chart).addPath('/api', HttpAction.forward(ServiceHost.fromService(service)));
    expect(routesOf2(chart)).toEqual({ host: 'api.shop.svc.cluster.local' });
    const two = testChart();
    const wide = new ApiObject(two, 'Api', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { ports: [{ port: 80 }, { port: 81 }] } } as any);
    ingress(two).addPath('/api', HttpAction.forward(ServiceHost.fromService(wide)));
    expect(() => manifestsOf(two)).toThrow(`path '/api' goes to 'api' without a port, ${advice}, but it has 80, 81: give the port`);
  });

  test('is accepted for an entry with one port', () => {
    const chart = testChart();
    const entry = new ServiceEntry(chart, 'Api', { hosts: ['api.example.org'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
    ingress(chart).addPath('/api', HttpAction.forward(entry));
    expect(routesOf2(chart)).toEqual({ host: 'api.example.org' });
    entry.addPort(EntryPort.http(8080));
    expect(() => manifestsOf(chart)).toThrow('but it has 80, 8080');
  });

  function routesOf2(chart: Chart): object {
    return manifestsOf(chart).find(({ kind }) => kind === 'VirtualService')!.spec.http[0].route[0].destination;
  }
});

describe('two patterns', () => {
  test('that open one host on a port of the same proxies are refused', () => {
    const chart = testChart();
    ingress(chart, { tls: ServerTls.simple('a') });
    expect(() => new IngressRoute(chart, 'Other', { hosts: ['shop.example.com'], tls: ServerTls.simple('b') })).toThrow(new Error(
      "[test/Other] host 'shop.example.com' on port 80 of the gateway proxies 'istio=ingressgateway' belongs to [test/Shop] already, "
      + 'make one Gateway with a server for the hosts of both, and hand it to both as gateway, or join the paths of one host with SharedHost'));
  });

  test('that use one certificate twice are refused', () => {
    const { first, second } = testCharts();
    ingress(first, { tls: ServerTls.simple('wildcard') });
    expect(() => new IngressRoute(second, 'Other', { hosts: ['other.example.com'], tls: ServerTls.simple('wildcard') })).toThrow(new Error(
      "[second/Other] the certificate 'wildcard' on port 443 of the gateway proxies 'istio=ingressgateway' belongs to [first/Shop] already, "
      + 'make one Gateway with a server for the hosts of both, and hand it to both as gateway'));
  });

  test('at other proxies do not meet', () => {
    const chart = testChart();
    ingress(chart, { tls: ServerTls.simple('a') });
    expect(() => new IngressRoute(chart, 'Other', {
      hosts: ['shop.example.com'], tls: ServerTls.simple('a'), selector: GatewaySelector.labels({ istio: 'internal' }),
    })).not.toThrow();
  });

  test('for one host at a shared gateway are refused', () => {
    const chart = testChart();
    const gateway = Gateway.fromGatewayName('public', { namespace: 'edge' });
    ingress(chart, { gateway });
    expect(() => new IngressRoute(chart, 'Other', { hosts: ['shop.example.com'], gateway })).toThrow(new Error(
      "[test/Other] host 'shop.example.com' at gateway 'edge/public' belongs to [test/Shop] already, add to that one, or join both with SharedHost, whose addPath() takes releases too"));
    expect(() => new IngressRoute(chart, 'Third', { hosts: ['other.example.com'], gateway })).not.toThrow();
  });

  test('of which one uses the gateway of the other are refused for one host', () => {
    const chart = testChart();
    const shop = ingress(chart);
    expect(() => new IngressRoute(chart, 'Other', { hosts: ['shop.example.com'], gateway: shop.gateway })).toThrow('belongs to [test/Shop] already');
  });
});
