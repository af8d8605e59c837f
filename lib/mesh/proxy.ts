import { buildCluster, Cluster, ClusterView } from './clusters';
import { getOrMake } from './collections';
import { FoundRules, MergedRule } from './destination-rules';
import type { Listener } from './listeners';
import type { TextMap } from './manifest';
import type { MergedServices } from './merged-services';
import type { MeshModel } from './model';
import { MESH_GATEWAY, outboundCluster } from './names';
import type { RouteTable } from './route-table';
import { buildRoutes, ExcludedMatch, Route } from './routes';
import type { MeshService } from './services';
import type { ConsistentHash } from './specs';
import { hashOfDestination, hashOfService } from './traffic-policy';
import { UpstreamTls, upstreamTls } from './upstream-tls';
import type { VirtualService } from './virtual-service';

/** Who a proxy works for. */
export interface ProxyOptions {
  readonly namespace: string;

  /** The labels of the workload. */
  readonly labels?: TextMap;
}

/** What the sidecar of a client and a gateway have in common: the services that they know and the clusters they have. */
export abstract class Proxy {
  private readonly rules = new Map<string, MergedRule | undefined>();
  private readonly clusters = new Map<string, { readonly cluster: Cluster | undefined }>();

  protected constructor(
    protected readonly mesh: MeshModel,
    public readonly namespace: string,

    /** The labels of the workload, as far as any object of the mesh asks for them. */
    public readonly labels: TextMap,
  ) {
  }

  /** The services that the proxy has clusters for, one for each host. */
  public abstract get services(): MergedServices;

  /** What the proxy listens on, on one port. */
  public abstract listenersOn(port: number): readonly Listener[];

  /** The route table of a name, as filter chains refer to it. */
  public abstract routeTable(name: string): RouteTable | undefined;

  /**
   * The matches of the http routes of a VirtualService that make no route for this proxy, and why.
   *
   * @param virtualService one that is bound to the proxy
   * @param port the port of the listener of a sidecar, the port of the server as the Gateway writes it
   * @param gateway the Gateway that it is bound to, as `namespace/name`; left out for a sidecar
   */
  public excludedMatches(virtualService: VirtualService, port: number, gateway: string = MESH_GATEWAY): readonly ExcludedMatch[] {
    const excluded: ExcludedMatch[] = [];
    const { namespace, labels } = this;
    buildRoutes(virtualService, { namespace, labels, gateway, port, serviceOf: () => undefined }, match => excluded.push(match));
    return excluded;
  }

  protected abstract get isGateway(): boolean;

  /** Whether services are also reached by the names that AUTO_PASSTHROUGH asks for. */
  protected abstract get hasSniClusters(): boolean;

  /** The service that a host means for the proxy. */
  public serviceOf(host: string): MeshService | undefined {
    return this.services.get(host);
  }

  /** The cluster of a name, or undefined where the proxy has none, so that what is sent there is answered 503. */
  public cluster(name: string): Cluster | undefined {
    return getOrMake(this.clusters, name, () => ({ cluster: buildCluster(name, this.clusterView) })).cluster;
  }

  /** The TLS that the proxy speaks to a cluster because a rule says so. */
  public upstreamTls(name: string): UpstreamTls | undefined {
    const cluster = this.cluster(name);
    if (cluster === undefined) {
      return undefined;
    }
    const { hostname, namespace } = cluster.service;
    return upstreamTls(cluster, this.isGateway, this.mesh.services.ofHost(hostname).filter(service => service.namespace === namespace));
  }

  /** The names of all clusters for services, in the order of the services. */
  public clusterNames(): readonly string[] {
    return [...this.services.all].flatMap(service => {
      const subsets = ['', ...new Set(this.ruleOf(service)?.subsets.map(subset => subset.name))];
      return service.ports.flatMap(port => subsets.map(subset => outboundCluster(port.number, subset, service.hostname)));
    }).filter(name => this.cluster(name) !== undefined);
  }

  /** The DestinationRules that the proxy finds for a service, before its labels decide between them. */
  public foundRules(service: MeshService): FoundRules | undefined {
    return this.mesh.destinationRules.find(this.namespace, service.hostname, service.namespace);
  }

  /** The DestinationRule that holds for a service, merged from all that have its host. */
  public ruleOf(service: MeshService): MergedRule | undefined {
    const key = `${service.namespace}/${service.hostname}`;
    if (!this.rules.has(key)) {
      this.rules.set(key, this.mesh.destinationRules.select(this.foundRules(service), this.namespace, this.labels));
    }
    return this.rules.get(key);
  }

  /** What a route hashes by to choose an endpoint of a destination, by its position. */
  public hashOf(route: Route, destination: number): ConsistentHash | undefined {
    const spec = route.rule?.spec.route?.[destination]?.destination;
    const service = this.serviceOf(route.rule === undefined ? route.defaultHost : spec?.host ?? '');
    if (service === undefined) {
      return undefined;
    }
    const rule = this.ruleOf(service);
    return route.rule === undefined
      ? hashOfService(rule, route.context.port)
      : hashOfDestination(rule, spec!.port === undefined ? undefined : spec!.port.number ?? 0, spec!.subset);
  }

  private get clusterView(): ClusterView {
    return {
      serviceOf: host => this.serviceOf(host),
      ruleOf: service => this.ruleOf(service),
      endpoints: this.mesh.endpoints,
      isGateway: this.isGateway,
      hasSniClusters: this.hasSniClusters,
    };
  }
}
