import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { askIstio, cluster, missingClusters, namespace, pod, routeOf, serverNames, service, tlsOf } from './ask-istio';
import {
  AliasTarget, ClientTls, DestinationRule, EgressGateway, EntryPort, ExternalApi, ExternalTcpService, ExternalTls, InternalAlias, Resolution,
  RetryPolicy, ServiceEntry, ServiceHost,
} from '../../lib';

/** A namespace with a client, one with a service, and the egress gateway as Istio installs it. */
const CLUSTER = [
  ...['shop', 'finance', 'istio-system'].map(namespace),
  service('istio-egressgateway', 'istio-system', { istio: 'egressgateway' }, '10.96.0.1', [['http2', 80, 8080], ['https', 443, 8443]]),
  pod('egress', 'istio-system', { istio: 'egressgateway' }, '10.1.0.1'),
  pod('client', 'shop', { app: 'client' }, '10.1.0.2'),
  service('ledger', 'finance', { app: 'ledger' }, '10.96.0.2', [['http', 8080, 8080]]),
  pod('ledger', 'finance', { 'app': 'ledger', 'security.istio.io/tlsMode': 'istio' }, '10.1.0.3'),
];

const istio = (build: (chart: Chart) => void) => askIstio(CLUSTER, { istio: 'egressgateway' }, build);

const hosts = ['api.example.com'];
const GATEWAY = 'istio-egressgateway.istio-system.svc.cluster.local';

describe('an external API', () => {
  test('originate: requests get a timeout, TLS is for the port in plain text alone, and the server is verified', async () => {
    const { sidecar, gateway, messages } = await istio(chart => {
      new ExternalApi(chart, 'Api', {
        hosts, tls: ExternalTls.originate(), furtherPorts: [EntryPort.tls(443)], timeout: Duration.seconds(10), retries: RetryPolicy.attempts(2),
      });
    });
    expect(messages).toEqual([]);
    expect(routeOf(sidecar, 'api.example.com')).toMatchObject({ cluster: 'outbound|80||api.example.com', timeout: '10s', retryPolicy: { numRetries: 2 } });
    expect(cluster(sidecar, 'outbound|80||api.example.com').loadAssignment.endpoints[0].lbEndpoints[0].endpoint.address.socketAddress).toMatchObject({
      address: 'api.example.com', portValue: 443,
    });
    const { sni, commonTlsContext: { combinedValidationContext } } = tlsOf(sidecar, 'outbound|80||api.example.com');
    expect(sni).toBe('api.example.com');
    expect(combinedValidationContext.defaultValidationContext.matchSubjectAltNames).toEqual([{ exact: 'api.example.com' }]);
    expect(combinedValidationContext.validationContextSdsSecretConfig.name).toBe('file-root:system');
    expect(tlsOf(sidecar, 'outbound|443||api.example.com')).toBeUndefined();
    expect(serverNames(sidecar)).toEqual({ 'api.example.com': 'outbound|443||api.example.com' });
    expect(gateway.clusters.map(({ name }) => name).filter(name => name.includes('api.example.com'))).toEqual([]);
  });

  test('the mistake: with an SNI and no names, Istio verifies no name', async () => {
    const { sidecar } = await istio(chart => {
      const entry = new ServiceEntry(chart, 'Entry', { hosts, ports: [EntryPort.http(80, { targetPort: 443 })], resolution: Resolution.dns() });
      new DestinationRule(chart, 'Rule', { host: entry, trafficPolicy: { tls: ClientTls.simple({ sni: 'api.example.com' }) } });
    });
    const name = 'outbound|80||api.example.com';
    expect(tlsOf(sidecar, name).commonTlsContext.combinedValidationContext.defaultValidationContext).toEqual({});
    expect(JSON.stringify(cluster(sidecar, name).typedExtensionProtocolOptions ?? {})).not.toContain('autoSanValidation');
  });

  test('the mistake: a secret that sidecars do not get means plain text; with a selection they get it', async () => {
    const bad = await istio(chart => {
      const entry = new ServiceEntry(chart, 'Entry', { hosts, ports: [EntryPort.http(80, { targetPort: 443 })], resolution: Resolution.dns() });
      new DestinationRule(chart, 'Rule', { host: entry, trafficPolicy: { tls: ClientTls.mutual('partner') } });
    });
    expect(tlsOf(bad.sidecar, 'outbound|80||api.example.com')).toBeUndefined();
    const good = await istio(chart => {
      new ExternalApi(chart, 'Api', { hosts, tls: ExternalTls.originate({ credentialName: 'partner' }), workloadSelector: { app: 'client' } });
    });
    expect(good.messages).toEqual([]);
    expect(tlsOf(good.sidecar, 'outbound|80||api.example.com').commonTlsContext.tlsCertificateSdsSecretConfigs[0].name).toBe('kubernetes://partner');
  });

  test('wildcards: TLS asks for the name of each request, and verifies it', async () => {
    const { sidecar, messages } = await istio(chart => {
      new ExternalApi(chart, 'Api', { hosts: ['*.example.com'], tls: ExternalTls.originate(), timeout: Duration.seconds(10) });
    });
    expect(messages).toEqual([]);
    expect(routeOf(sidecar, '*.example.com')).toMatchObject({ cluster: 'outbound|80||*.example.com', timeout: '10s' });
    const found = cluster(sidecar, 'outbound|80||*.example.com');
    expect(found).toMatchObject({ type: 'ORIGINAL_DST', originalDstLbConfig: { upstreamPortOverride: 443 } });
    const [protocolOptions] = Object.values<any>(found.typedExtensionProtocolOptions);
    expect(protocolOptions.upstreamHttpProtocolOptions).toEqual({ autoSni: true, autoSanValidation: true });
  });
});

