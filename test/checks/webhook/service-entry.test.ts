import { found } from './util';

const HTTP = { number: 80, name: 'http', protocol: 'HTTP' };
const TCP = { number: 5432, name: 'tcp', protocol: 'TCP' };

function ofEntry(spec: object, metadata: object = {}): string[] {
  return found('ServiceEntry', { hosts: ['a.b'], ...spec }, metadata);
}

test('a bad selector ends the list of warnings, and an empty one warns', () => {
  expect(ofEntry({ resolution: 'STATIC', workloadSelector: {} })).toEqual(['warning SE1 spec.workloadSelector.labels']);
  expect(ofEntry({ hosts: ['*a.b'], workloadSelector: { labels: { '': '*' } } })).toEqual(["error SE1 spec.workloadSelector.labels['']", "error SE1 spec.workloadSelector.labels['']"]);
});

test.each([
  [['a'], []], [['*.'], []], [['123'], []], [['*.a'], []], [[], ['error SE3 spec.hosts']], [['*'], ['error SE3 spec.hosts[0]']], [['10.0.0.1'], ['error SE3 spec.hosts[0]']],
  [[null], ['error SE3 spec.hosts[0]']], [['*a.b'], ['warning SE4 spec.hosts[0]']], [['a*'], ['error SE3 spec.hosts[0]', 'warning SE4 spec.hosts[0]']],
])('hosts %j: %j', (hosts, expected) => {
  expect(ofEntry({ hosts })).toEqual(expected);
});

test.each([
  [['10.0.0.1', '::1%eth0', '10.0.0.0/8'], 'NONE', []], [['10.0.0.0/8'], 'STATIC', []], [['10.0.0.0/8'], 'DNS', [0]], [['fe80::1%a/b/c'], 'DNS', [0]], [['::1%eth0/64'], 'NONE', [0]], [['a.b', ''], 'NONE', [0, 1]],
])('addresses %j with resolution %s are refused at %j', (addresses, resolution, positions) => {
  expect(ofEntry({ addresses, resolution })).toEqual(positions.map(position => `error SE5 spec.addresses[${position}]`));
});

test.each([
  [HTTP, []], [{ ...HTTP, protocol: '' }, []], [{ ...HTTP, protocol: 'SCTP' }, ['protocol']], [{ ...HTTP, name: '' }, ['name']], [{ ...HTTP, name: 'a.b' }, ['name']], [{ ...HTTP, number: 0 }, ['number']],
  [{ ...HTTP, targetPort: 65536 }, ['targetPort']], [{ ...HTTP, targetPort: 0 }, []], [null, ['name', 'number']],
])('the port %j is refused at %j', (port, fields) => {
  expect(ofEntry({ ports: [port], addresses: ['10.0.0.1'] })).toEqual(fields.map(field => `error SE6 spec.ports[0].${field}`));
});

test('names and numbers of ports are unique', () => {
  expect(ofEntry({ ports: [HTTP, { ...HTTP, number: 81 }, { ...HTTP, name: 'b' }] })).toEqual(['error SE6 spec.ports[1].name', 'error SE6 spec.ports[2].number']);
});

test('resolution NONE has no endpoints, and ignores a selector', () => {
  expect(ofEntry({ endpoints: [{ address: '10.0.0.1' }] })).toEqual(['error SE7 spec.endpoints']);
  expect(ofEntry({ endpoints: [], workloadSelector: { labels: { a: 'b' } } })).toEqual(['warning SE7 spec.workloadSelector']);
  expect(ofEntry({ resolution: 'DNS', endpoints: [{ address: 'a' }], workloadSelector: { labels: { a: 'b' } } })).toEqual(['error SE2 spec.endpoints']);
});

test.each([
  [{ address: '10.0.0.1', ports: { http: 80 } }, []], [{ address: '::1%eth0' }, []], [{}, ['error .address']], [null, ['error .address']], [{ network: 'n' }, ['warning .address']],
  [{ network: 'n', ports: { x: 1 } }, ['warning .address', "error .ports['x']"]],
  [{ address: 'a.b' }, ['error .address']], [{ address: '10.0.0.1', ports: { x: 80, http: 0 } }, ["error .ports['x']", "error .ports['http']"]], [{ address: '10.0.0.1', labels: { '-': '' } }, ["error .labels['-']"]],
  [{ address: 'unix:///a' }, []], [{ address: 'unix://@' }, []], [{ address: 'unix://' }, ['error .address']], [{ address: 'unix:///a', ports: { http: 80 } }, ['error .ports']], [{ address: 'unix:///a', ports: {} }, []],
])('the endpoint %j of resolution STATIC: %j', (endpoint, expected) => {
  expect(ofEntry({ ports: [HTTP], resolution: 'STATIC', endpoints: [endpoint] })).toEqual(expected.map(each => each.replace(/^(\S+) /, '$1 SE8 spec.endpoints[0]')));
});

test('a Unix domain socket needs an entry with one port', () => {
  const endpoints = [{ address: 'unix:///a' }];
  expect(ofEntry({ ports: [HTTP, TCP], resolution: 'STATIC', endpoints })).toEqual(['error SE8 spec.endpoints[0].address']);
  expect(ofEntry({ resolution: 'STATIC', endpoints })).toEqual(['error SE8 spec.endpoints[0].address']);
});

