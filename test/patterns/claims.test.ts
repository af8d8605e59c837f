import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AliasTarget, CanaryRelease, CanaryReleaseProps, EgressGateway, EntryPort, ExportTo, ExternalApi, ExternalTls, Gateway, GatewaySelector,
  GatewayServer, HttpAction, IDestination, IGateway, IngressRoute, IngressRouteProps, InternalAlias, ServerTls, ServiceHost, SharedHost,
  SharedHostProps,
} from '../../lib';
import { manifestsOf, testCharts } from '../util';

// what two patterns of one app cannot both have, because Istio takes it from one object alone

const action = HttpAction.forward(ServiceHost.fromName('web', { namespace: 'web', port: 80 }));

const charts = () => testCharts({ namespace: 'shop' }, { namespace: 'cart' });

function shared(scope: Construct, props: SharedHostProps, id: string = 'Shared'): SharedHost {
  return new SharedHost(scope, id, { defaultTarget: action, ...props });
}

function canary(scope: Construct, service: IDestination, props: Partial<CanaryReleaseProps> = {}): CanaryRelease {
  return new CanaryRelease(scope, 'Canary', { service, stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 10, ...props });
}

function ingress(scope: Construct, id: string, props: IngressRouteProps): IngressRoute {
  return new IngressRoute(scope, id, { defaultTarget: action, ...props });
}

const reviews = (namespace?: string) => ServiceHost.fromName('reviews', { namespace, port: 9080 });

describe('a host in the mesh', () => {
  const hosts = ['shop.example.com'];

  test.each([
    ['both are private, in two namespaces', ExportTo.ownNamespace(), ExportTo.ownNamespace()],
    ['they are for different namespaces', ExportTo.namespaces(['.', 'a']), ExportTo.namespaces(['.', 'b'])],
  ])('can have two patterns where nobody sees both: %s', (_, one, other) => {
    const { first, second } = charts();
    shared(first, { hosts, exportTo: one });
    expect(() => shared(second, { hosts, exportTo: other })).not.toThrow();
  });

  test.each([
    ['a private one and one for all', ExportTo.ownNamespace(), undefined, " for namespace 'shop'"],
    ['one for all and one for a few', ExportTo.all(), ExportTo.namespaces(['a', '.']), " for namespaces 'a', 'cart'"],
    ['one for the other namespace and its own', ExportTo.namespaces(['.', 'cart']), ExportTo.ownNamespace(), " for namespace 'cart'"],
    ['two for all', undefined, ExportTo.all(), ''],
  ])('cannot have two patterns that one namespace sees: %s', (_, one, other, place) => {
    const { first, second } = charts();
    shared(first, { hosts, exportTo: one });
    expect(() => shared(second, { hosts, exportTo: other })).toThrow(new Error(
      `[second/Shared] host 'shop.example.com' in the mesh belongs to [first/Shared] already${place}, add to that one, or join both with SharedHost, whose addPath() takes releases too`));
  });

  test('is named in full or by the short name that its namespace completes', () => {
    const { first, second } = charts();
    shared(first, { hosts: ['reviews'] });
    expect(() => shared(second, { hosts: ['reviews'] })).not.toThrow();
    expect(() => shared(second, { services: [reviews('shop')] }, 'Other'))
      .toThrow("[second/Other] host 'reviews.shop.svc.cluster.local' in the mesh belongs to [first/Shared] already");
    expect(() => shared(second, { hosts: ['SHOP.example.com'] }, 'Third')).not.toThrow();
    expect(() => shared(first, { hosts }, 'Fourth')).toThrow("host 'shop.example.com' in the mesh belongs to [second/Third] already");
  });

  test('may stand beside a wildcard that covers it: Istio takes the more specific host', () => {
    const { first, second } = charts();
    shared(first, { hosts: ['*.example.com'] });
    expect(() => shared(second, { hosts })).not.toThrow();
    expect(() => shared(second, { hosts: ['*.example.com'] }, 'Same')).toThrow('belongs to [first/Shared] already');
  });

  test.each<[string, (scope: Chart) => void]>([
    ['an API with routes', scope => new ExternalApi(scope, 'Other', { hosts, tls: ExternalTls.none(), exportTo: ExportTo.all() })],
    ['an alias with routes', scope => new InternalAlias(scope, 'Other', { host: hosts[0], target: AliasTarget.service(reviews('shop')), ports: [EntryPort.http(80)], exportTo: ExportTo.all() })],
    ['an API behind an egress gateway', scope => new EgressGateway(scope, 'Egress').addApi('Other', { hosts, tls: ExternalTls.passthrough() })],
  ])('belongs to %s alone', (_, make) => {
    const { first, second } = charts();
    make(second);
    expect(() => shared(first, { hosts })).toThrow(/^\[first\/Shared\] host 'shop.example.com' in the mesh belongs to \[second\/(Egress\/)?Other\] already/);
  });

  test('of an API whose TLS the application speaks has no routes, so that others can', () => {
    const { first } = charts();
    new ExternalApi(first, 'Api', { hosts, tls: ExternalTls.passthrough() });
    expect(() => shared(first, { hosts })).not.toThrow();
  });
});

