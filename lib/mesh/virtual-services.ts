import { compareByAge } from './age';
import { append } from './collections';
import { Delegate, mergeDelegates } from './delegates';
import type { MeshConfig } from './mesh-options';
import type { Resource } from './resource';
import type { Resources } from './resources';
import type { VirtualServiceSpec } from './specs';
import { VirtualService } from './virtual-service';
import { readExportTo, withOwnNamespace } from './visibility';

/** All VirtualServices, by name and by the gateways that they are bound to. */
export class VirtualServices {
  /** Those with hosts, the oldest first. */
  public readonly all: readonly VirtualService[];

  /** Those without hosts, by `namespace/name`. */
  public readonly delegates: ReadonlyMap<string, Delegate>;

  private readonly byKey = new Map<string, VirtualService>();

  // by gateway, or by gateway and namespace
  private readonly everyones = new Map<string, VirtualService[]>();
  private readonly own = new Map<string, VirtualService[]>();
  private readonly exported = new Map<string, VirtualService[]>();

  constructor(resources: Resources, config: MeshConfig) {
    const delegates = new Map<string, Delegate>();
    const roots: VirtualService[] = [];
    const find = (key: string) => delegates.get(key) ?? (this.byKey.has(key) ? 'with-hosts' : undefined);
    const merge = (root: VirtualService) => mergeDelegates(root, config.clusterDomain, find);
    for (const resource of resources.virtualServices) {
      const exportTo = withOwnNamespace(readExportTo(resource.spec.exportTo, config.virtualServiceExportTo), resource.namespace);
      if ((resource.spec.hosts ?? []).length === 0) {
        delegates.set(resource.key, { resource, exportTo });
      } else {
        roots.push(new VirtualService(resource, exportTo, config.clusterDomain, merge));
      }
    }
    this.delegates = delegates;
    this.all = roots.sort(compareByAge);
    this.all.forEach(virtualService => this.add(virtualService));
  }

  /** The VirtualService of a resource, unless it is a delegate. */
  public of(resource: Resource<VirtualServiceSpec>): VirtualService | undefined {
    return this.byKey.get(resource.key);
  }

  /** By `namespace/name`. */
  public find(key: string): VirtualService | undefined {
    return this.byKey.get(key);
  }

  /**
   * The VirtualServices of a gateway that proxies of a namespace see, in Istio's order: those exported to their own
   * namespace only, those exported to this one by name, the public ones, each the oldest first.
   *
   * @param gateway `namespace/name`, or `mesh`
   * @param namespace the namespace of the proxy, which need not be that of the Gateway
   */
  public bound(gateway: string, namespace: string): readonly VirtualService[] {
    const inNamespace = `${gateway} ${namespace}`;
    return [...this.own.get(inNamespace) ?? [], ...this.exported.get(inNamespace) ?? [], ...this.everyones.get(gateway) ?? []];
  }

  private add(virtualService: VirtualService): void {
    const { exportTo, namespace, gateways } = virtualService;
    this.byKey.set(virtualService.key, virtualService);
    for (const gateway of gateways) {
      // a gateway that is named twice carries the routes twice
      if (exportTo.has('*')) {
        append(this.everyones, gateway, virtualService);
      } else if (!exportTo.has('~')) {
        for (const target of exportTo) {
          append(target === namespace ? this.own : this.exported, `${gateway} ${target}`, virtualService);
        }
      }
    }
  }
}
