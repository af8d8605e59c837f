import { modelOf } from './corpus';
import { GatewayProxy } from '../../lib/mesh/gateway-proxy';
import { MeshOptions } from '../../lib/mesh/mesh-options';

const at = (hour: number): string => `creationTimestamp: '2026-01-01T${String(hour).padStart(2, '0')}:00:00Z'`;

const gateway = (name: string, servers: string, hour = 0, namespace = 'default', selector = 'selector: {istio: ingress}, '): string =>
  `{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: ${name}, namespace: ${namespace}, ${at(hour)}}, spec: {${selector}servers: [${servers}]}}\n---\n`;

const server = (number: number, protocol: string, hosts: string, rest = ''): string =>
  `{port: {number: ${number}, protocol: ${protocol}, name: ${protocol.toLowerCase()}-${number}}, hosts: [${hosts}]${rest}}`;

const virtualService = (name: string, spec: string, hour = 0, namespace = 'default'): string =>
  `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}, namespace: ${namespace}, ${at(hour)}}, spec: ${spec}}\n---\n`;

const http = (name: string, hosts: string, gateways = 'default/g', route = `{name: ${name}, route: [{destination: {host: a}}]}`): string =>
  `{hosts: [${hosts}], gateways: [${gateways}], http: [${route}]}`;

function ingress(text: string, options?: MeshOptions, namespace = 'istio-system'): GatewayProxy {
  return modelOf(text, options).gateway({ namespace, labels: { istio: 'ingress', extra: 'x' } });
}

const hostsOf = (proxy: GatewayProxy, table: string): object =>
  Object.fromEntries(proxy.routeTable(table)!.virtualHosts.map(({ domains, routes }) => [domains.join(' '), routes.map(({ name }) => name)]));

const SIMPLE = ', tls: {mode: SIMPLE, credentialName: c}';
const PASSTHROUGH = ', tls: {mode: PASSTHROUGH}';

describe('a workload', () => {
  test('has the Gateways whose selector it meets, from any namespace, the oldest first', () => {
    const text = gateway('young', server(80, 'HTTP', '\'*\''), 5) + gateway('old', server(81, 'HTTP', '\'*\''), 1, 'other')
      + gateway('all', server(82, 'HTTP', '\'*\''), 3, 'other', '') + gateway('not', server(83, 'HTTP', '\'*\''), 0, 'other', 'selector: {istio: egress}, ');
    expect(ingress(text).gateways.map(({ name }) => name)).toEqual(['old', 'all', 'young']);
    expect(ingress(text, { scopeGatewaysToNamespace: true }, 'default').gateways.map(({ name }) => name)).toEqual(['young']);
  });

  test('listens where the Service that selects it leads', () => {
    const text = `{apiVersion: v1, kind: Service, metadata: {name: s, namespace: istio-system}, spec: {selector: {istio: ingress}, ports: [
        {name: http, port: 80, targetPort: 8080}, {name: http-b, port: 81, targetPort: 8080}, {name: named, port: 82, targetPort: web}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: istio-system}, spec: {template: {metadata: {labels: {istio: ingress, extra: x}},
  spec: {containers: [{ports: [{name: web, containerPort: 8082}]}]}}}}
---
${gateway('g', [80, 81, 82, 83].map(port => server(port, 'HTTP', `h${port}.org`)).join(', '))}`;
    const proxy = ingress(text);
    // of two ports of a Service with one target only the first is known
    expect(proxy.servers.groups.map(({ listenerPort, routeTable }) => [listenerPort, routeTable])).toEqual([
      [8080, 'http.8080'], [81, 'http.81'], [8082, 'http.8082'], [83, 'http.83'],
    ]);
    expect(proxy.listenerPort(82)).toBe(8082);
  });

  test('is assumed in the root namespace where the manifests have none', () => {
    const model = modelOf(gateway('g', server(80, 'HTTP', '\'*\'')));
    expect(model.workloadsOfGateway(model.resources.gateways[0])).toEqual([{ namespace: 'istio-system', labels: { istio: 'ingress' } }]);
    expect(model.proxiesOfGateway(model.resources.gateways[0])).toEqual([model.gateway({ namespace: 'istio-system', labels: { istio: 'ingress' } })]);
  });
});

