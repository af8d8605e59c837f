import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { EntryPort, ExportTo, MeshLocation, Resolution, ServiceEntry, ServiceEntryProps } from '../lib';
import { manifestOf, specOf, testChart, testCharts } from './util';

function entry(props: Partial<ServiceEntryProps> = {}): ServiceEntry {
  return new ServiceEntry(testChart(), 'Entry', { hosts: ['api.example.com'], ports: [EntryPort.https(443)], resolution: Resolution.dns(), ...props });
}

function rendered(props: Partial<ServiceEntryProps> = {}): any {
  const chart = testChart();
  new ServiceEntry(chart, 'Entry', { hosts: ['api.example.com'], ports: [EntryPort.https(443)], resolution: Resolution.dns(), ...props });
  return specOf(chart, 'ServiceEntry');
}

test('is a ServiceEntry of networking.istio.io/v1', () => {
  const object = ApiObject.of(entry());
  expect([object.apiVersion, object.kind]).toEqual(['networking.istio.io/v1', 'ServiceEntry']);
});

test('writes what was said and leaves out what was not', () => {
  expect(rendered()).toEqual({
    hosts: ['api.example.com'],
    ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }],
    resolution: 'DNS',
  });
});

test('writes every property', () => {
  expect(rendered({
    hosts: ['db.example.com'],
    ports: [EntryPort.mongo(27017, { name: 'db', targetPort: 27018 })],
    location: MeshLocation.INTERNAL,
    addresses: ['10.1.0.0/16', '2001:db8::1'],
    subjectAltNames: ['db.example.com'],
    exportTo: ExportTo.namespaces(['.', 'shop']),
    resolution: Resolution.staticEndpoints([{
      address: '10.0.0.1', ports: { db: 27019 }, labels: { version: 'v1' }, network: 'vm', locality: 'eu/eu-1/a', weight: 3, serviceAccount: 'db',
    }]),
  })).toEqual({
    hosts: ['db.example.com'],
    ports: [{ number: 27017, name: 'db', protocol: 'MONGO', targetPort: 27018 }],
    location: 'MESH_INTERNAL',
    addresses: ['10.1.0.0/16', '2001:db8::1'],
    subjectAltNames: ['db.example.com'],
    exportTo: ['.', 'shop'],
    resolution: 'STATIC',
    endpoints: [{ address: '10.0.0.1', ports: { db: 27019 }, labels: { version: 'v1' }, network: 'vm', locality: 'eu/eu-1/a', weight: 3, serviceAccount: 'db' }],
  });
});

test('what is added later is written behind what the constructor got', () => {
  const chart = testChart();
  const added = new ServiceEntry(chart, 'Entry', { hosts: ['a.example.com'], ports: [EntryPort.http(80)], resolution: Resolution.none() });
  added.addHost('*.b.example.com');
  added.addPort(EntryPort.tls(443));
  added.addAddress('10.0.0.0/8');
  expect(specOf(chart, 'ServiceEntry')).toEqual({
    hosts: ['a.example.com', '*.b.example.com'],
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }, { number: 443, name: 'tls', protocol: 'TLS' }],
    addresses: ['10.0.0.0/8'],
    resolution: 'NONE',
  });
});

test('the lists of the caller are copied', () => {
  const chart = testChart();
  const hosts = ['a.example.com'];
  const endpoint = { address: '10.0.0.1', labels: { version: 'v1' } };
  new ServiceEntry(chart, 'Entry', { hosts, ports: [EntryPort.http(80)], resolution: Resolution.staticEndpoints([endpoint]) });
  hosts.push('b.example.com');
  endpoint.labels.version = 'v2';
  const spec = specOf(chart, 'ServiceEntry');
  expect(spec.hosts).toEqual(['a.example.com']);
  expect(spec.endpoints[0].labels).toEqual({ version: 'v1' });
});

test('a port is named by its protocol, then with its number, and never like a port that was given a name', () => {
  const spec = rendered({
    hosts: ['api.example.com'],
    ports: [EntryPort.http(80), EntryPort.http(8080), EntryPort.http(8081, { name: 'http' }), EntryPort.grpcWeb(9000), EntryPort.httpProxy(3128)],
    resolution: Resolution.none(),
  });
  expect(spec.ports.map((port: any) => port.name)).toEqual(['http-80', 'http-8080', 'http', 'grpc-web', 'http-proxy']);
});

