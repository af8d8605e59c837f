import { isAddress } from './addresses';
import { describe } from './describe';
import { checkHost } from './names';
import { isNamespace } from './object-name';
import { checkString } from './validation';

/** The parts of a gateway server's host: `shop/*.example.com`. */
export interface ServerHost {
  readonly namespace?: string;
  readonly domain: string;
}

export function splitServerHost(host: string): ServerHost {
  const slash = host.indexOf('/');
  return slash < 0 ? { domain: host } : { namespace: host.slice(0, slash), domain: host.slice(slash + 1) };
}

/** A host of a gateway server: `*`, a name with a dot, or an address, with an optional namespace and `/` in front. */
export function checkServerHost(property: string, host: string): string {
  checkString(property, host);
  const { namespace, domain } = splitServerHost(host);
  if (namespace !== undefined && namespace !== '*' && namespace !== '.' && !isNamespace(namespace)) {
    throw new Error(`${property} must have a namespace, '.' or '*' in front of its '/', got ${describe(host)}`);
  }
  if (domain === '*' || (domain.includes('.') && isAddress(domain))) {
    return host;
  }
  if (!domain.includes('.')) {
    throw new Error(`${property} must be '*' or a full name with a dot, as in 'shop.example.com', got ${describe(host)}`);
  }
  if (domain.startsWith('*') && !domain.startsWith('*.')) {
    throw new Error(`${property} must have its wildcard as the whole first part, as in '*.example.com', got ${describe(host)}`);
  }
  checkHost(property, domain);
  return host;
}
