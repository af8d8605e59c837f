import type { MeshService } from './services';
import { isAddress } from '../private/addresses';

/** The hosts under which a service is known to the clients of a namespace. */
export interface ServiceDomains {
  readonly domains: readonly string[];

  /** Those that Istio derives from the name of the service, which give way to a service that really has the name. */
  readonly derived: readonly string[];
}

/** The names of a service and of the ExternalName Services that stand for it, and its addresses. */
export function domainsOf(service: MeshService, hostname: string, clientNamespace: string, clusterDomain: string): ServiceDomains {
  const domains = [hostname];
  const derived = alternativesOf(hostname, clientNamespace, clusterDomain);
  domains.push(...derived);
  for (const alias of service.aliases) {
    const alternatives = alternativesOf(alias, clientNamespace, clusterDomain);
    derived.push(...alternatives);
    domains.push(alias, ...alternatives);
  }
  if (service.isKubernetes && service.resolution === 'PASSTHROUGH') {
    domains.push(...domains.map(name => `*.${name}`));
  }
  for (const address of service.addresses) {
    domains.push(address.includes(':') ? `[${address}]` : address);
  }
  return { domains, derived };
}

/** The names that Istio derives from a full one for the clients of a namespace. */
export function alternativesOf(host: string, clientNamespace: string, clusterDomain: string): string[] {
  const absolute = isAddress(host) ? [] : [`${host}.`];
  const end = host.indexOf('.svc.');
  const dot = host.indexOf('.');
  if (!host.endsWith(`.svc.${clusterDomain}`) || end <= 0 || dot + 1 > end) {
    return absolute;
  }
  const short = host.slice(0, end);
  return host.slice(dot + 1, end) === clientNamespace
    ? [...absolute, host.slice(0, dot), `${short}.svc`, short]
    : [...absolute, short, `${short}.svc`];
}