test('TCP services: by address, and by endpoints with TLS that the proxy adds', async () => {
  const { sidecar, messages } = await istio(chart => {
    new ExternalTcpService(chart, 'Db', { host: 'db.example.com', addresses: ['10.20.0.5', '10.21.0.0/24'], ports: [EntryPort.tcp(5432)] });
    new ExternalTcpService(chart, 'Cache', {
      host: 'cache.example.com', addresses: ['10.20.0.9'], endpoints: [{ address: 'real.example.org' }], ports: [EntryPort.redis(6379)], tls: ExternalTls.originate(),
    });
  });
  expect(messages).toEqual([]);
  expect(cluster(sidecar, 'outbound|5432||db.example.com').type).toBe('ORIGINAL_DST');
  expect(sidecar.listeners.map(({ name }) => name)).toEqual(expect.arrayContaining(['10.20.0.5_5432', '0.0.0.0_5432', '10.20.0.9_6379']));
  expect(tlsOf(sidecar, 'outbound|6379||cache.example.com')).toMatchObject({
    sni: 'cache.example.com',
    commonTlsContext: { combinedValidationContext: { defaultValidationContext: { matchSubjectAltNames: [{ exact: 'cache.example.com' }] } } },
  });
});

test("an alias of a service leads to the service itself, with the mesh's encryption", async () => {
  const { sidecar, messages } = await istio(chart => {
    new InternalAlias(chart, 'Ledger', {
      host: 'ledger.internal.example',
      target: AliasTarget.service(ServiceHost.fromName('ledger', { namespace: 'finance', port: 8080 })),
      ports: [EntryPort.http(80), EntryPort.tls(9443), EntryPort.tcp(9000)],
      addresses: ['240.0.9.9'],
    });
  });
  expect(messages).toEqual([]);
  const real = 'outbound|8080||ledger.finance.svc.cluster.local';
  expect(routeOf(sidecar, 'ledger.internal.example').cluster).toBe(real);
  expect(serverNames(sidecar)).toEqual({ 'ledger.internal.example': real });
  expect(sidecar.listeners.find(({ name }) => name === '240.0.9.9_9000').filterChains[0].filters.pop().typedConfig.cluster).toBe(real);
  expect(JSON.stringify(cluster(sidecar, real))).toContain('"ROOTCA"');
});