describe('servers of one port', () => {
  const dropped = (...servers: string[]): unknown =>
    ingress(gateway('g', servers.join(', '))).servers.dropped.map(({ server: { index }, reason, conflictsWith, hosts }) => [index, reason, conflictsWith?.index, hosts]);

  test('of the http family share a table', () => {
    const proxy = ingress(gateway('g', [server(80, 'HTTP', 'a.org'), server(80, 'HTTP2', 'b.org'), server(80, 'GRPC', 'c.org')].join(', ')));
    expect(proxy.servers.groups).toHaveLength(1);
    expect(proxy.servers.byTable.get('http.80')).toHaveLength(3);
  });

  test.each([
    ['TCP after TCP', server(80, 'TCP', 'a.org'), server(80, 'TCP', 'b.org')],
    ['TCP after HTTP', server(80, 'HTTP', 'a.org'), server(80, 'TCP', 'b.org')],
    ['HTTPS after HTTP', server(80, 'HTTP', 'a.org'), server(80, 'HTTPS', 'b.org', SIMPLE)],
  ])('%s cannot share it', (_, first, second) => {
    expect(dropped(first, second)).toEqual([[1, 'protocol-conflict', 0, undefined]]);
  });

  test('HTTP after HTTPS can', () => {
    const proxy = ingress(gateway('g', [server(443, 'HTTPS', 'a.org', SIMPLE), server(443, 'HTTP', 'b.org')].join(', ')));
    expect([proxy.servers.dropped, [...proxy.servers.byTable.keys()]]).toEqual([[], ['https.443.https-443.g.default', 'http.443']]);
  });

  test('with tls are left out whole where one of their hosts is taken', () => {
    expect(dropped(server(443, 'HTTPS', 'a.org', SIMPLE), `{port: {number: 443, protocol: HTTPS, name: other}, hosts: [b.org, a.org]${SIMPLE}}`))
      .toEqual([[1, 'duplicate-host', 0, ['a.org']]]);
    expect(dropped(server(80, 'HTTP', 'a.org', ', tls: {httpsRedirect: true}'), server(80, 'HTTP', 'a.org, b.org', ', tls: {httpsRedirect: true}')))
      .toEqual([[1, 'duplicate-host', 0, ['a.org']]]);
    expect(dropped(server(80, 'HTTP', 'a.org', ', tls: {httpsRedirect: true}'), server(80, 'HTTP', 'a.org'))).toEqual([]);
  });

  test('with another bind do not meet', () => {
    const proxy = ingress(gateway('g', [server(80, 'HTTP', 'a.org'), server(80, 'TCP', 'a.org', ', bind: 10.0.0.7'), server(80, 'HTTP', 'b.org', ', bind: 10.0.0.8')].join(', ')));
    expect([proxy.servers.dropped, [...proxy.servers.byTable.keys()]]).toEqual([[], ['http.80', 'http.80.10.0.0.8']]);
    expect(proxy.listeners.map(({ name }) => name)).toEqual(['0.0.0.0_80', '10.0.0.8_80']);
  });

  test('of one bind find each other behind servers of another', () => {
    const proxy = ingress(gateway('g', [
      server(80, 'HTTP', 'a.org'), server(80, 'HTTP', 'b.org', ', bind: 10.0.0.8'), server(80, 'HTTP', 'c.org'),
    ].join(', ')));
    expect(proxy.servers.groups.map(({ bind, servers }) => [bind, servers.map(({ index }) => index)])).toEqual([['', [0, 2]], ['10.0.0.8', [1]]]);
    expect(proxy.servers.byTable.get('http.80')!.map(({ index }) => index)).toEqual([0, 2]);
  });

  test('without a port are left out', () => {
    expect(dropped('{hosts: [a.org]}', server(80, 'HTTP', 'a.org'))).toEqual([[0, 'no-port', undefined, undefined]]);
  });

  test('of one Gateway with one port name share a table that only the first has', () => {
    expect(dropped(server(443, 'HTTPS', 'a.org', SIMPLE), server(443, 'HTTPS', 'b.org', SIMPLE))).toEqual([[1, 'duplicate-table', 0, undefined]]);
  });
});

