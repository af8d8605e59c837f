import { readList, readObject, readText } from './manifest';
import type { MeshConfig } from './mesh-options';
import { isWildcard } from './names';
import type { Resource } from './resource';
import type { ServiceEntrySpec } from './specs';
import { isAddress, isAddressOrRange } from '../private/addresses';

/** The address of a service that has none of its own. */
export const UNSPECIFIED = '0.0.0.0';

/** What a service is reached at. */
export interface ServiceAddress {
  readonly address: string;
  readonly known: readonly string[];
}

/** The addresses of a host of a ServiceEntry; each makes a service of its own. */
export function readAddresses(resource: Resource<ServiceEntrySpec>, hostname: string, config: MeshConfig): readonly ServiceAddress[] {
  const given = resource.spec.addresses ?? [];
  if (given.length > 0) {
    return given.filter(isAddressOrRange).map(text => {
      const address = withoutFullLength(text);
      return { address, known: [address] };
    });
  }
  return [autoAllocated(resource, hostname, config)];
}

/** The address that Istio gives a host without one, which only proxies that answer DNS queries use. */
function autoAllocated(resource: Resource<ServiceEntrySpec>, hostname: string, config: MeshConfig): ServiceAddress {
  const none = { address: UNSPECIFIED, known: [] };
  if (!config.dnsCapture || !isAutoAllocated(resource)) {
    return none;
  }
  const allocated = readList(readObject(resource.manifest.status).addresses)
    .map(readObject)
    .filter(item => item.host === hostname)
    .flatMap(item => readText(item.value) ?? [])
    .filter(address => isAddress(address) && !address.includes(':'));
  if (allocated.length > 0) {
    return { address: allocated[allocated.length - 1], known: [allocated[allocated.length - 1]] };
  }
  const hasOne = !isWildcard(hostname) || resource.spec.resolution === 'DYNAMIC_DNS';
  return hasOne ? { address: `vip:${hostname} of ${resource.key}`, known: [] } : none;
}

/** Whether Istio gives the hosts of a ServiceEntry addresses of its own. */
export function isAutoAllocated(resource: Resource<ServiceEntrySpec>): boolean {
  return (resource.spec.resolution ?? 'NONE') !== 'NONE'
    && (resource.spec.addresses ?? []).length === 0
    && resource.labels['networking.istio.io/enable-autoallocate-ip']?.toLowerCase() !== 'false';
}

/** A range of a single address is that address. */
function withoutFullLength(text: string): string {
  const [address, bits] = text.split('/', 2);
  return bits === (address.includes(':') ? '128' : '32') ? address : text;
}
