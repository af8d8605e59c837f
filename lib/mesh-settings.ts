import { IConstruct } from 'constructs';
import { minorOf, NEWEST_RELEASE } from './private/istio-release';
import { checkDomainName } from './private/names';
import { checkNamespace } from './private/object-name';
import { checkAtSynth } from './private/synth-hook';
import { checkBoolean, checkConstruct, checkEnum, checkString, checkStruct } from './private/validation';

/**
 * Where a sidecar sends traffic for a host that the mesh does not know.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-OutboundTrafficPolicy-Mode
 */
export enum OutboundPolicy {
  /** The traffic passes through to wherever the application addressed it. */
  ALLOW_ANY = 'ALLOW_ANY',

  /** The traffic is refused: http with status 502, other connections are reset. */
  REGISTRY_ONLY = 'REGISTRY_ONLY',
}

/** What is true of the mesh that an app is made for. */
export interface MeshSettingsOptions {
  /**
   * The Istio release of the mesh, as `1.31` or `1.31.4`. Fields and rules that this release
   * does not have yet are errors, because its API server would drop them without a word.
   *
   * @default '1.31'
   */
  readonly istioVersion?: string;

  /**
   * The DNS domain of the cluster, the last part of `reviews.default.svc.cluster.local`.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * The namespace of the control plane, whose rules apply to all namespaces.
   *
   * @default 'istio-system'
   */
  readonly rootNamespace?: string;

  /**
   * Where a sidecar sends traffic for a host that the mesh does not know.
   *
   * @default OutboundPolicy.ALLOW_ANY
   */
  readonly outboundPolicy?: OutboundPolicy;

  /**
   * Whether sidecars answer DNS queries themselves (`ISTIO_META_DNS_CAPTURE`), so that
   * a host without addresses of its own gets a virtual address.
   *
   * @default false
   */
  readonly dnsCapture?: boolean;

  /**
   * Whether the app holds everything that the cluster holds. Then a host, workload or secret
   * that is not in the app is an error; otherwise it may exist elsewhere.
   *
   * @default false
   */
  readonly closedWorld?: boolean;
}

const settingsOfRoot = new WeakMap<IConstruct, MeshSettings>();

/**
 * The settings of the mesh that an app is made for: one set an app, with Istio's own defaults.
 *
 * @example
 * MeshSettings.configure(app, { istioVersion: '1.30', clusterDomain: 'prod.example' });
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
 */
export class MeshSettings {
  /**
   * Sets what is true of the mesh, for all charts of an app, whose objects are then checked at synth, generated ones as well.
   *
   * @param scope the app, or any construct of it
   * @throws when the app has settings already, or a value is not one that Istio has
   */
  public static configure(scope: IConstruct, options: MeshSettingsOptions): MeshSettings {
    const root = checkConstruct('scope', scope).node.root;
    if (settingsOfRoot.has(root)) {
      throw new Error('the mesh settings of this app are configured already, call MeshSettings.configure() once');
    }
    const settings = new MeshSettings(options);
    settingsOfRoot.set(root, settings);
    checkAtSynth(root);
    return settings;
  }

  /** The settings of the app that a construct belongs to, or Istio's defaults. */
  public static of(scope: IConstruct): MeshSettings {
    return settingsOfRoot.get(checkConstruct('scope', scope).node.root) ?? (MeshSettings.istioDefaults ??= new MeshSettings({}));
  }

  private static istioDefaults?: MeshSettings;

  /** The Istio release of the mesh, such as `1.31`. */
  public readonly istioVersion: string;

  /** The DNS domain of the cluster. */
  public readonly clusterDomain: string;

  /** The namespace of the control plane. */
  public readonly rootNamespace: string;

  /** Where a sidecar sends traffic for a host that the mesh does not know. */
  public readonly outboundPolicy: OutboundPolicy;

  /** Whether sidecars answer DNS queries themselves. */
  public readonly dnsCapture: boolean;

  /** Whether the app holds everything that the cluster holds. */
  public readonly closedWorld: boolean;

  private readonly minor: number;

  private constructor(options: MeshSettingsOptions) {
    checkStruct('mesh settings', options, ['istioVersion', 'clusterDomain', 'rootNamespace', 'outboundPolicy', 'dnsCapture', 'closedWorld']);
    this.minor = minorOf(checkString('istioVersion', options.istioVersion ?? NEWEST_RELEASE));
    this.istioVersion = `1.${this.minor}`;
    this.clusterDomain = checkDomainName('clusterDomain', options.clusterDomain ?? 'cluster.local');
    this.rootNamespace = checkNamespace('rootNamespace', options.rootNamespace ?? 'istio-system');
    this.outboundPolicy = checkEnum('outboundPolicy', options.outboundPolicy ?? OutboundPolicy.ALLOW_ANY, OutboundPolicy);
    this.dnsCapture = checkBoolean('dnsCapture', options.dnsCapture ?? false);
    this.closedWorld = checkBoolean('closedWorld', options.closedWorld ?? false);
  }

  /**
   * Whether the mesh runs an Istio release or a later one.
   *
   * @param version a minor release such as `1.30`
   * @throws when the version is not that of a release from 1.28 on
   */
  public isAtLeast(version: string): boolean {
    return this.minor >= minorOf(version);
  }
}
