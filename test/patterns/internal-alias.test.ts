import { Duration } from 'cdk8s';
import { AliasTarget, EntryPort, ExportTo, HttpAction, InternalAlias, InternalAliasProps, LoadBalancer, MeshSettings, RetryPolicy, ServiceHost, StringMatch } from '../../lib';
import { Manifest, manifestsOf, testChart } from '../util';

const ledger = ServiceHost.fromName('ledger', { namespace: 'finance', port: 8080 });
const addresses = AliasTarget.endpoints([{ address: '10.0.0.100' }]);

interface Made {
  readonly alias: InternalAlias;
  readonly manifests: () => Manifest[];
  readonly of: (kind: string) => any[];
}

function make(props: Partial<InternalAliasProps>, dnsCapture = false): Made {
  const chart = testChart({ namespace: 'shop' });
  MeshSettings.configure(chart, { dnsCapture });
  const alias = new InternalAlias(chart, 'Alias', { host: 'ledger.internal.example', target: addresses, ports: [EntryPort.http(80)], ...props });
  const manifests = () => manifestsOf(chart);
  return { alias, manifests, of: kind => manifests().filter(manifest => manifest.kind === kind).map(manifest => manifest.spec) };
}

test("static addresses: the tutorial's database", () => {
  const { of, manifests } = make({ host: 'database', ports: [EntryPort.tcp(3306, { name: 'mysql' })], metadata: { name: 'internal-alias' } }, true);
  expect(of('ServiceEntry')).toEqual([{
    hosts: ['database'],
    location: 'MESH_INTERNAL',
    ports: [{ name: 'mysql', number: 3306, protocol: 'TCP' }],
    resolution: 'STATIC',
    endpoints: [{ address: '10.0.0.100' }],
    exportTo: ['.'],
  }]);
  expect(manifests().map(manifest => manifest.metadata.name)).toEqual(['internal-alias']);
});

test('a group of virtual machines', () => {
  expect(make({ target: AliasTarget.workloads({ app: 'ledger' }) }).of('ServiceEntry')[0]).toMatchObject({
    location: 'MESH_INTERNAL', resolution: 'STATIC', workloadSelector: { labels: { app: 'ledger' } },
  });
});

test("an existing service is reached by routes to its real host: an entry that resolves it by DNS would leave the mesh's encryption", () => {
  const { of } = make({ target: AliasTarget.service(ledger), timeout: Duration.seconds(3) });
  expect(of('ServiceEntry')).toEqual([{
    hosts: ['ledger.internal.example'], location: 'MESH_INTERNAL', ports: [{ name: 'http', number: 80, protocol: 'HTTP' }], resolution: 'NONE', exportTo: ['.'],
  }]);
  expect(of('VirtualService')).toEqual([{
    hosts: ['ledger.internal.example'],
    http: [{ name: 'port-80', route: [{ destination: { host: 'ledger.finance.svc.cluster.local', port: { number: 8080 } } }], timeout: '3s' }],
    exportTo: ['.'],
  }]);
});

test('each port of an alias for a service has a route of its protocol', () => {
  const { of } = make({
    target: AliasTarget.service(ledger), ports: [EntryPort.http(80), EntryPort.http(8081), EntryPort.tls(443), EntryPort.tcp(9000)], addresses: ['240.0.9.9'],
  });
  const route = [{ destination: { host: 'ledger.finance.svc.cluster.local', port: { number: 8080 } } }];
  expect(of('VirtualService')[0]).toMatchObject({
    http: [{ name: 'port-8081', match: [{ port: 8081 }], route }, { name: 'port-80', route }],
    tls: [{ match: [{ port: 443, sniHosts: ['ledger.internal.example'] }], route }],
    tcp: [{ match: [{ port: 9000 }], route }],
  });
});

test('a name with a dot takes routing and policies', () => {
  const { of, alias } = make({ retries: RetryPolicy.none(), trafficPolicy: { loadBalancer: LoadBalancer.random() }, exportTo: ExportTo.all() });
  expect(of('VirtualService')[0].http).toEqual([{
    name: 'port-80', route: [{ destination: { host: 'ledger.internal.example', port: { number: 80 } } }], retries: { attempts: 0 },
  }]);
  expect(of('DestinationRule')).toEqual([{ host: 'ledger.internal.example', trafficPolicy: { loadBalancer: { simple: 'RANDOM' } }, exportTo: ['*'] }]);
  expect(new Set(['ServiceEntry', 'DestinationRule', 'VirtualService'].flatMap(kind => of(kind).map(spec => spec.exportTo[0])))).toEqual(new Set(['*']));
  alias.virtualService!.addHttpRoute({ name: 'first', matches: [{ uri: StringMatch.prefix('/a') }], action: HttpAction.forward(alias) });
  expect(of('VirtualService')[0].http.map((route: any) => route.name)).toEqual(['first', 'port-80']);
});

