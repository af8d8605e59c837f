import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { Gateway, GatewayProps, GatewaySelector, GatewayServer, MeshSettings, ServerTls } from '../lib';
import { manifestOf, specOf, testChart, testCharts } from './util';

const tls = ServerTls.simple('shop-tls');
const http = GatewayServer.http({ hosts: ['shop.example.com'] });

function gateway(props: Partial<GatewayProps> = {}): Gateway {
  return new Gateway(testChart(), 'Gateway', { selector: GatewaySelector.ingress(), servers: [http], ...props });
}

function rendered(servers: GatewayServer[]): any {
  const chart = testChart();
  new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers });
  return specOf(chart, 'Gateway');
}

test('is a Gateway of networking.istio.io/v1', () => {
  const object = ApiObject.of(gateway());
  expect([object.apiVersion, object.kind]).toEqual(['networking.istio.io/v1', 'Gateway']);
});

test('writes what was said and leaves out what was not', () => {
  expect(rendered([http])).toEqual({
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example.com'] }],
  });
});

test('is written whole: a redirect and an https server', () => {
  const chart = testChart({ namespace: 'istio-ingress' });
  new Gateway(chart, 'Shop', {
    metadata: { name: 'shop', labels: { team: 'web' } },
    selector: GatewaySelector.labels({ app: 'edge' }),
    servers: [
      GatewayServer.http({ hosts: ['shop.example.com'], httpsRedirect: true }),
      GatewayServer.https({ hosts: ['shop.example.com'], tls }),
    ],
  });
  expect(manifestOf(chart, 'Gateway')).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'shop', namespace: 'istio-ingress', labels: { team: 'web' } },
    spec: {
      selector: { app: 'edge' },
      servers: [
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example.com'], tls: { httpsRedirect: true } },
        { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['shop.example.com'], tls: { mode: 'SIMPLE', credentialName: 'shop-tls' } },
      ],
    },
  });
});

test('for all proxies no selector is written', () => {
  const chart = testChart();
  new Gateway(chart, 'Gateway', { selector: GatewaySelector.allProxies(), servers: [http] });
  expect(specOf(chart, 'Gateway')).not.toHaveProperty('selector');
});

test('servers are written in the order they were added', () => {
  const chart = testChart();
  const added = new Gateway(chart, 'Gateway', { selector: GatewaySelector.egress(), servers: [http] });
  added.addServer(GatewayServer.tcp({ hosts: ['*'], port: 31400 }));
  added.addServer(GatewayServer.tls({ hosts: ['*.example.com'], tls: ServerTls.passthrough() }));
  expect(specOf(chart, 'Gateway').servers.map((server: any) => server.port)).toEqual([
    { number: 80, name: 'http', protocol: 'HTTP' },
    { number: 31400, name: 'tcp', protocol: 'TCP' },
    { number: 443, name: 'tls', protocol: 'TLS' },
  ]);
});

test('one server can be part of several gateways', () => {
  const chart = testChart();
  const props = { selector: GatewaySelector.ingress(), servers: [http] };
  new Gateway(chart, 'A', props);
  expect(() => new Gateway(chart, 'B', props)).not.toThrow();
});

test('the list of the caller is copied', () => {
  const chart = testChart();
  const servers = [http];
  new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers });
  servers.push(GatewayServer.tcp({ hosts: ['*'], port: 1 }));
  expect(specOf(chart, 'Gateway').servers).toHaveLength(1);
});

test('the hosts are those of all servers, each once, and a copy', () => {
  const one = gateway({
    servers: [GatewayServer.http({ hosts: ['a.example', 'b.example'] }), GatewayServer.https({ hosts: ['b.example', 'shop/*.example'], tls })],
  });
  expect(one.hosts).toEqual(['a.example', 'b.example', 'shop/*.example']);
  one.hosts.push('c.example');
  expect(one.hosts).toHaveLength(3);
});

