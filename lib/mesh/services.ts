import { compareByAge, compareTexts } from './age';
import { append, groupBy } from './collections';
import { HostIndex } from './host-index';
import { SelectorIndex } from './labels';
import { NO_LABELS, readInteger, readList, readObject, readText, readTextMap, readTexts, TextMap } from './manifest';
import type { MeshConfig } from './mesh-options';
import { isWildcard, serviceHost } from './names';
import { parseProtocol, Protocol, protocolOfServicePort } from './protocols';
import type { Resource } from './resource';
import type { Resources } from './resources';
import { readAddresses, UNSPECIFIED } from './service-addresses';
import type { ServiceEntrySpec } from './specs';
import { ExportTo, isVisible, readExportTo } from './visibility';
import type { Workload } from './workloads';

/** How the endpoints of a service are found. */
export type Resolution =
  /** by the registry: a Kubernetes Service, STATIC */
  'REGISTRY'
  | 'DNS'
  | 'DNS_ROUND_ROBIN'
  | 'DYNAMIC_DNS'
  /** the address that the client asked for: a headless Service, NONE */
  | 'PASSTHROUGH'
  /** an ExternalName Service: another name for another host */
  | 'ALIAS';

export interface MeshPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;

  /** Where the endpoints listen: a number or the name of a container port. */
  readonly targetPort?: number | string;

  /** `TCP`, `UDP` or `SCTP`. */
  readonly transport: string;
}

/** One host of the registry, of a Kubernetes Service or of a ServiceEntry. */
export interface MeshService {
  readonly hostname: string;

  /** The name that the order of services of one age is decided by. */
  readonly name: string;
  readonly namespace: string;
  readonly createdAt?: number;
  readonly isKubernetes: boolean;
  readonly resource: Resource;
  readonly resolution: Resolution;
  readonly ports: readonly MeshPort[];

  /**
   * What listeners bind to: an address, a range, `0.0.0.0` for none, or for an address that
   * the cluster gives out and the manifest does not know, `vip:` and whose it is.
   */
  readonly address: string;

  /** The addresses that the manifest knows. */
  readonly addresses: readonly string[];
  readonly isExternal: boolean;
  readonly exportTo: ExportTo;

  /** What the endpoints are selected by; empty for none. */
  readonly selector: TextMap;

  /** The host that an ExternalName Service stands for. */
  readonly externalName?: string;

  /** The hosts of ExternalName Services that stand for this one. */
  readonly aliases: readonly string[];
}

/** All services of the mesh, by host and by who may see them. */
export class Services {
  /** The oldest first. */
  public readonly all: readonly MeshService[];

  private readonly byHost = new HostIndex<MeshService[]>();
  private readonly everyones: MeshService[] = [];
  private readonly exported = new Map<string, MeshService[]>();
  private ofResource?: ReadonlyMap<Resource, readonly MeshService[]>;
  private selectors?: SelectorIndex<MeshService>;

  constructor(resources: Resources, config: MeshConfig) {
    const services = [
      ...resources.services.map(resource => kubernetesService(resource, config)),
      ...resources.serviceEntries.flatMap(resource => entryServices(resource, config)),
    ].sort(compareByAge);
    this.all = withAliases(services);
    for (const service of this.all) {
      this.byHost.getOrSet(service.hostname, () => []).push(service);
      this.addToNamespaces(service);
    }
  }

  /** The services of exactly this host, the oldest first, in whatever namespace and visible to whomever. */
  public ofHost(hostname: string): readonly MeshService[] {
    return this.byHost.get(hostname) ?? [];
  }

  /** The service that a host means in one namespace: a Kubernetes Service before entries, else the oldest. */
  public inNamespace(hostname: string, namespace: string): MeshService | undefined {
    const candidates = this.ofHost(hostname).filter(service => service.namespace === namespace);
    return candidates.find(service => service.isKubernetes) ?? candidates[0];
  }

  /** The services whose host, with a wildcard, covers a host or is it, the most specific first. */
  public covering(hostname: string): readonly MeshService[] {
    return [...this.byHost.covering(hostname)].flatMap(entry => entry.value);
  }

  /** The services whose host a wildcard covers. */
  public under(wildcard: string): readonly MeshService[] {
    return [...this.byHost.under(wildcard)].flatMap(entry => entry.value);
  }

  /** What a resource is in the registry: a ServiceEntry is one service for each host and address. */
  public of(resource: Resource): readonly MeshService[] {
    this.ofResource ??= groupBy(this.all, service => service.resource);
    return this.ofResource.get(resource) ?? [];
  }

  /** The services that a namespace sees: those exported to it by name before the public ones, the oldest first. */
  public visibleTo(namespace: string): readonly MeshService[] {
    return [...this.exported.get(namespace) ?? [], ...this.everyones];
  }

  public isVisible(service: MeshService, namespace: string): boolean {
    return isVisible(service.exportTo, service.namespace, namespace);
  }

  /** The services of its namespace that select a workload. */
  public selecting(workload: Workload): readonly MeshService[] {
    return this.selectingLabels(workload.namespace, workload.labels);
  }

  /** The services of a namespace that select workloads with these labels. */
  public selectingLabels(namespace: string, labels: TextMap): readonly MeshService[] {
    this.selectors ??= new SelectorIndex(this.all.filter(service => Object.keys(service.selector).length > 0), service => service.selector);
    return this.selectors.selecting(labels).filter(service => service.namespace === namespace);
  }

  private addToNamespaces(service: MeshService): void {
    const { exportTo, namespace } = service;
    if (exportTo.has('*')) {
      this.everyones.push(service);
    } else if (!exportTo.has('~')) {
      for (const target of new Set([...exportTo].map(entry => entry === '.' ? namespace : entry))) {
        append(this.exported, target, service);
      }
    }
  }
}

