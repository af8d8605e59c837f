import { ClientCertificateFiles, ClientTls, ClientTlsFilesOptions } from '../client-tls';
import { EntryPort } from '../entry-port';
import { renderCertificate } from '../private/render-client-tls';
import { checkBoolean, checkEnum, checkFilledList, checkPort, checkString, checkStruct } from '../private/validation';

/** What an application speaks in plain text to an API outside the mesh. */
export enum ExternalProtocol {
  /** HTTP/1.1. */
  HTTP = 'HTTP',

  /** HTTP/2. */
  HTTP2 = 'HTTP2',

  /** gRPC. */
  GRPC = 'GRPC',
}

/** What can be said of an API with which the application speaks TLS itself. */
export interface ExternalTlsPassthroughOptions {
  /**
   * The port, from 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;
}

/** What can be said of an API in plain text. */
export interface ExternalTlsNoneOptions {
  /**
   * The port, from 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * What the application speaks.
   *
   * @default ExternalProtocol.HTTP
   */
  readonly protocol?: ExternalProtocol;
}

/** What can be said of an API to which the proxy adds TLS. */
export interface ExternalTlsOriginateOptions {
  /**
   * The port that the application addresses in plain text, from 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * The port on which the API takes TLS, from 1 to 65535.
   *
   * @default 443
   */
  readonly targetPort?: number;

  /**
   * What the application speaks.
   *
   * @default ExternalProtocol.HTTP
   */
  readonly protocol?: ExternalProtocol;

  /**
   * The server name that the proxy asks for (SNI).
   *
   * @default - the host; for a wildcard the host of each request.
   */
  readonly sni?: string;

  /**
   * The names of which the API's certificate must carry one.
   *
   * @default - the `sni`, because Istio verifies no name where an SNI is set without one.
   */
  readonly subjectAltNames?: string[];

  /**
   * The path of the CA certificates that the API is verified by, in the proxy's files.
   *
   * @default 'system', the CA certificates of the proxy's operating system
   */
  readonly caCertificates?: string;

  /**
   * The path of the list of revoked certificates, in the proxy's files.
   *
   * @default - revocation is not verified.
   */
  readonly caCrl?: string;

  /**
   * The certificate of the client, in the proxy's files.
   *
   * @default - the client shows no certificate.
   */
  readonly clientCertificate?: ClientCertificateFiles;

  /**
   * The secret with the certificate of the client and the CA certificates that the API is verified by, in the namespace of the proxies.
   * Sidecars read it only where `workloadSelector` of the API selects them; egress gateways always.
   *
   * @default - the client shows no certificate.
   */
  readonly credentialName?: string;

  /**
   * The secret with the CA certificates alone. The same as `credentialName` in all else.
   *
   * @default - `caCertificates`.
   */
  readonly caCredentialName?: string;

  /**
   * Whether the API's certificate is not verified at all.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** How an API's TLS is made. */
type ExternalTlsKind = 'passthrough' | 'originate' | 'none';

const ORIGINATE: (keyof ExternalTlsOriginateOptions)[] = [
  'port', 'targetPort', 'protocol', 'sni', 'subjectAltNames', 'caCertificates', 'caCrl', 'clientCertificate', 'credentialName', 'caCredentialName', 'insecureSkipVerify',
];

/**
 * Who speaks TLS with an API outside the mesh: a choice that decides what the mesh can see, and with it what it can do.
 *
 * @example
 * const tls = ExternalTls.originate({ caCertificates: '/etc/ssl/partner-ca.pem' });
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-tls-origination/
 */
export class ExternalTls {
  /**
   * The application speaks TLS (`https://`). The mesh sees the server name alone, so there are no timeouts, retries or routes for HTTP.
   *
   * @throws when the port is not one
   */
  public static passthrough(options: ExternalTlsPassthroughOptions = {}): ExternalTls {
    checkStruct('options', options, ['port']);
    return new ExternalTls('passthrough', EntryPort.tls(checkPort('port', options.port ?? 443)), options.port ?? 443);
  }

  /**
   * The application speaks plain HTTP (`http://`), and the proxy adds TLS. The mesh sees requests.
   *
   * @throws when an option is not one that Istio takes, or two options answer one question
   */
  public static originate(options: ExternalTlsOriginateOptions = {}): ExternalTls {
    checkStruct('options', options, ORIGINATE);
    refuseTwoAnswers(options);
    const [port, targetPort] = [checkPort('port', options.port ?? 80), checkPort('targetPort', options.targetPort ?? 443)];
    const taken = {
      ...options,
      subjectAltNames: checkFilledList('subjectAltNames', options.subjectAltNames, checkString),
      clientCertificate: options.clientCertificate && takeCertificate(options.clientCertificate),
    };
    clientTlsOf(taken, undefined);
    return new ExternalTls('originate', plainPort(options.protocol, port, targetPort), port, taken);
  }

