import { getOrMake } from './collections';
import type { Listener } from './listeners';
import type { TextMap } from './manifest';
import type { MergedServices } from './merged-services';
import type { MeshModel } from './model';
import { Proxy } from './proxy';
import type { RouteTable } from './route-table';
import { buildSidecarListeners, outboundPolicyCluster } from './sidecar-listeners';
import { buildServiceTable, buildSidecarTable, SidecarView } from './sidecar-routes';
import type { SidecarScope } from './sidecar-scope';

/** The sidecar of a client: what it knows, and how it routes what the client sends. */
export class SidecarProxy extends Proxy {
  protected readonly isGateway = false;
  protected readonly hasSniClusters = false;

  private readonly tables = new Map<string, { readonly table: RouteTable | undefined }>();
  private readonly listeners = new Map<number, readonly Listener[]>();

  constructor(mesh: MeshModel, namespace: string, labels: TextMap, public readonly scope: SidecarScope) {
    super(mesh, namespace, labels);
  }

  public get services(): MergedServices {
    return this.scope.clusterServices;
  }

  /** The ports that services have. */
  public get ports(): ReadonlySet<number> {
    return new Set(this.scope.egress.flatMap(egress => egress.port === undefined ? [...egress.ports()] : [egress.port.number]));
  }

  /** Where traffic goes that nothing is known of: `PassthroughCluster`, `BlackHoleCluster`, or the cluster of the proxy that a Sidecar names for it. */
  public get outboundCluster(): string {
    return outboundPolicyCluster(this.scope);
  }

  public listenersOn(port: number): readonly Listener[] {
    return getOrMake(this.listeners, port, () => buildSidecarListeners(port, {
      scope: this.scope,
      labels: this.labels,
      clusterDomain: this.mesh.config.clusterDomain,
      serviceOf: host => this.serviceOf(host),
      endpointAddresses: (service, number) => this.mesh.endpoints.of(service, number).flatMap(endpoint => endpoint.address ?? []),
    }));
  }

  /** The table by a name such as `80`, or `host:80` for a service whose protocol is found out from the bytes. */
  public routeTable(name: string): RouteTable | undefined {
    return getOrMake(this.tables, name, () => {
      const colon = name.lastIndexOf(':');
      const port = Number(name.slice(colon + 1));
      return { table: colon < 0 ? buildSidecarTable(port, this.view) : buildServiceTable(name.slice(0, colon), port, this.view) };
    }).table;
  }

  private get view(): SidecarView {
    return { scope: this.scope, context: { namespace: this.namespace, labels: this.labels }, clusterDomain: this.mesh.config.clusterDomain };
  }
}
