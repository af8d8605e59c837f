import type { ConnectionQuestion } from './question';
import type { FilterChain } from '../mesh/listeners';
import type { Proxy } from '../mesh/proxy';
import { UNSPECIFIED } from '../mesh/service-addresses';
import type { SidecarProxy } from '../mesh/sidecar-proxy';

/** The port to which a sidecar has all connections of its client redirected: called itself it would call itself. */
const OWN_PORT = 15001;

/** The chain that takes a connection: `refused` where nothing listens, `closed` where no chain takes it. */
export function chainOf(proxy: Proxy, question: ConnectionQuestion, isPlainHttp: boolean): FilterChain | 'refused' | 'closed' {
  const { port, address, tls, sni, alpn } = question;
  const name = tls === true && sni !== undefined && sni !== '' ? sni.toLowerCase() : undefined;
  const listeners = proxy.listenersOn(port);
  const listener = listeners.find(item => item.address === address) ?? listeners.find(item => item.address === UNSPECIFIED);
  if (listener === undefined) {
    return !isSidecar(proxy) ? 'refused' : port === OWN_PORT ? 'closed' : outbound(proxy);
  }
  let best: FilterChain | undefined;
  let bestRank: readonly number[] = [];
  for (const chain of closestChains(listener.chains, address)) {
    const rank = rankOf(chain, name);
    const isOpen = (!chain.plainHttp || isPlainHttp) && (!chain.endsTls || tls === true)
      && (chain.alpn === undefined || chain.alpn.some(item => alpn?.includes(item)));
    if (isOpen && rank !== undefined && (best === undefined || isHigher(rank, bestRank))) {
      best = chain;
      bestRank = rank;
    }
  }
  return best ?? listener.defaultChain ?? 'closed';
}

function isSidecar(proxy: Proxy): proxy is SidecarProxy {
  return 'outboundCluster' in proxy;
}

function outbound(proxy: SidecarProxy): FilterChain {
  return { plainHttp: false, endsTls: false, forward: { destinations: [{ cluster: proxy.outboundCluster, weight: 1, index: 0 }] } };
}

/** The chains for the closest network that has an address. The proxy looks at no others, even where none of them takes the connection. */
function closestChains(chains: readonly FilterChain[], address: string | undefined): readonly FilterChain[] {
  const lengths = chains.map(({ addresses }) => (
    Math.max(...addresses?.map(range => address === undefined ? -1 : prefixLength(range, address)) ?? [0])
  ));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return chains.filter((_, index) => lengths[index] === longest);
}

/** How closely a chain is made for a connection, by its name. Undefined where it is not for it. */
function rankOf(chain: FilterChain, name: string | undefined): readonly number[] | undefined {
  const byName = Math.max(...chain.sniHosts?.map(host => closeness(host.toLowerCase(), name)) ?? [0]);
  return byName < 0 ? undefined : [byName, chain.plainHttp ? 1 : 0];
}

function isHigher(rank: readonly number[], other: readonly number[]): boolean {
  const index = rank.findIndex((part, position) => part !== other[position]);
  return index >= 0 && rank[index] > other[index];
}

function closeness(host: string, name: string | undefined): number {
  if (name === undefined) {
    return -1;
  }
  if (host.startsWith('*.')) {
    return name.endsWith(host.slice(1)) ? host.length : -1;
  }
  return host === name ? Number.MAX_SAFE_INTEGER : -1;
}

/** The length of the network that has an address, from 1; below 0 where it does not. */
function prefixLength(range: string, address: string): number {
  const [network, length = '32'] = range.split('/');
  if (network === address) {
    return Number(length) + 1;
  }
  const size = 2 ** (32 - Number(length));
  return Math.floor(toNumber(address) / size) === Math.floor(toNumber(network) / size) ? Number(length) + 1 : -1;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