  /**
   * The application speaks plain HTTP, and nobody adds TLS.
   *
   * @throws when the port is not an integer from 1 to 65535, or the protocol is not a member of `ExternalProtocol`
   */
  public static none(options: ExternalTlsNoneOptions = {}): ExternalTls {
    checkStruct('options', options, ['port', 'protocol']);
    const port = checkPort('port', options.port ?? 80);
    return new ExternalTls('none', plainPort(options.protocol, port, undefined), port);
  }

  private readonly kind: ExternalTlsKind;
  private readonly entryPort: EntryPort;
  private readonly portNumber: number;
  private readonly options: ExternalTlsOriginateOptions;

  private constructor(kind: ExternalTlsKind, entryPort: EntryPort, portNumber: number, options: ExternalTlsOriginateOptions = {}) {
    this.kind = kind;
    this.entryPort = entryPort;
    this.portNumber = portNumber;
    this.options = options;
  }

  /** @internal */
  public _kind(): ExternalTlsKind {
    return this.kind;
  }

  /**
   * The port that applications address.
   *
   * @internal
   */
  public _port(): number {
    return this.portNumber;
  }

  /** @internal */
  public _toEntryPort(): EntryPort {
    return this.entryPort;
  }

  /**
   * The TLS that the proxy adds for a host.
   *
   * @internal
   */
  public _toClientTlsOf(host: string): ClientTls | undefined {
    return this.kind === 'originate' ? clientTlsOf(this.options, host) : undefined;
  }

  /**
   * Whether the options say something of ports or of what is spoken on them.
   *
   * @internal
   */
  public _hasPlaces(): boolean {
    return (['port', 'targetPort', 'protocol'] as const).some(option => this.options[option] !== undefined);
  }

  /**
   * The option that names a secret, which a proxy must be allowed to read. A config map is read by istiod.
   *
   * @internal
   */
  public _secretOption(): 'credentialName' | 'caCredentialName' | undefined {
    return (['credentialName', 'caCredentialName'] as const).find(option => this.options[option]?.startsWith('configmap://') === false);
  }
}

/** The system's CA certificates, as Istio spells them. */
const SYSTEM = 'system';

const SOURCES = ['credentialName', 'caCredentialName', 'clientCertificate'] as const;

function refuseTwoAnswers(options: ExternalTlsOriginateOptions): void {
  const sources = SOURCES.filter(source => options[source] !== undefined);
  if (sources.length > 1) {
    throw new Error(`${sources[1]} must be left out beside ${sources[0]}, one of them says where certificates come from`);
  }
  const files = (['caCertificates', 'caCrl'] as const).find(file => options[file] !== undefined);
  if (files !== undefined && (sources[0] === 'credentialName' || sources[0] === 'caCredentialName')) {
    throw new Error(`${files} must be left out beside ${sources[0]}, whose secret holds the CA certificates`);
  }
  if (checkBoolean('insecureSkipVerify', options.insecureSkipVerify) === true && sources[0] === 'caCredentialName') {
    throw new Error('caCredentialName must be left out where insecureSkipVerify is true: nothing would be verified by it');
  }
}

function takeCertificate(files: ClientCertificateFiles): ClientCertificateFiles {
  renderCertificate('clientCertificate', files);
  return { ...files };
}

function plainPort(protocol: ExternalProtocol | undefined, port: number, targetPort: number | undefined): EntryPort {
  switch (checkEnum('protocol', protocol, ExternalProtocol)) {
    case ExternalProtocol.HTTP2: return EntryPort.http2(port, { targetPort });
    case ExternalProtocol.GRPC: return EntryPort.grpc(port, { targetPort });
    default: return EntryPort.http(port, { targetPort });
  }
}

/** Without a host only what the options themselves say, to check them. */
function clientTlsOf(options: ExternalTlsOriginateOptions, host: string | undefined): ClientTls {
  const { clientCertificate, credentialName, caCredentialName, insecureSkipVerify } = options;
  const sni = options.sni ?? (host?.startsWith('*') ? undefined : host);
  const subjectAltNames = options.subjectAltNames ?? (sni === undefined || insecureSkipVerify === true ? undefined : [sni]);
  if (caCredentialName !== undefined) {
    return ClientTls.simpleWithCredential(caCredentialName, { sni, subjectAltNames });
  }
  if (credentialName !== undefined) {
    return ClientTls.mutual(credentialName, { sni, subjectAltNames, insecureSkipVerify });
  }
  const files: ClientTlsFilesOptions = {
    sni,
    subjectAltNames,
    insecureSkipVerify,
    caCertificates: options.caCertificates ?? (insecureSkipVerify === true ? undefined : SYSTEM),
    caCrl: options.caCrl,
  };
  return clientCertificate === undefined ? ClientTls.simple(files) : ClientTls.mutualWithFiles(clientCertificate, files);
}
