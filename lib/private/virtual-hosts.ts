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

/** Hosts of which no two stand for one name. */
export class HostSet {
  private readonly names = new Set<string>();
  private readonly wildcards: string[] = [];

  /** Adds a host, unless it overlaps with another one, which is then the answer. */
  public add(host: string): string | undefined {
    const other = this.overlapping(host);
    if (other === undefined) {
      this.names.add(host);
      if (host.startsWith('*')) {
        this.wildcards.push(host);
      }
    }
    return other;
  }

  /** Whether the hosts stand for all names that a host stands for. */
  public covers(host: string): boolean {
    return this.names.has(host) || this.wildcards.some(wildcard => covers(wildcard, host));
  }

  public list(): string[] {
    return [...this.names];
  }

  private overlapping(host: string): string | undefined {
    if (this.names.has(host)) {
      return host;
    }
    const wider = this.wildcards.find(wildcard => covers(wildcard, host));
    return wider ?? (host.startsWith('*') ? this.list().find(name => covers(host, name)) : undefined);
  }
}
