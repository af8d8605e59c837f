import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  EntryPort, ExportTo, ExternalApi, ExternalApiProps, ExternalProtocol, ExternalTls, HttpAction, LoadBalancer, Resolution, RetryPolicy,
  ServiceHost, StringMatch, VirtualService,
} from '../../lib';
import { Manifest, manifestsOf, specOf, testChart, testCharts } from '../util';

function make(props: Partial<ExternalApiProps> & Pick<ExternalApiProps, 'tls'>): { api: ExternalApi; manifests: Manifest[]; of: (kind: string) => any[] } {
  const chart = testChart({ namespace: 'shop' });
  const api = new ExternalApi(chart, 'Api', { hosts: ['api.example.com'], ...props });
  const manifests = manifestsOf(chart);
  return { api, manifests, of: kind => manifests.filter(manifest => manifest.kind === kind).map(manifest => manifest.spec) };
}

const TLS = { mode: 'SIMPLE', sni: 'api.example.com', subjectAltNames: ['api.example.com'], caCertificates: 'system' };

test('originate: the application speaks http, the proxy adds TLS on that port alone, and timeouts and retries work', () => {
  const retries = RetryPolicy.attempts(2, { perTryTimeout: Duration.seconds(4) });
  const { of } = make({ tls: ExternalTls.originate(), timeout: Duration.seconds(10), retries });
  expect(of('ServiceEntry')).toEqual([{
    hosts: ['api.example.com'],
    ports: [{ name: 'http', number: 80, protocol: 'HTTP', targetPort: 443 }],
    resolution: 'DNS',
    exportTo: ['.'],
  }]);
  expect(of('DestinationRule')).toEqual([{
    host: 'api.example.com',
    trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: TLS }] },
    exportTo: ['.'],
  }]);
  expect(of('VirtualService')).toEqual([{
    hosts: ['api.example.com'],
    http: [{
      name: 'port-80',
      route: [{ destination: { host: 'api.example.com', port: { number: 80 } } }],
      timeout: '10s',
      retries: { attempts: 2, perTryTimeout: '4s' },
    }],
    exportTo: ['.'],
  }]);
});

test('passthrough: the application speaks TLS, and there is nothing to route', () => {
  const { of, api } = make({ tls: ExternalTls.passthrough() });
  expect(of('ServiceEntry')).toEqual([{
    hosts: ['api.example.com'], ports: [{ name: 'tls', number: 443, protocol: 'TLS' }], resolution: 'DNS', exportTo: ['.'],
  }]);
  expect([of('DestinationRule'), of('VirtualService')]).toEqual([[], []]);
  expect([api.destinationRules, api.virtualServices]).toEqual([[], []]);
});

test('none: plain http, without a rule', () => {
  const { of } = make({ tls: ExternalTls.none({ port: 8080 }), timeout: Duration.seconds(1) });
  expect(of('ServiceEntry')[0].ports).toEqual([{ name: 'http', number: 8080, protocol: 'HTTP' }]);
  expect(of('DestinationRule')).toEqual([]);
  expect(of('VirtualService')[0].http).toEqual([{ name: 'port-8080', route: [{ destination: { host: 'api.example.com', port: { number: 8080 } } }], timeout: '1s' }]);
});

test('TLS inside TLS: an https port that is also listed is not wrapped once more', () => {
  const { of } = make({ tls: ExternalTls.originate(), furtherPorts: [EntryPort.tls(443)] });
  const [{ trafficPolicy }] = of('DestinationRule');
  expect(trafficPolicy).not.toHaveProperty('tls');
  expect(trafficPolicy.portLevelSettings.map((setting: any) => setting.port.number)).toEqual([80]);
  expect(of('ServiceEntry')[0].ports.map((port: any) => [port.number, port.protocol])).toEqual([[80, 'HTTP'], [443, 'TLS']]);
});

test('TLS inside TLS: there is no way to add TLS where the application speaks it', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 65535 }), port => {
    expect(make({ tls: ExternalTls.passthrough({ port }), connectionPool: { tcp: { maxConnections: 1 } } }).of('DestinationRule')[0].trafficPolicy).toEqual({ connectionPool: { tcp: { maxConnections: 1 } } });
  }), { numRuns: 10 });
});

test('a port with a policy of its own takes nothing over from the host, so that limits are said for both', () => {
  const props = { tls: ExternalTls.originate(), connectionPool: { http: { http2MaxRequests: 9 } }, outlierDetection: { consecutive5xxErrors: 3 } };
  const common = { connectionPool: { http: { http2MaxRequests: 9 } }, outlierDetection: { consecutive5xxErrors: 3 } };
  expect(make(props).of('DestinationRule')[0].trafficPolicy).toEqual({ portLevelSettings: [{ port: { number: 80 }, ...common, tls: TLS }] });
  expect(make({ ...props, furtherPorts: [EntryPort.tls(443)] }).of('DestinationRule')[0].trafficPolicy).toEqual({
    ...common, portLevelSettings: [{ port: { number: 80 }, ...common, tls: TLS }],
  });
});

