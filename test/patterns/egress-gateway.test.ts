import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  EgressApiProps, EgressGateway, EgressGatewayProps, ExportTo, ExternalApi, ExternalTls, GatewaySelector, MeshSettings, Resolution, RetryPolicy,
  ServiceHost,
} from '../../lib';
import { Manifest, manifestsOf, testChart } from '../util';

const GATEWAY = 'istio-egressgateway.istio-system.svc.cluster.local';

interface Made {
  readonly egress: EgressGateway;
  readonly manifests: Manifest[];
  readonly of: (kind: string) => any[];
}

function make(apis: EgressApiProps[], props: EgressGatewayProps = {}): Made {
  const chart = testChart({ namespace: 'shop' });
  const egress = new EgressGateway(chart, 'Egress', props);
  apis.forEach((api, index) => egress.addApi(`Api${index}`, api));
  const manifests = manifestsOf(chart);
  return { egress, manifests, of: kind => manifests.filter(manifest => manifest.kind === kind).map(manifest => manifest.spec) };
}

const hosts = ['api.example.com'];

test('TLS originated at the gateway: http all the way, mutual TLS to the gateway, TLS from there on', () => {
  const { of } = make([{ hosts, tls: ExternalTls.originate(), timeout: Duration.seconds(10), retries: RetryPolicy.attempts(2) }]);
  expect(of('Gateway')).toEqual([{
    selector: { istio: 'egressgateway' },
    servers: [{ port: { number: 443, protocol: 'HTTPS', name: 'https' }, hosts, tls: { mode: 'ISTIO_MUTUAL' } }],
  }]);
  expect(of('ServiceEntry')).toEqual([{
    hosts, ports: [{ name: 'http', number: 80, protocol: 'HTTP', targetPort: 443 }], resolution: 'DNS', exportTo: ['.', 'istio-system'],
  }]);
  expect(of('DestinationRule')).toEqual([
    {
      host: GATEWAY,
      subsets: [{ name: 'api-example-com', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni: 'api.example.com' } } }],
      exportTo: ['.'],
    },
    {
      host: 'api.example.com',
      trafficPolicy: {
        portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: 'api.example.com', subjectAltNames: hosts, caCertificates: 'system' } }],
      },
      exportTo: ['.', 'istio-system'],
    },
  ]);
  expect(of('VirtualService')).toEqual([{
    hosts,
    gateways: ['shop/test-egress-gateway', 'mesh'],
    http: [
      {
        name: 'to-gateway',
        match: [{ port: 80, gateways: ['mesh'] }],
        route: [{ destination: { host: GATEWAY, subset: 'api-example-com', port: { number: 443 } } }],
      },
      {
        name: 'from-gateway',
        match: [{ port: 443, gateways: ['shop/test-egress-gateway'] }],
        route: [{ destination: { host: 'api.example.com', port: { number: 80 } } }],
        timeout: '10s',
        retries: { attempts: 2 },
      },
    ],
    exportTo: ['.', 'istio-system'],
  }]);
});

test('TLS originated at the gateway, in plain text to the gateway', () => {
  const { of } = make([{ hosts, tls: ExternalTls.originate(), mutualTls: false }]);
  expect(of('Gateway')[0].servers).toEqual([{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts }]);
  expect(of('DestinationRule')[0].subsets).toEqual([{ name: 'plain', trafficPolicy: { tls: { mode: 'DISABLE' } } }]);
  expect(of('VirtualService')[0].http.map((route: any) => [route.match, route.route[0].destination])).toEqual([
    [[{ port: 80, gateways: ['mesh'] }], { host: GATEWAY, subset: 'plain', port: { number: 80 } }],
    [[{ port: 80, gateways: ['shop/test-egress-gateway'] }], { host: 'api.example.com', port: { number: 80 } }],
  ]);
});

test('TLS of the application passes through the gateway, which looks at the server name', () => {
  const { of } = make([{ hosts, tls: ExternalTls.passthrough({ port: 8443 }) }]);
  expect(of('Gateway')[0].servers).toEqual([{ port: { number: 443, protocol: 'TLS', name: 'tls' }, hosts, tls: { mode: 'PASSTHROUGH' } }]);
  expect(of('DestinationRule')).toEqual([{ host: GATEWAY, subsets: [{ name: 'plain', trafficPolicy: { tls: { mode: 'DISABLE' } } }], exportTo: ['.'] }]);
  expect(of('VirtualService')[0].tls).toEqual([
    { match: [{ port: 8443, gateways: ['mesh'], sniHosts: hosts }], route: [{ destination: { host: GATEWAY, subset: 'plain', port: { number: 443 } } }] },
    { match: [{ port: 443, gateways: ['shop/test-egress-gateway'], sniHosts: hosts }], route: [{ destination: { host: 'api.example.com', port: { number: 8443 } } }] },
  ]);
});