describe('port names', () => {
  function names(servers: GatewayServer[]): string[] {
    return rendered(servers).servers.map((server: any) => server.port.name);
  }

  test('are the protocol, then with the number, then with an ordinal', () => {
    expect(names(['a.example', 'b.example', 'c.example', 'd.example'].map(host => GatewayServer.https({ hosts: [host], tls }))))
      .toEqual(['https', 'https-443', 'https-443-2', 'https-443-3']);
  });

  test('never are like a name that was given', () => {
    expect(names([
      GatewayServer.http({ hosts: ['a.example'] }), GatewayServer.http({ hosts: ['b.example'], port: 8080, portName: 'http' }), GatewayServer.grpcWeb({ hosts: ['c.example'] }),
      GatewayServer.httpProxy({ hosts: ['d.example'] }),
    ])).toEqual(['http-80', 'http', 'grpc-web', 'http-proxy']);
  });

  test('are unique for all servers', () => {
    const server = fc.record({
      make: fc.constantFrom(GatewayServer.http, GatewayServer.grpc, GatewayServer.grpcWeb),
      port: fc.constantFrom(80, 8080),
      portName: fc.option(fc.constantFrom('http', 'http-80', 'http-80-2', 'grpc'), { nil: undefined }),
    });
    const servers = fc.array(server, { minLength: 1, maxLength: 10 })
      .filter(list => new Set(list.flatMap(item => item.portName ?? [])).size === list.filter(item => item.portName !== undefined).length);
    fc.assert(fc.property(servers, list => {
      const given = names(list.map(({ make, port, portName }) => make({ hosts: ['a.example'], port, portName })));
      expect(new Set(given).size).toBe(list.length);
      list.forEach((item, index) => item.portName !== undefined && expect(given[index]).toBe(item.portName));
    }), { numRuns: 50 });
  });
});

