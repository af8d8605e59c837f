import type { MeshModel } from '../../../mesh/model';
import type { DestinationRuleSpec, TrafficPolicy } from '../../../mesh/specs';

/** Whether a sidecar speaks TLS with certificates of the host, rather than Istio's own or none. */
export function originatesTls(policy: { readonly tls?: TrafficPolicy['tls'] } | undefined): boolean {
  return policy?.tls?.mode === 'SIMPLE' || policy?.tls?.mode === 'MUTUAL';
}

/** Whether any part of a rule says to speak TLS. */
export function hasTlsAnywhere({ trafficPolicy, subsets = [] }: DestinationRuleSpec): boolean {
  return speaksTls(trafficPolicy) || subsets.some(subset => speaksTls(subset.trafficPolicy));
}

function speaksTls(policy: TrafficPolicy | undefined): boolean {
  return originatesTls(policy) || policy?.tls?.mode === 'ISTIO_MUTUAL' || (policy?.portLevelSettings ?? []).some(speaksTls);
}

/**
 * Whether TLS is added to what is sent to a host: `some` DestinationRule says so, those for exactly this host do not,
 * or there is none among the manifests that would have to.
 */
export function tlsOfRules(mesh: MeshModel, host: string): 'some' | 'none-of-them' | 'no-rules' {
  const rules = mesh.destinationRules.covering(host);
  if (rules.some(({ spec }) => hasTlsAnywhere(spec))) {
    return 'some';
  }
  return mesh.destinationRules.ofHost(host).length > 0 ? 'none-of-them' : 'no-rules';
}
