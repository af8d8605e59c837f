import { readObject, readText, readTexts, PlainObject } from './manifest';
import type { HttpRule } from './specs';
import { EVERYWHERE, ExportTo, readExportTo } from './visibility';

/** What is true of the mesh that manifests are made for. */
export interface MeshOptions {
  /**
   * The mesh configuration as Istio is installed with it (`meshConfig`).
   *
   * @default - Istio's own defaults.
   */
  readonly meshConfig?: any;

  /**
   * The DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * The namespace of the control plane. It wins over the mesh configuration.
   *
   * @default - `rootNamespace` of the mesh configuration, else `istio-system`.
   */
  readonly rootNamespace?: string;

  /**
   * Where a sidecar sends traffic for a host that the mesh does not know: `ALLOW_ANY` or `REGISTRY_ONLY`.
   * It wins over the mesh configuration.
   *
   * @default - `outboundTrafficPolicy` of the mesh configuration, else `ALLOW_ANY`.
   */
  readonly outboundPolicy?: string;

  /**
   * Whether sidecars answer DNS queries themselves, so that a host without addresses has one of its own.
   *
   * @default - `ISTIO_META_DNS_CAPTURE` of the proxies' metadata in the mesh configuration, else false.
   */
  readonly dnsCapture?: boolean;

  /**
   * Whether a gateway workload takes only Gateways of its own namespace (`PILOT_SCOPE_GATEWAY_TO_NAMESPACE`).
   *
   * @default false
   */
  readonly scopeGatewaysToNamespace?: boolean;

  /**
   * The namespace of objects that name none.
   *
   * @default 'default'
   */
  readonly defaultNamespace?: string;
}

/** The options with Istio's defaults filled in. */
export class MeshConfig {
  public readonly clusterDomain: string;
  public readonly rootNamespace: string;
  public readonly outboundPolicy: string;
  public readonly dnsCapture: boolean;
  public readonly scopeGatewaysToNamespace: boolean;
  public readonly defaultNamespace: string;
  public readonly serviceExportTo: ExportTo;
  public readonly virtualServiceExportTo: ExportTo;
  public readonly destinationRuleExportTo: ExportTo;

  /** The retries of routes that say nothing of them (`defaultHttpRetryPolicy`); absent where Istio's own hold. */
  public readonly defaultRetries?: HttpRule['retries'];

  /** The metadata that all proxies have, by name. */
  public readonly proxyMetadata: PlainObject;

  /** The mesh configuration as it was given. */
  public readonly given: PlainObject;

  constructor(options: MeshOptions) {
    this.given = readObject(options.meshConfig);
    this.defaultRetries = readRetries(this.given.defaultHttpRetryPolicy);
    this.proxyMetadata = readObject(readObject(this.given.defaultConfig).proxyMetadata);
    this.clusterDomain = options.clusterDomain ?? 'cluster.local';
    this.rootNamespace = options.rootNamespace ?? readText(this.given.rootNamespace) ?? 'istio-system';
    this.outboundPolicy = options.outboundPolicy ?? readText(readObject(this.given.outboundTrafficPolicy).mode) ?? 'ALLOW_ANY';
    this.dnsCapture = options.dnsCapture ?? isTrue(this.proxyMetadata.ISTIO_META_DNS_CAPTURE);
    this.scopeGatewaysToNamespace = options.scopeGatewaysToNamespace ?? false;
    this.defaultNamespace = options.defaultNamespace ?? 'default';
    this.serviceExportTo = readExportTo(readTexts(this.given.defaultServiceExportTo), EVERYWHERE);
    this.virtualServiceExportTo = readExportTo(readTexts(this.given.defaultVirtualServiceExportTo), EVERYWHERE);
    this.destinationRuleExportTo = readExportTo(readTexts(this.given.defaultDestinationRuleExportTo), EVERYWHERE);
  }
}

function readRetries(given: unknown): HttpRule['retries'] | undefined {
  const { attempts, perTryTimeout, retryOn } = readObject(given);
  return given === undefined || given === null ? undefined
    : { attempts: typeof attempts === 'number' ? attempts : 0, perTryTimeout: readText(perTryTimeout), retryOn: readText(retryOn) };
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
