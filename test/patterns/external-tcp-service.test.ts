import { Duration } from 'cdk8s';
import {
  EntryPort, ExportTo, ExternalTcpService, ExternalTcpServiceProps, ExternalTls, LoadBalancer, MeshSettings, ServiceHost, TcpAction, VirtualService,
} from '../../lib';
import { Manifest, manifestsOf, specOf, testChart } from '../util';

interface Made {
  readonly service: ExternalTcpService;
  readonly manifests: () => Manifest[];
  readonly of: (kind: string) => any[];
}

function make(props: Partial<ExternalTcpServiceProps>, dnsCapture?: boolean): Made {
  const chart = testChart({ namespace: 'shop' });
  if (dnsCapture !== undefined) {
    MeshSettings.configure(chart, { dnsCapture });
  }
  const service = new ExternalTcpService(chart, 'Db', { host: 'db.example.com', ports: [EntryPort.tcp(5432)], ...props });
  const manifests = () => manifestsOf(chart);
  return { service, manifests, of: kind => manifests().filter(manifest => manifest.kind === kind).map(manifest => manifest.spec) };
}

test('by address: connections go where the application sent them', () => {
  const { of } = make({ addresses: ['10.20.0.5'] });
  expect(of('ServiceEntry')).toEqual([{
    hosts: ['db.example.com'],
    addresses: ['10.20.0.5'],
    ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
    resolution: 'NONE',
    exportTo: ['.'],
  }]);
  expect(of('DestinationRule')).toEqual([]);
});

test('by a range of addresses', () => {
  expect(make({ addresses: ['10.20.0.0/24', 'fd00::/8'] }).of('ServiceEntry')[0]).toMatchObject({ addresses: ['10.20.0.0/24', 'fd00::/8'], resolution: 'NONE' });
});

test('by address, to endpoints that are addresses or names', () => {
  expect(make({ addresses: ['240.1.0.1'], endpoints: [{ address: '10.0.0.1' }, { address: '10.0.0.2' }] }).of('ServiceEntry')[0]).toMatchObject({ resolution: 'STATIC' });
  expect(make({ addresses: ['240.1.0.1'], endpoints: [{ address: 'db-1.example.com' }, { address: '10.0.0.2' }] }).of('ServiceEntry')[0]).toMatchObject({
    resolution: 'DNS', endpoints: [{ address: 'db-1.example.com' }, { address: '10.0.0.2' }],
  });
});

test('by DNS name alone, Istio can tell services apart by their port only: an address or DNS capture is asked for', () => {
  const { manifests } = make({});
  const problem = "addresses must be given: connections to port 5432 do not name the host 'db.example.com', so that Istio would take all connections to that port for it. "
    + 'Set addresses to what the application connects to, or MeshSettings.configure(app, { dnsCapture: true }) where sidecars answer DNS';
  expect(manifests).toThrow(problem);
  expect(make({}, false).manifests).toThrow(problem);
});

test('by DNS name alone where sidecars answer DNS', () => {
  expect(make({}, true).of('ServiceEntry')).toEqual([{
    hosts: ['db.example.com'], ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }], resolution: 'DNS', exportTo: ['.'],
  }]);
});

test('by DNS name alone with TLS, which names the host', () => {
  expect(make({ ports: [EntryPort.tls(9093)] }).of('ServiceEntry')[0]).toMatchObject({ ports: [{ number: 9093, protocol: 'TLS' }], resolution: 'DNS' });
});

test('limits, balancing and pauses are those of one rule, seen by the same namespaces', () => {
  const { of } = make({
    addresses: ['240.1.0.1'],
    endpoints: [{ address: '10.0.0.1' }],
    connectionPool: { maxConnections: 50, connectTimeout: Duration.seconds(2) },
    loadBalancer: LoadBalancer.random(),
    outlierDetection: { consecutive5xxErrors: 3 },
    exportTo: ExportTo.namespaces(['shop', 'billing']),
  });
  expect(of('DestinationRule')).toEqual([{
    host: 'db.example.com',
    trafficPolicy: {
      connectionPool: { tcp: { maxConnections: 50, connectTimeout: '2s' } },
      loadBalancer: { simple: 'RANDOM' },
      outlierDetection: { consecutive5xxErrors: 3 },
    },
    exportTo: ['shop', 'billing'],
  }]);
  expect(of('ServiceEntry')[0].exportTo).toEqual(['shop', 'billing']);
});

test('the proxy adds TLS, with the name that it verifies: connections without requests have no host that Istio could take', () => {
  const { of } = make({ addresses: ['10.20.0.5'], ports: [EntryPort.redis(6379)], tls: ExternalTls.originate() });
  expect(of('DestinationRule')[0].trafficPolicy).toEqual({
    tls: { mode: 'SIMPLE', sni: 'db.example.com', subjectAltNames: ['db.example.com'], caCertificates: 'system' },
  });
});