describe('a release', () => {
  test('that becomes a path of a host for the same service gives it the host, whichever is made first', () => {
    for (const isReleaseFirst of [true, false]) {
      const { first } = charts();
      const makeRelease = () => canary(first, reviews('shop'));
      const early = isReleaseFirst ? makeRelease() : undefined;
      const host = new SharedHost(first, 'Shared', { services: [reviews('shop')] });
      host.addPath(first, '/reviews', early ?? makeRelease());
      expect(manifestsOf(first).map(({ kind }) => kind).sort()).toEqual(['DestinationRule', 'VirtualService']);
    }
  });

  test('that stands alone beside a host for the same service is refused when the app is complete', () => {
    const { first, second } = charts();
    canary(first, reviews('shop'));
    shared(second, { services: [reviews('shop')] });
    expect(() => manifestsOf(first)).toThrow("[first/Canary] host 'reviews.shop.svc.cluster.local' in the mesh belongs to [second/Shared] already, "
      + 'add to that one, or join both with SharedHost, whose addPath() takes releases too');
  });

  test('that asks for the mesh is refused at once', () => {
    const { first, second } = charts();
    shared(second, { services: [reviews('shop')] });
    expect(() => canary(first, reviews('shop'), { mesh: true })).toThrow('[first/Canary] host \'reviews.shop.svc.cluster.local\' in the mesh belongs to [second/Shared] already');
  });

  test('is alone among those who see it, two private ones in two namespaces are not refused', () => {
    const { first, second } = charts();
    canary(first, reviews('shop'), { exportTo: ExportTo.ownNamespace() });
    canary(second, reviews('shop'), { exportTo: ExportTo.ownNamespace() });
    expect(() => manifestsOf(first)).not.toThrow();
  });

  test('for all beside another one for all is refused, although each has a rule for the clients of its own namespace', () => {
    const { first, second } = testCharts({ namespace: 'web' }, { namespace: 'cart' });
    canary(first, reviews('shop'));
    canary(second, reviews('shop'));
    expect(() => manifestsOf(first)).toThrow("[second/Canary] host 'reviews.shop.svc.cluster.local' in the mesh belongs to [first/Canary] already");
  });
});

describe('the destination rule of a host', () => {
  const message = (owner: string, host: string, other: string, place = '') =>
    new Error(`[${owner}] the destination rule of host '${host}' belongs to [${other}] already${place}, hand its traffic policy and versions to that one: AbTest takes any number of them`);

  test('belongs to one release', () => {
    const { first, second } = charts();
    canary(first, reviews('shop'), { mesh: false });
    expect(() => canary(second, reviews('shop'), { mesh: false })).toThrow(message('second/Canary', 'reviews.shop.svc.cluster.local', 'first/Canary', " for namespace 'cart'"));
  });

  test('is looked for by clients in their own namespace, in that of the service and in the root namespace alone', () => {
    const { first, second } = testCharts({ namespace: 'web' }, { namespace: 'cart' });
    canary(first, reviews('shop'), { mesh: false });
    expect(() => canary(second, reviews('shop'), { mesh: false })).not.toThrow();
    const root = new Chart(first.node.root as Construct, 'root', { namespace: 'istio-system' });
    expect(() => canary(root, reviews('shop'), { mesh: false })).toThrow('belongs to [first/Canary] already');
  });

  test('of an API belongs to the API', () => {
    const { first } = charts();
    const api = new ExternalApi(first, 'Api', { hosts: ['api.example.com'], tls: ExternalTls.passthrough(), connectionPool: { tcp: { maxConnections: 5 } } });
    expect(() => canary(first, api, { exportTo: ExportTo.ownNamespace() })).toThrow(message('first/Canary', 'api.example.com', 'first/Api'));
  });

  test('of services with one short name is one for each namespace', () => {
    const { first, second } = charts();
    canary(first, reviews());
    expect(() => canary(second, reviews())).not.toThrow();
    const twin = new Construct(first, 'Twin');
    expect(() => canary(twin, reviews('shop'))).toThrow(message('first/Twin/Canary', 'reviews.shop.svc.cluster.local', 'first/Canary'));
  });
});

