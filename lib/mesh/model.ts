import { compareByAge } from './age';
import { getOrMake, groupBy } from './collections';
import { DestinationRules } from './destination-rules';
import { Endpoints, targetPortOf } from './endpoints';
import { GatewayProxy } from './gateway-proxy';
import { isSelected, SelectorIndex } from './labels';
import { ManifestSource, NO_LABELS, TextMap } from './manifest';
import { MeshConfig, MeshOptions } from './mesh-options';
import { ProxyOptions } from './proxy';
import type { Resource } from './resource';
import { Resources } from './resources';
import { Services } from './services';
import { SidecarProxy } from './sidecar-proxy';
import { SidecarScope } from './sidecar-scope';
import type { GatewaySpec, SidecarSpec } from './specs';
import { VirtualServices } from './virtual-services';
import { Workload, Workloads } from './workloads';

/** A workload that Gateways select, or the one that they must mean where none of the manifests is. */
export interface GatewayWorkload {
  readonly namespace: string;
  readonly labels: TextMap;

  /** Absent where the manifests have no workload that the Gateway selects: then it is assumed in the root namespace, with the labels of the selector. */
  readonly workload?: Workload;
}

/**
 * All that manifests say of a mesh, indexed. Nothing is judged: what contradicts itself is resolved as Istio resolves it.
 *
 * Every index is made when it is first asked for.
 */
export class MeshModel {
  public readonly config: MeshConfig;
  public readonly resources: Resources;

  private readonly indexes: {
    services?: Services;
    workloads?: Workloads;
    endpoints?: Endpoints;
    virtualServices?: VirtualServices;
    destinationRules?: DestinationRules;
    gateways?: SelectorIndex<Resource<GatewaySpec>>;
    sidecars?: ReadonlyMap<string, readonly Resource<SidecarSpec>[]>;
    clientLabels?: ReadonlySet<string>;
    gatewayLabels?: ReadonlySet<string>;
  } = {};

  private readonly scopes = new Map<string, SidecarScope>();
  private readonly sidecarProxies = new Map<string, SidecarProxy>();
  private readonly gatewayProxies = new Map<string, GatewayProxy>();

  constructor(sources: readonly ManifestSource[], options: MeshOptions = {}) {
    this.config = new MeshConfig(options);
    this.resources = new Resources(sources, this.config.defaultNamespace);
  }

  public get services(): Services {
    return this.indexes.services ??= new Services(this.resources, this.config);
  }

  public get workloads(): Workloads {
    return this.indexes.workloads ??= new Workloads(this.resources);
  }

  public get endpoints(): Endpoints {
    return this.indexes.endpoints ??= new Endpoints(this.services, this.workloads);
  }

  public get virtualServices(): VirtualServices {
    return this.indexes.virtualServices ??= new VirtualServices(this.resources, this.config);
  }

  public get destinationRules(): DestinationRules {
    return this.indexes.destinationRules ??= new DestinationRules(this.resources, this.config);
  }

  /**
   * The sidecar of a client.
   *
   * Clients that no object tells apart share one, with its tables: only labels that some selector or
   * `sourceLabels` asks for count.
   */
  public sidecar({ namespace, labels = NO_LABELS }: ProxyOptions): SidecarProxy {
    const relevant = restrict(labels, this.indexes.clientLabels ??= this.labelsOfClients());
    return getOrMake(this.sidecarProxies, proxyKey(namespace, relevant), () =>
      new SidecarProxy(this, namespace, relevant, this.sidecarScope(namespace, relevant)));
  }

  /** The proxy of a gateway workload, whether the manifests have the workload or not. */
  public gateway({ namespace, labels = NO_LABELS }: ProxyOptions): GatewayProxy {
    const relevant = restrict(labels, this.indexes.gatewayLabels ??= this.labelsOfGateways());
    return getOrMake(this.gatewayProxies, proxyKey(namespace, relevant), () =>
      new GatewayProxy(this, namespace, relevant, this.gatewaysSelecting(namespace, relevant), port => this.listenerPort(namespace, relevant, port)));
  }

  /** The workloads that a Gateway selects, one for each namespace and set of labels that Gateways and services tell apart. */
  public workloadsOfGateway(gateway: Resource<GatewaySpec>): readonly GatewayWorkload[] {
    const selector = gateway.spec.selector ?? NO_LABELS;
    const namespace = this.config.scopeGatewaysToNamespace ? gateway.namespace : undefined;
    const found = this.workloads.matching(selector, namespace);
    return found.length === 0
      ? [{ namespace: namespace ?? this.config.rootNamespace, labels: selector }]
      : found.map(workload => ({ namespace: workload.namespace, labels: workload.labels, workload }));
  }