describe('the domains of a table', () => {
  const table = (servers: string, ...services: string[]): object => hostsOf(ingress(gateway('g', servers) + services.join('')), 'http.80');

  test('are what servers and VirtualServices have in common, the more specific of two', () => {
    expect(table(server(80, 'HTTP', '\'*.x.com\', y.com'), virtualService('v', http('v', 'a.x.com, \'*.com\'')), virtualService('w', http('w', 'z.org'))))
      .toEqual({ 'a.x.com y.com *.x.com': ['v'] });
  });

  test('are in lower case, compared as they are written', () => {
    expect(table(server(80, 'HTTP', 'Up.Com, Down.com'), virtualService('v', http('v', 'Up.Com, down.com')))).toEqual({ 'up.com': ['v'] });
  });

  test('of a host with a namespace are for VirtualServices of that namespace', () => {
    const text = gateway('g', server(80, 'HTTP', './own.org, other/o.org, \'*/all.org\''))
      + virtualService('v', http('v', 'own.org, o.org, all.org')) + virtualService('w', http('w', 'own.org, o.org, all.org'), 1, 'other');
    expect(hostsOf(ingress(text), 'http.80')).toEqual({ 'all.org': ['v', 'w'], 'own.org': ['v'], 'o.org': ['w'] });
  });

  test('are one that takes nothing where there is no VirtualService', () => {
    const [virtualHost] = ingress(gateway('g', server(80, 'HTTP', '\'*\''))).routeTable('http.80')!.virtualHosts;
    expect(virtualHost).toEqual({ name: 'blackhole:80', domains: ['*'], routes: [], requiresTls: false });
  });

  test('redirect where a server says so, also without VirtualService, but not by a host with a namespace', () => {
    const proxy = ingress(gateway('g', server(80, 'HTTP', 'default/r.com, \'*/s.com\', v.com', ', tls: {httpsRedirect: true}')) + virtualService('v', http('v', 'v.com')));
    const redirecting = proxy.routeTable('http.80')!.virtualHosts.flatMap(({ requiresTls, domains }) => requiresTls ? domains : []);
    expect(redirecting.sort()).toEqual(['default/r.com', 's.com', 'v.com']);
  });
});

