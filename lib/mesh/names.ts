import { isIP } from 'net';
import { covers } from '../private/names';

/** The gateway name that stands for all sidecars. */
export const MESH_GATEWAY = 'mesh';

/** A host as Istio reads it in a VirtualService or DestinationRule: a name of one part is a service of the object's namespace. */
export function expandHost(host: string, namespace: string, clusterDomain: string): string {
  if (host === '' || host === '*' || host.includes('.') || (host.includes(':') && isIP(host) !== 0)) {
    return host;
  }
  return serviceHost(host, namespace, clusterDomain);
}

/** The full name of a Kubernetes Service. */
export function serviceHost(name: string, namespace: string, clusterDomain: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/** What a list of `gateways` refers to: `mesh`, or `namespace/name`. */
export function expandGateway(reference: string, namespace: string): string {
  if (reference === MESH_GATEWAY) {
    return reference;
  }
  if (reference.includes('/')) {
    return reference.startsWith('./') ? `${namespace}/${reference.slice(2)}` : reference;
  }
  const [name, owner = namespace] = reference.split('.', 2);
  return `${owner}/${name}`;
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Whether every name that a host stands for is also meant by another. */
export function isHostWithin(host: string, wider: string): boolean {
  return covers(wider, host);
}

/** Istio's order of hosts: names before wildcards, the longest first. */
export function compareBySpecificity(a: string, b: string): number {
  if (isWildcard(a) !== isWildcard(b)) {
    return isWildcard(a) ? 1 : -1;
  }
  return b.length - a.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** A host and port, an IPv6 address in brackets. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The name of the cluster that sends to a port of a host. */
export function outboundCluster(port: number, subset: string | undefined, host: string): string {
  return `outbound|${port}|${subset ?? ''}|${host}`;
}
