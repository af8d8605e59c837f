import { isAddress } from './addresses';
import { checkHost, covers, isDomainName, isDnsLabel } from './names';

/** The server name by which gateways pass TLS on from cluster to cluster: `outbound_.<port>_.<subset>_.<host>`. */
export function isPassthroughName(host: string): boolean {
  const parts = /^outbound_\.(\d{1,5})_\.([^_.]*)_\.(.+)$/.exec(host);
  return parts !== null && (parts[2] === '' || isDnsLabel(parts[2])) && isDomainName(parts[3]);
}

/** A host that a virtual service has routes for: a name, possibly with a wildcard, or an address. */
export function checkVirtualHost(property: string, host: string): string {
  if (typeof host !== 'string' || !(isAddress(host) || isPassthroughName(host))) {
    checkHost(property, host);
  }
  return host;
}

/** From how many hosts on a set is faster than the list. */
const MANY = 16;

/** Hosts of which no two stand for one name. */
export class HostSet {
  private hosts?: string[];
  private wildcards?: string[];
  private index?: Set<string>;

  /** Adds a host, unless it overlaps with another one, which is then the answer. */
  public add(host: string): string | undefined {
    const other = this.overlapping(host);
    if (other === undefined) {
      this.hosts = append(this.hosts, host);
      this.index?.add(host);
      if (this.hosts.length === MANY) {
        this.index = new Set(this.hosts);
      }
      if (host.startsWith('*')) {
        this.wildcards = append(this.wildcards, host);
      }
    }
    return other;
  }

  /** Whether the hosts stand for all names that a host stands for. */
  public covers(host: string): boolean {
    return this.has(host) || this.widerThan(host) !== undefined;
  }

  public list(): readonly string[] {
    return this.hosts ?? [];
  }

  private has(host: string): boolean {
    return this.index?.has(host) ?? this.list().includes(host);
  }

  private widerThan(host: string): string | undefined {
    return this.wildcards?.find(wildcard => covers(wildcard, host));
  }

  private overlapping(host: string): string | undefined {
    if (this.has(host)) {
      return host;
    }
    return this.widerThan(host) ?? (host.startsWith('*') ? this.list().find(name => covers(host, name)) : undefined);
  }
}

/** Most have one host, for which a list that grows is too large. */
function append(list: string[] | undefined, host: string): string[] {
  if (list === undefined) {
    return [host];
  }
  list.push(host);
  return list;
}
