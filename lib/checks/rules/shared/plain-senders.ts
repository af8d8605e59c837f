import { httpDestinations } from './http-destinations';
import { isForSidecarsOnly, isNeverHttp, knownPortsOfHosts } from './registry';
import type { MeshModel } from '../../../mesh/model';
import { expandHost } from '../../../mesh/names';
import type { VirtualService } from '../../../mesh/virtual-service';

/**
 * Whether the http routes of a VirtualService can carry requests: not so where it is for sidecars only, and all its
 * hosts have no port but such as carry TLS or unknown bytes.
 */
export function carriesRequests(mesh: MeshModel, virtualService: VirtualService): boolean {
  const ports = isForSidecarsOnly(virtualService) ? knownPortsOfHosts(mesh, virtualService) : undefined;
  return ports === undefined || !isNeverHttp(ports);
}

/** The hosts and ports that http routes send plain requests to. */
export class PlainSenders {
  private readonly targets = new Set<string>();

  constructor(mesh: MeshModel) {
    const { clusterDomain } = mesh.config;
    for (const virtualService of mesh.virtualServices.all) {
      if (virtualService.http.length > 0 && carriesRequests(mesh, virtualService)) {
        for (const { written } of virtualService.http) {
          for (const { destination } of httpDestinations(written)) {
            const host = expandHost(destination.host ?? '', virtualService.namespace, clusterDomain);
            this.targets.add(key(host, destination.port?.number));
          }
        }
      }
    }
  }

  /** Whether any of them sends to a port of a host, by number or because it names none. */
  public sendTo(host: string, port: number): boolean {
    return this.targets.has(key(host, port)) || this.targets.has(key(host, undefined));
  }
}

function key(host: string, port: number | undefined): string {
  return `${host}|${port ?? ''}`;
}
