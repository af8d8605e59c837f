import { renderCertificate, renderFiles, renderPeer } from './private/render-client-tls';
import { checkCredentialName } from './private/tls-names';
import { checkBoolean, checkStruct } from './private/validation';
import type { Wire } from './private/wire';
import type { DestinationRuleSpecTrafficPolicyTls } from '../imports/networking.istio.io';

type ClientTlsSpec = Wire<DestinationRuleSpecTrafficPolicyTls>;

/** What can be said of TLS towards a server. */
export interface ClientTlsOptions {
  /**
   * The server name that the proxy asks for (SNI), at most 255 characters of ASCII without spaces.
   *
   * @default - the host of the request; with `istioMutual` a name that Istio makes from port, subset and host.
   */
  readonly sni?: string;

  /**
   * The names of which the server's certificate must carry one. They replace those of a ServiceEntry.
   *
   * @default - those of the ServiceEntry, or else the host of the request; with `istioMutual` the identities of the service.
   */
  readonly subjectAltNames?: string[];
}

/** What can be said of TLS with the proxy's own files. */
export interface ClientTlsFilesOptions extends ClientTlsOptions {
  /**
   * The path of the CA certificates that the server is verified by.
   *
   * @default - the CA certificates of the proxy's operating system.
   */
  readonly caCertificates?: string;

  /**
   * The path of the list of revoked server certificates.
   *
   * @default - revocation is not verified.
   */
  readonly caCrl?: string;

  /**
   * Whether the server's certificate is not verified at all. Then `caCertificates`, `caCrl` and `subjectAltNames` must be left out.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** What can be said of mutual TLS with certificates from a secret. */
export interface ClientTlsMutualOptions extends ClientTlsOptions {
  /**
   * Whether the server's certificate is not verified at all. Then `subjectAltNames` must be left out.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** What can be said of mutual TLS inside the mesh. */
export interface ClientTlsIstioMutualOptions extends ClientTlsOptions {
  /**
   * Whether the server's names are not verified, for hosts that `Resolution.dynamicDns()` resolves.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** The certificate of a client, in files of the proxy. */
export interface ClientCertificateFiles {
  /** The path of the client's certificate chain. */
  readonly clientCertificate: string;

  /** The path of the certificate's private key. */
  readonly privateKey: string;
}

/**
 * Whether and how a proxy speaks TLS to a destination.
 *
 * Certificates from secrets (`simpleWithCredential`, `mutual`) reach gateways; sidecars get them only by a rule with a
 * `workloadSelector`, and ignore the TLS settings of other rules.
 *
 * @example
 * const tls = ClientTls.simple({ sni: 'api.example.com' });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export class ClientTls {
  /** The proxy speaks no TLS of its own. */
  public static disable(): ClientTls {
    return new ClientTls({ mode: 'DISABLE' });
  }

  /**
   * The proxy speaks TLS, and verifies the server by CA certificates in its own files.
   *
   * @throws when a path is empty, a name is not one of TLS, or `caCertificates`, `caCrl` or `subjectAltNames` stands beside `insecureSkipVerify`, which verifies
   *   nothing
   */
  public static simple(options: ClientTlsFilesOptions = {}): ClientTls {
    checkStruct('options', options, FILES);
    return new ClientTls({ mode: 'SIMPLE', ...renderPeer(options), ...renderFiles(options) });
  }

  /**
   * The proxy speaks TLS, and verifies the server by the CA certificates of a secret or config map.
   *
   * @param credentialName the secret, in the namespace of the proxies, or `configmap://namespace/name` in the namespace of the rule
   * @throws when `credentialName` is neither a secret nor `configmap://` with namespace and name, the list of names is empty, or the SNI or a name in it is
   *   not one of TLS
   */
  public static simpleWithCredential(credentialName: string, options: ClientTlsOptions = {}): ClientTls {
    checkStruct('options', options, PEER);
    return new ClientTls({ mode: 'SIMPLE', credentialName: checkCredentialName('credentialName', credentialName), ...renderPeer(options) });
  }

  /**
   * The proxy speaks TLS with the client certificate of a secret, which also holds the CA certificates that the server is verified by.
   *
   * @param credentialName the secret, in the namespace of the proxies
   * @throws when `credentialName` is neither a secret nor `configmap://` with namespace and name, a name is not one of TLS, or `subjectAltNames` stands beside
   *   `insecureSkipVerify`, which verifies nothing
   */
  public static mutual(credentialName: string, options: ClientTlsMutualOptions = {}): ClientTls {
    checkStruct('options', options, MUTUAL);
    return new ClientTls({ mode: 'MUTUAL', credentialName: checkCredentialName('credentialName', credentialName), ...renderPeer(options), ...renderFiles(options) });
  }

  /**
   * The proxy speaks TLS with a client certificate in its own files.
   *
   * @param files the paths of certificate and key
   * @throws when one of the two paths of `files` is missing or empty, or `caCertificates`, `caCrl` or `subjectAltNames` stands beside
   *   `insecureSkipVerify`, which verifies nothing
   */
  public static mutualWithFiles(files: ClientCertificateFiles, options: ClientTlsFilesOptions = {}): ClientTls {
    checkStruct('options', options, FILES);
    return new ClientTls({ mode: 'MUTUAL', ...renderCertificate('files', files), ...renderPeer(options), ...renderFiles(options) });
  }

  /**
   * The proxy speaks the mesh's own mutual TLS, with certificates that Istio makes.
   *
   * @throws when the list of names is empty, or the SNI or a name in it is not one of TLS: ASCII without spaces
   */
  public static istioMutual(options: ClientTlsIstioMutualOptions = {}): ClientTls {
    checkStruct('options', options, MUTUAL);
    return new ClientTls({
      mode: 'ISTIO_MUTUAL',
      ...renderPeer(options),
      insecureSkipVerify: checkBoolean('insecureSkipVerify', options.insecureSkipVerify),
    });
  }

  private readonly spec: ClientTlsSpec;

  private constructor(spec: ClientTlsSpec) {
    this.spec = spec;
  }

  /** @internal */
  public _toClientTls(): ClientTlsSpec {
    return this.spec;
  }
}

const PEER = ['sni', 'subjectAltNames'] as const;
const MUTUAL = [...PEER, 'insecureSkipVerify'] as const;
const FILES = [...MUTUAL, 'caCertificates', 'caCrl'] as const;