test('further ports for http keep their number, and have the same timeouts', () => {
  const { of } = make({ tls: ExternalTls.none(), furtherPorts: [EntryPort.http(8080), EntryPort.tls(443)], timeout: Duration.seconds(2) });
  expect(of('VirtualService')[0].http).toEqual([
    { name: 'port-8080', match: [{ port: 8080 }], route: [{ destination: { host: 'api.example.com', port: { number: 8080 } } }], timeout: '2s' },
    { name: 'port-80', route: [{ destination: { host: 'api.example.com', port: { number: 80 } } }], timeout: '2s' },
  ]);
});

test('each of several hosts has a rule and routes of its own, named after it', () => {
  const { of, manifests, api } = make({ hosts: ['api.example.com', 'b.example.com'], tls: ExternalTls.originate(), metadata: { name: 'payment' } });
  expect(of('ServiceEntry')[0].hosts).toEqual(['api.example.com', 'b.example.com']);
  expect(of('DestinationRule').map(spec => [spec.host, spec.trafficPolicy.portLevelSettings[0].tls.sni])).toEqual([
    ['api.example.com', 'api.example.com'], ['b.example.com', 'b.example.com'],
  ]);
  expect(of('VirtualService').map(spec => [spec.hosts, spec.http[0].route[0].destination.host])).toEqual([
    [['api.example.com'], 'api.example.com'], [['b.example.com'], 'b.example.com'],
  ]);
  expect(manifests.map(manifest => manifest.metadata.name)).toEqual(['payment', 'payment', 'payment-b-example-com', 'payment', 'payment-b-example-com'].sort((a, b) => a.length - b.length));
  expect(api.destination('b.example.com').toDestinationConfig()).toMatchObject({ host: 'b.example.com', port: 80 });
});

test('the same namespaces see the entry, the rule and the routes: a private entry with public routes would break the host for everybody else', () => {
  const exports = fc.constantFrom(undefined, ExportTo.all(), ExportTo.ownNamespace(), ExportTo.namespaces(['a', 'b']));
  fc.assert(fc.property(exports, fc.boolean(), (exportTo, several) => {
    const { manifests } = make({ hosts: several ? ['api.example.com', 'b.example.com'] : ['api.example.com'], tls: ExternalTls.originate(), exportTo });
    const expected = (exportTo ?? ExportTo.ownNamespace())._toExportTo();
    expect(new Set(manifests.map(manifest => JSON.stringify(manifest.spec.exportTo)))).toEqual(new Set([JSON.stringify(expected)]));
  }), { numRuns: 20 });
});

test('wildcards go where the application found them, with the SNI and the name of each request', () => {
  const { of } = make({ hosts: ['*.example.com'], tls: ExternalTls.originate() });
  expect(of('ServiceEntry')[0]).toMatchObject({ hosts: ['*.example.com'], resolution: 'NONE' });
  expect(of('DestinationRule')[0].trafficPolicy.portLevelSettings[0].tls).toEqual({ mode: 'SIMPLE', caCertificates: 'system' });
  expect(of('VirtualService')[0].http[0].route[0].destination).toEqual({ host: '*.example.com', port: { number: 80 } });
});

test('another resolution can be chosen', () => {
  expect(make({ tls: ExternalTls.none(), resolution: Resolution.dnsRoundRobin() }).of('ServiceEntry')[0].resolution).toBe('DNS_ROUND_ROBIN');
  expect(make({ hosts: ['*.example.com'], tls: ExternalTls.none(), resolution: Resolution.dynamicDns() }).of('ServiceEntry')[0].resolution).toBe('DYNAMIC_DNS');
  const balanced = make({ hosts: ['*.example.com'], tls: ExternalTls.none(), resolution: Resolution.dns([{ address: 'www.example.com' }]), loadBalancer: LoadBalancer.random() });
  expect(balanced.of('DestinationRule')[0].trafficPolicy).toEqual({ loadBalancer: { simple: 'RANDOM' } });
});

test('a secret is read by the sidecars that are selected', () => {
  const { of } = make({ tls: ExternalTls.originate({ credentialName: 'partner' }), workloadSelector: { app: 'checkout' } });
  expect(of('DestinationRule')[0]).toMatchObject({
    workloadSelector: { matchLabels: { app: 'checkout' } },
    trafficPolicy: { portLevelSettings: [{ tls: { mode: 'MUTUAL', credentialName: 'partner' } }] },
  });
});