describe('an egress gateway', () => {
  test('both proxies have the clusters and routes for every way through it', async () => {
    const { sidecar, gateway, messages } = await istio(chart => {
      const egress = new EgressGateway(chart, 'Egress');
      egress.addApi('Originate', { hosts: ['api.example.com', 'two.example.com'], tls: ExternalTls.originate(), timeout: Duration.seconds(10) });
      egress.addApi('Plain', { hosts: ['plain.example.com'], tls: ExternalTls.originate(), mutualTls: false });
      egress.addApi('None', { hosts: ['none.example.com'], tls: ExternalTls.none() });
      egress.addApi('Mail', { hosts: ['smtp.example.com'], tls: ExternalTls.passthrough({ port: 465 }) });
      egress.addApi('Tunnel', { hosts: ['tunnel.example.com'], tls: ExternalTls.passthrough(), mutualTls: true });
    });
    expect(messages).toEqual([]);

    const toGateway = (port: number, subset: string) => `outbound|${port}|${subset}|${GATEWAY}`;
    expect(routeOf(sidecar, 'api.example.com').cluster).toBe(toGateway(443, 'api-example-com'));
    expect(routeOf(sidecar, 'two.example.com').cluster).toBe(toGateway(443, 'two-example-com'));
    expect(routeOf(sidecar, 'plain.example.com').cluster).toBe(toGateway(80, 'plain'));
    expect(routeOf(sidecar, 'none.example.com').cluster).toBe(toGateway(443, 'none-example-com'));
    expect(serverNames(sidecar)).toEqual({
      'smtp.example.com': toGateway(443, 'plain'),
      'tunnel.example.com': toGateway(443, 'tunnel-example-com'),
    });
    expect(tlsOf(sidecar, toGateway(443, 'api-example-com')).sni).toBe('api.example.com');
    expect(tlsOf(sidecar, toGateway(443, 'tunnel-example-com')).sni).toBe('tunnel.example.com');
    expect([tlsOf(sidecar, toGateway(443, 'plain')), tlsOf(sidecar, toGateway(80, 'plain'))]).toEqual([undefined, undefined]);

    expect(routeOf(gateway, 'api.example.com')).toMatchObject({ cluster: 'outbound|80||api.example.com', timeout: '10s' });
    expect(routeOf(gateway, 'two.example.com')).toMatchObject({ cluster: 'outbound|80||two.example.com', timeout: '10s' });
    expect(routeOf(gateway, 'plain.example.com').cluster).toBe('outbound|80||plain.example.com');
    expect(routeOf(gateway, 'none.example.com').cluster).toBe('outbound|80||none.example.com');
    expect(serverNames(gateway)).toMatchObject({
      'api.example.com': 'https.443.https.test-egress-gateway.shop',
      'smtp.example.com': 'outbound|465||smtp.example.com',
      'tunnel.example.com': 'outbound|443||tunnel.example.com',
    });
    expect(['api', 'two', 'plain'].map(name => tlsOf(gateway, `outbound|80||${name}.example.com`).sni)).toEqual(['api.example.com', 'two.example.com', 'plain.example.com']);
    expect(tlsOf(gateway, 'outbound|80||none.example.com')).toBeUndefined();
    expect(tlsOf(gateway, 'outbound|465||smtp.example.com')).toBeUndefined();
  });

  test('two private ones in two namespaces use the same proxies, each client goes by the rule of its own namespace', async () => {
    const { sidecar, gateway, messages } = await istio(chart => {
      const finance = new Chart(chart.node.root as any, 'finance', { namespace: 'finance', disableResourceNameHashes: true });
      for (const scope of [chart, finance]) {
        const egress = new EgressGateway(scope, 'Egress');
        egress.addApi('Originate', { hosts: [`${scope.node.id}.example.com`], tls: ExternalTls.originate() });
        egress.addApi('Mail', { hosts: [`mail-${scope.node.id}.example.com`], tls: ExternalTls.passthrough() });
      }
    });
    expect(messages).toEqual([]);
    expect(missingClusters(sidecar)).toEqual([]);
    expect(missingClusters(gateway)).toEqual([]);
    expect(routeOf(sidecar, 'test.example.com').cluster).toBe(`outbound|443|test-example-com|${GATEWAY}`);
    expect(routeOf(gateway, 'test.example.com').cluster).toBe('outbound|80||test.example.com');
    expect(routeOf(gateway, 'finance.example.com').cluster).toBe('outbound|80||finance.example.com');
    expect(serverNames(gateway)).toMatchObject({
      'mail-test.example.com': 'outbound|443||mail-test.example.com', 'mail-finance.example.com': 'outbound|443||mail-finance.example.com',
    });
    expect(['test', 'finance'].map(each => tlsOf(gateway, `outbound|80||${each}.example.com`).sni)).toEqual(['test.example.com', 'finance.example.com']);
  });

  test('the mistake: a rule that the gateway does not see means plain text to port 443', async () => {
    const { gateway } = await istio(chart => {
      const api = new EgressGateway(chart, 'Egress').addApi('Api', { hosts, tls: ExternalTls.originate() });
      ApiObject.of(api.destinationRules[0]).addJsonPatch(JsonPatch.replace('/spec/exportTo', ['.']));
    });
    expect(tlsOf(gateway, 'outbound|80||api.example.com')).toBeUndefined();
    expect(cluster(gateway, 'outbound|80||api.example.com').loadAssignment.endpoints[0].lbEndpoints[0].endpoint.address.socketAddress.portValue).toBe(443);
  });

  test('wildcards reach the server that answers for all their names', async () => {
    const { sidecar, gateway, messages } = await istio(chart => {
      const egress = new EgressGateway(chart, 'Egress');
      const resolution = Resolution.dns([{ address: 'www.example.com' }]);
      egress.addApi('A', { hosts: ['*.a.example.com'], tls: ExternalTls.passthrough(), resolution });
      egress.addApi('B', { hosts: ['*.b.example.com'], tls: ExternalTls.originate(), resolution });
      egress.addApi('C', { hosts: ['*.c.example.com'], tls: ExternalTls.passthrough(), mutualTls: true, resolution });
    });
    expect(messages).toEqual([]);
    expect(serverNames(gateway)).toMatchObject({ '*.a.example.com': 'outbound|443||*.a.example.com', '*.c.example.com': 'outbound|443||*.c.example.com' });
    expect(routeOf(gateway, '*.b.example.com').cluster).toBe('outbound|80||*.b.example.com');
    expect(tlsOf(sidecar, `outbound|443|any-c-example-com|${GATEWAY}`).sni).toBe('any.c.example.com');
  });

  test('Istio lets no gateway look up names as they come: it has none of the filters that do it', async () => {
    const { gateway, sidecar } = await istio(chart => {
      const egress = new EgressGateway(chart, 'Egress');
      const api = egress.addApi('Api', { hosts: ['*.example.com'], tls: ExternalTls.none(), resolution: Resolution.dns([{ address: 'www.example.com' }]) });
      ApiObject.of(api.serviceEntry).addJsonPatch(JsonPatch.replace('/spec/resolution', 'DYNAMIC_DNS'), JsonPatch.remove('/spec/endpoints'));
    });
    expect(cluster(gateway, 'outbound|80||*.example.com').clusterType.name).toBe('envoy.clusters.dynamic_forward_proxy');
    expect(JSON.stringify(gateway.listeners)).not.toContain('dynamic_forward_proxy');
    expect(JSON.stringify(sidecar.listeners)).toContain('dynamic_forward_proxy');
  });
});
