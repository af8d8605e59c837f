import { renderCredentials, renderFiles, renderFileVerification, renderProtocol, renderSubjectAltNames, renderVerification, ServerTlsSpec } from './private/render-server-tls';
import { checkBoolean, checkString, checkStruct } from './private/validation';

/**
 * A version of the TLS protocol.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSProtocol
 */
export enum TlsProtocol {
  /** The proxy's choice: from TLS 1.2 up to TLS 1.3. */
  TLS_AUTO = 'TLS_AUTO',

  /** TLS 1.0. */
  TLSV1_0 = 'TLSV1_0',

  /** TLS 1.1. */
  TLSV1_1 = 'TLSV1_1',

  /** TLS 1.2. */
  TLSV1_2 = 'TLSV1_2',

  /** TLS 1.3. */
  TLSV1_3 = 'TLSV1_3',
}

/** What can be said of every server that ends TLS with a certificate of its own. */
export interface ServerTlsOptions {
  /**
   * The least TLS version that clients may use. Versions below 1.2 also need `cipherSuites` that they can use:
   * the default ones have none.
   *
   * @default TlsProtocol.TLSV1_2
   */
  readonly minProtocolVersion?: TlsProtocol;

  /**
   * The greatest TLS version that clients may use.
   *
   * @default TlsProtocol.TLSV1_3
   */
  readonly maxProtocolVersion?: TlsProtocol;

  /**
   * The cipher suites for TLS up to 1.2, in OpenSSL's names, such as `ECDHE-RSA-AES128-GCM-SHA256`.
   *
   * @default - Envoy's own list.
   */
  readonly cipherSuites?: string[];
}

/** What can be said of TLS with certificates from secrets. */
export interface ServerTlsSimpleOptions extends ServerTlsOptions {
  /**
   * The secret of a second certificate for the same hosts with another kind of key: one RSA, one ECDSA.
   *
   * @default - one certificate.
   */
  readonly secondCredentialName?: string;
}

/** What can be said of mutual TLS with certificates from secrets. */
export interface ServerTlsMutualOptions extends ServerTlsSimpleOptions {
  /**
   * The secret or config map with the CA certificates that clients are verified by.
   *
   * @default - `ca.crt` or `cacert` of the first secret, or the secret `<credentialName>-cacert`.
   */
  readonly caCertCredentialName?: string;

  /**
   * The names of which a client's certificate must carry one.
   *
   * @default - any name.
   */
  readonly subjectAltNames?: string[];

  /**
   * The SHA-256 hashes of the client certificates that are accepted, in hexadecimal digits, with or without colons.
   * Beside `verifyCertificateSpki` it is enough that one of the two has the client's hash.
   *
   * @default - every certificate that the CA certificates verify.
   */
  readonly verifyCertificateHash?: string[];

  /**
   * The SHA-256 hashes of the public keys (SPKI) of the client certificates that are accepted, in base64.
   *
   * @default - every key whose certificate the CA certificates verify.
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Whether a client whose certificate fails the verification is let in all the same, for the backend to judge.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/**
 * A certificate in files of the proxy.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSCertificate
 */
export interface ServerCertificateFiles {
  /** The path of the server's certificate chain. */
  readonly serverCertificate: string;

  /** The path of the certificate's private key. */
  readonly privateKey: string;
}

/** What can be said of TLS with certificates from files. */
export interface ServerTlsSimpleFilesOptions extends ServerTlsOptions {
  /**
   * The files of a second certificate for the same hosts with another kind of key: one RSA, one ECDSA.
   *
   * @default - one certificate.
   */
  readonly secondFiles?: ServerCertificateFiles;
}

/** What can be said of mutual TLS with certificates from files. */
export interface ServerTlsMutualFilesOptions extends ServerTlsSimpleFilesOptions {
  /** The path of the CA certificates that clients are verified by. */
  readonly caCertificates: string;

  /**
   * The path of the list of revoked client certificates.
   *
   * @default - revocation is not verified.
   */
  readonly caCrl?: string;

  /**
   * The names of which a client's certificate must carry one.
   *
   * @default - any name.
   */
  readonly subjectAltNames?: string[];

  /**
   * Whether a client whose certificate fails the verification is let in all the same, for the backend to judge.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** What can be said of mutual TLS inside the mesh. */
export interface ServerTlsIstioMutualOptions {
  /**
   * The identities of which a client must have one, such as `spiffe://cluster.local/ns/shop/sa/frontend`.
   *
   * @default - every identity of the mesh.
   */
  readonly subjectAltNames?: string[];

  /**
   * The path of the list of revoked client certificates.
   *
   * @default - revocation is not verified.
   */
  readonly caCrl?: string;

  /**
   * Whether a client whose certificate fails the verification is let in all the same, for the backend to judge.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

const PROTOCOL = ['minProtocolVersion', 'maxProtocolVersion', 'cipherSuites'] as const;
const CREDENTIALS = ['secondCredentialName', ...PROTOCOL] as const;
const MUTUAL = ['caCertCredentialName', 'subjectAltNames', 'verifyCertificateHash', 'verifyCertificateSpki', 'insecureSkipVerify', ...CREDENTIALS] as const;
const FILES = ['secondFiles', ...PROTOCOL] as const;
const MUTUAL_FILES = ['caCertificates', 'caCrl', 'subjectAltNames', 'insecureSkipVerify', ...FILES] as const;

/**
 * What a gateway's server does with TLS: ends it with a certificate, with or without verifying clients, or passes it through.
 *
 * @example
 * const tls = ServerTls.simple('shop-example-com-tls', { minProtocolVersion: TlsProtocol.TLSV1_3 });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export class ServerTls {
  /**
   * Ends TLS with the certificate of a secret, without verifying clients.
   *
   * @param credentialName the secret, in the namespace of the gateway's proxies
   * @throws when a name is not one of a secret or both are the same, `maxProtocolVersion` is below the least version, or a cipher suite is unknown or
   *   repeats
   */
  public static simple(credentialName: string, options: ServerTlsSimpleOptions = {}): ServerTls {
    checkStruct('options', options, CREDENTIALS);
    return new ServerTls({ mode: 'SIMPLE', ...renderCredentials(credentialName, options.secondCredentialName), ...renderProtocol(options) });
  }

