import { readFileSync } from 'fs';
import type { IConstruct } from 'constructs';
import type { TrafficClient } from './traffic-client';
import { TrafficSource } from './traffic-source';
import { Worlds } from './world';
import type { IDestination } from '../destination';
import type { ManifestSource } from '../mesh/manifest';
import { MeshSettings, OutboundPolicy } from '../mesh-settings';
import { describe } from '../private/describe';
import { checkBoolean, checkEnum, checkFilledList, checkList, checkMadeBy, checkString, checkStruct } from '../private/validation';

/** What is known of the mesh that manifests are simulated in. */
export interface TrafficOptions {
  /**
   * The DNS domain of the cluster.
   *
   * @default - that of the settings of the app, else `cluster.local`.
   */
  readonly clusterDomain?: string;

  /**
   * The namespace of the control plane.
   *
   * @default - that of the settings of the app, else `istio-system`.
   */
  readonly rootNamespace?: string;

  /**
   * Where a sidecar sends traffic for a host that the mesh does not know.
   *
   * @default - as the settings of the app say, else OutboundPolicy.ALLOW_ANY.
   */
  readonly outboundPolicy?: OutboundPolicy;

  /**
   * Whether sidecars answer DNS queries themselves.
   *
   * @default - as the settings of the app say, else false.
   */
  readonly dnsCapture?: boolean;

  /**
   * Whether what no manifest defines does not exist. Otherwise services, subsets and gateways that manifests refer to are taken to exist elsewhere,
   * which the answers say.
   *
   * @default - as the settings of the app say, else false.
   */
  readonly closedWorld?: boolean;

  /**
   * Hosts that are no Kubernetes services and that the mesh knows all the same, from entries that are not among the manifests.
   *
   * @default - none.
   */
  readonly knownHosts?: string[];

  /**
   * The namespace of objects, and of clients, that name none.
   *
   * @default 'default'
   */
  readonly defaultNamespace?: string;

  /**
   * The mesh configuration as Istio is installed with it (`meshConfig`).
   *
   * @default - Istio's own defaults.
   */
  readonly meshConfig?: object;
}

const OPTIONS: (keyof TrafficOptions)[] = [
  'clusterDomain', 'rootNamespace', 'outboundPolicy', 'dnsCapture', 'closedWorld', 'knownHosts', 'defaultNamespace', 'meshConfig',
];

/**
 * Where traffic goes: what Istio and Envoy would do with a request, asked offline, as in a unit test.
 *
 * @example
 * const release = new CanaryRelease(chart, 'Reviews', {
 *   service: ServiceHost.fromName('reviews'),
 *   stable: { version: 'v1' },
 *   canary: { version: 'v2' },
 *   canaryPercent: 10,
 * });
 * Traffic.of(app).from(TrafficClient.sidecar()).get('http://reviews/api').goesTo(release.canary, { percent: 10 });
 */
export class Traffic {
  /**
   * The traffic of an app, or of a chart or any other construct alone, as it is when this is called.
   *
   * @throws when an object cannot be written, or an option is not one that Istio has
   */
  public static of(scope: IConstruct, options: TrafficOptions = {}): Traffic {
    // loaded on first use: a plain synth does not simulate
    const { writtenManifests } = require('../checks/construct-manifests') as typeof import('../checks/construct-manifests');
    const { clusterDomain, rootNamespace, outboundPolicy, dnsCapture, closedWorld } = MeshSettings.of(scope);
    return new Traffic(writtenManifests(scope), { clusterDomain, rootNamespace, outboundPolicy, dnsCapture, closedWorld, ...defined(options) });
  }

  /**
   * The traffic of manifests, wherever they come from.
   *
   * @param manifests objects as YAML or JSON gives them, in the order in which they are applied
   * @throws when a manifest is no object, or an option is not one that Istio has
   */
  public static fromManifests(manifests: object[], options: TrafficOptions = {}): Traffic {
    return new Traffic(checkList('manifests', manifests, (item, manifest) => {
      if (typeof manifest !== 'object' || Array.isArray(manifest)) {
        throw new Error(`${item} must be an object, got ${describe(manifest)}`);
      }
      return { manifest };
    }), options);
  }

  /**
   * The traffic of the manifests of YAML or JSON files, in the order in which they are applied.
   *
   * @throws when a file cannot be read, or what is in it
   */
  public static fromFiles(files: string[], options: TrafficOptions = {}): Traffic {
    const { readManifests } = require('../reading/manifest-text') as typeof import('../reading/manifest-text');
    return new Traffic(checkList('files', files, checkString).flatMap(file => {
      const { objects, problems } = readManifests(readFileSync(file, 'utf-8'));
      if (problems.length > 0) {
        throw new Error(`${file}:${problems[0].line}:${problems[0].column} ${problems[0].message}`);
      }
      return objects.map(({ manifest, line }) => ({ manifest, file, line }));
    }), options);
  }

  /**
   * The traffic of manifests whose places are known.
   *
   * @internal
   */
  public static _fromSources(sources: readonly ManifestSource[], options: TrafficOptions): Traffic {
    return new Traffic(sources, options);
  }

  private readonly worlds: Worlds;

  private constructor(sources: readonly ManifestSource[], options: TrafficOptions) {
    checkStruct('options', options, OPTIONS);
    checkString('clusterDomain', options.clusterDomain);
    checkString('rootNamespace', options.rootNamespace);
    checkString('defaultNamespace', options.defaultNamespace);
    checkEnum('outboundPolicy', options.outboundPolicy, OutboundPolicy);
    checkBoolean('dnsCapture', options.dnsCapture);
    const knownHosts = checkFilledList('knownHosts', options.knownHosts, checkString) ?? [];
    this.worlds = new Worlds(sources, { ...options, closedWorld: checkBoolean('closedWorld', options.closedWorld) ?? false, knownHosts });
  }

  /** What is not simulated, and which objects are left out because Istio would not take them. */
  public get notes(): string[] {
    return [...this.worlds.notes];
  }

  /**
   * No route of the mesh sends requests, copies of requests or connections to a destination, whoever the client is. For a whole host: nobody who calls it
   * reaches it either.
   *
   * @throws when one does, with a request that it takes, or when it cannot be decided
   */
  public nothingGoesTo(destination: IDestination): Traffic {
    const { checkNothingGoesTo } = require('./mesh-wide') as typeof import('./mesh-wide');
    checkNothingGoesTo(this.worlds, destination);
    return this;
  }

  /**
   * Puts questions in the name of a client.
   *
   * @throws when the value is not a `TrafficClient`
   */
  public from(client: TrafficClient): TrafficSource {
    checkMadeBy('client', client, '_isClient', 'TrafficClient.sidecar() or TrafficClient.gateway()');
    return TrafficSource._of(this.worlds, client);
  }
}

function defined(options: TrafficOptions): TrafficOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
