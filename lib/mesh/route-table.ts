import type { BoundServer } from './gateway-servers';
import { HostIndex } from './host-index';
import { isWildcard } from './names';
import type { Route } from './routes';
import type { MeshService } from './services';

/** What a sidecar does with a host that no service and no VirtualService has. */
export type Fallback = 'allow_any' | 'block_all';

/** The routes of one or more domains of a table. */
export interface VirtualHost {
  /** As Envoy knows it. */
  readonly name: string;

  /** The hosts as they are compared with the `Host` of a request, in lower case where Istio writes them so. */
  readonly domains: readonly string[];

  /** The routes in the order in which they are tried; a request that none takes is answered 404. */
  readonly routes: readonly Route[];

  /** Whether every request is redirected to https before any route is tried. */
  readonly requiresTls: boolean;

  /** The service that the domains belong to, on a sidecar. */
  readonly service?: MeshService;

  /** Set on the last entry of the table of a sidecar, which takes every other host. */
  readonly fallback?: Fallback;
}

/** Virtual hosts by domain, whatever its case. */
export class Domains {
  private readonly names = new Map<string, VirtualHost>();
  private readonly wildcards = new HostIndex<VirtualHost>();

  /** Gives a domain to a virtual host, unless another has it. */
  public claim(domain: string, virtualHost: VirtualHost): boolean {
    const lower = domain.toLowerCase();
    if (this.get(lower) !== undefined) {
      return false;
    }
    if (isWildcard(lower)) {
      this.wildcards.set(lower, virtualHost);
    } else {
      this.names.set(lower, virtualHost);
    }
    return true;
  }

  /** The virtual host with exactly this domain, in lower case. */
  public get(domain: string): VirtualHost | undefined {
    return isWildcard(domain) ? this.wildcards.get(domain) : this.names.get(domain);
  }

  /** The virtual host of a name in lower case: exact, else the longest wildcard. */
  public find(name: string): VirtualHost | undefined {
    return this.names.get(name) ?? this.wildcards.mostSpecificDomain(name)?.value;
  }
}

const CACHE_SIZE = 10_000;

/** The virtual hosts that one listener chooses from by the `Host` of a request. */
export class RouteTable {
  /** The virtual hosts of the authorities that were asked for last. */
  private readonly found = new Map<string, VirtualHost>();

  /**
   * @param name as Envoy knows it: `80`, `http.8080`, `https.443.https.gateway.namespace`, `host:port`
   * @param port the port of the listener of a sidecar; the listening port of a gateway
   * @param virtualHosts in no order that matters: a host belongs to one only
   * @param servers the servers of Gateways that it is made for
   */
  constructor(
    public readonly name: string,
    public readonly port: number,
    public readonly virtualHosts: readonly VirtualHost[],
    public readonly servers: readonly BoundServer[] = [],
    private domains?: Domains,
  ) {
  }

  /**
   * The virtual host of a request: its host in lower case and without port, exact, else the longest wildcard.
   *
   * @param authority the `Host` header as it was sent
   */
  public find(authority: string): VirtualHost | undefined {
    const known = this.found.get(authority);
    if (known !== undefined) {
      return known;
    }
    const virtualHost = this.index().find(withoutPort(authority).toLowerCase());
    if (virtualHost !== undefined) {
      if (this.found.size >= CACHE_SIZE) {
        this.found.clear();
      }
      this.found.set(authority, virtualHost);
    }
    return virtualHost;
  }

  private index(): Domains {
    if (this.domains === undefined) {
      this.domains = new Domains();
      for (const virtualHost of this.virtualHosts) {
        virtualHost.domains.forEach(domain => this.domains!.claim(domain, virtualHost));
      }
    }
    return this.domains;
  }
}

/** The text before the last colon that does not belong to an IPv6 address in brackets. */
function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':');
  return colon < 0 || authority.lastIndexOf(']') > colon ? authority : authority.slice(0, colon);
}