describe('the routes of a domain', () => {
  test('are those of all its VirtualServices, the oldest first, and what takes everything last', () => {
    const text = gateway('g', server(80, 'HTTP', '\'*\''))
      + virtualService('old', http('', 'a.com', 'default/g', '{name: all, route: [{destination: {host: a}}]}'), 1)
      + virtualService('young', http('', 'a.com', 'default/g', '{name: b, match: [{uri: {prefix: /b}}], route: [{destination: {host: a}}]}'), 2);
    expect(hostsOf(ingress(text), 'http.80')).toEqual({ 'a.com': ['b', 'all'] });
  });

  test('come server by server, and twice where a VirtualService is bound to two of their Gateways', () => {
    const text = gateway('g1', server(80, 'HTTP', '\'*.x.com\''), 1) + gateway('g2', server(80, 'HTTP', 'a.x.com'), 2)
      + virtualService('old', http('', 'a.x.com', 'default/g2', '{name: old, match: [{uri: {prefix: /x}}]}'), 0)
      + virtualService('young', http('', 'a.x.com', 'default/g1', '{name: young, match: [{uri: {prefix: /x}}]}'), 5)
      + virtualService('both', http('', 'a.x.com', 'default/g1, default/g2', '{name: both, match: [{uri: {prefix: /y}}]}'), 6);
    expect(hostsOf(ingress(text), 'http.80')).toEqual({ 'a.x.com': ['young', 'both', 'old', 'both'] });
  });

  test('of a wildcard are not those of a name under it', () => {
    const services = virtualService('wide', http('wide', '\'*.x.com\'')) + virtualService('exact', http('exact', 'a.x.com'));
    expect(hostsOf(ingress(gateway('g', server(80, 'HTTP', '\'*\'')) + services), 'http.80')).toEqual({ 'a.x.com': ['exact'], '*.x.com': ['wide'] });
    expect(hostsOf(ingress(gateway('g', server(80, 'HTTP', '\'*.x.com\', a.x.com')) + services), 'http.80')).toEqual({ 'a.x.com': ['exact', 'wide'], '*.x.com': ['wide'] });
  });

  test('send to the only port of a service, else to the port of the Gateway', () => {
    const text = `{apiVersion: v1, kind: Service, metadata: {name: one, namespace: default}, spec: {ports: [{port: 9000, name: http}]}}\n---\n
{apiVersion: v1, kind: Service, metadata: {name: two, namespace: default}, spec: {ports: [{port: 9000, name: http}, {port: 9001, name: http-b}]}}\n---\n
{apiVersion: v1, kind: Service, metadata: {name: alias, namespace: default}, spec: {type: ExternalName, externalName: one.default.svc.cluster.local, ports: [{port: 7, name: http}]}}\n---\n
${gateway('g', server(80, 'HTTP', '\'*\''))}${virtualService('v', http('', 'a.com', 'default/g', '{route: [{destination: {host: one}, weight: 1}, {destination: {host: two}, weight: 3}, {destination: {host: gone}, weight: 0}], mirror: {host: alias}}'))}`;
    const [route] = ingress(text).routeTable('http.80')!.find('a.com:8080')!.routes;
    expect(route.destinations.map(({ cluster, weight, index }) => [cluster, weight, index])).toEqual([
      ['outbound|9000||one.default.svc.cluster.local', 1, 0], ['outbound|80||two.default.svc.cluster.local', 3, 1],
    ]);
    expect(route.mirrors.map(({ cluster, percent }) => [cluster, percent])).toEqual([['outbound|7||one.default.svc.cluster.local', 100]]);
  });

  test('leave out what is not for this proxy, this Gateway or this port, and say so', () => {
    const route = '{name: r, match: [{port: 81}, {gateways: [other]}, {sourceLabels: {istio: egress}}, {sourceNamespace: x}, '
      + '{gateways: [default/g], sourceLabels: {istio: egress}, name: here}, {name: all}, {name: never}]}, {name: after}';
    const proxy = ingress(gateway('g', server(80, 'HTTP', '\'*\'')) + virtualService('v', http('', 'a.com', 'default/g', route)));
    expect(hostsOf(proxy, 'http.80')).toEqual({ 'a.com': ['r.here'] });
    const [virtual] = proxy.virtualServicesOf('default/g').all;
    expect(proxy.excludedMatches(virtual, 80, 'default/g').map(({ rule, matchIndex, reason }) => [rule.name, matchIndex, reason])).toEqual([
      ['r', 0, 'port'], ['r', 1, 'gateways'], ['r', 2, 'sourceLabels'], ['r', 3, 'sourceNamespace'], ['r', 5, 'after-catch-all'], ['r', 6, 'after-catch-all'],
      ['after', undefined, 'after-catch-all'],
    ]);
  });
});

test.each([
  ['{}', true], ['{uri: {prefix: /}}', true], ['{uri: {regex: .*}}', true], ['{port: 80}', true], ['{ignoreUriCase: true}', true], ['{name: x, headers: {}}', true],
  ['{uri: {prefix: \'\'}}', false], ['{uri: {regex: /.*}}', false], ['{uri: {exact: /}}', false], ['{method: {exact: GET}}', false], ['{scheme: {exact: http}}', false],
  ['{authority: {exact: a}}', false], ['{headers: {a: {}}}', false], ['{withoutHeaders: {a: {}}}', false], ['{queryParams: {a: {}}}', false],
])('whether the match %s takes everything: %p', (match, isCatchAll) => {
  const proxy = ingress(gateway('g', server(80, 'HTTP', '\'*\'')) + virtualService('v', http('', 'a.com', 'default/g', `{match: [${match}]}`)));
  expect(proxy.routeTable('http.80')!.find('a.com')!.routes.map(route => route.isCatchAll)).toEqual([isCatchAll]);
});