test('generated port names are unique for all ports', () => {
  const port = fc.record({
    make: fc.constantFrom(EntryPort.http, EntryPort.tcp, EntryPort.grpcWeb),
    number: fc.integer({ min: 1, max: 65535 }),
    name: fc.option(fc.constantFrom('http', 'http-80', 'tcp', 'tcp-80-2'), { nil: undefined }),
  });
  const ports = fc.uniqueArray(port, { selector: item => item.number, maxLength: 8 })
    .filter(list => new Set(list.flatMap(item => item.name ?? [])).size === list.filter(item => item.name !== undefined).length);
  fc.assert(fc.property(ports, list => {
    const { ports: written = [] } = rendered({ ports: list.map(item => item.make(item.number, { name: item.name })) });
    const names: string[] = written.map((item: any) => item.name);
    expect(new Set(names).size).toBe(list.length);
    list.forEach((item, index) => item.name !== undefined && expect(names[index]).toBe(item.name));
  }), { numRuns: 50 });
});

describe('every protocol', () => {
  test.each([
    [EntryPort.http(1), 'HTTP'], [EntryPort.http2(1), 'HTTP2'], [EntryPort.httpProxy(1), 'HTTP_PROXY'], [EntryPort.https(1), 'HTTPS'],
    [EntryPort.grpc(1), 'GRPC'], [EntryPort.grpcWeb(1), 'GRPC-WEB'], [EntryPort.tls(1), 'TLS'], [EntryPort.tcp(1), 'TCP'],
    [EntryPort.mongo(1), 'MONGO'], [EntryPort.mysql(1), 'MYSQL'], [EntryPort.redis(1), 'REDIS'], [EntryPort.udp(1), 'UDP'],
  ])('%# is written in Istio\'s words', (port, protocol) => {
    expect(rendered({ ports: [port] }).ports[0].protocol).toBe(protocol);
  });
});

