import { getOrMake } from './collections';
import { HostIndex } from './host-index';
import type { MeshService } from './services';
import type { VirtualService } from './virtual-service';

interface NamespaceHosts {
  readonly imported: HostIndex<true>;
  readonly excluded: HostIndex<true>;
}

/** The `hosts` of an egress listener: which services and VirtualServices of which namespaces it takes in. */
export class EgressHosts {
  /** Whether every host is one of one namespace, without any wildcard. */
  public readonly isExact: boolean;

  private readonly byNamespace = new Map<string, NamespaceHosts>();
  private readonly scopesOf = new Map<string, readonly NamespaceHosts[]>();

  /**
   * @param hosts as they are written: `namespace/host`, where the namespace may be `.` or `*`, with `~` in front what is left out
   * @param namespace the namespace of the proxy
   */
  constructor(hosts: readonly string[], namespace: string) {
    let isExact = true;
    for (const [owner, host, ...rest] of hosts.map(text => text.split('/'))) {
      if (host === undefined || rest.length > 0) {
        continue;
      }
      const isExcluded = owner.startsWith('~');
      const name = isExcluded ? owner.slice(1) || '*' : owner;
      const entry = getOrMake(this.byNamespace, name === '.' ? namespace : name, () => ({ imported: new HostIndex<true>(), excluded: new HostIndex<true>() }));
      (isExcluded ? entry.excluded : entry.imported).set(host, true);
      isExact &&= isExcluded || (!host.startsWith('*') && name !== '*');
    }
    this.isExact = isExact;
  }

  /** The hosts that are named, with their namespaces. */
  public *named(): Iterable<{ readonly namespace: string; readonly host: string }> {
    for (const [namespace, { imported }] of this.byNamespace) {
      for (const { host } of imported.entries()) {
        yield { namespace, host };
      }
    }
  }

  /** The service as it is taken in, or undefined. Only the aliases that are taken in too stay. */
  public service(service: MeshService, limit: (service: MeshService) => MeshService | undefined): MeshService | undefined {
    const scopes = this.scopes(service.namespace);
    if (scopes.some(({ excluded }) => excluded.size > 0 && excluded.mostSpecific(service.hostname) !== undefined)) {
      return undefined;
    }
    for (const { imported } of scopes) {
      const limited = imported.mostSpecific(service.hostname) === undefined ? undefined : limit(service);
      if (limited?.aliases.length === 0) {
        return limited;
      }
      if (limited !== undefined) {
        const aliases = limited.aliases.filter(alias => imported.mostSpecific(alias) !== undefined);
        return aliases.length === limited.aliases.length ? limited : { ...limited, aliases };
      }
    }
    return undefined;
  }

  /** Whether a VirtualService is taken in: some host of it shares a name with one that is, and is not left out. */
  public takesIn(virtualService: VirtualService): boolean {
    const scopes = this.scopes(virtualService.namespace);
    return virtualService.hosts.some(host =>
      scopes.some(scope => scope.imported.overlaps(host)) && !scopes.some(scope => scope.excluded.mostSpecific(host) !== undefined));
  }

  private scopes(namespace: string): readonly NamespaceHosts[] {
    return getOrMake(this.scopesOf, namespace, () =>
      [this.byNamespace.get(namespace), this.byNamespace.get('*')].filter(scope => scope !== undefined));
  }
}
