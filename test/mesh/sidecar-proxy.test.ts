import { modelOf } from './corpus';
import { FilterChain } from '../../lib/mesh/listeners';
import { MeshOptions } from '../../lib/mesh/mesh-options';
import { SidecarProxy } from '../../lib/mesh/sidecar-proxy';

const at = (hour: number): string => `creationTimestamp: '2026-01-01T${String(hour).padStart(2, '0')}:00:00Z'`;

const service = (name: string, ports: string, rest = '', namespace = 'default'): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: ${namespace}}, spec: {ports: [${ports}]${rest}}}\n---\n`;

const HTTP = '{port: 80, name: http}';

const istio = (kind: string, name: string, spec: string, hour = 0, namespace = 'default'): string =>
  `{apiVersion: networking.istio.io/v1, kind: ${kind}, metadata: {name: ${name}, namespace: ${namespace}, ${at(hour)}}, spec: ${spec}}\n---\n`;

const virtualService = (name: string, spec: string, hour = 0, namespace = 'default'): string => istio('VirtualService', name, spec, hour, namespace);

const entry = (name: string, spec: string, hour = 0, namespace = 'default'): string => istio('ServiceEntry', name, spec, hour, namespace);

const to = (name: string, hosts: string, rest = ''): string => `{hosts: [${hosts}], http: [{name: ${name}, route: [{destination: {host: a}}]}]${rest}}`;

function client(text: string, namespace = 'default', labels = {}, options?: MeshOptions): SidecarProxy {
  return modelOf(text, options).sidecar({ namespace, labels });
}

const hostsOf = (proxy: SidecarProxy, table = '80'): object =>
  Object.fromEntries(proxy.routeTable(table)!.virtualHosts.map(({ name, domains, routes }) => [name, [domains.join(' '), ...routes.map(route => route.name)]]));

const routeOf = (proxy: SidecarProxy, host: string, table = '80'): string[] | string =>
  proxy.routeTable(table)!.find(host)!.fallback ?? proxy.routeTable(table)!.find(host)!.routes.map(({ name }) => name);

describe('the domains of a service', () => {
  const names = 'a.default.svc.cluster.local a.default.svc.cluster.local.';

  test('are all its names; the short one only in its own namespace', () => {
    const text = service('a', HTTP, ', clusterIP: 10.0.0.1');
    expect(hostsOf(client(text))).toEqual({ 'a.default.svc.cluster.local:80': [`${names} a a.default.svc a.default 10.0.0.1`, 'default'], 'allow_any': ['*'] });
    expect(hostsOf(client(text, 'other'))).toMatchObject({ 'a.default.svc.cluster.local:80': [`${names} a.default a.default.svc 10.0.0.1`, 'default'] });
  });

  test('that is headless are also those of its pods, without an address', () => {
    expect(hostsOf(client(service('a', HTTP, ', clusterIP: None'), 'other'))).toMatchObject({
      'a.default.svc.cluster.local:80': [`${names} a.default a.default.svc *.a.default.svc.cluster.local *.a.default.svc.cluster.local. *.a.default *.a.default.svc`, 'default'],
    });
  });

  test('of an ExternalName Service are added to those of the service it stands for', () => {
    const text = service('a', HTTP) + service('x', HTTP, ', type: ExternalName, externalName: a.default.svc.cluster.local');
    expect(hostsOf(client(text))).toEqual({
      'a.default.svc.cluster.local:80': [`${names} a a.default.svc a.default x.default.svc.cluster.local x.default.svc.cluster.local. x x.default.svc x.default`, 'default'],
      'allow_any': ['*'],
    });
    expect(routeOf(client(service('x', HTTP, ', type: ExternalName, externalName: gone.org')), 'x')).toBe('allow_any');
  });

  test('of an entry are its host and its address', () => {
    expect(hostsOf(client(entry('e', '{hosts: [e.org], ports: [{number: 80, name: h, protocol: HTTP}], addresses: [1.1.1.0/24]}')))).toMatchObject({
      'e.org:80': ['e.org e.org. 1.1.1.0/24', 'default'],
    });
    expect(hostsOf(client(entry('e', '{hosts: [\'*.w.org\'], ports: [{number: 80, name: h, protocol: HTTP}]}')))).toMatchObject({
      '*.w.org:80': ['*.w.org *.w.org.', 'default'],
    });
  });

  test('are found in any case, with any port', () => {
    const table = client(service('a', HTTP)).routeTable('80')!;
    expect(['A', 'a:81', 'a.DEFAULT:x', 'a.default.svc.cluster.local.'].map(host => table.find(host)!.name)).toEqual(Array(4).fill('a.default.svc.cluster.local:80'));
    expect(table.find('a.default.')!.fallback).toBe('allow_any');
  });
});

describe('a VirtualService of the mesh', () => {
  const a = service('a', HTTP);

  test('decides for a service alone, the first of several', () => {
    expect(routeOf(client(a + virtualService('young', to('young', 'a'), 5) + virtualService('old', to('old', 'a'), 1)), 'a')).toEqual(['old']);
  });

  test('is the one with the most specific host', () => {
    const text = a + virtualService('wide', to('wide', '\'*.svc.cluster.local\''), 0) + virtualService('less', to('less', '\'*.default.svc.cluster.local\''), 5);
    expect(routeOf(client(text), 'a')).toEqual(['less']);
    expect(routeOf(client(text + virtualService('exact', to('exact', 'a'), 9)), 'a')).toEqual(['exact']);
    expect(Object.keys(hostsOf(client(text)))).toEqual(['a.default.svc.cluster.local:80', 'allow_any']);
  });

  test('that is exported to this namespace only comes before older ones', () => {
    const text = a + virtualService('old', to('old', 'a'), 1) + virtualService('own', to('own', 'a', ', exportTo: [.]'), 5);
    expect(routeOf(client(text), 'a')).toEqual(['own']);
    expect(routeOf(client(text, 'other'), 'a.default')).toEqual(['old']);
  });

  test('without a route for the client leaves the service its own', () => {
    const text = a + virtualService('v', '{hosts: [a], http: [{match: [{sourceLabels: {app: x}}], name: v}]}');
    expect([routeOf(client(text), 'a'), routeOf(client(text, 'default', { app: 'x' }), 'a')]).toEqual([['default'], ['v']]);
    expect(routeOf(client(a + virtualService('v', '{hosts: [a], tcp: [{route: [{destination: {host: b}}]}]}')), 'a')).toEqual(['default']);
  });

  test('keeps the order of its routes, up to the first that takes everything', () => {
    const text = a + virtualService('v', '{hosts: [a], http: [{name: x, match: [{uri: {prefix: /x}}, {name: all}, {uri: {prefix: /y}}]}, {name: never}]}');
    expect(routeOf(client(text), 'a')).toEqual(['x', 'x.all']);
  });

  test('takes an alias that it names away from the service', () => {
    const hosts = hostsOf(client(a + virtualService('v', to('alias', 'a.default'))));
    expect(hosts).toEqual({
      'a.default:80': ['a.default', 'alias'],
      'a.default.svc.cluster.local:80': ['a.default.svc.cluster.local a.default.svc.cluster.local. a a.default.svc', 'default'],
      'allow_any': ['*'],
    });
  });

  test('works for hosts in upper case', () => {
    expect(routeOf(client(a + virtualService('v', to('v', 'A, EXT.org'))), 'ext.ORG')).toEqual(['v']);
  });

  test('adds hosts that no service has to port 80', () => {
    const text = a + service('b', '{port: 8080, name: http}') + virtualService('v', to('v', 'ext.org, b, \'*.w.org\''));
    expect(hostsOf(client(text))).toMatchObject({ 'ext.org:80': ['ext.org', 'v'], 'b.default.svc.cluster.local:80': ['b.default.svc.cluster.local', 'v'], '*.w.org:80': ['*.w.org', 'v'] });
  });

  test('adds hosts that no service has to every http port of the services that it names', () => {
    const both = service('a', '{port: 80, name: http}, {port: 8080, name: http-b}, {port: 9000, name: tcp}');
    const named = client(both + virtualService('v', to('v', 'mixed.org, a')));
    expect([routeOf(named, 'mixed.org', '8080'), routeOf(named, 'mixed.org')]).toEqual([['v'], ['v']]);
    const alone = client(both + virtualService('v', to('v', 'mixed.org')));
    expect([routeOf(alone, 'mixed.org', '8080'), routeOf(alone, 'mixed.org')]).toEqual(['allow_any', ['v']]);
  });

  test('below a wildcard entry has its host on port 80 only, and none for a wildcard', () => {
    const text = entry('e', '{hosts: [\'*.foo.org\'], ports: [{number: 80, name: a, protocol: HTTP}, {number: 8080, name: b, protocol: HTTP}]}')
      + virtualService('v', to('v', 'x.foo.org')) + virtualService('w', to('w', '\'*.x.foo.org\''));
    expect([routeOf(client(text), 'x.foo.org'), routeOf(client(text), 'x.foo.org', '8080'), routeOf(client(text), 'y.x.foo.org')]).toEqual([['v'], ['default'], ['default']]);
  });

  test('sends to the port of the listener where a destination names none, whatever ports the service has', () => {
    const text = a + service('one', '{port: 9000, name: http}') + service('x', HTTP, ', type: ExternalName, externalName: a.default.svc.cluster.local')
      + virtualService('v', '{hosts: [a], http: [{route: [{destination: {host: one}, weight: 1}, {destination: {host: x}, weight: 1}], mirror: {host: one, port: {number: 9000}}}]}');
    const [route] = client(text).routeTable('80')!.find('a')!.routes;
    expect(route.destinations.map(({ cluster }) => cluster)).toEqual(['outbound|80||one.default.svc.cluster.local', 'outbound|80||a.default.svc.cluster.local']);
    expect(route.mirrors.map(({ cluster }) => cluster)).toEqual(['outbound|9000||one.default.svc.cluster.local']);
  });
});

describe('traffic for unknown hosts', () => {
  const policy = (proxy: SidecarProxy): unknown => [routeOf(proxy, 'x.org'), proxy.outboundCluster];

  test('passes through or is blocked as the mesh says', () => {
    const text = service('a', HTTP);
    expect(policy(client(text))).toEqual(['allow_any', 'PassthroughCluster']);
    expect(policy(client(text, 'default', {}, { outboundPolicy: 'REGISTRY_ONLY' }))).toEqual(['block_all', 'BlackHoleCluster']);
    expect(policy(client(text, 'default', {}, { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }))).toEqual(['block_all', 'BlackHoleCluster']);
  });

  test('is up to the Sidecar of the client where that says something', () => {
    const text = service('a', HTTP) + istio('Sidecar', 's', '{outboundTrafficPolicy: {mode: REGISTRY_ONLY}}');
    expect([policy(client(text)), policy(client(text, 'other'))]).toEqual([['block_all', 'BlackHoleCluster'], ['allow_any', 'PassthroughCluster']]);
    expect(policy(client(service('a', HTTP) + istio('Sidecar', 's', '{outboundTrafficPolicy: {}}')))).toEqual(['block_all', 'BlackHoleCluster']);
    const proxied = istio('Sidecar', 's', '{outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: e.org, subset: s, port: {number: 81}}}}');
    expect(policy(client(service('a', HTTP) + proxied))).toEqual(['allow_any', 'outbound|81|s|e.org']);
  });
});

describe('a Sidecar', () => {
  const mesh = service('a', HTTP) + service('b', HTTP) + service('o', HTTP, '', 'other')
    + virtualService('v', '{hosts: [b], http: [{name: vb, route: [{destination: {host: o.other.svc.cluster.local}}]}]}')
    + virtualService('w', to('vo', 'o.other.svc.cluster.local'), 0, 'other');
  const known = (hosts: string, labels = {}): string[] => {
    const proxy = client(mesh + istio('Sidecar', 's', `{egress: [{hosts: [${hosts}]}]}`), 'default', labels);
    return proxy.routeTable('80')!.virtualHosts.flatMap(({ name, routes, fallback }) => fallback === undefined ? [`${name.split('.')[0]} ${routes[0].name}`] : []).sort();
  };

  test.each([
    ['./*', ['a default', 'b vb']],
    ['default/a.default.svc.cluster.local', ['a default']],
    ['\'*/o.other.svc.cluster.local\'', ['o vo']],
    ['\'*/*.svc.cluster.local\'', ['a default', 'b vb', 'o vo']],
    ['other/*', ['o vo']],
    ['\'*/*\', ~./b.default.svc.cluster.local', ['a default', 'o vo']],
    ['~/*', []],
    ['nonsense, a/b/c', []],
  ])('that takes in %s knows %p', (hosts, expected) => {
    expect(known(hosts)).toEqual(expected);
  });

  test('has clusters also for what its VirtualServices send to', () => {
    const proxy = client(mesh + istio('Sidecar', 's', '{egress: [{hosts: [./b.default.svc.cluster.local]}]}'));
    expect(proxy.clusterNames()).toEqual(['outbound|80||b.default.svc.cluster.local', 'outbound|80||o.other.svc.cluster.local']);
  });

  test('finds for what its VirtualServices send to only the service that stands for the host in its namespace', () => {
    const scope = virtualService('v', '{hosts: [v.org], http: [{route: [{destination: {host: e.org}}]}]}') + istio('Sidecar', 's', '{egress: [{hosts: [./v.org]}]}');
    const ports = 'ports: [{number: 80, name: h, protocol: HTTP}]';
    const young = entry('young', `{hosts: [e.org], ${ports}}`, 5, 'other');
    expect(client(scope + young).clusterNames()).toEqual(['outbound|80||e.org']);
    expect(client(scope + young + entry('old', `{hosts: [e.org], ${ports}, exportTo: [.]}`, 1, 'other')).clusterNames()).toEqual([]);
  });

  test('that selects the client wins over that of the namespace, and that over the one of the root namespace', () => {
    const text = istio('Sidecar', 'root', '{}', 0, 'istio-system') + istio('Sidecar', 'whole', '{}', 1) + istio('Sidecar', 'some', '{workloadSelector: {labels: {app: x}}}', 2);
    const model = modelOf(text);
    expect([model.sidecarOf('default', { app: 'x' }), model.sidecarOf('default', {}), model.sidecarOf('other', { app: 'x' })].map(sidecar => sidecar?.name))
      .toEqual(['some', 'whole', 'root']);
  });
});

describe('the listeners of a client', () => {
  const conditionOf = ({ sniHosts, addresses, plainHttp }: FilterChain): string =>
    sniHosts?.join(' ') ?? addresses?.join(' ') ?? (plainHttp ? 'http' : 'any');
  const targetOf = ({ routeTable, forward }: FilterChain): string => routeTable ?? forward!.destinations.map(destination => destination.cluster).join(' ');
  const chainsOf = (proxy: SidecarProxy, port: number): object => Object.fromEntries(proxy.listenersOn(port).map(listener => [
    listener.address, [...listener.chains, listener.defaultChain!].map(chain => [conditionOf(chain), targetOf(chain)]),
  ]));
  const cluster = (name: string, port: number): string => `outbound|${port}||${name}.default.svc.cluster.local`;
  const PASS = ['any', 'PassthroughCluster'];

  test('for http are one for all services of a port', () => {
    expect(chainsOf(client(service('a', HTTP) + service('b', HTTP)), 80)).toEqual({ '0.0.0.0': [['http', '80'], PASS] });
  });

  test('for tcp are one for each address', () => {
    const text = service('a', '{port: 9000, name: tcp}', ', clusterIP: 10.0.0.1') + service('b', '{port: 9000, name: tcp}')
      + entry('e', '{hosts: [e.org, f.org], ports: [{number: 9000, name: t, protocol: TCP}], addresses: [20.0.0.0/8]}');
    expect(chainsOf(client(text), 9000)).toEqual({
      '10.0.0.1': [['any', cluster('a', 9000)]],
      'vip:b.default.svc.cluster.local': [['any', cluster('b', 9000)]],
      '0.0.0.0': [['20.0.0.0/8', 'outbound|9000||e.org'], PASS],
    });
  });

  test('for an unnamed protocol tell http from other bytes, with a table of the service alone', () => {
    const proxy = client(service('a', '{port: 9100}', ', clusterIP: 10.0.0.1') + virtualService('v', to('v', 'a')));
    expect(chainsOf(proxy, 9100)).toEqual({ '10.0.0.1': [['http', 'a.default.svc.cluster.local:9100'], ['any', cluster('a', 9100)]] });
    expect(hostsOf(proxy, 'a.default.svc.cluster.local:9100')).toEqual({ 'a.default.svc.cluster.local:9100': ['*', 'v'] });
  });

  test('for http and tcp on one port share the one for all addresses', () => {
    const text = service('a', HTTP) + entry('e', '{hosts: [e.org], ports: [{number: 80, name: t, protocol: TCP}]}');
    expect(chainsOf(client(text), 80)).toEqual({ '0.0.0.0': [['http', '80'], ['any', 'outbound|80||e.org']] });
  });

  test('for tls without address go by name', () => {
    const text = entry('e', '{hosts: [e.org, \'*.w.org\'], ports: [{number: 443, name: t, protocol: TLS}]}');
    expect(chainsOf(client(text), 443)).toEqual({ '0.0.0.0': [['*.w.org', 'outbound|443||*.w.org'], ['e.org', 'outbound|443||e.org'], PASS] });
  });

  const tls = (hosts: string, rules: string): string => virtualService('v', `{hosts: [${hosts}], tls: [${rules}]}`);
  const route = 'route: [{destination: {host: b}}]';

  test('for tls follow the matches of tls rules, and then nothing else leads to the service', () => {
    const text = service('a', '{port: 443, name: tls}', ', clusterIP: 10.0.0.1') + service('b', '{port: 8443, name: tls}')
      + tls('a', `{match: [{sniHosts: [x.org], port: 444}, {sniHosts: [y.org], sourceNamespace: other}, {sniHosts: [z.org], gateways: [mesh]}, {sniHosts: [z.org]}], ${route}}`);
    expect(chainsOf(client(text), 443)).toEqual({ '10.0.0.1': [['z.org', cluster('b', 8443)], PASS] });
  });

  test('for tls lead to the service where no match is for the client', () => {
    const text = service('a', '{port: 443, name: tls}', ', clusterIP: 10.0.0.1') + tls('a', `{match: [{sniHosts: [x.org], sourceLabels: {app: x}}], ${route}}`);
    expect([chainsOf(client(text), 443), chainsOf(client(text, 'default', { app: 'x' }), 443)]).toEqual([
      { '10.0.0.1': [['any', cluster('a', 443)]] }, { '10.0.0.1': [['x.org', cluster('b', 443)], PASS] },
    ]);
  });

  test('for tcp follow the rules up to the first for every address', () => {
    const text = service('a', '{port: 9000, name: tcp}', ', clusterIP: 10.0.0.1') + virtualService('v', `{hosts: [a], tcp: [
      {match: [{port: 9001}], route: [{destination: {host: c}}]},
      {match: [{destinationSubnets: [1.0.0.0/8]}, {destinationSubnets: [2.0.0.0/8]}], route: [{destination: {host: d}}]},
      {route: [{destination: {host: b}, weight: 1}, {destination: {host: c}, weight: 3}, {destination: {host: d}, weight: 0}]}, {route: [{destination: {host: never}}]}]}`);
    expect(chainsOf(client(text), 9000)).toEqual({
      '10.0.0.1': [['1.0.0.0/8 2.0.0.0/8', cluster('d', 9000)], ['any', `${cluster('b', 9000)} ${cluster('c', 9000)}`]],
    });
    const [{ defaultChain }] = client(text).listenersOn(9000);
    expect(defaultChain!.forward!.destinations.map(({ weight }) => weight)).toEqual([1, 3]);
    expect(defaultChain!.forward!.rule).toMatchObject({ section: 'tcp', index: 2 });
  });

  test('for tcp to a headless service are one for each pod that has an address', () => {
    const text = service('a', '{port: 9000, name: tcp}', ', clusterIP: None, selector: {app: a}')
      + '{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default, labels: {app: a}}, status: {podIP: 10.1.0.1}}';
    expect(chainsOf(client(text), 9000)).toEqual({ '10.1.0.1': [['any', cluster('a', 9000)]] });
  });

  test('are none for http on a port that proxies need themselves', () => {
    expect(chainsOf(client(service('a', '{port: 15090, name: http}')), 15090)).toEqual({});
    expect(Object.keys(chainsOf(client(service('a', '{port: 15090, name: tcp}', ', clusterIP: 10.0.0.1')), 15090))).toEqual(['10.0.0.1']);
  });

  test('for a protocol whose server speaks first are not shared with another', () => {
    const text = entry('e', '{hosts: [e.org], ports: [{number: 9000, name: t, protocol: Mongo}]}', 1)
      + entry('f', '{hosts: [f.org], ports: [{number: 9000, name: t, protocol: TCP}], addresses: [20.0.0.0/8]}', 2)
      + entry('g', '{hosts: [g.org], ports: [{number: 9000, name: t, protocol: HTTP}]}', 3);
    expect(chainsOf(client(text), 9000)).toEqual({ '0.0.0.0': [['any', 'outbound|9000||e.org']] });
  });

  test('follow the subnets of tls matches', () => {
    const text = entry('e', '{hosts: [e.org], ports: [{number: 443, name: t, protocol: TLS}], addresses: [20.0.0.0/8]}')
      + tls('e.org', `{match: [{sniHosts: [e.org]}, {sniHosts: [e.org], destinationSubnets: [20.1.0.0/16]}], ${route}}`);
    const [{ chains }] = client(text).listenersOn(443);
    expect(chains.map(({ sniHosts, addresses }) => [sniHosts, addresses])).toEqual([[['e.org'], ['20.0.0.0/8']], [['e.org'], ['20.1.0.0/16']]]);
  });

  test('for one address and name are those of the first that has them', () => {
    const text = entry('e', '{hosts: [e.org], ports: [{number: 9000, name: t, protocol: TCP}], addresses: [20.1.0.0/8]}', 1)
      + entry('f', '{hosts: [f.org], ports: [{number: 9000, name: t, protocol: TCP}], addresses: [20.2.0.0/8]}', 2)
      + entry('g', '{hosts: [g.org], ports: [{number: 9000, name: t, protocol: TCP}], addresses: [\'2001:db8::/32\']}', 3);
    expect(chainsOf(client(text), 9000)).toEqual({
      '0.0.0.0': [['20.1.0.0/8', 'outbound|9000||e.org'], ['2001:db8::/32', 'outbound|9000||g.org'], PASS],
    });
  });

  test('are none on a port that no service has', () => {
    expect(client(service('a', HTTP)).listenersOn(81)).toEqual([]);
  });

  test('for a port of its own of a Sidecar are for what that takes in alone', () => {
    const text = service('a', '{port: 80, name: http}, {port: 81, name: http-b}') + service('b', HTTP)
      + istio('Sidecar', 's', '{egress: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [./a.default.svc.cluster.local]}, {hosts: [./*]}]}');
    expect(Object.keys(hostsOf(client(text)))).toEqual(['a.default.svc.cluster.local:80', 'allow_any']);
    const alone = client(service('a', '{port: 80, name: http}, {port: 81, name: http-b}')
      + istio('Sidecar', 's', '{egress: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [./*]}]}'));
    expect([[...alone.ports], alone.routeTable('81'), alone.listenersOn(81)]).toEqual([[80], undefined, []]);
    expect([chainsOf(client(text), 80), chainsOf(client(text), 81)]).toEqual([{ '0.0.0.0': [['http', '80'], PASS] }, { '0.0.0.0': [['http', '81'], PASS] }]);
  });
});

test('clients that no object tells apart share one proxy', () => {
  const model = modelOf(service('a', HTTP) + virtualService('v', '{hosts: [a], http: [{match: [{sourceLabels: {app: x}}]}]}'));
  const of = (labels: { [key: string]: string }): SidecarProxy => model.sidecar({ namespace: 'default', labels });
  expect(of({ app: 'y', pod: '1' })).toBe(of({ pod: '2', app: 'y' }));
  expect(of({ app: 'y' })).not.toBe(of({ app: 'x' }));
  expect(of({ app: 'y', pod: '1' }).labels).toEqual({ app: 'y' });
});
