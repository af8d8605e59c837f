import type { MeshModel } from '../../../mesh/model';
import { expandHost, serviceHost } from '../../../mesh/names';

/** What the manifests say of a host that the analyzer does not find. */
export interface HostPresence {
  /** Whether istiod finds it all the same, for every one of its clients. */
  readonly isFound: boolean;

  /** The host that was meant, where one is defined: hidden from the clients, or of a similar name. */
  readonly meant?: string;
}

/** Looks at a host with istiod's eyes. */
export function hostPresence(mesh: MeshModel, host: string, namespace: string, clients: readonly string[]): HostPresence {
  const name = expandHost(host, namespace, mesh.config.clusterDomain);
  const services = mesh.services.covering(name);
  if (clients.length > 0 && clients.every(client => services.some(service => mesh.services.isVisible(service, client)))) {
    return { isFound: true };
  }
  if (mesh.services.ofHost(name).length > 0) {
    return { isFound: false, meant: name };
  }
  const [service, owner, ...rest] = host.split('.');
  const full = owner === undefined || rest.length > 1 || (rest.length === 1 && rest[0] !== 'svc') ? name : serviceHost(service, owner, mesh.config.clusterDomain);
  return { isFound: false, meant: mesh.services.ofHost(full).length > 0 ? full : undefined };
}
