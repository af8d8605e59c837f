import { getOrMake, groupBy } from './collections';
import { buildGatewayListeners, GatewayListenerView } from './gateway-listeners';
import { buildGatewayTable } from './gateway-routes';
import { isAutoPassthrough, MergedServers, mergeServers } from './gateway-servers';
import type { Listener } from './listeners';
import type { TextMap } from './manifest';
import { MergedServices } from './merged-services';
import type { MeshModel } from './model';
import { OrderedVirtualServices } from './ordered-virtual-services';
import { Proxy } from './proxy';
import type { Resource } from './resource';
import { RouteTable } from './route-table';
import type { MeshService } from './services';
import type { GatewaySpec } from './specs';
import type { VirtualService } from './virtual-service';

/** The proxy of a gateway workload: the Gateways that select it, merged, and how it routes what comes in. */
export class GatewayProxy extends Proxy {
  /** The servers of its Gateways, as far as they can share its ports. */
  public readonly servers: MergedServers;

  protected readonly isGateway = true;

  private readonly tables = new Map<string, RouteTable>();
  private readonly bound = new Map<string, OrderedVirtualServices>();
  private known?: MergedServices;
  private listenersByPort?: ReadonlyMap<number, readonly Listener[]>;

  /**
   * @param gateways the Gateways that select the workload, the oldest first
   * @param listenerPortOf gives the port that the workload listens on for the port of a Gateway
   */
  constructor(
    mesh: MeshModel, namespace: string, labels: TextMap,
    public readonly gateways: readonly Resource<GatewaySpec>[],
    private readonly listenerPortOf: (port: number) => number,
  ) {
    super(mesh, namespace, labels);
    this.servers = mergeServers(gateways, listenerPortOf);
  }

  public get services(): MergedServices {
    if (this.known === undefined) {
      this.known = new MergedServices();
      this.mesh.services.visibleTo(this.namespace).forEach(service => this.known!.add(service));
    }
    return this.known;
  }

  /** All listeners. */
  public get listeners(): readonly Listener[] {
    return [...this.byPort.values()].flat();
  }

  public listenersOn(port: number): readonly Listener[] {
    return this.byPort.get(port) ?? [];
  }

  /** The port that the workload listens on for a port as Gateways write it: the target port of its Service. */
  public listenerPort(port: number): number {
    return this.listenerPortOf(port);
  }

  /** The table by a name such as `http.8080` or `https.443.https.gateway.namespace`. */
  public routeTable(name: string): RouteTable | undefined {
    const servers = this.servers.byTable.get(name);
    return servers === undefined ? undefined
      : getOrMake(this.tables, name, () => buildGatewayTable(name, servers, this.view));
  }

  /** The VirtualServices of a Gateway that the gateway sees, in Istio's order. */
  public virtualServicesOf(gateway: string): OrderedVirtualServices {
    return getOrMake(this.bound, gateway, () => new OrderedVirtualServices(this.mesh.virtualServices.bound(gateway, this.namespace)));
  }

  /** The service of a host as a VirtualService means it: that of its own namespace, else the one the gateway has clusters for. */
  private serviceFor(host: string, virtualService: VirtualService): MeshService | undefined {
    const own = this.mesh.services.inNamespace(host, virtualService.namespace);
    return own !== undefined && this.mesh.services.isVisible(own, this.namespace) ? own : this.serviceOf(host);
  }

  protected get hasSniClusters(): boolean {
    return this.servers.groups.some(({ servers }) => servers.some(isAutoPassthrough));
  }

  private get byPort(): ReadonlyMap<number, readonly Listener[]> {
    return this.listenersByPort ??= groupBy(buildGatewayListeners(this.servers.groups, this.view), listener => listener.port);
  }

  private get view(): GatewayListenerView {
    return {
      virtualServicesOf: gateway => this.virtualServicesOf(gateway),
      context: { namespace: this.namespace, labels: this.labels, serviceOf: (host, virtualService) => this.serviceFor(host, virtualService) },
      services: () => this.services.all,
      serviceOf: host => this.serviceOf(host),
      subsetsOf: service => this.ruleOf(service)?.subsets.map(subset => subset.name) ?? [],
    };
  }
}