describe('an egress gateway', () => {
  const api = (name: string) => ({ hosts: [`${name}.example.com`], tls: ExternalTls.originate() });

  test('may be used by two private ones in two namespaces, for different hosts', () => {
    const { first, second } = charts();
    new EgressGateway(first, 'Egress').addApi('A', api('a'));
    const other = new EgressGateway(second, 'Egress');
    other.addApi('B', api('b'));
    expect(() => manifestsOf(first)).not.toThrow();
    expect(() => other.addApi('A', api('a'))).toThrow(
      "[second/Egress/A] the service entry of host 'a.example.com' belongs to [first/Egress/A] already for namespace 'istio-system'");
  });

  test('is one for each namespace, also where that of the proxies has one for all', () => {
    const { first } = charts();
    const central = new Chart(first.node.root as Construct, 'central', { namespace: 'istio-system' });
    new EgressGateway(central, 'Egress', { exportTo: ExportTo.all() });
    const host = 'istio-egressgateway.istio-system.svc.cluster.local';
    expect(() => new EgressGateway(first, 'Egress')).toThrow(new Error(
      `[first/Egress] the egress gateway '${host}' belongs to [central/Egress] already for namespace 'shop', call addApi() on that one`));
  });
});

describe('a host at a gateway', () => {
  const hosts = ['shop.example.com'];
  const named = Gateway.fromGatewayName('public', { namespace: 'edge' });

  test('can have two patterns where no gateway sees both', () => {
    const { first, second } = charts();
    ingress(first, 'Shop', { hosts, gateway: named, exportTo: ExportTo.namespaces(['edge-a']) });
    expect(() => ingress(second, 'Shop', { hosts, gateway: named, exportTo: ExportTo.namespaces(['edge-b']) })).not.toThrow();
    expect(() => ingress(second, 'All', { hosts, gateway: named })).toThrow("[second/All] host 'shop.example.com' at gateway 'edge/public' belongs to [first/Shop] already for namespace 'edge-a'");
  });

  test('is another one at a gateway of the same name in another namespace', () => {
    const { first, second } = charts();
    const unqualified = Gateway.fromGatewayName('public');
    ingress(first, 'Shop', { hosts, gateway: unqualified });
    expect(() => ingress(second, 'Shop', { hosts, gateway: unqualified })).not.toThrow();
    expect(() => ingress(second, 'Again', { hosts, gateway: Gateway.fromGatewayName('public', { namespace: 'shop' }) })).toThrow('belongs to [first/Shop] already');
  });

  const gatewayWith = (scope: Construct, ...serverHosts: string[]): IGateway => new Gateway(scope, 'Gateway', {
    selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: serverHosts })],
  });

  test('may stand beside a wildcard that covers it, whose server is for the wildcard', () => {
    const { first, second } = charts();
    const gateway = gatewayWith(first, '*.example.com');
    ingress(first, 'Wild', { hosts: ['*.example.com'], gateway });
    ingress(second, 'Shop', { hosts, gateway });
    expect(() => manifestsOf(first)).not.toThrow();
  });

  test.each([
    ['the host itself', ['shop.example.com', '*.example.com'], ['*.example.com'], ['shop.example.com'], 'shop.example.com'],
    ['a host that two wildcards cover', ['a.shop.example.com'], ['*.shop.example.com'], ['*.example.com'], 'a.shop.example.com'],
    ['a host that all hosts cover', ['*.example.com'], ['*'], ['*.example.com'], '*.example.com'],
  ])('has the routes of a wildcard as well where a server names %s', (_, serverHosts, wide, narrow, name) => {
    const { first, second } = charts();
    const gateway = gatewayWith(first, ...serverHosts);
    ingress(first, 'Wild', { hosts: wide, gateway });
    ingress(second, 'Shop', { hosts: narrow, gateway });
    expect(() => manifestsOf(first)).toThrow(`[first/Wild] host '${wide[0]}' and the host '${narrow[0]}' of [second/Shop] both answer for '${name}', a host of the servers of gateway 'shop/first-gateway': `
      + `Istio would concatenate their routes, add to that one, or join both with SharedHost, whose addPath() takes releases too, or let the server be for '${wide[0]}'`);
  });

  test('has its own routes alone where the server lets in another namespace than that of the wildcard', () => {
    const { first, second } = charts();
    const gateway = gatewayWith(first, 'cart/shop.example.com', '*.example.com');
    ingress(first, 'Wild', { hosts: ['*.example.com'], gateway });
    ingress(second, 'Shop', { hosts, gateway });
    expect(() => manifestsOf(first)).not.toThrow();
  });
});

