import type { MeshModel } from '../mesh/model';
import { serviceHost } from '../mesh/names';
import { UNSPECIFIED } from '../mesh/service-addresses';
import type { MeshService } from '../mesh/services';
import { isAddress } from '../private/addresses';

/** The service that a name stands for to a client: the resolver of a pod tries its namespace first. */
export function lookUp({ services, config }: MeshModel, name: string, namespace: string): MeshService | undefined {
  const plain = name.toLowerCase().replace(/\.$/, '');
  const completed = name.endsWith('.') ? [] : [
    serviceHost(plain, namespace, config.clusterDomain), `${plain}.svc.${config.clusterDomain}`, `${plain}.${config.clusterDomain}`,
  ];
  for (const host of completed) {
    const service = services.ofHost(host).find(item => item.isKubernetes);
    if (service !== undefined) {
      return service.resolution === 'ALIAS' ? services.ofHost(service.externalName!)[0] ?? service : service;
    }
  }
  return services.ofHost(plain)[0];
}

/** The full name of the Kubernetes Service that a name would stand for. */
export function fullName({ config }: MeshModel, name: string, namespace: string): string {
  const suffix = `.svc.${config.clusterDomain}`;
  const plain = name.toLowerCase().replace(/\.$/, '');
  const parts = plain.replace(/\.svc$/, '').split('.');
  if (plain.endsWith(suffix) || parts.length > 2) {
    return plain;
  }
  return serviceHost(parts[0], parts[1] ?? namespace, config.clusterDomain);
}

/** The address that a client connects to, as far as the manifests know it. */
export function addressOf(mesh: MeshModel, name: string, namespace: string): string | undefined {
  const plain = name.replace(/^\[|\]$/g, '');
  if (isAddress(plain)) {
    return plain;
  }
  const address = lookUp(mesh, name, namespace)?.address;
  return address === undefined || address === UNSPECIFIED || address.includes('/') ? undefined : address;
}
