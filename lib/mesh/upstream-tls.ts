import type { Cluster } from './clusters';
import { sniCluster } from './gateway-listeners';
import type { MeshService } from './services';
import type { ServiceEntrySpec } from './specs';

/** The TLS that a proxy speaks to a cluster because a rule says so. */
export interface UpstreamTls {
  readonly mode: 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';

  /** The name that the server is asked for; absent where it is the host of each request. */
  readonly sni?: string;

  /** The names one of which the certificate of the server must have; empty where none of them is asked for. */
  readonly subjectAltNames: readonly string[];

  /** Whether the certificate must have the name that the server is asked for. */
  readonly checksName: boolean;

  /** Whether the certificate must be signed by one that is trusted. */
  readonly verifiesServer: boolean;

  /** The file of certificates that are trusted, or `system`; absent where they come from a credential or from Istio, or nothing is verified. */
  readonly caCertificates?: string;
  readonly caCrl?: string;

  /** The files of the proxy's own certificate. */
  readonly clientCertificate?: string;
  readonly privateKey?: string;

  /** The secret, or `configmap://...`, that holds what is trusted and the proxy's own certificate. */
  readonly credentialName?: string;
}

const SYSTEM = 'system';
const CONFIG_MAP = 'configmap://';

/**
 * The TLS of a cluster, unless no rule asks for it, or istiod leaves out what a rule asks for.
 *
 * @param namesakes the services of the host of the cluster in its namespace, the oldest first
 */
export function upstreamTls(cluster: Cluster, isGateway: boolean, namesakes: readonly MeshService[]): UpstreamTls | undefined {
  const { policy: { policy: { tls } }, service, port, subset, rule, type } = cluster;
  const { mode = 'DISABLE', credentialName, caCertificates, caCrl, clientCertificate, privateKey } = tls ?? {};
  // of several only the names of the youngest are kept
  const youngest = namesakes[namesakes.length - 1];
  const entryNames = youngest.isKubernetes ? [] : [...new Set((youngest.resource.spec as ServiceEntrySpec).subjectAltNames)].sort();
  const isDynamic = type === 'DYNAMIC_FORWARD_PROXY';
  if (mode === 'ISTIO_MUTUAL') {
    const sni = tls!.sni || sniCluster(port.number, subset ?? '', service.hostname);
    const checksName = isDynamic && tls!.insecureSkipVerify !== true;
    return { mode, sni, subjectAltNames: tls!.subjectAltNames ?? entryNames, checksName, verifiesServer: true };
  }
  // every sidecar would wait for a secret that a rule for all of them names, and most of them may not read
  const isKept = !credentialName || credentialName.startsWith(CONFIG_MAP) || isGateway || rule?.workloadSelector !== undefined;
  if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || !isKept) {
    return undefined;
  }
  const sni = tls!.sni || undefined;
  const own = tls!.subjectAltNames ?? [];
  const verifiesServer = tls!.insecureSkipVerify !== true;
  const common = {
    mode,
    sni,
    subjectAltNames: verifiesServer ? own.length > 0 || service.isKubernetes ? own : entryNames : [],
    checksName: verifiesServer && (isDynamic || (sni === undefined && own.length === 0)),
    verifiesServer,
  } as const;
  if (credentialName) {
    return { ...common, credentialName };
  }
  const trusted = verifiesServer ? { caCertificates: caCertificates || SYSTEM, caCrl: caCrl || undefined } : {};
  return { ...common, ...trusted, ...mode === 'MUTUAL' ? { clientCertificate, privateKey } : {} };
}