  /**
   * Ends TLS with a certificate in files of the proxy, without verifying clients.
   *
   * @param files the paths of certificate and key
   * @throws when a path of a certificate or key is missing, `maxProtocolVersion` is below the least version, or a cipher suite is unknown or repeats
   */
  public static simpleWithFiles(files: ServerCertificateFiles, options: ServerTlsSimpleFilesOptions = {}): ServerTls {
    checkStruct('options', options, FILES);
    return new ServerTls({ mode: 'SIMPLE', ...renderFiles(files, options.secondFiles), ...renderProtocol(options) });
  }

  /**
   * Ends TLS with the certificate of a secret, and demands a certificate of each client.
   *
   * @param credentialName the secret, in the namespace of the gateway's proxies
   * @throws when a name is not one of a secret or both are the same, a list is empty or has a name that no certificate carries or a hash that is not SHA-256,
   *   or a TLS version or cipher suite is not one that Istio takes
   */
  public static mutual(credentialName: string, options: ServerTlsMutualOptions = {}): ServerTls {
    return ServerTls.verifying('MUTUAL', credentialName, options);
  }

  /**
   * Ends TLS with a certificate in files of the proxy, and demands a certificate of each client.
   *
   * @param files the paths of certificate and key
   * @throws when a path of a certificate, key or CA certificates is missing, the list of names is empty or has one that no certificate carries,
   *   or a TLS version or cipher suite is not one that Istio takes
   */
  public static mutualWithFiles(files: ServerCertificateFiles, options: ServerTlsMutualFilesOptions): ServerTls {
    return ServerTls.verifyingWithFiles('MUTUAL', files, options);
  }

  /**
   * Ends TLS with the certificate of a secret, and verifies the certificates of the clients that send one.
   *
   * @param credentialName the secret, in the namespace of the gateway's proxies
   * @throws when a name is not one of a secret or both are the same, a list is empty or has a name that no certificate carries or a hash that is not SHA-256,
   *   or a TLS version or cipher suite is not one that Istio takes
   */
  public static optionalMutual(credentialName: string, options: ServerTlsMutualOptions = {}): ServerTls {
    return ServerTls.verifying('OPTIONAL_MUTUAL', credentialName, options);
  }

  /**
   * Ends TLS with a certificate in files of the proxy, and verifies the certificates of the clients that send one.
   *
   * @param files the paths of certificate and key
   * @throws when a path of a certificate, key or CA certificates is missing, the list of names is empty or has one that no certificate carries,
   *   or a TLS version or cipher suite is not one that Istio takes
   */
  public static optionalMutualWithFiles(files: ServerCertificateFiles, options: ServerTlsMutualFilesOptions): ServerTls {
    return ServerTls.verifyingWithFiles('OPTIONAL_MUTUAL', files, options);
  }

  /**
   * Ends the mesh's own mutual TLS with the identity of the proxy: for clients inside the mesh.
   *
   * @throws when the list of identities is empty or has one that no certificate carries, or the path of the revocation list is empty
   */
  public static istioMutual(options: ServerTlsIstioMutualOptions = {}): ServerTls {
    checkStruct('options', options, ['subjectAltNames', 'caCrl', 'insecureSkipVerify']);
    return new ServerTls({
      mode: 'ISTIO_MUTUAL',
      subjectAltNames: renderSubjectAltNames(options),
      caCrl: checkString('caCrl', options.caCrl),
      insecureSkipVerify: checkBoolean('insecureSkipVerify', options.insecureSkipVerify),
    });
  }

  /** Leaves TLS to the destination, which the TLS routes of a VirtualService choose by the server name. */
  public static passthrough(): ServerTls {
    return new ServerTls({ mode: 'PASSTHROUGH' });
  }

  /** Leaves TLS to the destination, which the server name itself encodes: for traffic between the networks of one mesh. */
  public static autoPassthrough(): ServerTls {
    return new ServerTls({ mode: 'AUTO_PASSTHROUGH' });
  }

  private static verifying(mode: 'MUTUAL' | 'OPTIONAL_MUTUAL', credentialName: string, options: ServerTlsMutualOptions): ServerTls {
    checkStruct('options', options, MUTUAL);
    return new ServerTls({
      mode,
      ...renderCredentials(credentialName, options.secondCredentialName),
      ...renderVerification(options),
      ...renderProtocol(options),
    });
  }

  private static verifyingWithFiles(mode: 'MUTUAL' | 'OPTIONAL_MUTUAL', files: ServerCertificateFiles, options: ServerTlsMutualFilesOptions): ServerTls {
    checkStruct('options', options, MUTUAL_FILES);
    return new ServerTls({
      mode,
      ...renderFiles(files, options.secondFiles),
      ...renderFileVerification(options),
      ...renderProtocol(options),
    });
  }

  private readonly settings: ServerTlsSpec;

  private constructor(settings: ServerTlsSpec) {
    this.settings = settings;
  }

  /** @internal */
  public _toServerTls(): ServerTlsSpec {
    return this.settings;
  }
}
