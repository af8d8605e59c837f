import type { MeshModel } from '../../../mesh/model';
import { MESH_GATEWAY } from '../../../mesh/names';
import { isHttpOrUnnamed, isTls } from '../../../mesh/protocols';
import type { MeshPort, MeshService } from '../../../mesh/services';
import type { VirtualService } from '../../../mesh/virtual-service';

/** The services of a host, unless nothing is known of it or one of them only stands for another host. */
export function knownServices(mesh: MeshModel, host: string): readonly MeshService[] | undefined {
  const services = mesh.services.ofHost(host);
  return services.length === 0 || services.some(({ resolution, ports }) => resolution === 'ALIAS' || ports.length === 0) ? undefined : services;
}

/** The ports of a host, unless nothing is known of it. */
export function knownPorts(mesh: MeshModel, host: string): readonly MeshPort[] | undefined {
  return knownServices(mesh, host)?.flatMap(({ ports }) => ports);
}

/** The ports of all hosts of a VirtualService, unless nothing is known of one of them. */
export function knownPortsOfHosts(mesh: MeshModel, { hosts }: VirtualService): readonly MeshPort[] | undefined {
  const ports: MeshPort[] = [];
  for (const host of hosts) {
    const known = knownPorts(mesh, host);
    if (known === undefined) {
      return undefined;
    }
    ports.push(...known);
  }
  return hosts.length === 0 ? undefined : ports;
}

export function isForSidecarsOnly({ gateways }: VirtualService): boolean {
  return gateways.every(gateway => gateway === MESH_GATEWAY);
}

/** Whether http routes can never apply on any of the ports. */
export function isNeverHttp(ports: readonly MeshPort[]): boolean {
  return !ports.some(({ protocol }) => isHttpOrUnnamed(protocol));
}

/** The entry of a host outside of the mesh that has a port on which clients speak TLS themselves. */
export function tlsEntryOf(mesh: MeshModel, host: string, port: number): MeshService | undefined {
  return mesh.services.ofHost(host).find(({ isKubernetes, ports }) =>
    !isKubernetes && ports.some(({ number, protocol }) => number === port && isTls(protocol)));
}

/** Ports as a person reads them: `443 (HTTPS), 3306 (TCP)`. */
export function listPorts(ports: readonly MeshPort[]): string {
  return [...new Set(ports.map(({ number, protocol }) => `${number} (${protocol === 'unnamed' ? 'no protocol' : protocol})`))].join(', ');
}
