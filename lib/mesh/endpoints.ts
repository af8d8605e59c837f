import { getOrMake } from './collections';
import { isSelected } from './labels';
import { NO_LABELS, TextMap } from './manifest';
import type { MeshPort, MeshService, Services } from './services';
import type { ServiceEntrySpec, WorkloadEntrySpec } from './specs';
import type { Workload, Workloads } from './workloads';
import { isAddress } from '../private/addresses';

/** Where a request to a service can end up. */
export interface Endpoint {
  /** An address, a host, or the path of a socket; absent for pods, which have one only when they run. */
  readonly address?: string;

  /** The port, or the name of a container port where no container of the pod declares it; absent for a socket. */
  readonly port?: number | string;

  /** The name of the port of the service or entry that it was made for. */
  readonly portName: string;
  readonly labels: TextMap;
  readonly workload?: Workload;
}

const SOCKET = 'unix://';

/** The endpoints of the services, as far as manifests know them. */
export class Endpoints {
  private readonly cache = new Map<string, readonly Endpoint[]>();

  constructor(private readonly services: Services, private readonly workloads: Workloads) {
  }

  /** The workloads behind a service. */
  public workloadsOf(service: MeshService): readonly Workload[] {
    if (Object.keys(service.selector).length === 0) {
      return [];
    }
    return this.workloads.matching(service.selector, service.namespace).filter(({ entry, resource }) =>
      entry === undefined || (resource.kind === 'WorkloadEntry' && takesEntry(service, entry)));
  }

  /** The endpoints of all that a namespace has for a host on a port. */
  public of(service: MeshService, port: number): readonly Endpoint[] {
    return getOrMake(this.cache, `${service.namespace}/${service.hostname}:${port}`, () => {
      const sources = new Map(this.services.ofHost(service.hostname)
        .filter(other => other.namespace === service.namespace)
        .map(other => [other.resource, other]));
      const all: Endpoint[] = [];
      for (const source of sources.values()) {
        const own = source.ports.filter(({ number }) => number === port).flatMap(item => this.onPort(source, item));
        // such a host has one endpoint at most, and none beside those of an older object
        all.push(...source.resolution === 'DNS_ROUND_ROBIN' ? own.slice(0, all.length === 0 ? 1 : 0) : own);
      }
      return all;
    });
  }

  /** Those of the endpoints that have the labels of a subset. */
  public ofSubset(service: MeshService, port: number, labels: TextMap): readonly Endpoint[] {
    return this.of(service, port).filter(endpoint => isSelected(labels, endpoint.labels));
  }

  private onPort(service: MeshService, port: MeshPort): Endpoint[] {
    const given = service.isKubernetes ? [] : (service.resource.spec as ServiceEntrySpec).endpoints ?? [];
    if (Object.keys(service.selector).length > 0) {
      return this.workloadsOf(service).flatMap(workload => workloadEndpoints(workload, port));
    }
    if (given.length === 0 && isDnsService(service)) {
      return [{ address: service.hostname, port: port.targetPort ?? port.number, portName: port.name, labels: NO_LABELS }];
    }
    return given.map(entry => entryEndpoint(entry, entry.labels ?? NO_LABELS, port));
  }
}

/** Only services that are resolved by DNS take entries with a host for an address, and headless ones take none. */
function takesEntry(service: MeshService, entry: WorkloadEntrySpec): boolean {
  return service.isKubernetes && service.resolution === 'PASSTHROUGH' ? false : isDnsService(service) || isAddress(entry.address ?? '');
}

function isDnsService(service: MeshService): boolean {
  return service.resolution === 'DNS' || service.resolution === 'DNS_ROUND_ROBIN';
}

function workloadEndpoints(workload: Workload, port: MeshPort): Endpoint[] {
  if (workload.entry !== undefined) {
    return [entryEndpoint(workload.entry, workload.labels, port, workload)];
  }
  const endpoint = { port: targetPortOf(workload, port), portName: port.name, labels: workload.labels, workload };
  return workload.addresses.length === 0 ? [endpoint] : workload.addresses.map(address => ({ ...endpoint, address }));
}

/** The port of a pod that a port of a service means: a name is looked up in the containers. */
export function targetPortOf(workload: Workload, port: MeshPort): number | string {
  const { targetPort = port.number } = port;
  return typeof targetPort === 'number' ? targetPort
    : workload.ports.find(({ name, transport }) => name === targetPort && transport === port.transport)?.number ?? targetPort;
}

/** The port of an entry: its own by the name of the port, else where the service says that endpoints listen. */
function entryEndpoint(entry: WorkloadEntrySpec, labels: TextMap, port: MeshPort, workload?: Workload): Endpoint {
  const address = entry.address ?? '';
  if (address.startsWith(SOCKET)) {
    return { address: address.slice(SOCKET.length), portName: port.name, labels, workload };
  }
  const own = entry.ports !== undefined && Object.hasOwn(entry.ports, port.name) ? entry.ports[port.name] : 0;
  return { address, port: own || (port.targetPort ?? port.number), portName: port.name, labels, workload };
}
