import { modelOf } from './corpus';
import { MeshOptions } from '../../lib/mesh/mesh-options';
import { protocolOfServicePort } from '../../lib/mesh/protocols';

const service = (name: string, namespace: string, spec = '{ports: [{port: 80, name: http}]}', metadata = ''): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: ${namespace}, ${metadata}}, spec: ${spec}}\n---\n`;

const entry = (name: string, namespace: string, spec: string, metadata = ''): string =>
  `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: ${name}, namespace: ${namespace}, ${metadata}}, spec: ${spec}}\n---\n`;

const HTTP = 'ports: [{number: 80, name: http, protocol: HTTP}]';

test.each([
  [80, 'http', 'HTTP'], [80, 'http-web', 'HTTP'], [80, 'HTTP2-x', 'HTTP2'], [80, 'grpc-web', 'GRPC-Web'], [80, 'grpc-webby', 'GRPC-Web'], [80, 'grpc', 'GRPC'],
  [80, '', 'unnamed'], [80, 'web', 'unnamed'], [80, 'httpx', 'unnamed'], [3306, 'db', 'TCP'], [27017, '', 'TCP'], [80, 'mongo', 'Mongo'], [80, 'tls', 'TLS'],
] as const)('port %p named %p speaks %p', (number, name, protocol) => {
  expect(protocolOfServicePort(number, name, 'TCP', undefined)).toBe(protocol);
});

test.each([
  ['kubernetes.io/h2c', 'HTTP2'], ['kubernetes.io/ws', 'HTTP'], ['kubernetes.io/wss', 'HTTPS'], ['tcp', 'TCP'], ['http-x', 'HTTP'], ['mine', 'unnamed'],
] as const)('an appProtocol %p wins over the name and means %p', (appProtocol, protocol) => {
  expect(protocolOfServicePort(80, 'grpc', 'TCP', appProtocol)).toBe(protocol);
});

test('a UDP port speaks UDP whatever its name', () => {
  expect(protocolOfServicePort(53, 'http', 'UDP', 'http')).toBe('UDP');
});

describe('who sees a service', () => {
  const hostsSeen = (text: string, namespace: string, options?: MeshOptions): string[] =>
    modelOf(text, options).services.visibleTo(namespace).map(({ hostname }) => hostname.split('.')[0]);
  const annotated = (exportTo: string): string => service('s', 'own', undefined, `annotations: {networking.istio.io/exportTo: '${exportTo}'}`);

  test.each([
    ['*', ['own', 'other']], ['.', ['own']], ['~', []], ['other', ['other']], ['., other', ['own', 'other']], ['own', ['own']], ['*,~', ['own', 'other']],
    ['other,~', []],
  ])('exported to %p it is seen by %p', (exportTo, namespaces) => {
    expect(['own', 'other', 'third'].filter(namespace => hostsSeen(annotated(exportTo), namespace).length > 0).sort())
      .toEqual(exportTo.startsWith('*') ? ['other', 'own', 'third'] : [...namespaces].sort());
  });

  test('the mesh can have another default', () => {
    const options = { meshConfig: { defaultServiceExportTo: ['.'] } };
    expect([hostsSeen(service('s', 'own'), 'own', options), hostsSeen(service('s', 'own'), 'other', options)]).toEqual([['s'], []]);
    expect(hostsSeen(entry('e', 'own', `{hosts: [e], ${HTTP}, exportTo: ['*']}`), 'other', options)).toEqual(['e']);
  });

  test('what is exported by name comes before what is public', () => {
    expect(hostsSeen(service('a', 'own') + entry('e', 'x', `{hosts: [b], ${HTTP}, exportTo: [other]}`), 'other')).toEqual(['b', 'a']);
  });
});

describe('a Kubernetes Service', () => {
  const of = (spec: string) => modelOf(service('s', 'n', spec)).services.all[0];

  test('without an address in the manifest has one that is not known', () => {
    expect(of('{ports: []}')).toMatchObject({ address: 'vip:s.n.svc.cluster.local', addresses: [], resolution: 'REGISTRY' });
  });

  test('has the addresses of the manifest, of IPv4 where it has both', () => {
    expect(of('{clusterIP: 10.0.0.1}')).toMatchObject({ address: '10.0.0.1', addresses: ['10.0.0.1'] });
    expect(of('{clusterIP: \'::1\', clusterIPs: [\'::1\', 10.0.0.1]}')).toMatchObject({ address: '10.0.0.1', addresses: ['10.0.0.1'] });
  });

  test('that is headless passes requests on to the address asked for', () => {
    expect(of('{clusterIP: None}')).toMatchObject({ resolution: 'PASSTHROUGH', address: '0.0.0.0', addresses: [] });
  });

  test('listens where targetPort says, else on the port itself', () => {
    expect(of('{ports: [{port: 80, targetPort: web}, {port: 81, targetPort: 8081}, {port: 82}]}').ports.map(({ targetPort }) => targetPort)).toEqual(['web', 8081, 82]);
  });
});

describe('an ExternalName Service', () => {
  const alias = (name: string, target: string): string => service(name, 'n', `{type: ExternalName, externalName: ${target}, ports: [{port: 80}]}`);

  test('is another name of the service it stands for, through any number of steps', () => {
    const { services } = modelOf(service('real', 'n') + alias('one', 'real.n.svc.cluster.local') + alias('two', 'one.n.svc.cluster.local'));
    expect(services.ofHost('real.n.svc.cluster.local')[0].aliases).toEqual(['one.n.svc.cluster.local', 'two.n.svc.cluster.local']);
    expect(services.ofHost('one.n.svc.cluster.local')[0]).toMatchObject({ resolution: 'ALIAS', externalName: 'real.n.svc.cluster.local' });
  });

  test('that stands for itself through others stands for nothing', () => {
    const { services } = modelOf(alias('one', 'two.n.svc.cluster.local') + alias('two', 'one.n.svc.cluster.local') + alias('self', 'self.n.svc.cluster.local'));
    expect(services.all.flatMap(({ aliases }) => aliases)).toEqual([]);
  });
});

describe('a ServiceEntry', () => {
  const addressesOf = (spec: string, options?: MeshOptions, status = '{}'): string[] =>
    modelOf(`{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: n}, spec: ${spec}, status: ${status}}`, options)
      .services.all.map(({ hostname, address }) => `${hostname} ${address}`);

  test('is one service for each host and address', () => {
    expect(addressesOf(`{hosts: [a.org, b.org], addresses: [1.1.1.1, 2.2.2.2/32, 3.3.3.0/24, nonsense], ${HTTP}}`)).toEqual([
      'a.org 1.1.1.1', 'a.org 2.2.2.2', 'a.org 3.3.3.0/24', 'b.org 1.1.1.1', 'b.org 2.2.2.2', 'b.org 3.3.3.0/24',
    ]);
  });

  test('has no address without any', () => {
    expect(addressesOf(`{hosts: [a.org], ${HTTP}, resolution: DNS}`)).toEqual(['a.org 0.0.0.0']);
  });

  const dnsCapture = { dnsCapture: true };
  test.each([
    ['DNS', 'a.org', ['a.org vip:a.org of n/e']],
    ['NONE', 'a.org', ['a.org 0.0.0.0']],
    ['STATIC', '\'*.a.org\'', ['*.a.org 0.0.0.0']],
    ['DYNAMIC_DNS', '\'*.a.org\'', ['*.a.org vip:*.a.org of n/e']],
  ])('with resolution %s and proxies that answer DNS has for %s the address %p', (resolution, host, expected) => {
    expect(addressesOf(`{hosts: [${host}], ${HTTP}, resolution: ${resolution}}`, dnsCapture)).toEqual(expected);
  });

  test('has the address that Istio has given it, where proxies answer DNS', () => {
    const spec = `{hosts: [a.org], ${HTTP}, resolution: DNS}`;
    const status = '{addresses: [{host: a.org, value: 240.240.0.1}, {host: a.org, value: \'2001:2::1\'}, {host: b.org, value: 240.240.0.2}]}';
    expect(addressesOf(spec, dnsCapture, status)).toEqual(['a.org 240.240.0.1']);
    expect(addressesOf(spec, {}, status)).toEqual(['a.org 0.0.0.0']);
    expect(addressesOf(spec, { meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } } }, status)).toEqual(['a.org 240.240.0.1']);
  });
});

describe('services of one host', () => {
  const AGE = (hour: number): string => `creationTimestamp: '2026-01-01T0${hour}:00:00Z'`;
  const text = service('a', 'default')
    + entry('young', 'n1', `{hosts: [dup.org, '*.w.org'], ${HTTP}, resolution: DNS}`, AGE(5))
    + entry('old', 'n2', '{hosts: [dup.org], ports: [{number: 81, name: http, protocol: HTTP}], resolution: DNS}', AGE(1))
    + entry('more', 'n2', '{hosts: [dup.org], ports: [{number: 82, name: http, protocol: HTTP}, {number: 81, name: x, protocol: TCP}], resolution: DNS}', AGE(2))
    + entry('else', 'n2', '{hosts: [dup.org], ports: [{number: 83, name: http, protocol: HTTP}], resolution: STATIC}', AGE(3))
    + entry('squatter', 'n1', `{hosts: [a.default.svc.cluster.local], ${HTTP}}`, AGE(0));
  const model = modelOf(text);
  const portsOf = (namespace: string): (number | string)[] =>
    model.sidecar({ namespace }).serviceOf('dup.org')!.ports.map(({ number, protocol }) => `${number} ${protocol}`);

  test('are found by the host, the oldest first', () => {
    expect(model.services.ofHost('dup.org').map(({ resource }) => resource.name)).toEqual(['old', 'more', 'else', 'young']);
  });

  test('are found by a host that a wildcard covers', () => {
    expect(model.services.covering('x.w.org').map(({ resource }) => resource.name)).toEqual(['young']);
    expect(model.services.under('*.org').map(({ hostname }) => hostname)).toContain('*.w.org');
  });

  test('a client takes that of its own namespace, else the oldest, with the ports of those of its namespace and resolution', () => {
    expect([portsOf('n1'), portsOf('n2'), portsOf('n3')]).toEqual([['80 HTTP'], ['81 HTTP', '82 HTTP'], ['81 HTTP', '82 HTTP']]);
  });

  test('a gateway takes the oldest, wherever it is', () => {
    expect(model.gateway({ namespace: 'n1' }).serviceOf('dup.org')!.ports.map(({ number }) => number)).toEqual([81, 82]);
  });

  test('a Kubernetes Service wins over an entry that has its host', () => {
    expect(model.sidecar({ namespace: 'n2' }).serviceOf('a.default.svc.cluster.local')!.isKubernetes).toBe(true);
    expect(model.gateway({ namespace: 'n2' }).serviceOf('a.default.svc.cluster.local')!.isKubernetes).toBe(true);
  });
});