test.each([
  [['a.b', '123.'], undefined, []], [['*.a', '*.b'], undefined, [0]], [['123'], undefined, [0]], [['*.a'], [{ address: 'a' }], []],
])('hosts %j with endpoints %j are looked up in DNS, but not those at %j', (hosts, endpoints, positions) => {
  expect(ofEntry({ hosts, resolution: 'DNS', endpoints })).toEqual(positions.map(position => `error SE9 spec.hosts[${position}]`));
});

test.each([
  [{ address: 'a.b' }, []], [{ address: '10.0.0.1', ports: { http: 80 } }, []], [{ network: 'n' }, ['.address']], [{ address: 'unix:///a' }, ['.address']], [{ address: '*.a' }, ['.address']],
  [{ address: 'a', ports: { x: 80 }, labels: { a: '-' } }, [".labels['a']", ".ports['x']"]],
])('the endpoint %j of resolution DNS is refused at %j', (endpoint, places) => {
  expect(ofEntry({ ports: [HTTP], resolution: 'DNS', endpoints: [endpoint] })).toEqual(places.map(place => `error SE11 spec.endpoints[0]${place}`));
});

test('DNS_ROUND_ROBIN has at most one endpoint', () => {
  expect(ofEntry({ resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a' }] })).toEqual([]);
  expect(ofEntry({ resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a' }, { address: 'b' }] })).toEqual(['error SE10 spec.endpoints']);
});

test('several hosts of an address share its TCP ports', () => {
  const spec = { hosts: ['a', 'b'], addresses: ['10.0.0.1'], resolution: 'DNS' };
  expect(ofEntry({ ...spec, ports: [HTTP, { ...TCP, protocol: 'HTTPS' }] })).toEqual(['warning SE12 spec.hosts']);
  expect(ofEntry({ ...spec, ports: [HTTP] })).toEqual([]);
  expect(ofEntry({ ...spec, ports: [{ ...HTTP, protocol: '' }] })).toEqual(['error SE15 spec.ports[0].protocol']);
  expect(ofEntry({ ...spec, resolution: 'NONE', ports: [TCP] })).toEqual([]);
});

test.each([
  [{}, []], [{ hosts: ['*a.b'] }, []], [{ hosts: ['a'] }, ['hosts[0]']], [{ addresses: ['10.0.0.1'], endpoints: [{}] }, ['addresses', 'endpoints']],
  [{ ports: [{ ...HTTP, protocol: 'grpc' }] }, []], [{ ports: [{ ...HTTP, protocol: 'HTTPS' }] }, ['ports[0].protocol']], [{ ports: [{ ...HTTP, protocol: '' }] }, ['ports[0].protocol']],
])('resolution DYNAMIC_DNS with %j is refused at %j', (spec, places) => {
  expect(ofEntry({ hosts: ['*.a'], resolution: 'DYNAMIC_DNS', ...spec })).toEqual(places.map(place => `error SE13 spec.${place}`));
});

test.each([
  ['MESH_INTERNAL', 'waypoint', false], ['MESH_INTERNAL', 'none', true], ['MESH_INTERNAL', 'None', true], ['MESH_INTERNAL', '', true], ['MESH_EXTERNAL', 'waypoint', true], [undefined, 'waypoint', true],
])('resolution DYNAMIC_DNS at location %s with waypoint %j: %s', (location, waypoint, ok) => {
  expect(ofEntry({ hosts: ['*.a'], resolution: 'DYNAMIC_DNS', location }, { labels: { 'istio.io/use-waypoint': waypoint } })).toEqual(ok ? [] : ['error SE13 spec.location']);
});

test.each([
  ['NONE', 'TCP', undefined, true], ['NONE', '', undefined, true], ['NONE', 'tcp', undefined, false], ['STATIC', 'TCP', undefined, false], ['STATIC', 'TCP', 'false', true],
  ['STATIC', 'TCP', 'FAL\u017fE', true], ['STATIC', 'TCP', 'no', false],
])('with resolution %s and protocol %j, where label enable-autoallocate-ip is %j, an address is missed: %s', (resolution, protocol, label, missed) => {
  const labels = label === undefined ? {} : { 'networking.istio.io/enable-autoallocate-ip': label };
  expect(ofEntry({ resolution, ports: [{ ...TCP, protocol }] }, { labels })).toEqual(missed ? ['warning SE14 spec.ports[0].protocol'] : []);
  expect(ofEntry({ resolution, ports: [{ ...TCP, protocol }], addresses: ['10.0.0.1'] }, { labels })).toEqual([]);
});

test.each([[['~'], []], [['~', '.'], ['exportTo']], [['~', '~'], ['exportTo[1]', 'exportTo']], [['*', '~'], ['exportTo', 'exportTo']], [['./a'], ['exportTo[0]']]])(
  'exported to %j: refused at %j', (exportTo, places) => {
    expect(ofEntry({ exportTo })).toEqual(places.map(place => `error SE16 spec.${place}`));
  });

test('numbers that stand for no word are refused', () => {
  expect(ofEntry({ resolution: 9 })).toEqual(['error SE17 spec.resolution']);
  expect(ofEntry({ hosts: ['*.a'], resolution: 4, location: 2 })).toEqual(['error SE18 spec.location']);
  expect(ofEntry({ resolution: 2, location: 2 })).toEqual([]);
});