describe('a reference', () => {
  test('has the name, the namespace where the program sets it, and the hosts', () => {
    const { first, second } = testCharts({ namespace: 'istio-ingress' });
    const known = new Gateway(first, 'A', { selector: GatewaySelector.ingress(), servers: [http], metadata: { name: 'shop' } });
    const unknown = new Gateway(second, 'B', { selector: GatewaySelector.ingress(), servers: [http], metadata: { name: 'shop' } });
    expect(known.toGatewayConfig()).toEqual({ name: 'shop', namespace: 'istio-ingress', hosts: ['shop.example.com'] });
    expect(unknown.toGatewayConfig()).toEqual({ name: 'shop', namespace: undefined, hosts: ['shop.example.com'] });
  });

  test('prefers the namespace of the metadata', () => {
    const chart = testChart({ namespace: 'a' });
    const one = new Gateway(chart, 'A', { selector: GatewaySelector.ingress(), servers: [http], metadata: { name: 'shop', namespace: 'b' } });
    expect(one.toGatewayConfig()).toMatchObject({ name: 'shop', namespace: 'b' });
  });

  test('to all sidecars is the reserved name', () => {
    expect(Gateway.mesh().toGatewayConfig()).toEqual({ name: 'mesh' });
  });

  test('by name has nothing but what was said', () => {
    expect(Gateway.fromGatewayName('shop').toGatewayConfig()).toEqual({ name: 'shop' });
    expect(Gateway.fromGatewayName('shop', { namespace: 'istio-ingress' }).toGatewayConfig()).toEqual({ name: 'shop', namespace: 'istio-ingress' });
  });

  test('by attributes has the hosts, as a copy', () => {
    const hosts = ['*.example.com'];
    const handle = Gateway.fromGatewayAttributes({ name: 'shop', namespace: 'istio-ingress', hosts });
    hosts.push('b.example');
    handle.toGatewayConfig().hosts!.push('c.example');
    expect(handle.toGatewayConfig()).toEqual({ name: 'shop', namespace: 'istio-ingress', hosts: ['*.example.com'] });
  });

  test('to a gateway called mesh is possible with its namespace', () => {
    expect(Gateway.fromGatewayName('mesh', { namespace: 'shop' }).toGatewayConfig()).toEqual({ name: 'mesh', namespace: 'shop' });
  });

  const LABEL = "letters, digits and '-', at most 63 characters, with a letter or digit first and last";
  test.each<[string, () => unknown, string]>([
    ['no name', () => (Gateway.fromGatewayName as any)(), 'name must be given'],
    ['an empty name', () => Gateway.fromGatewayName(''), "name must be a string that is not empty, got ''"],
    ['a name with its namespace', () => Gateway.fromGatewayName('istio-ingress/shop'), `name must be ${LABEL}, got 'istio-ingress/shop'`],
    ['a name with dots', () => Gateway.fromGatewayName('shop.istio-ingress'), `name must be ${LABEL}, got 'shop.istio-ingress'`],
    ['a name that is not a text', () => (Gateway.fromGatewayName as any)({ name: 'shop' }), 'name must be a string that is not empty, got an object with name'],
    ['the reserved name', () => Gateway.fromGatewayName('mesh'), "name must not be 'mesh' without a namespace, routes read it as all sidecars, which are Gateway.mesh()"],
    ['a namespace of dots', () => Gateway.fromGatewayName('shop', { namespace: '.' }), "namespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got '.'"],
    ['a misspelt option', () => (Gateway.fromGatewayName as any)('shop', { ns: 'a' }), "options has no property 'ns', known properties: namespace"],
    ['attributes without hosts', () => (Gateway.fromGatewayAttributes as any)({ name: 'shop' }), 'hosts must be a list, got undefined'],
    ['attributes without a name', () => (Gateway.fromGatewayAttributes as any)({ hosts: ['*'] }), 'name must be given'],
    ['a short host', () => Gateway.fromGatewayAttributes({ name: 'shop', hosts: ['shop'] }), "hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got 'shop'"],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('wrong values are refused where they are handed in', () => {
  test.each<[string, any, string]>([
    ['no selector', { selector: undefined }, '[test/Gateway] selector must be made by GatewaySelector, such as GatewaySelector.ingress(), got undefined'],
    ['a selector of plain labels', { selector: { istio: 'ingressgateway' } }, '[test/Gateway] selector must be made by GatewaySelector, such as GatewaySelector.ingress(), got an object with istio'],
    ['a plain server', { servers: [{ port: 80 }] }, '[test/Gateway] servers[0] must be made by GatewayServer, such as GatewayServer.https({ hosts, tls }), got an object with port'],
    ['an undefined server', { servers: [http, undefined] }, '[test/Gateway] servers[1] must not be undefined, leave the item out'],
    ['servers that are no list', { servers: http }, '[test/Gateway] servers must be a list, got a value of class GatewayServer'],
    ['a misspelt property', { server: http }, "[test/Gateway] props has no property 'server', known properties: metadata, selector, servers"],
    ['a name with dots', { metadata: { name: 'shop.example' } }, "[test/Gateway] metadata.name must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got 'shop.example'"],
    ['a long name', { metadata: { name: 'a'.repeat(64) } }, `[test/Gateway] metadata.name must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got '${'a'.repeat(64)}'`],
    ['the reserved name', { metadata: { name: 'mesh' } }, "[test/Gateway] metadata.name must not be 'mesh' without a namespace, routes read it as all sidecars, which are Gateway.mesh()"],
    ['a port name twice', { servers: [GatewayServer.http({ hosts: ['*'], portName: 'a' }), GatewayServer.tcp({ hosts: ['*'], port: 1, portName: 'a' })] }, "[test/Gateway] servers[1] has the portName 'a', which another server of the gateway has already"],
    ['a server name twice', { servers: [GatewayServer.http({ hosts: ['*'], name: 'a' }), GatewayServer.tcp({ hosts: ['*'], port: 1, name: 'a' })] }, "[test/Gateway] servers[1] has the name 'a', which another server of the gateway has already"],
  ])('%s', (_, props, message) => {
    expect(() => gateway(props)).toThrow(new Error(message));
  });

  test('addServer checks what the constructor checks', () => {
    const one = gateway({ servers: [GatewayServer.http({ hosts: ['*'], portName: 'a' })] });
    expect(() => one.addServer(GatewayServer.tcp({ hosts: ['*'], port: 1, portName: 'a' })))
      .toThrow(new Error("[test/Gateway] server has the portName 'a', which another server of the gateway has already"));
    expect(() => (one.addServer as any)()).toThrow(new Error('[test/Gateway] server must be made by GatewayServer, such as GatewayServer.https({ hosts, tls }), got undefined'));
  });

  test('a gateway called mesh is possible in a namespace', () => {
    expect(gateway({ metadata: { name: 'mesh', namespace: 'shop' } }).toGatewayConfig()).toMatchObject({ name: 'mesh', namespace: 'shop' });
  });
});

describe('servers that Istio would drop are refused', () => {
  const on = (port: number) => ({
    http: (host: string, redirect = false) => GatewayServer.http({ hosts: [host], port, httpsRedirect: redirect }),
    grpc: (host: string) => GatewayServer.grpc({ hosts: [host], port }),
    tcp: (host: string, bind?: string) => GatewayServer.tcp({ hosts: [host], port, bind }),
    https: (host: string, mode = tls) => GatewayServer.https({ hosts: [host], port, tls: mode }),
    tls: (host: string, mode = tls) => GatewayServer.tls({ hosts: [host], port, tls: mode }),
  });
  const { http: plain, grpc, tcp, https, tls: secure } = on(443);
  const passthrough = ServerTls.passthrough();
  const joining = (protocol: string) => `cannot join port 443, which takes plain ${protocol} already: Istio would drop the server, give it another port`;
  const sharing = (host: string) => `has the host '${host}', which an earlier server has on port 443 already: Istio tells servers on one port apart by their hosts, leave it out of one`;

  test.each<[string, GatewayServer, GatewayServer, string]>([
    ['https after http', plain('a.example'), https('b.example'), joining('HTTP')],
    ['tls after a redirect', plain('a.example', true), secure('b.example', passthrough), joining('HTTP')],
    ['tcp after http', plain('a.example'), tcp('b.example'), joining('HTTP')],
    ['http after tcp', tcp('a.example'), plain('b.example'), joining('TCP')],
    ['tcp after tcp', tcp('a.example'), tcp('b.example'), joining('TCP')],
    ['tls after tcp', tcp('a.example'), secure('b.example'), joining('TCP')],
    ['https with the same host', https('a.example'), https('a.example'), sharing('a.example')],
    ['https with the same host for any namespace', https('a.example'), https('*/a.example'), sharing('*/a.example')],
    ['https with the same host for two namespaces', https('x/a.example'), https('y/a.example'), sharing('y/a.example')],
    ['tls with the same host as https', https('a.example'), secure('a.example'), sharing('a.example')],
    ['passthrough with the same host as https', https('a.example'), secure('a.example', passthrough), sharing('a.example')],
    ['passthrough with the same host', secure('x/*.example', passthrough), secure('x/*.example', passthrough), sharing('x/*.example')],
    ['a redirect with the same host', plain('a.example', true), plain('a.example', true), sharing('a.example')],
  ])('%s', (_, earlier, later, conflict) => {
    const message = `[test/Gateway] server ${conflict}`;
    const one = gateway({ servers: [earlier] });
    expect(() => one.addServer(later)).toThrow(new Error(message));
    expect(one.hosts).toEqual(earlier._toServer().hosts);
  });

  test('the gateway\'s own namespace by its name and by a dot', () => {
    const one = gateway({ metadata: { namespace: 'shop' }, servers: [secure('./*.example', passthrough)] });
    expect(() => one.addServer(secure('shop/*.example', passthrough))).toThrow(new Error(`[test/Gateway] server ${sharing('shop/*.example')}`));
  });

  test.each<[string, GatewayServer, GatewayServer]>([
    ['http after http with the same host', plain('a.example'), plain('a.example')],
    ['grpc after http', plain('a.example'), grpc('b.example')],
    ['http after a redirect with the same host', plain('a.example', true), plain('a.example')],
    ['http after https', https('a.example'), plain('a.example')],
    ['https with another host', https('a.example'), https('b.example')],
    ['https with a host below a wildcard', https('*.example'), https('a.example')],
    ['tls after https', https('a.example'), secure('b.example')],
    ['passthrough of two namespaces', secure('x/*.example', passthrough), secure('y/*.example', passthrough)],
    ['passthrough of the own namespace', secure('./*.example', passthrough), secure('shop/*.example', passthrough)],
    ['tcp on another address', tcp('a.example', '10.0.0.1'), tcp('a.example', '10.0.0.2')],
    ['https on another port', https('a.example'), on(8443).https('a.example')],
    ['tcp on another port', tcp('a.example'), on(8443).tcp('a.example')],
  ])('but not %s', (_, earlier, later) => {
    expect(rendered([earlier, later]).servers).toHaveLength(2);
  });
});

test('a gateway without a server is reported when the app is complete', () => {
  const chart = testChart();
  new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress() });
  expect(() => specOf(chart, 'Gateway')).toThrow('[test/Gateway] gateway has no server, set servers or call addServer()');
});

test('a field that the mesh\'s Istio does not have yet is reported when the app is complete', () => {
  const chart = testChart();
  MeshSettings.configure(chart, { istioVersion: '1.30' });
  new Gateway(chart, 'Gateway', {
    selector: GatewaySelector.ingress(),
    servers: [GatewayServer.https({ hosts: ['*'], tls: ServerTls.mutual('a', { insecureSkipVerify: true }) })],
  });
  expect(() => specOf(chart, 'Gateway')).toThrow('spec.servers[0].tls.insecureSkipVerify exists since Istio 1.31, but the mesh runs 1.30');
});