test('it is a destination, with its port where it has one alone', () => {
  const chart = testChart();
  const db = new ExternalTcpService(chart, 'Db', { host: 'db.example.com', addresses: ['10.0.0.1'], ports: [EntryPort.tcp(5432)], connectionPool: { maxConnections: 1 } });
  new VirtualService(chart, 'Routes', { services: [ServiceHost.fromName('db')], tcpRoutes: [{ action: TcpAction.forward(db) }] });
  expect(specOf(chart, 'VirtualService').tcp).toEqual([{ route: [{ destination: { host: 'db.example.com', port: { number: 5432 } } }] }]);
  expect(db.toDestinationConfig().dependencies).toEqual([db.serviceEntry, db.destinationRule]);
  expect(db.withPort(5433).toDestinationConfig()).toMatchObject({ host: 'db.example.com', port: 5433 });
  const several = make({ addresses: ['10.0.0.1'], ports: [EntryPort.tcp(1), EntryPort.tcp(2)] }).service;
  expect(several.toDestinationConfig().port).toBeUndefined();
});

test('a name without a dot can be given to an address', () => {
  expect(make({ host: 'legacy', addresses: ['10.0.0.1'] }).of('ServiceEntry')[0].hosts).toEqual(['legacy']);
});

test.each<[string, any, string]>([
  ['no host', { host: undefined }, 'host must be given'],
  ['a wildcard', { host: '*.example.com' }, "host must be a domain name of letters, digits, '-' and '.', got '*.example.com'"],
  ['an address as host', { host: '10.0.0.1' }, "host must be a domain name of letters, digits, '-' and '.', got '10.0.0.1'"],
  ['no ports', { ports: [] }, 'ports must not be empty'],
  ['ports that are numbers', { ports: [5432] }, 'ports[0] must be made by EntryPort, such as EntryPort.tcp(5432), got 5432'],
  ['ports for HTTP', { ports: [EntryPort.http(80)] }, 'ports[0] must not be for HTTP, got HTTP, use ExternalApi, where proxies see requests'],
  ['addresses that are names', { addresses: ['db'] }, "addresses[0] must be an IP address or a range such as '10.0.0.0/8', got 'db'"],
  ['no addresses in the list', { addresses: [] }, 'addresses must not be empty, leave it out instead'],
  ['a misspelt property', { host: 'db.example.com', address: '10.0.0.1' }, "props has no property 'address', known properties: host, ports, addresses, endpoints, connectionPool, loadBalancer, outlierDetection, tls, exportTo, metadata"],
  ['a name that DNS does not know', { host: 'legacy' }, "addresses must be given, or endpoints, for a host that DNS does not know, got 'legacy'"],
  ['a policy that would not find its host', { host: 'legacy', addresses: ['10.0.0.1'], connectionPool: { maxConnections: 1 } },
    "host must have a dot for a policy to find it, got 'legacy': Istio takes the host of a rule for a service in the rule's namespace"],
  ['a choice without alternatives', { addresses: ['10.0.0.1'], loadBalancer: LoadBalancer.random() },
    'loadBalancer must be left out without endpoints: connections go to the address that the application chose'],
  ['a range for names', { addresses: ['10.0.0.0/8'], endpoints: [{ address: 'db-1.example.com' }] },
    "addresses must be single addresses where endpoints are DNS names, got '10.0.0.0/8'"],
  ['endpoints that are none', { addresses: ['10.0.0.1'], endpoints: [{ address: 'a_b' }] }, "endpoints[0].address must be an IP address or a host name, got 'a_b'"],
  ['TLS inside TLS', { ports: [EntryPort.tls(443)], tls: ExternalTls.originate() },
    'ports[0] must not be for TLS beside tls, got TLS: the application speaks TLS there, which the proxy would wrap in TLS once more'],
  ['TLS that nobody adds', { addresses: ['10.0.0.1'], tls: ExternalTls.none() }, 'tls must be made by ExternalTls.originate(), leave it out where the proxy adds no TLS'],
  ['ports said twice', { addresses: ['10.0.0.1'], tls: ExternalTls.originate({ targetPort: 6380 }) }, 'tls must not say port, targetPort or protocol, these are said by ports'],
  ['a secret that sidecars do not get', { addresses: ['10.0.0.1'], tls: ExternalTls.originate({ credentialName: 'c' }) },
    'tls must not have credentialName: Istio hands no secret to sidecars, and would drop the TLS settings, use files of the proxy'],
])('refuses %s', (_, props, message) => {
  expect(() => make(props)).toThrow(new Error(`[test/Db] ${message}`));
});
