import type { DestinationRuleSpec, PortTrafficPolicy } from '../../../mesh/specs';

export const VERIFIED_ANYWAY = 'Without caCertificates, Istio verifies the server by the certificates of the system, and by its name.';

export const NOT_VERIFIED = {
  message: 'does not verify the certificate of the server, so anybody can answer in its place',
  fix: 'set caCertificates and leave insecureSkipVerify out',
};

/** What the analyzer takes for TLS without verification. */
export function isUnverified({ workloadSelector }: DestinationRuleSpec, tls: PortTrafficPolicy['tls']): boolean {
  const { mode = '', caCertificates = '', credentialName = '' } = tls ?? {};
  return (mode === 'SIMPLE' || mode === 'MUTUAL') && caCertificates === '' && (credentialName === '' || workloadSelector === undefined);
}