  /** The proxies that a Gateway is for. */
  public proxiesOfGateway(gateway: Resource<GatewaySpec>): readonly GatewayProxy[] {
    return [...new Set(this.workloadsOfGateway(gateway).map(workload => this.gateway(workload)))];
  }

  /** The Gateways that select a workload, the oldest first. */
  public gatewaysSelecting(namespace: string, labels: TextMap): readonly Resource<GatewaySpec>[] {
    this.indexes.gateways ??= new SelectorIndex([...this.resources.gateways].sort(compareByAge), ({ spec }) => spec.selector ?? NO_LABELS);
    const selecting = this.indexes.gateways.selecting(labels);
    return this.config.scopeGatewaysToNamespace ? selecting.filter(gateway => gateway.namespace === namespace) : selecting;
  }

  /** The Sidecar that holds for a client: one that selects it, else that of its namespace, else that of the root namespace. */
  public sidecarOf(namespace: string, labels: TextMap): Resource<SidecarSpec> | undefined {
    this.indexes.sidecars ??= groupBy([...this.resources.sidecars].sort(compareByAge), sidecar => sidecar.namespace);
    const own = this.indexes.sidecars.get(namespace) ?? [];
    const selecting = own.find(({ spec: { workloadSelector } }) =>
      workloadSelector !== undefined && isSelected(workloadSelector.labels ?? NO_LABELS, labels));
    return selecting ?? forWholeNamespace(own) ?? forWholeNamespace(this.indexes.sidecars.get(this.config.rootNamespace) ?? []);
  }

  private sidecarScope(namespace: string, labels: TextMap): SidecarScope {
    const sidecar = this.sidecarOf(namespace, labels);
    return getOrMake(this.scopes, `${namespace} ${sidecar?.key ?? ''}`, () =>
      new SidecarScope(namespace, sidecar, this.config.outboundPolicy, this.services, this.virtualServices));
  }

  /** The target port of the first port of that number of a service that selects the workload; without one, the number itself. */
  private listenerPort(namespace: string, labels: TextMap, number: number): number {
    const workload = this.workloads.matching(labels, namespace)[0];
    const services = [...this.services.selectingLabels(namespace, labels)]
      .sort((a, b) => compareByAge({ ...a, name: a.hostname }, { ...b, name: b.hostname }));
    for (const service of services) {
      if (service.isKubernetes && !('experimental.istio.io/disable-gateway-port-translation' in service.resource.labels)) {
        const targets = new Set<string>();
        for (const port of service.ports) {
          const target = workload === undefined ? port.targetPort ?? port.number : targetPortOf(workload, port);
          // of several ports with one target only the first is known
          const isFirst = !targets.has(`${target} ${port.protocol}`);
          targets.add(`${target} ${port.protocol}`);
          if (isFirst && port.number === number && typeof target === 'number') {
            return target;
          }
        }
      }
    }
    return number;
  }

  /** The labels by which any object tells clients apart. */
  private labelsOfClients(): ReadonlySet<string> {
    const keys = new Set<string>();
    this.resources.sidecars.forEach(({ spec }) => addKeys(keys, spec.workloadSelector?.labels));
    this.resources.destinationRules.forEach(({ spec }) => addKeys(keys, spec.workloadSelector?.matchLabels));
    for (const { spec } of this.resources.virtualServices) {
      for (const rule of [...spec.http ?? [], ...spec.tls ?? [], ...spec.tcp ?? []]) {
        rule.match?.forEach(match => addKeys(keys, match.sourceLabels));
      }
    }
    return keys;
  }

  private labelsOfGateways(): ReadonlySet<string> {
    const keys = new Set(this.indexes.clientLabels ??= this.labelsOfClients());
    this.resources.gateways.forEach(({ spec }) => addKeys(keys, spec.selector));
    this.services.all.forEach(({ selector }) => addKeys(keys, selector));
    return keys;
  }
}

function forWholeNamespace(sidecars: readonly Resource<SidecarSpec>[]): Resource<SidecarSpec> | undefined {
  return sidecars.find(({ spec }) => spec.workloadSelector === undefined);
}

function addKeys(keys: Set<string>, labels: object | undefined): void {
  for (const key in labels) {
    keys.add(key);
  }
}

function restrict(labels: TextMap, keys: ReadonlySet<string>): TextMap {
  const entries = Object.entries(labels).filter(([key]) => keys.has(key));
  return entries.length === 0 ? NO_LABELS : Object.fromEntries(entries.sort());
}

function proxyKey(namespace: string, labels: TextMap): string {
  return JSON.stringify([namespace, labels]);
}