test("TLS of the application inside the mesh's own: the gateway takes the outer one off, and reads nothing of the inner one", () => {
  const { of } = make([{ hosts, tls: ExternalTls.passthrough(), mutualTls: true }]);
  expect(of('Gateway')[0].servers).toEqual([{ port: { number: 443, protocol: 'TLS', name: 'tls' }, hosts, tls: { mode: 'ISTIO_MUTUAL' } }]);
  expect(of('VirtualService')[0]).toMatchObject({
    tls: [{ match: [{ port: 443, gateways: ['mesh'], sniHosts: hosts }], route: [{ destination: { subset: 'api-example-com' } }] }],
    tcp: [{ match: [{ port: 443, gateways: ['shop/test-egress-gateway'] }], route: [{ destination: { host: 'api.example.com', port: { number: 443 } } }] }],
  });
});

test('mutual TLS has the SNI of the host: with the one that Istio makes, the gateway would find no server', () => {
  const { of } = make([{ hosts: ['a.example.com', 'b.example.com'], tls: ExternalTls.originate() }]);
  const servers = of('Gateway')[0].servers.map((server: any) => server.hosts);
  expect(of('DestinationRule')[0].subsets.map((subset: any) => [subset.trafficPolicy.tls.sni])).toEqual(servers);
});

test('plain http without TLS', () => {
  const { of } = make([{ hosts, tls: ExternalTls.none(), mutualTls: false }]);
  expect(of('DestinationRule')).toHaveLength(1);
  expect(of('VirtualService')[0].http[1].route).toEqual([{ destination: { host: 'api.example.com', port: { number: 80 } } }]);
});

test('several APIs share one rule and one Gateway', () => {
  const { of, egress } = make([
    { hosts: ['a.example.com'], tls: ExternalTls.originate() },
    { hosts: ['b.example.com'], tls: ExternalTls.passthrough() },
    { hosts: ['c.example.com'], tls: ExternalTls.passthrough() },
  ]);
  expect(of('Gateway')).toHaveLength(1);
  expect(of('DestinationRule').filter(rule => rule.host === GATEWAY).map(rule => rule.subsets.map((subset: any) => subset.name))).toEqual([['a-example-com', 'plain']]);
  expect(of('Gateway')[0].servers.map((server: any) => [server.port.name, server.hosts[0]])).toEqual([
    ['https', 'a.example.com'], ['tls', 'b.example.com'], ['tls-443', 'c.example.com'],
  ]);
  expect(egress.egressApis.map(api => api.node.id)).toEqual(['Api0', 'Api1', 'Api2']);
});

test('names that would be one subset stay two', () => {
  const { of } = make([{ hosts: ['a-b.example.com', 'a.b.example.com', 'plain'.padEnd(63, 'x') + '.example.com'], tls: ExternalTls.none() }]);
  const names = of('DestinationRule')[0].subsets.map((subset: any) => subset.name);
  expect(names.slice(0, 2)).toEqual(['a-b-example-com', 'a-b-example-com-2']);
  expect(names.every((name: string) => name.length <= 63)).toBe(true);
});

describe('everything is visible to the namespace of the gateway: a rule that is not means plain text to port 443', () => {
  const exportsOf = ({ manifests }: Made) => [...new Set(manifests
    .filter(({ kind, spec }) => kind !== 'Gateway' && !(kind === 'DestinationRule' && spec.subsets !== undefined))
    .map(({ spec }) => JSON.stringify(spec.exportTo)))];
  const apis: EgressApiProps[] = [{ hosts: ['a.example.com', 'b.example.com'], tls: ExternalTls.originate() }];

  test.each<[string, EgressGatewayProps, string[]]>([
    ['by default beside the own namespace', {}, ['.', 'istio-system']],
    ['where all namespaces see it, it does', { exportTo: ExportTo.all(), metadata: { namespace: 'istio-system' } }, ['*']],
    ['it is added to named ones', { exportTo: ExportTo.namespaces(['shop', 'billing']), metadata: { namespace: 'istio-system' } }, ['shop', 'billing', 'istio-system']],
    ['the own namespace is enough where it is that of the gateway', { metadata: { namespace: 'istio-system' } }, ['.']],
    ['that of another service is taken', { service: ServiceHost.fromName('out', { namespace: 'edge' }) }, ['.', 'edge']],
  ])('%s', (_, props, expected) => {
    expect(exportsOf(make(apis, props))).toEqual([JSON.stringify(expected)]);
  });

  test('but for the rule of its own service, which its proxies do not need, and would not find in another namespace', () => {
    const ruleOf = (props: EgressGatewayProps) => make(apis, props).of('DestinationRule').find(({ subsets }) => subsets !== undefined).exportTo;
    expect(ruleOf({})).toEqual(['.']);
    expect(ruleOf({ metadata: { namespace: 'istio-system' }, exportTo: ExportTo.namespaces(['shop']) })).toEqual(['shop', 'istio-system']);
  });

  test('clients in other namespaces look for the rule in the namespace of the gateway, not in that of the program', () => {
    expect(() => make(apis, { exportTo: ExportTo.all() })).toThrow(new Error(
      "[test/Egress] exportTo is for other namespaces than 'shop', whose workloads would not find the rule of the gateway there: "
      + "set metadata.namespace to 'istio-system', the namespace of the gateway's service"));
  });

  test('rules in the root namespace are found by all', () => {
    const chart = testChart({ namespace: 'mesh-root' });
    MeshSettings.configure(chart, { rootNamespace: 'mesh-root' });
    expect(new EgressGateway(chart, 'Egress', { exportTo: ExportTo.all() }).exportTo._toExportTo()).toEqual(['*']);
  });

  test('what is made for an API is beside the resources of the gateway', () => {
    const { manifests } = make(apis, { metadata: { namespace: 'istio-system' } });
    expect(new Set(manifests.map(manifest => manifest.metadata.namespace))).toEqual(new Set(['istio-system']));
  });
});