describe('the listeners', () => {
  const chainsOf = (text: string, port: number): unknown => ingress(text).listenersOn(port).flatMap(({ chains }) => chains.map(chain =>
    [chain.sniHosts, chain.routeTable ?? chain.forward!.destinations.map(({ cluster }) => cluster), chain.endsTls]));
  const to = (section: string, hosts: string, rules: string): string => `{hosts: [${hosts}], gateways: [default/g], ${section}: [${rules}]}`;
  const route = (host: string): string => `route: [{destination: {host: ${host}, port: {number: 80}}}]`;

  test('of https choose a server by name; one for all hosts takes any name and none', () => {
    const text = gateway('g', [server(443, 'HTTPS', 'default/a.org, \'*.b.org\'', SIMPLE),
      `{port: {number: 443, protocol: HTTPS, name: rest}, hosts: ['*']${SIMPLE}}`].join(', '));
    expect(chainsOf(text, 443)).toEqual([[['*.b.org', 'a.org'], 'https.443.https-443.g.default', true], [undefined, 'https.443.rest.g.default', true]]);
  });

  test('of PASSTHROUGH have the names of tls matches, each with the first that takes them', () => {
    const text = gateway('g', server(443, 'TLS', '\'*.x.org\'', PASSTHROUGH))
      + virtualService('v', to('tls', '\'*.x.org\'', `{match: [{sniHosts: [a.x.org]}, {sniHosts: [b.x.org], port: 444}, {sniHosts: [c.x.org], sourceLabels: {a: b}}], ${route('a')}}`), 1)
      + virtualService('w', to('tls', 'd.x.org', `{match: [{sniHosts: [a.x.org, d.x.org]}, {sniHosts: [d.x.org]}], ${route('b')}}`), 2);
    const cluster = (name: string): string[] => [`outbound|80||${name}.default.svc.cluster.local`];
    expect(chainsOf(text, 443)).toEqual([[['a.x.org'], cluster('a'), false], [['c.x.org'], cluster('a'), false], [['d.x.org'], cluster('b'), false]]);
    const [{ chains }] = ingress(text).listenersOn(443);
    expect(chains.map(({ forward }) => [forward!.rule!.virtualService.name, forward!.rule!.index, forward!.rule!.matchIndex])).toEqual([['v', 0, 0], ['v', 0, 2], ['w', 0, 1]]);
  });

  test('of a tls block without mode pass through', () => {
    expect(chainsOf(gateway('g', server(443, 'HTTPS', 'a.org', ', tls: {}')) + virtualService('v', to('tls', 'a.org', `{match: [{sniHosts: [a.org]}], ${route('a')}}`)), 443))
      .toEqual([[['a.org'], ['outbound|80||a.default.svc.cluster.local'], false]]);
  });

  test('of tcp go where the first rule for the port and Gateway says, and are not there without one', () => {
    const text = gateway('g', [server(9000, 'TCP', '\'*\''), server(9001, 'TCP', '\'*\''), server(9002, 'TLS', 't.org', SIMPLE)].join(', '))
      + virtualService('v', to('tcp', 't.org', `{match: [{port: 9000}, {port: 9002}], ${route('a')}}, {match: [{port: 9000}], ${route('b')}}, {match: [{gateways: [mesh]}], ${route('c')}}`));
    const cluster = ['outbound|80||a.default.svc.cluster.local'];
    expect([9000, 9001, 9002].map(port => chainsOf(text, port))).toEqual([[[undefined, cluster, false]], [], [[['t.org'], cluster, true]]]);
  });

  test('of AUTO_PASSTHROUGH have a name for each cluster of the services that they cover, asked for by Istio\'s own proxies', () => {
    const text = `{apiVersion: v1, kind: Service, metadata: {name: a, namespace: default}, spec: {ports: [{port: 80, name: http}, {port: 53, name: dns, protocol: UDP}]}}\n---\n
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: default}, spec: {host: a, subsets: [{name: v1}]}}\n---\n
${gateway('g', server(15443, 'TLS', '\'*.default.svc.cluster.local\'', ', tls: {mode: AUTO_PASSTHROUGH}'))}`;
    const [{ chains }] = ingress(text).listenersOn(15443);
    expect(chains.map(({ sniHosts, alpn }) => [sniHosts, alpn?.includes('istio')])).toEqual([
      [['outbound_.80_._.a.default.svc.cluster.local'], true], [['outbound_.80_.v1_.a.default.svc.cluster.local'], true],
    ]);
    expect(ingress(text).cluster('outbound_.80_.v1_.a.default.svc.cluster.local')).toMatchObject({ subset: 'v1', port: { number: 80 } });
    expect(modelOf(text).sidecar({ namespace: 'default' }).cluster('outbound_.80_._.a.default.svc.cluster.local')).toBeUndefined();
  });
});
