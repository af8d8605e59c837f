import type { MeshModel } from '../../../mesh/model';
import { expandHost, serviceHost } from '../../../mesh/names';

/** Whether istiod finds a host that the analyzer does not find, for every one of the clients. */
export function isFoundByClients(mesh: MeshModel, host: string, namespace: string, clients: readonly string[]): boolean {
  const services = mesh.services.ofHost(expandHost(host, namespace, mesh.config.clusterDomain));
  // what is in the namespace of sidecars they find even where it is exported to none
  const isFoundBy = (client: string): boolean => services.some(service => service.namespace === client || mesh.services.isVisible(service, client));
  return clients.length > 0 && clients.every(isFoundBy);
}

/** The host that was meant by one that the analyzer does not find, where one is defined: hidden from the clients, or of a similar name. */
export function meantHost(mesh: MeshModel, host: string, namespace: string): string | undefined {
  if (mesh.services.all.length === 0) {
    return undefined;
  }
  const name = expandHost(host, namespace, mesh.config.clusterDomain);
  if (mesh.services.ofHost(name).length > 0) {
    return name;
  }
  const [service, owner, ...rest] = host.split('.');
  const full = owner === undefined || rest.length > 1 || (rest.length === 1 && rest[0] !== 'svc') ? name : serviceHost(service, owner, mesh.config.clusterDomain);
  return mesh.services.ofHost(full).length > 0 ? full : undefined;
}
