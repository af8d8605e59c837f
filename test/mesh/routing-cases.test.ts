import { describeExperiments, Experiment, proxyOfExperiment } from './corpus';
import { FilterChain } from '../../lib/mesh/listeners';
import { Proxy } from '../../lib/mesh/proxy';
import { SidecarProxy } from '../../lib/mesh/sidecar-proxy';

interface Case extends Experiment {
  readonly request: {
    readonly port: number;
    readonly ip?: string;
    readonly tls?: boolean;
    readonly sni?: string;
    readonly alpn?: readonly string[];
    readonly bytes?: string;
    readonly method?: string;
    readonly authority?: string;
    readonly requestTarget?: string;
  };
  readonly expect: {
    readonly status?: number;
    readonly cluster?: string;
    readonly route?: string;
    readonly responseFlags?: string;
    readonly connection?: 'forwarded' | 'closed' | 'refused';
    readonly tls?: 'passthrough' | 'terminated';
    readonly mirrors?: readonly { readonly cluster: string }[];
  };
}

const PASSTHROUGH = 'PassthroughCluster';
const BLACKHOLE = 'BlackHoleCluster';

function inRange(address: string, range: string): boolean {
  const [network, length = '32'] = range.split('/');
  const bits = (text: string): number => text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length));
  return Math.floor(bits(address) / size) === Math.floor(bits(network) / size);
}

function hasName(chain: FilterChain, sni: string | undefined): boolean {
  return chain.sniHosts === undefined
    || chain.sniHosts.some(host => sni !== undefined && (host.startsWith('*') ? sni.length > host.length - 1 && sni.endsWith(host.slice(1)) : sni === host));
}

/** How closely a chain names the server: by its name, by a suffix, or not at all. */
function closeness(chain: FilterChain, sni: string | undefined): number {
  const fitting = (chain.sniHosts ?? []).filter(host => hasName({ ...chain, sniHosts: [host] }, sni));
  return Math.max(0, ...fitting.map(host => host.startsWith('*') ? host.length : 1000));
}

/** The chain that takes a connection, as far as these experiments go. */
function chainOf(proxy: Proxy, { port, ip, tls, sni, alpn, bytes }: Case['request']): FilterChain | 'refused' | 'closed' {
  const isHttp = bytes === undefined && tls !== true;
  const name = sni === '' ? undefined : sni?.toLowerCase();
  const listeners = proxy.listenersOn(port);
  const listener = listeners.find(({ address }) => address === ip) ?? listeners.find(({ address }) => address === '0.0.0.0');
  if (listener === undefined) {
    return proxy instanceof SidecarProxy ? { plainHttp: false, endsTls: false, forward: { destinations: [{ cluster: proxy.outboundCluster, weight: 1, index: 0 }] } } : 'refused';
  }
  const fitting = listener.chains.filter(chain => (!chain.plainHttp || isHttp)
    && (chain.addresses === undefined || (ip !== undefined && chain.addresses.some(range => inRange(ip, range))))
    && hasName(chain, tls === true ? name : undefined)
    && (chain.alpn === undefined || chain.alpn.some(value => alpn?.includes(value))))
    .sort((a, b) => Number(b.addresses !== undefined) - Number(a.addresses !== undefined) || closeness(b, name) - closeness(a, name)
      || Number(b.plainHttp) - Number(a.plainHttp));
  return fitting[0] ?? listener.defaultChain ?? 'closed';
}

function clustersOf(chain: FilterChain): readonly string[] {
  return (chain.forward?.destinations ?? []).map(destination => destination.cluster);
}

function checkConnection(proxy: Proxy, { request, expect: expected }: Case): void {
  const chain = chainOf(proxy, request);
  if (expected.connection === 'refused') {
    expect(chain).toBe('refused');
  } else if (expected.connection === 'closed') {
    const isDead = chain === 'closed' || chain === 'refused' || chain.routeTable !== undefined
      || clustersOf(chain).every(cluster => cluster === BLACKHOLE || (cluster !== PASSTHROUGH && proxy.cluster(cluster) === undefined));
    expect([chain, isDead]).toEqual([chain, true]);
  } else {
    expect(clustersOf(chain as FilterChain)).toContain(expected.cluster);
    expect((chain as FilterChain).endsTls).toBe(expected.tls === 'terminated');
  }
}

function checkRequest(proxy: Proxy, { request, expect: expected }: Case): void {
  const chain = chainOf(proxy, request) as FilterChain;
  const table = proxy.routeTable(chain.routeTable!)!;
  const virtualHost = table.find(request.authority ?? '');
  if (expected.cluster === PASSTHROUGH) {
    expect(virtualHost?.fallback).toBe('allow_any');
    return;
  }
  const named = (virtualHost?.routes ?? []).filter(route => route.name === (expected.route ?? ''));
  expect(named.flatMap(route => route.destinations.map(destination => destination.cluster))).toContain(expected.cluster);
  if (expected.responseFlags !== 'NC') {
    expect(proxy.cluster(expected.cluster!)).toBeDefined();
  }
  // to HEAD there is no body, by which the experiment tells the copy of a request from the request
  for (const { cluster } of request.method === 'HEAD' ? [] : expected.mirrors ?? []) {
    expect(named.flatMap(route => route.mirrors.map(mirror => mirror.cluster))).toContain(cluster);
  }
}

describeExperiments<Case>('what Envoy does with the configuration', 'cases.json', cases => {
  const connections = cases.filter(({ expect: expected }) => expected.connection !== undefined);
  // a target in absolute form replaces the host, which is for whoever reads requests
  const requests = cases.filter(({ expect: expected, request }) => expected.cluster !== undefined && expected.connection === undefined
    && request.requestTarget === undefined);
  const missing = cases.filter(({ expect: expected }) => expected.responseFlags === 'NC' && expected.cluster === undefined);

  test.each(connections.map(item => [item.id, item] as const))('%s: the connection takes the chain', (_, item) => checkConnection(proxyOfExperiment(item), item));

  test.each(requests.map(item => [item.id, item] as const))('%s: the host has the route to the cluster', (_, item) => checkRequest(proxyOfExperiment(item), item));

  test.each(missing.map(item => [item.id, item] as const))('%s: the host has a route to a cluster that the proxy lacks', (_, item) => {
    const proxy = proxyOfExperiment(item);
    const chain = chainOf(proxy, item.request) as FilterChain;
    const routes = proxy.routeTable(chain.routeTable!)!.find(item.request.authority ?? '')!.routes.filter(route => route.name === (item.expect.route ?? ''));
    const clusters = routes.flatMap(route => route.destinations.map(destination => destination.cluster));
    expect(clusters.some(cluster => proxy.cluster(cluster) === undefined)).toBe(true);
  });
});
