import { getOrMake, groupBy } from './collections';
import { EgressHosts } from './egress-hosts';
import { MergedServices } from './merged-services';
import { MESH_GATEWAY } from './names';
import { OrderedVirtualServices } from './ordered-virtual-services';
import { parseProtocol, Protocol } from './protocols';
import type { Resource } from './resource';
import { MeshPort, MeshService, Services, withPorts } from './services';
import type { Destination, EgressListenerSpec, SidecarSpec } from './specs';
import type { VirtualService } from './virtual-service';
import type { VirtualServices } from './virtual-services';

/** A port of a service. */
export interface ServicePort {
  readonly service: MeshService;
  readonly port: MeshPort;
}

/** One egress listener of a Sidecar, or the one that a proxy without Sidecar has. */
export class EgressListener {
  /** Set on a listener for a port of its own; absent on the one for all other ports. */
  public readonly port?: { readonly number: number; readonly protocol: Protocol };

  /** The services that it takes in. Those of one host that cannot be merged are all there. */
  public readonly services: readonly MeshService[];

  /** The VirtualServices that it takes in, in the order in which they win. */
  public readonly virtualServices: OrderedVirtualServices;

  private lowerCase?: OrderedVirtualServices;
  private mostSpecific?: ReadonlyMap<string, VirtualService>;
  private withL4?: OrderedVirtualServices;
  private byPort?: ReadonlyMap<number, readonly ServicePort[]>;

  constructor(public readonly spec: EgressListenerSpec, namespace: string, services: Services, virtualServices: VirtualServices) {
    const number = spec.port?.number;
    this.port = number ? { number, protocol: parseProtocol(spec.port?.protocol) } : undefined;
    const hosts = new EgressHosts(spec.hosts ?? [], namespace);
    const bound = virtualServices.bound(MESH_GATEWAY, namespace).filter(virtualService => hosts.takesIn(virtualService));
    this.virtualServices = new OrderedVirtualServices([...new Set(bound)]);
    const candidates = hosts.isExact ? exactServices(hosts, namespace, services) : services.visibleTo(namespace);
    const limit = (service: MeshService): MeshService | undefined => this.limit(service);
    const takenIn = candidates.map(service => hosts.service(service, limit)).filter(service => service !== undefined);
    this.services = oneNamespaceForEachHost(takenIn, namespace);
  }

  /** The same, compared with hosts in lower case, as http routes are. */
  public get lowerCaseVirtualServices(): OrderedVirtualServices {
    return this.lowerCase ??= new OrderedVirtualServices(this.virtualServices.all, host => host.toLowerCase());
  }

  /** The VirtualService with the most specific host for a service. */
  public mostSpecificFor(hostname: string): VirtualService | undefined {
    this.mostSpecific ??= new Map(this.services.flatMap(service => {
      const virtualService = this.virtualServices.mostSpecific(service.hostname);
      return virtualService === undefined ? [] : [[service.hostname, virtualService]];
    }));
    return this.mostSpecific.get(hostname);
  }

  /** Those of the VirtualServices that have tls or tcp routes. */
  public get l4VirtualServices(): OrderedVirtualServices {
    return this.withL4 ??= new OrderedVirtualServices(this.virtualServices.all.filter(({ tls, tcp }) => tls.length > 0 || tcp.length > 0));
  }

  /** The services that have a port. */
  public servicesOn(port: number): readonly ServicePort[] {
    return this.servicePorts().get(port) ?? [];
  }

  /** The ports of all services. */
  public ports(): Iterable<number> {
    return this.servicePorts().keys();
  }

  /** A service as the listener sees it: with a port of its own, only that port. */
  private limit(service: MeshService): MeshService | undefined {
    if (this.port === undefined || this.port.protocol === 'HTTP_PROXY') {
      return service;
    }
    const port = service.ports.find(({ number }) => number === this.port!.number);
    return port === undefined ? undefined : withPorts(service, [port]);
  }

  /** What a destination of an imported VirtualService adds to the services of the proxy. */
  public limitToDestination(service: MeshService, ports: ReadonlySet<number>): MeshService | undefined {
    if (this.port !== undefined && this.port.protocol !== 'HTTP_PROXY') {
      return this.limit(service);
    }
    const reached = ports.has(0) ? service.ports : service.ports.filter(port => ports.has(port.number));
    return reached.length === 0 && service.ports.length > 0 ? undefined : withPorts(service, reached);
  }

  private servicePorts(): ReadonlyMap<number, readonly ServicePort[]> {
    return this.byPort ??= groupBy(
      this.services.flatMap(service => service.ports.map(port => ({ service, port }))),
      ({ port }) => port.number,
    );
  }
}

