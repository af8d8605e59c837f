import type { UpstreamTls } from '../../../lib/mesh/upstream-tls';

/** The TLS of a cluster in the words of istiod, where certificates are resources that it serves. */
interface WrittenTls {
  readonly sni?: string;
  readonly hasRequestHost: boolean;
  readonly checksName: boolean;
  readonly own: readonly string[];
  readonly trusted?: string;
  readonly names: readonly string[];
  readonly crl?: string;
}

/** The TLS of a cluster as we have it. */
export function expectedTls(tls: UpstreamTls | undefined): WrittenTls | undefined {
  if (tls === undefined) {
    return undefined;
  }
  const { mode, sni, subjectAltNames, checksName, verifiesServer, caCertificates, caCrl, clientCertificate, privateKey, credentialName } = tls;
  const secret = credentialName === undefined || credentialName.includes('://') ? credentialName : `kubernetes://${credentialName}`;
  const own = mode === 'ISTIO_MUTUAL' ? 'default' : mode === 'SIMPLE' ? undefined : secret ?? `file-cert:${clientCertificate}~${privateKey}`;
  return {
    sni,
    hasRequestHost: sni === undefined,
    checksName,
    own: own === undefined ? [] : [own],
    trusted: !verifiesServer ? undefined : mode === 'ISTIO_MUTUAL' ? 'ROOTCA' : secret === undefined ? `file-root:${caCertificates}` : `${secret}-cacert`,
    names: subjectAltNames,
    crl: caCrl,
  };
}

/** The TLS of a cluster as istiod writes it. */
export function writtenTls({ transportSocket, typedExtensionProtocolOptions }: any): WrittenTls {
  const { sni, commonTlsContext: { tlsCertificateSdsSecretConfigs = [], combinedValidationContext = {} } } = transportSocket.typedConfig;
  const { defaultValidationContext = {}, validationContextSdsSecretConfig } = combinedValidationContext;
  const { autoSni = false, autoSanValidation = false } =
    typedExtensionProtocolOptions?.['envoy.extensions.upstreams.http.v3.HttpProtocolOptions']?.upstreamHttpProtocolOptions ?? {};
  return {
    sni,
    hasRequestHost: autoSni,
    checksName: autoSanValidation,
    own: tlsCertificateSdsSecretConfigs.map(({ name }: any) => name),
    trusted: validationContextSdsSecretConfig?.name,
    names: (defaultValidationContext.matchSubjectAltNames ?? []).map(({ exact }: any) => exact),
    crl: defaultValidationContext.crl?.filename,
  };
}