test('other proxies, other ports', () => {
  const { of } = make([{ hosts, tls: ExternalTls.originate() }, { hosts: ['b.example.com'], tls: ExternalTls.none() }], {
    service: ServiceHost.fromName('out', { namespace: 'edge' }), selector: GatewaySelector.labels({ app: 'out' }), httpPort: 8080, tlsPort: 8443, mutualTls: false,
  });
  expect(of('Gateway')[0]).toMatchObject({ selector: { app: 'out' }, servers: [{ port: { number: 8080 } }, { port: { number: 8080 } }] });
  expect(of('DestinationRule')[0].host).toBe('out.edge.svc.cluster.local');
});

test('wildcards need a server that answers for all their names, because Istio lets no gateway look names up as they come', () => {
  const resolution = Resolution.dns([{ address: 'www.example.com' }]);
  const { of } = make([{ hosts: ['*.example.com'], tls: ExternalTls.originate(), resolution }]);
  expect(of('ServiceEntry')[0]).toMatchObject({ hosts: ['*.example.com'], resolution: 'DNS', endpoints: [{ address: 'www.example.com' }] });
  expect(of('DestinationRule')[0].subsets).toEqual([{ name: 'any-example-com', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni: 'any.example.com' } } }]);
});

test('each API is a destination', () => {
  const { egress } = make([{ hosts: ['a.example.com', 'b.example.com'], tls: ExternalTls.originate() }, { hosts, tls: ExternalTls.passthrough() }]);
  const [several, one] = egress.egressApis;
  expect(one.toDestinationConfig()).toMatchObject({ host: 'api.example.com', port: 443 });
  expect(several.destination('b.example.com').toDestinationConfig()).toMatchObject({ host: 'b.example.com', port: 80, dependencies: [several.serviceEntry, several.destinationRules[1]] });
  expect(() => several.toDestinationConfig()).toThrow(new Error("[test/Egress/Api0/ServiceEntry] has several hosts, choose one with destination('a.example.com')"));
  expect(several.virtualServices).toHaveLength(2);
});

test('names can be given', () => {
  const { manifests } = make([{ hosts: ['a.example.com', 'b.example.com'], tls: ExternalTls.none(), metadata: { name: 'payment' } }], { metadata: { name: 'egress' } });
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
    'DestinationRule egress', 'Gateway egress', 'ServiceEntry payment', 'VirtualService payment', 'VirtualService payment-b-example-com',
  ]);
});

test.each<[string, any, string]>([
  ['a service without its namespace', { service: ServiceHost.fromName('out') },
    'service must have its namespace, to which everything is made visible, use ServiceHost.fromName(name, { namespace })'],
  ['one port for two things', { httpPort: 443 }, 'tlsPort must not be 443, which is httpPort: plain text and TLS cannot share a port'],
  ['a port that is none', { httpPort: 0 }, 'httpPort must be an integer from 1 to 65535, got 0'],
  ['a selector that is none', { selector: { istio: 'egressgateway' } }, 'selector must be made by GatewaySelector, such as GatewaySelector.egress(), got an object with istio'],
  ['a misspelt property', { mutualTLS: true }, "props has no property 'mutualTLS', known properties: service, selector, httpPort, tlsPort, mutualTls, exportTo, metadata"],
  ['no namespace', { exportTo: ExportTo.nowhere() }, 'exportTo must name a namespace, ExportTo.nowhere() is for a ServiceEntry only'],
])('the gateway refuses %s', (_, props, message) => {
  expect(() => make([], props)).toThrow(new Error(`[test/Egress] ${message}`));
});