const unfound = "Istio takes 'database' in a route or rule for the service 'database.<namespace>.svc', and never finds the alias";

test.each<[string, string, any]>([
  ['timeouts', 'timeout', { timeout: Duration.seconds(1) }],
  ['policies', 'trafficPolicy', { trafficPolicy: { loadBalancer: LoadBalancer.random() } }],
  ['routes to a service', 'target: a service', { target: AliasTarget.service(ledger) }],
])('a name without a dot takes no %s', (_, property, props) => {
  expect(() => make({ host: 'database', ...props })).toThrow(new Error(`[test/Alias] ${property} needs a host with a dot, such as 'database.internal', got 'database': ${unfound}`));
});

test('a name without a dot is no destination', () => {
  expect(() => make({ host: 'database' }).alias.toDestinationConfig()).toThrow(new Error(`[test/Alias] cannot be a destination, its host has no dot: ${unfound}`));
});

test('as a destination, an alias of a service is the service: Istio follows no routes of another host', () => {
  expect(make({ target: AliasTarget.service(ledger) }).alias.toDestinationConfig()).toEqual(ledger.toDestinationConfig());
  expect(make({}).alias.withPort(81).toDestinationConfig()).toMatchObject({ host: 'ledger.internal.example', port: 81 });
  expect(() => make({ target: AliasTarget.service(ledger) }).alias.withPort(81)).toThrow(
    new Error('[test/Alias] port cannot be chosen, the name stands for a service with its port'));
});

test('connections that do not name their host need an address, or DNS capture', () => {
  expect(make({ ports: [EntryPort.tcp(3306)] }).manifests).toThrow("addresses must be given: connections to port 3306 do not name the host 'ledger.internal.example'");
  expect(make({ ports: [EntryPort.tcp(3306)] }, true).manifests).not.toThrow();
  expect(make({ ports: [EntryPort.tcp(3306)], addresses: ['10.0.0.100'] }).of('ServiceEntry')[0].addresses).toEqual(['10.0.0.100']);
});

test('an alias of a service gets no address from Istio, with DNS capture or without', () => {
  const problem = "addresses must be given: connections to port 9000 do not name the host 'ledger.internal.example', and Istio allocates no address to a name that stands for a service";
  expect(make({ target: AliasTarget.service(ledger), ports: [EntryPort.tcp(9000)] }, true).manifests).toThrow(problem);
});

test.each<[string, any, string]>([
  ['no target', { target: undefined }, 'target must be given'],
  ['a target of another kind', { target: ledger }, 'target must be made by AliasTarget, such as AliasTarget.endpoints(), got a value of class ServiceHost'],
  ['no ports', { ports: undefined }, 'ports must be given'],
  ['a wildcard', { host: '*.example.com' }, "host must be a domain name of letters, digits, '-' and '.', got '*.example.com'"],
  ['a misspelt property', { port: 80 }, "props has no property 'port', known properties: host, target, ports, addresses, trafficPolicy, exportTo, metadata, timeout, retries, rewrite, mirrors, fault, corsPolicy, headers"],
  ['a policy beside that of the service', { target: AliasTarget.service(ledger), trafficPolicy: { loadBalancer: LoadBalancer.random() } },
    'trafficPolicy must be left out for a service: requests go to its real host, whose rule decides'],
  ['a timeout for connections', { ports: [EntryPort.tcp(3306)], timeout: Duration.seconds(1) },
    'timeout needs a port for HTTP, such as EntryPort.http(80): proxies see no requests on TCP'],
  ['itself', { host: 'ledger.finance.svc.cluster.local', target: AliasTarget.service(ledger) }, "target must be another host than 'ledger.finance.svc.cluster.local' itself"],
])('refuses %s', (_, props, message) => {
  expect(() => make(props)).toThrow(new Error(`[test/Alias] ${message}`));
});

test('a target says what is wrong with it', () => {
  expect(() => AliasTarget.service(ServiceHost.fromName('ledger'))).toThrow(new Error('service must have a port, which is that of the alias otherwise, use withPort()'));
  expect(() => AliasTarget.endpoints([])).toThrow(new Error('endpoints must not be empty, leave it out instead'));
  expect(() => AliasTarget.endpoints(undefined as any)).toThrow(new Error('endpoints must be given'));
  expect(() => AliasTarget.workloads({})).toThrow(new Error('labels must not be empty, it would select every workload'));
});