function kubernetesService(resource: Resource, config: MeshConfig): MeshService {
  const spec = resource.spec;
  const externalName = spec.type === 'ExternalName' ? readText(spec.externalName) || undefined : undefined;
  const hostname = serviceHost(resource.name, resource.namespace, config.clusterDomain);
  const isHeadless = spec.clusterIP === 'None';
  const addresses = isHeadless || externalName !== undefined ? [] : clusterAddresses(spec.clusterIP, spec.clusterIPs);
  return {
    hostname,
    name: resource.name,
    namespace: resource.namespace,
    createdAt: resource.createdAt,
    isKubernetes: true,
    resource,
    resolution: isHeadless ? 'PASSTHROUGH' : externalName === undefined ? 'REGISTRY' : 'ALIAS',
    ports: readList(spec.ports).flatMap(servicePort),
    address: isHeadless || externalName !== undefined ? UNSPECIFIED : addresses[0] ?? `vip:${hostname}`,
    addresses,
    isExternal: externalName !== undefined,
    exportTo: readExportTo(exportAnnotation(resource), config.serviceExportTo),
    selector: readTextMap(spec.selector),
    externalName,
    aliases: [],
  };
}

function clusterAddresses(first: unknown, all: unknown): readonly string[] {
  const addresses = readTexts(all).filter(address => address !== '');
  const address = readText(first) || undefined;
  if (addresses.length < 2) {
    return address === undefined ? addresses : [address];
  }
  const v4 = addresses.filter(item => !item.includes(':'));
  return v4.length > 0 ? v4 : addresses;
}

function exportAnnotation(resource: Resource): string[] {
  const text = resource.annotations['networking.istio.io/exportTo'] ?? '';
  return text === '' ? [] : text.split(',').map(entry => entry.trim());
}

function servicePort(item: unknown): MeshPort[] {
  const port = readObject(item);
  const number = readInteger(port.port);
  if (number === undefined) {
    return [];
  }
  const name = readText(port.name) ?? '';
  const transport = readText(port.protocol) ?? 'TCP';
  return [{
    name,
    number,
    protocol: protocolOfServicePort(number, name, transport, readText(port.appProtocol)),
    targetPort: readInteger(port.targetPort) || readText(port.targetPort) || number,
    transport,
  }];
}

const RESOLUTIONS: { readonly [text: string]: Resolution } = {
  NONE: 'PASSTHROUGH', STATIC: 'REGISTRY', DNS: 'DNS', DNS_ROUND_ROBIN: 'DNS_ROUND_ROBIN', DYNAMIC_DNS: 'DYNAMIC_DNS',
};

function entryServices(resource: Resource<ServiceEntrySpec>, config: MeshConfig): MeshService[] {
  const spec = resource.spec;
  const ports = (spec.ports ?? []).map(port => ({
    name: port.name ?? '',
    number: port.number ?? 0,
    protocol: parseProtocol(port.protocol),
    targetPort: port.targetPort === 0 ? undefined : port.targetPort,
    transport: 'TCP',
  }));
  const exportTo = readExportTo(spec.exportTo, config.serviceExportTo);
  return (spec.hosts ?? []).flatMap(hostname => readAddresses(resource, hostname, config).map(({ address, known }) => ({
    hostname,
    name: hostname,
    namespace: resource.namespace,
    createdAt: resource.createdAt,
    isKubernetes: false,
    resource: resource as Resource,
    resolution: RESOLUTIONS[spec.resolution ?? 'NONE'] ?? 'PASSTHROUGH',
    ports,
    address,
    addresses: known,
    isExternal: spec.location !== 'MESH_INTERNAL',
    exportTo,
    selector: spec.workloadSelector?.labels ?? NO_LABELS,
    aliases: [],
  })));
}

/** The services with the ExternalName Services that stand for them, through as many steps as there are. */
function withAliases(services: readonly MeshService[]): readonly MeshService[] {
  const aliasServices = services.filter(service => service.resolution === 'ALIAS');
  if (aliasServices.length === 0) {
    return services;
  }
  const targets = new Map(aliasServices.map(service => [service.hostname, service.externalName!]));
  const aliases = new Map<string, string[]>();
  aliasServices.sort((a, b) => compareTexts(a.namespace, b.namespace) || compareTexts(a.hostname, b.hostname));
  for (const { hostname, externalName } of aliasServices) {
    const concrete = endOfChain(externalName!, hostname, targets);
    if (concrete !== undefined) {
      append(aliases, concrete, hostname);
    }
  }
  return services.map(service => aliases.has(service.hostname) ? { ...service, aliases: aliases.get(service.hostname)! } : service);
}

function endOfChain(target: string, alias: string, targets: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set([alias]);
  let current = target;
  for (let next = targets.get(current); next !== undefined; next = targets.get(current)) {
    if (seen.has(current)) {
      return undefined;
    }
    seen.add(current);
    current = next;
  }
  return current;
}

/** A service without some of its ports. */
export function withPorts(service: MeshService, ports: readonly MeshPort[]): MeshService {
  return ports.length === service.ports.length && ports.every((port, index) => port === service.ports[index]) ? service : { ...service, ports };
}

export function samePorts(a: readonly MeshPort[], b: readonly MeshPort[]): boolean {
  return a.length === b.length
    && a.every((port, index) => port.name === b[index].name && port.number === b[index].number && port.protocol === b[index].protocol);
}

/** Whether clusters of a service carry its wildcard host to whatever name the client asked for. */
export function isDynamicForward(service: MeshService): boolean {
  return service.resolution === 'DYNAMIC_DNS' && isWildcard(service.hostname);
}