const nowhere = (host: string) => `resolution must say where the gateway finds '${host}': it does not know the address that the application chose, and Istio lets only sidecars and waypoints look up names `
  + 'as they come, use Resolution.dns([{ address }]) with a server that answers for all names, or name the hosts';

test.each<[string, any, string]>([
  ['a timeout on an opaque TLS port', { tls: ExternalTls.passthrough(), timeout: Duration.seconds(1) },
    'timeout must be left out with ExternalTls.passthrough(): the application speaks TLS on port 443, so that proxies see no requests and Istio would ignore it, '
    + 'use ExternalTls.originate() and let the application speak http'],
  ['wildcards without a server', { hosts: ['*.example.com'] }, nowhere('*.example.com')],
  ['wildcards that would be looked up as they come', { hosts: ['*.example.com'], resolution: Resolution.dynamicDns() }, nowhere('*.example.com')],
  ['the address that the application chose', { resolution: Resolution.none() }, nowhere('api.example.com')],
  ['another namespace', { metadata: { namespace: 'billing' } },
    "metadata.namespace must be left out, what is made for an API is in the namespace of the gateway's own resources, got 'billing'"],
  ['the name of the gateway', { metadata: { name: 'test-egress-gateway' } }, "metadata.name must not be 'test-egress-gateway', the name of the gateway's own resources"],
  ['a mistake of forwarding', { timeout: Duration.millis(0) }, 'timeout must be a whole number of milliseconds, at least 1, got 0 ms'],
  ['a choice that is none', { mutualTls: 'yes' }, "mutualTls must be true or false, got 'yes'"],
  ['a misspelt property', { host: 'a' }, "props has no property 'host', known properties: hosts, tls, mutualTls, connectionPool, loadBalancer, outlierDetection, resolution, metadata, timeout, retries, rewrite, mirrors, fault, corsPolicy, headers"],
])('an API refuses %s', (_, props, message) => {
  expect(() => make([{ hosts, tls: ExternalTls.originate(), ...props }])).toThrow(new Error(`[test/Egress/Api0] ${message}`));
});

test('a host leaves once, through one gateway, and not beside it', () => {
  const api: EgressApiProps = { hosts, tls: ExternalTls.passthrough() };
  expect(() => make([api, api])).toThrow(new Error(
    "[test/Egress/Api1] the service entry of host 'api.example.com' belongs to [test/Egress/Api0] already, add its ports there, or hand that one out"));
  const chart = testChart({ namespace: 'shop' });
  new EgressGateway(chart, 'Egress').addApi('Api', api);
  expect(() => new EgressGateway(chart, 'Again')).toThrow(new Error(`[test/Again] the egress gateway '${GATEWAY}' belongs to [test/Egress] already, call addApi() on that one`));
  expect(() => new ExternalApi(chart, 'Direct', api)).toThrow(new Error(
    "[test/Direct] the service entry of host 'api.example.com' belongs to [test/Egress/Api] already for namespace 'shop', add its ports there, or hand that one out"));
});

test('a gateway through which nothing leaves is told', () => {
  expect(() => make([])).toThrow('gateway has no server, set servers or call addServer()');
});

test('whatever leaves, every subset is defined, every route has a server that covers its host, and the two hops end at the entry', () => {
  const tls = fc.constantFrom(ExternalTls.none(), ExternalTls.originate(), ExternalTls.passthrough(), ExternalTls.originate({ port: 8080 }));
  const apis = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'a.b'), tls, fc.constantFrom(undefined, true, false)), { selector: api => api[0], minLength: 1 });
  fc.assert(fc.property(apis, fc.constantFrom(undefined, true, false), (chosen, mutualTls) => {
    const { of } = make(chosen.map(([name, choice, own]) => ({ hosts: [`${name}.example.com`], tls: choice, mutualTls: own })), { mutualTls });
    const [{ servers }] = of('Gateway');
    const subsets = of('DestinationRule').find(rule => rule.host === GATEWAY).subsets.map((subset: any) => subset.name);
    expect(new Set(subsets).size).toBe(subsets.length);
    for (const { hosts: [host], http = [], tls: opaque = [], tcp = [] } of of('VirtualService')) {
      const entry = of('ServiceEntry').find(spec => spec.hosts[0] === host);
      const [first, second] = [...http, ...opaque, ...tcp];
      expect(subsets).toContain(first.route[0].destination.subset);
      expect(first.match[0].port).toBe(entry.ports[0].number);
      expect(second.route[0].destination).toEqual({ host, port: { number: entry.ports[0].number } });
      const server = servers.find((each: any) => each.hosts[0] === host);
      expect([first.route[0].destination.port.number, second.match[0].port]).toEqual([server.port.number, server.port.number]);
    }
  }), { numRuns: 60 });
});