describe('every resolution', () => {
  test.each([
    ['none', Resolution.none(), { resolution: 'NONE' }],
    ['static endpoints', Resolution.staticEndpoints([{ address: '10.0.0.1' }]), { resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }] }],
    ['an endpoint behind the gateway of its network', Resolution.staticEndpoints([{ network: 'vm' }]), { resolution: 'STATIC', endpoints: [{ network: 'vm' }] }],
    ['static workloads', Resolution.staticWorkloads({ app: 'db' }), { resolution: 'STATIC', workloadSelector: { labels: { app: 'db' } } }],
    ['dns of the hosts', Resolution.dns(), { resolution: 'DNS' }],
    ['dns of endpoints', Resolution.dns([{ address: 'a.example.com' }]), { resolution: 'DNS', endpoints: [{ address: 'a.example.com' }] }],
    ['dns round robin of workloads', Resolution.dnsRoundRobinWorkloads({ app: 'db' }), { resolution: 'DNS_ROUND_ROBIN', workloadSelector: { labels: { app: 'db' } } }],
    ['dns of workloads', Resolution.dnsWorkloads({ app: 'db' }), { resolution: 'DNS', workloadSelector: { labels: { app: 'db' } } }],
    ['round robin of the hosts', Resolution.dnsRoundRobin(), { resolution: 'DNS_ROUND_ROBIN' }],
    ['round robin of an endpoint', Resolution.dnsRoundRobin({ address: 'a.example.com' }),
      { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a.example.com' }] }],
  ])('%s', (_title, resolution, expected) => {
    const { resolution: name, endpoints, workloadSelector } = rendered({ resolution });
    expect(JSON.parse(JSON.stringify({ resolution: name, endpoints, workloadSelector }))).toEqual(expected);
  });

  test('dynamic dns', () => {
    expect(rendered({ hosts: ['*.example.com'], ports: [EntryPort.tls(443)], resolution: Resolution.dynamicDns() }))
      .toEqual({ hosts: ['*.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DYNAMIC_DNS' });
  });

  test('a Unix domain socket', () => {
    const endpoint = { address: 'unix:///run/app.sock' };
    expect(rendered({ resolution: Resolution.staticEndpoints([endpoint]) }).endpoints).toEqual([endpoint]);
  });
});

test('names for the certificates of props and of addSubjectAltName are the same', () => {
  const chart = testChart();
  const api = new ServiceEntry(chart, 'Entry', { hosts: ['api.example.com'], resolution: Resolution.dns(), subjectAltNames: ['a.example'] });
  api.addSubjectAltName('b.example');
  expect(specOf(chart, 'ServiceEntry').subjectAltNames).toEqual(['a.example', 'b.example']);
  const bare = entry();
  bare.addSubjectAltName('a.example');
  expect(bare._toIstio().subjectAltNames).toEqual(['a.example']);
});

test('what is left out is asked for', () => {
  const api = entry() as { readonly [method: string]: any };
  for (const [method, name] of [['addHost', 'host'], ['addAddress', 'address'], ['addSubjectAltName', 'name']]) {
    expect(() => api[method]()).toThrow(new Error(`[test/Entry] ${name} must be given`));
  }
});

describe('as a destination', () => {
  test('the only host stands for the entry, which comes before what uses it', () => {
    const api = entry();
    expect(api.toDestinationConfig()).toEqual({ host: 'api.example.com', dependencies: [api] });
    expect(api.withPort(443).toDestinationConfig()).toEqual({ host: 'api.example.com', port: 443, dependencies: [api] });
  });

  test('one of several hosts takes a port', () => {
    const api = entry({ hosts: ['a.example.com', 'b.example.com'] });
    const host = api.destination('b.example.com');
    expect(host.withPort(443).toDestinationConfig()).toEqual({ host: 'b.example.com', port: 443, dependencies: [api] });
    expect(host.withPort(443).withPort(80).toDestinationConfig().port).toBe(80);
    expect(() => host.withPort(0)).toThrow(new Error('[test/Entry] port must be an integer from 1 to 65535, got 0'));
  });

  test('fails when one host is expected of several', () => {
    const api = entry({ hosts: ['a.example.com', 'b.example.com'] });
    expect(() => api.toDestinationConfig()).toThrow("[test/Entry] has several hosts, choose one with destination('a.example.com')");
    expect(api.destination('b.example.com').toDestinationConfig().host).toBe('b.example.com');
    expect(() => api.withPort(443)).toThrow("[test/Entry] has several hosts, choose one with destination('a.example.com')");
    expect(() => api.destination('c.example.com')).toThrow("[test/Entry] has no host 'c.example.com', its hosts: a.example.com, b.example.com");
  });

  test('fails when the entry has no host yet', () => {
    expect(() => entry({ hosts: [] }).toDestinationConfig()).toThrow('[test/Entry] has no host yet, add one before it is used as a destination');
  });
});

describe('wrong values are refused where they are handed in', () => {
  const cases: [string, () => unknown, string][] = [
    ['a wildcard for all', () => entry({ hosts: ['*'] }), "[test/Entry] hosts[0] must not be '*', name a domain as in '*.example.com'"],
    ['an empty host', () => entry({ hosts: [''] }), "[test/Entry] hosts[0] must be a string that is not empty, got ''"],
    ['a host that is not a name', () => entry({ hosts: ['a b'] }),
      "[test/Entry] hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'a b'"],
    ['a unicode host', () => entry({ hosts: ['bücher.example'] }),
      "[test/Entry] hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', "
        + "got 'bücher.example', write international names in their xn-- form"],
    ['a host twice', () => entry({ hosts: ['a.example', 'a.example'] }), "[test/Entry] hosts[1] 'a.example' is a host of the entry already"],
    ['an undefined host', () => entry({ hosts: [undefined as never] }), '[test/Entry] hosts[0] must not be undefined, leave the item out'],
    ['a host for a list', () => entry({ hosts: 'a.example' as never }), "[test/Entry] hosts must be a list, got 'a.example'"],
    ['a wildcard with DNS', () => entry({ hosts: ['*.example.com'] }),
      "[test/Entry] hosts[0] must be a name that DNS can resolve, got '*.example.com', use Resolution.none() or Resolution.dynamicDns() for wildcards"],
    ['a wildcard with DNS of workloads', () => entry({ hosts: ['*.example.com'], resolution: Resolution.dnsWorkloads({ app: 'db' }) }),
      "[test/Entry] hosts[0] must be a name that DNS can resolve, got '*.example.com', use Resolution.none() or Resolution.dynamicDns() for wildcards"],
    ['a name of a port that is one character too long for an endpoint',
      () => Resolution.staticEndpoints([{ address: '10.0.0.1', ports: { ['a'.repeat(63)]: 80 } }]),
      `endpoints[0].ports: name of a port must be at most 62 characters, got '${'a'.repeat(63)}'`],
    ['a plain name with dynamic DNS', () => entry({ resolution: Resolution.dynamicDns() }),
      "[test/Entry] hosts[0] must be a wildcard such as '*.example.com' with Resolution.dynamicDns(), got 'api.example.com', use Resolution.dns() for names"],
    ['a protocol that dynamic DNS cannot do', () => entry({ hosts: ['*.a.example'], resolution: Resolution.dynamicDns() }),
      '[test/Entry] ports[0] must be made by EntryPort.http, http2, grpc or tls with Resolution.dynamicDns(), got HTTPS'],
    ['several hosts on a nameless port', () => entry({ hosts: ['a.example', 'b.example'], ports: [EntryPort.tcp(5432)] }),
      '[test/Entry] ports[0]: several hosts (a.example, b.example) cannot share port 5432 of protocol TCP, whose traffic does not name its host: make an entry for each host'],
    ['a port twice', () => entry({ ports: [EntryPort.http(80), EntryPort.tls(80)] }), '[test/Entry] ports[1] 80 is a port of the entry already'],
    ['a port name twice', () => entry({ ports: [EntryPort.http(80, { name: 'a' }), EntryPort.tls(81, { name: 'a' })] }),
      "[test/Entry] ports[1] has the name 'a', which another port of the entry has already"],
    ['a port that is a number', () => entry({ ports: [443 as never] }), '[test/Entry] ports[0] must be made by EntryPort, such as EntryPort.https(443), got 443'],
    ['a range with DNS', () => entry({ addresses: ['10.0.0.0/8'] }), "[test/Entry] addresses[0] must be a single address unless the resolution is none or static, got '10.0.0.0/8'"],
    ['an address with dynamic DNS', () => entry({ hosts: ['*.a.example'], ports: [], resolution: Resolution.dynamicDns(), addresses: ['10.0.0.1'] }),
      "[test/Entry] addresses[0] must be left out with Resolution.dynamicDns(), got '10.0.0.1'"],
    ['a bad address', () => entry({ addresses: ['10.0.0'] }), "[test/Entry] addresses[0] must be an IP address or a range such as '10.0.0.0/8', got '10.0.0'"],
    ['no resolution', () => entry({ resolution: undefined }), '[test/Entry] resolution must be made by Resolution, such as Resolution.dns(), got undefined'],
    ['an unknown location', () => entry({ location: 'HERE' as never }), "[test/Entry] location must be one of MESH_EXTERNAL, MESH_INTERNAL, got 'HERE'"],
    ['an unknown property', () => entry({ host: 'a' } as never),
      "[test/Entry] props has no property 'host', known properties: metadata, hosts, ports, resolution, location, addresses, subjectAltNames, exportTo"],
    ['no names of certificates', () => entry({ subjectAltNames: [] }), '[test/Entry] subjectAltNames must not be empty, leave it out instead'],
    ['an upper case name', () => entry({ metadata: { name: 'Entry' } }),
      "[test/Entry] metadata.name must be lower case letters, digits, '-' and '.', at most 253 characters, got 'Entry'"],
    ['a label that is not a text', () => entry({ metadata: { labels: { a: {} as never } } }), "[test/Entry] metadata.labels['a'] must be a string, got an empty object"],
    ['port 0', () => EntryPort.http(0), 'number must be an integer from 1 to 65535, got 0'],
    ['no port', () => EntryPort.http(undefined as never), 'number must be given'],
    ['a port name with a dot', () => EntryPort.http(1, { name: 'a.b' }),
      "name must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got 'a.b'"],
    ['no endpoint', () => Resolution.staticEndpoints([]), 'endpoints must not be empty, leave it out instead'],
    ['an endpoint without an address', () => Resolution.staticEndpoints([{}]), 'endpoints[0].address must be given, or the network whose gateway leads to the endpoint'],
    ['an endpoint with empty labels', () => Resolution.staticEndpoints([{ address: '10.0.0.1', labels: {} }]), 'endpoints[0].labels must not be empty, leave it out instead'],
    ['an endpoint whose labels are no map', () => Resolution.staticEndpoints([{ address: '10.0.0.1', labels: '' as never }]), "endpoints[0].labels must be an object, got ''"],
    ['an endpoint whose ports are no map', () => Resolution.staticEndpoints([{ address: '10.0.0.1', ports: 0 as never }]), 'endpoints[0].ports must be an object, got 0'],
    ['a name for a static endpoint', () => Resolution.staticEndpoints([{ address: 'a.example' }]), "endpoints[0].address must be an IPv4 or IPv6 address, got 'a.example'"],
    ['a folder for a socket', () => Resolution.staticEndpoints([{ address: 'unix:///run/' }]),
      "endpoints[0].address must be an absolute path that names a file, as in unix:///run/app.sock, or an abstract name unix://@app, got 'unix:///run/'"],
    ['ports of a socket', () => Resolution.staticEndpoints([{ address: 'unix:///run/a', ports: { a: 1 } }]),
      'endpoints[0].ports must be left out, a Unix domain socket has no ports'],
    ['a socket with DNS', () => Resolution.dns([{ address: 'unix:///run/a' }]), "endpoints[0].address must be an IP address or a host name, got 'unix:///run/a'"],
    ['an endpoint weight with a fraction', () => Resolution.dns([{ address: 'a', weight: 1.5 }]), 'endpoints[0].weight must be an integer from 0 to 4294967295, got 1.5'],
    ['no labels', () => Resolution.staticWorkloads({}), 'labels must not be empty, it would select every workload'],
    ['a label value that is a number', () => Resolution.staticWorkloads({ app: 1 as never }),
      "labels['app'] must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got 1"],
  ];
  test.each(cases)('%s', (_title, act, message) => {
    expect(act).toThrow(new Error(message));
  });
});

describe('wrong wholes are reported at synth, all at once', () => {
  test('no host, an unknown port of an endpoint, a socket with two ports', () => {
    const chart = testChart();
    new ServiceEntry(chart, 'Entry', {
      ports: [EntryPort.http(80), EntryPort.tls(443)],
      resolution: Resolution.staticEndpoints([{ address: '10.0.0.1', ports: { web: 8080 } }, { address: 'unix:///run/a' }]),
    });
    expect(() => specOf(chart, 'ServiceEntry')).toThrow([
      'Validation failed with the following errors:',
      '  [test/Entry] service entry has no host, set hosts or call addHost()',
      "  [test/Entry] resolution.endpoints[0].ports names the port 'web', ports of the entry: http, tls",
      '  [test/Entry] resolution.endpoints[1].address is a Unix domain socket, which needs an entry with exactly one port, got 2',
    ].join('\n'));
  });
});

test('the namespace of the chart is the namespace of the entry', () => {
  const { first } = testCharts({ namespace: 'shop' });
  const created = new ServiceEntry(first, 'Entry', { hosts: ['a.example'], resolution: Resolution.none(), exportTo: ExportTo.ownNamespace() });
  expect(created.namespace).toBe('shop');
  expect(manifestOf(first, 'ServiceEntry').metadata).toEqual({ name: 'first-entry', namespace: 'shop' });
});

test('fails when the own namespace is named twice', () => {
  const { first } = testCharts({ namespace: 'shop' });
  expect(() => new ServiceEntry(first, 'Entry', { resolution: Resolution.none(), exportTo: ExportTo.namespaces(['.', 'shop']) }))
    .toThrow("[first/Entry] exportTo names the own namespace twice, as '.' and as 'shop'");
});
