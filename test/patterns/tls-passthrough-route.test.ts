import { Chart } from 'cdk8s';
import {
  EntryPort, ExportTo, Gateway, GatewaySelector, GatewayServer, IngressRoute, Resolution, ServerTls, ServiceEntry,
  ServiceHost, TcpAction, TlsPassthroughRoute, TlsPassthroughRouteProps,
} from '../../lib';
import { manifestsOf, specOf, testChart } from '../util';

const vault = ServiceHost.fromName('vault', { port: 8200 });

function passthrough(chart: Chart, props: object = {}): TlsPassthroughRoute {
  return new TlsPassthroughRoute(chart, 'Vault', { hosts: ['vault.example.com'], action: TcpAction.forward(vault), ...props } as TlsPassthroughRouteProps);
}

test('passes TLS on by the server name', () => {
  const chart = testChart();
  passthrough(chart);
  expect(specOf(chart, 'Gateway')).toEqual({
    selector: { istio: 'ingressgateway' },
    servers: [{ hosts: ['vault.example.com'], port: { number: 443, protocol: 'TLS', name: 'tls' }, tls: { mode: 'PASSTHROUGH' } }],
  });
  expect(specOf(chart, 'VirtualService')).toEqual({
    hosts: ['vault.example.com'],
    gateways: ['test-vault-gateway'],
    tls: [{ match: [{ sniHosts: ['vault.example.com'] }], route: [{ destination: { host: 'vault', port: { number: 8200 } } }] }],
  });
});

test('takes several hosts, weights, port, selector, metadata and exportTo', () => {
  const chart = testChart();
  const route = passthrough(chart, {
    hosts: ['vault.example.com', '*.db.example.com'],
    action: TcpAction.split([{ destination: vault, weight: 9 }, { destination: ServiceHost.fromName('vault-next', { port: 8200 }), weight: 1 }]),
    port: 8443,
    selector: GatewaySelector.labels({ istio: 'partners' }),
    metadata: { name: 'vault' },
    gatewayMetadata: { name: 'vault-gateway', namespace: 'edge' },
    exportTo: ExportTo.namespaces(['edge']),
  });
  expect(specOf(chart, 'Gateway')).toMatchObject({ selector: { istio: 'partners' }, servers: [{ port: { number: 8443 }, hosts: ['vault.example.com', '*.db.example.com'] }] });
  expect(specOf(chart, 'VirtualService')).toMatchObject({
    hosts: ['vault.example.com', '*.db.example.com'],
    gateways: ['edge/vault-gateway'],
    exportTo: ['edge'],
    tls: [{ match: [{ sniHosts: ['vault.example.com', '*.db.example.com'] }], route: [{ weight: 9 }, { weight: 1 }] }],
  });
  expect(route.virtualService.name).toBe('vault');
});

test('can share a gateway with routes that end TLS', () => {
  const chart = testChart();
  const gateway = new Gateway(chart, 'Public', {
    selector: GatewaySelector.ingress(),
    servers: [
      GatewayServer.http({ hosts: ['*.example.com'], httpsRedirect: true }),
      GatewayServer.tls({ hosts: ['vault.example.com'], tls: ServerTls.passthrough() }),
    ],
  });
  expect(passthrough(chart, { gateway }).gateway).toBe(gateway);
  expect(specOf(chart, 'VirtualService').gateways).toEqual(['test-public']);
});

test.each<[string, object, string]>([
  ['no hosts', { hosts: undefined }, '[test/Vault] hosts must be given'],
  ['a host twice', { hosts: ['a.example.com', 'a.example.com'] }, '[test/Vault] hosts'],
  ['no action', { action: undefined }, '[test/Vault] action must be given'],
  ['an action that is none', { action: vault }, '[test/Vault] action must be made by TcpAction, such as TcpAction.forward(), got a value of class ServiceHost'],
  ['a port that is none', { port: 70000 }, '[test/Vault] port must be an integer from 1 to 65535, got 70000'],
  ['a port beside a shared gateway', { port: 443, gateway: Gateway.fromGatewayName('public') }, '[test/Vault] port must be left out beside gateway, whose servers say it'],
  ['the mesh as gateway', { gateway: Gateway.mesh() }, '[test/Vault] gateway must not be Gateway.mesh(), sidecars do not take traffic from outside'],
  ['a host that the gateway lacks', { gateway: Gateway.fromGatewayAttributes({ name: 'public', hosts: ['*.example.org'] }) },
    "[test/Vault] hosts: the host 'vault.example.com' is not covered by the servers of the gateway 'public', whose hosts are '*.example.org', add it to a server"],
  ['paths', { paths: [] }, "[test/Vault] props has no property 'paths', known properties: hosts, action, gateway, selector, port, exportTo, metadata, gatewayMetadata"],
])('fails for %s', (_, props, message) => {
  expect(() => passthrough(testChart(), props)).toThrow(message);
});

test('fails where the server of the gateway ends TLS', () => {
  const chart = testChart();
  const gateway = new Gateway(chart, 'Public', { selector: GatewaySelector.ingress(), servers: [GatewayServer.https({ hosts: ['*.example.com'], tls: ServerTls.simple('x') })] });
  passthrough(chart, { gateway });
  expect(() => manifestsOf(chart)).toThrow("[test/Vault] the host 'vault.example.com' has no server of the gateway 'test-public' that passes TLS on, "
    + 'use IngressRoute, or add a server with ServerTls.passthrough()');
});

test('a destination without a port is an error unless it has only one', () => {
  const chart = testChart();
  passthrough(chart, { action: TcpAction.forward(ServiceHost.fromName('vault')) });
  expect(() => manifestsOf(chart)).toThrow("[test/Vault] action goes to 'vault' without a port, for which a gateway takes its own port unless the service has only one: "
    + 'give the port, with withPort() or where the handle is made');
  const other = testChart();
  passthrough(other, { action: TcpAction.forward(new ServiceEntry(other, 'Entry', { hosts: ['vault.internal'], ports: [EntryPort.tls(8200)], resolution: Resolution.dns() })) });
  expect(() => manifestsOf(other)).not.toThrow();
});

test('refuses a TLS host that another pattern has on the port, with the advice to share the gateway', () => {
  const chart = testChart();
  new IngressRoute(chart, 'Shop', { hosts: ['vault.example.com'], tls: ServerTls.simple('x') });
  expect(() => passthrough(chart)).toThrow(new Error(
    "[test/Vault] host 'vault.example.com' on port 443 of the gateway proxies 'istio=ingressgateway' belongs to [test/Shop] already, "
    + 'make one Gateway with a server for the hosts of both, and hand it to both as gateway, or join the paths of one host with SharedHost'));
});

test('refuses a server name that another pattern has at the gateway', () => {
  const chart = testChart();
  const gateway = Gateway.fromGatewayName('public', { namespace: 'edge' });
  passthrough(chart, { gateway });
  expect(() => new TlsPassthroughRoute(chart, 'Other', { hosts: ['vault.example.com'], action: TcpAction.forward(vault), gateway })).toThrow(new Error(
    "[test/Other] the server name 'vault.example.com' at gateway 'edge/public' belongs to [test/Vault] already, leave it out of one"));
});