describe('gateways that two patterns open', () => {
  const tls = (credentialName: string) => ({ tls: ServerTls.simple(credentialName) });

  test('clash where the labels of one select a part of the proxies of the other', () => {
    const { first, second } = charts();
    ingress(first, 'Shop', { hosts: ['shop.example.com'], ...tls('a') });
    expect(() => ingress(second, 'Part', { hosts: ['shop.example.com'], selector: GatewaySelector.labels({ istio: 'ingressgateway', zone: 'a' }) }))
      .toThrow("[second/Part] host 'shop.example.com' on port 80 of the gateway proxies 'istio=ingressgateway,zone=a' belongs to [first/Shop] already");
    expect(() => ingress(second, 'All', { hosts: ['shop.example.com'], ...tls('b'), selector: GatewaySelector.allProxies() }))
      .toThrow("[second/All] host 'shop.example.com' on port 80 of the gateway proxies '*' belongs to [first/Shop] already");
    expect(() => ingress(second, 'Others', { hosts: ['shop.example.com'], ...tls('a'), selector: GatewaySelector.labels({ zone: 'a' }) })).not.toThrow();
  });

  test('may have a host and a certificate on two ports', () => {
    const { first, second } = charts();
    ingress(first, 'Shop', { hosts: ['shop.example.com'], ...tls('a') });
    expect(() => ingress(second, 'Other', { hosts: ['shop.example.com'], ...tls('a'), httpPort: 8080, httpsPort: 8443 })).not.toThrow();
  });

  test('cannot use one certificate twice on a port, from a secret or from files', () => {
    const { first, second } = charts();
    const files = { tls: ServerTls.simpleWithFiles({ serverCertificate: '/etc/a.pem', privateKey: '/etc/a.key' }) };
    ingress(first, 'Files', { hosts: ['a.example.com'], ...files });
    expect(() => ingress(second, 'Files', { hosts: ['b.example.com'], ...files }))
      .toThrow("[second/Files] the certificate '/etc/a.pem' on port 443 of the gateway proxies 'istio=ingressgateway' belongs to [first/Files] already");
    ingress(first, 'Two', { hosts: ['c.example.com'], tls: ServerTls.simple('rsa', { secondCredentialName: 'ecdsa' }) });
    expect(() => ingress(second, 'Two', { hosts: ['d.example.com'], ...tls('ecdsa') })).toThrow("the certificate 'ecdsa' on port 443");
  });

  test('cannot have plain text and TLS on one port', () => {
    const { first, second } = charts();
    ingress(first, 'Plain', { hosts: ['a.example.com'], httpPort: 8443 });
    expect(() => ingress(second, 'Secure', { hosts: ['b.example.com'], ...tls('b'), httpsPort: 8443 })).toThrow(new Error(
      "[second/Secure] TLS on port 8443 of the gateway proxies 'istio=ingressgateway' cannot stand beside the plain text of [first/Plain]: Istio would drop one of the servers, choose another port"));
  });
});