function exactServices(hosts: EgressHosts, namespace: string, services: Services): readonly MeshService[] {
  const found = new Set<MeshService>();
  for (const { namespace: owner, host } of hosts.named()) {
    const service = services.inNamespace(host, owner);
    if (service !== undefined && services.isVisible(service, namespace)) {
      found.add(service);
    }
  }
  return services.all.filter(service => found.has(service));
}

/** Of the services of one host only those of one namespace stay: the proxy's own, else that of a Kubernetes Service, else that of the oldest. */
function oneNamespaceForEachHost(services: readonly MeshService[], own: string): readonly MeshService[] {
  const chosen = new Map<string, { readonly namespace: string; readonly isKubernetes: boolean }>();
  for (const service of services) {
    const known = chosen.get(service.hostname);
    if (known === undefined || service.namespace === own || (!known.isKubernetes && service.isKubernetes && known.namespace !== own)) {
      chosen.set(service.hostname, service);
    }
  }
  return services.filter(service => chosen.get(service.hostname)!.namespace === service.namespace);
}

/** What a sidecar knows of the mesh: the services and VirtualServices that are exported to it and that its Sidecar takes in. */
export class SidecarScope {
  public readonly egress: readonly EgressListener[];

  /** What becomes of traffic for hosts that nothing is known of: `ALLOW_ANY` or `REGISTRY_ONLY`. */
  public readonly outboundPolicy: string;

  /** Where such traffic is sent, when the Sidecar names a proxy for it. */
  public readonly egressProxy?: Destination;

  private merged?: MergedServices;

  /**
   * @param namespace the namespace of the proxy
   * @param sidecar the Sidecar that holds for it
   */
  constructor(
    public readonly namespace: string,
    public readonly sidecar: Resource<SidecarSpec> | undefined,
    meshPolicy: string,
    private readonly services: Services,
    virtualServices: VirtualServices,
  ) {
    const { egress = [], outboundTrafficPolicy } = sidecar?.spec ?? {};
    const listeners: readonly EgressListenerSpec[] = egress.length === 0 ? [{ hosts: ['*/*'] }] : egress;
    this.egress = listeners.map(listener => new EgressListener(listener, namespace, services, virtualServices));
    this.outboundPolicy = outboundTrafficPolicy === undefined ? meshPolicy : outboundTrafficPolicy.mode ?? 'REGISTRY_ONLY';
    this.egressProxy = outboundTrafficPolicy?.egressProxy;
  }

  /** The services that have clusters, one for each host. */
  public get clusterServices(): MergedServices {
    if (this.merged === undefined) {
      this.merged = new MergedServices();
      for (const listener of this.egress) {
        listener.services.forEach(service => this.merged!.add(service));
        listener.virtualServices.all.forEach(virtualService => this.addDestinations(listener, virtualService, this.merged!));
      }
    }
    return this.merged;
  }

  /** The listener whose services and VirtualServices hold for a port. */
  public egressFor(port: number): EgressListener | undefined {
    return this.egress.find(listener => listener.port === undefined || listener.port.number === port);
  }

  /** A destination that an imported VirtualService names is reachable although the Sidecar does not list it. */
  private addDestinations(listener: EgressListener, virtualService: VirtualService, merged: MergedServices): void {
    for (const [host, ports] of portsByHost(virtualService, this.namespace)) {
      const service = this.services.inNamespace(host, this.namespace) ?? bestVisible(this.services, host, this.namespace);
      const limited = service === undefined || merged.get(host) === service ? undefined : listener.limitToDestination(service, ports);
      if (limited !== undefined) {
        merged.add(limited);
      }
    }
  }
}

function bestVisible(services: Services, host: string, namespace: string): MeshService | undefined {
  // of each namespace only one service counts, whether it is visible or not
  const owners = new Set(services.ofHost(host).map(service => service.namespace));
  const visible = [...owners].map(owner => services.inNamespace(host, owner)!).filter(service => services.isVisible(service, namespace));
  return visible.find(service => service.isKubernetes) ?? visible[0];
}

/** The ports of the hosts that a VirtualService sends to from a namespace; 0 stands for a destination without port. */
function portsByHost(virtualService: VirtualService, namespace: string): Map<string, Set<number>> {
  const ports = new Map<string, Set<number>>();
  for (const { host, port, sourceNamespaces } of virtualService.targets) {
    if (sourceNamespaces.length === 0 || sourceNamespaces.includes(namespace)) {
      getOrMake(ports, host, () => new Set<number>()).add(port);
    }
  }
  return ports;
}