test('the CA certificates of a config map need no selection', () => {
  const { of } = make({ tls: ExternalTls.originate({ caCredentialName: 'configmap://shop/ca' }) });
  expect(of('DestinationRule')[0].trafficPolicy.portLevelSettings[0].tls.credentialName).toBe('configmap://shop/ca');
});

test('an added route lands before the one for all requests', () => {
  const chart = testChart();
  const api = new ExternalApi(chart, 'Api', { hosts: ['api.example.com'], tls: ExternalTls.originate() });
  api.virtualService.addHttpRoute({ name: 'slow', matches: [{ uri: StringMatch.prefix('/report') }], action: HttpAction.forward(api, { timeout: Duration.minutes(5) }) });
  expect(specOf(chart, 'VirtualService').http.map((route: any) => route.name)).toEqual(['slow', 'port-80']);
});

test('it is a destination, that is applied before what sends traffic to it', () => {
  const chart = testChart();
  const api = new ExternalApi(chart, 'Api', { hosts: ['api.example.com'], tls: ExternalTls.originate() });
  new VirtualService(chart, 'Front', { services: [ServiceHost.fromName('front')], defaultRoute: { action: HttpAction.forward(api) } });
  const front = manifestsOf(chart).find(manifest => manifest.metadata.name === 'test-front')!;
  expect(front.spec.http[0].route).toEqual([{ destination: { host: 'api.example.com', port: { number: 80 } } }]);
  expect(api.withPort(443).toDestinationConfig()).toMatchObject({ host: 'api.example.com', port: 443 });
  expect(api.toDestinationConfig().dependencies).toEqual([api.serviceEntry, api.destinationRule]);
});

describe('a setting for http where the application speaks TLS is refused, because Istio would ignore it', () => {
  const advice = 'must be left out with ExternalTls.passthrough(): the application speaks TLS on port 443, so that proxies see no requests and Istio would ignore it, '
    + 'use ExternalTls.originate() and let the application speak http';
  test.each<[string, Partial<ExternalApiProps>]>([
    ['timeout', { timeout: Duration.seconds(3) }],
    ['retries', { retries: RetryPolicy.none() }],
    ['headers', { headers: { request: { set: { a: 'b' } } } }],
    ['connectionPool.http', { connectionPool: { http: { http2MaxRequests: 1 } } }],
  ])('%s on an opaque TLS port', (property, props) => {
    expect(() => make({ tls: ExternalTls.passthrough(), ...props })).toThrow(new Error(`[test/Api] ${property} ${advice}`));
  });
});

test.each<[string, any, string]>([
  ['no hosts', { hosts: [] }, 'hosts must not be empty'],
  ['hosts that are no list', { hosts: 'api.example.com' }, "hosts must be a list, got 'api.example.com'"],
  ['no tls', { tls: undefined }, 'tls must be given'],
  ['a tls of another kind', { tls: 'originate' }, "tls must be made by ExternalTls, such as ExternalTls.originate(), got 'originate'"],
  ['a name without a dot', { hosts: ['api'] }, "hosts[0] must be a full name with a dot, as in 'api.example.com', got 'api': Istio takes other names for services in the namespace of a rule or route"],
  ['a partial wildcard', { hosts: ['*-a.example.com'] }, "hosts[0] must have its wildcard as the whole first part, as in '*.example.com', got '*-a.example.com'"],
  ['names beside wildcards', { hosts: ['a.example.com', '*.b.example.com'] },
    "hosts must not mix names and wildcards, got 'a.example.com' and '*.b.example.com': a proxy looks names up itself, but not wildcards, make one for each kind"],
  ['a host twice', { hosts: ['a.example.com', 'a.example.com'] }, "hosts[1] 'a.example.com' repeats [test/Api] hosts[0]"],
  ['a misspelt property', { timeouts: 3 }, "props has no property 'timeouts', known properties: hosts, tls, furtherPorts, connectionPool, loadBalancer, outlierDetection, resolution, workloadSelector, exportTo, metadata, timeout, retries, rewrite, mirrors, fault, corsPolicy, headers"],
  ['a further port for TCP', { furtherPorts: [EntryPort.tcp(5432)] }, 'furtherPorts[0] must be a port for HTTP or TLS, got TCP, use ExternalTcpService for other protocols'],
  ['a further port that is there', { furtherPorts: [EntryPort.tls(80)] }, 'furtherPorts[0] must not be 80, the port of tls'],
  ['no namespace at all', { exportTo: ExportTo.nowhere() }, 'exportTo must name a namespace, ExportTo.nowhere() is for a ServiceEntry only'],
  ['a secret for all sidecars', { tls: ExternalTls.originate({ credentialName: 'partner' }) },
    'workloadSelector must be given with credentialName: without it Istio hands no secret to sidecars, and drops the TLS settings, so that plain text would go out. '
    + 'Name the labels of the workloads, or send the API through an EgressGateway'],
  ['a selection without a rule', { tls: ExternalTls.passthrough(), workloadSelector: { app: 'a' } },
    'workloadSelector must be left out where there is no rule: nothing is said of TLS or connections'],
  ['a choice without alternatives', { hosts: ['*.example.com'], loadBalancer: LoadBalancer.random() },
    'loadBalancer must be left out with Resolution.none() and Resolution.dynamicDns(), the former of which wildcard hosts have: each connection has one address, so that there is nothing to choose from'],
])('refuses %s', (_, props, message) => {
  expect(() => make({ tls: ExternalTls.originate(), ...props })).toThrow(new Error(`[test/Api] ${message}`));
});

