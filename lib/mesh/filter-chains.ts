import type { FilterChain } from './listeners';
import { UNSPECIFIED } from './service-addresses';

/** Adds chains to those of a listener, save those whose conditions another has already. */
export function mergeChains(current: readonly FilterChain[], incoming: readonly FilterChain[]): readonly FilterChain[] {
  const known = new Set(current.map(conditions));
  const added = incoming.filter(chain => {
    const key = conditions(chain);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
  return [...current, ...added];
}

function conditions(chain: FilterChain): string {
  const names = [...new Set(chain.sniHosts ?? [])].filter(name => name !== '*').sort();
  const addresses = [...new Set((chain.addresses ?? []).map(networkOf))].filter(address => address !== UNSPECIFIED).sort();
  return [chain.plainHttp, chain.alpn ?? [], names, addresses].join('|');
}

/** A range by its first address: `1.2.3.4/8` and `1.5.6.7/8` are the same. */
function networkOf(range: string): string {
  const [address, length = '32'] = range.split('/');
  const parts = address.split('.');
  if (parts.length !== 4) {
    return range;
  }
  const bits = parts.reduce((value, part) => value * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length));
  return address === UNSPECIFIED ? address : `${Math.floor(bits / size) * size}/${length}`;
}