test('a mistake in an option of forwarding is told with the path', () => {
  expect(() => make({ tls: ExternalTls.originate(), timeout: Duration.millis(0) })).toThrow(
    new Error('[test/Api] timeout must be a whole number of milliseconds, at least 1, got 0 ms'));
});

test('what is one for each host is not asked for without saying which', () => {
  const { api } = make({ hosts: ['a.example.com', 'b.example.com'], tls: ExternalTls.originate() });
  const several = "one for each host ('a.example.com', 'b.example.com')";
  expect(() => api.virtualService).toThrow(new Error(`[test/Api] virtualService could be any of 2, ${several}, use virtualServices`));
  expect(() => api.destinationRule).toThrow(new Error(`[test/Api] destinationRule could be any of 2, ${several}, use destinationRules`));
  expect(() => api.toDestinationConfig()).toThrow(new Error("[test/Api/ServiceEntry] has several hosts, choose one with destination('a.example.com')"));
  expect(() => api.destination('c.example.com')).toThrow(new Error("[test/Api/ServiceEntry] has no host 'c.example.com', its hosts: a.example.com, b.example.com"));
  expect(() => make({ tls: ExternalTls.passthrough() }).api.virtualService).toThrow(
    new Error('[test/Api] virtualService does not exist, because the application speaks TLS, so that proxies see no requests'));
  expect(() => make({ tls: ExternalTls.none() }).api.destinationRule).toThrow(new Error('[test/Api] destinationRule does not exist, because nothing is said of connections'));
});

test('a host has one entry for those who see it, and private ones in other namespaces', () => {
  const { first, second } = testCharts({ namespace: 'shop' }, { namespace: 'billing' });
  const props = { hosts: ['api.example.com'], tls: ExternalTls.passthrough() };
  new ExternalApi(first, 'Api', props);
  new ExternalApi(second, 'Api', props);
  expect(() => new ExternalApi(first, 'Again', props)).toThrow(new Error(
    "[first/Again] the service entry of host 'api.example.com' belongs to [first/Api] already, add its ports there, or hand that one out"));
});

test('every destination is a host and port of the entry, whatever is chosen', () => {
  const tls = fc.oneof(
    fc.record({ port: fc.integer({ min: 1, max: 1000 }) }).map(options => ExternalTls.none(options)),
    fc.record({ port: fc.integer({ min: 1, max: 1000 }), protocol: fc.constantFrom(...Object.values(ExternalProtocol)) })
      .map(options => ExternalTls.originate(options)),
    fc.record({ port: fc.integer({ min: 1, max: 1000 }) }).map(options => ExternalTls.passthrough(options)),
  );
  const further = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1001, max: 9999 }), http: fc.boolean() }), {
    selector: port => port.number, maxLength: 3,
  });
  const hosts = fc.uniqueArray(fc.constantFrom('a.example.com', 'b.example.com', 'c.example.com'), { minLength: 1 });
  fc.assert(fc.property(tls, further, hosts, (choice, ports, names) => {
    const furtherPorts = ports.map(({ number, http }) => http ? EntryPort.http(number) : EntryPort.tls(number));
    const { of } = make({ tls: choice, hosts: names, furtherPorts });
    const [entry] = of('ServiceEntry');
    const numbers = entry.ports.map((port: any) => port.number);
    for (const { http, hosts: [host] } of of('VirtualService')) {
      const matches = http.map((route: any) => JSON.stringify(route.match));
      expect(new Set(matches).size).toBe(matches.length);
      for (const { route, match } of http) {
        expect(route).toEqual([{ destination: { host, port: { number: expect.any(Number) } } }]);
        expect(numbers).toContain(route[0].destination.port.number);
        expect(match === undefined || match[0].port === route[0].destination.port.number).toBe(true);
      }
    }
    const wrapped = of('DestinationRule').flatMap(rule => rule.trafficPolicy.portLevelSettings ?? []).map((setting: any) => setting.port.number);
    expect(entry.ports.filter((port: any) => port.protocol === 'TLS').some((port: any) => wrapped.includes(port.number))).toBe(false);
  }), { numRuns: 60 });
});
