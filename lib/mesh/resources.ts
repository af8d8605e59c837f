import { getOrMake } from './collections';
import { flattenLists, ManifestSource, readObject, TextMap } from './manifest';
import { Resource } from './resource';
import { specReader } from './schemas';
import type {
  DestinationRuleSpec, GatewaySpec, ServiceEntrySpec, SidecarSpec, VirtualServiceSpec,
} from './specs';

/** Which workloads a policy is for. */
export interface PolicySelector {
  readonly matchLabels?: TextMap;
}

export interface RequestAuthenticationSpec {
  readonly selector?: PolicySelector;
  readonly jwtRules?: readonly { readonly issuer?: string; readonly jwksUri?: string }[];
}

export interface PeerAuthenticationSpec {
  readonly selector?: PolicySelector;
  readonly mtls?: { readonly mode?: string };
  readonly portLevelMtls?: { readonly [port: string]: { readonly mode?: string } };
}

const NETWORKING = 'networking.istio.io';
const SECURITY = 'security.istio.io';

const WITH_SCHEMA: ReadonlySet<string> = new Set([
  'Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar', 'WorkloadEntry', 'WorkloadGroup',
]);

/** The objects of a kind, by `namespace/name`. */
interface Kind {
  readonly group: string;
  readonly kind: string;
  readonly positions: Map<string, number>;
  list?: readonly Resource[];
}

/** All objects of a mesh, by kind and by name. */
export class Resources {
  /** Every object, in the order in which they came. An object that is given again takes the place of the first. */
  public readonly all: readonly Resource[];

  /** The objects that a later one of the same kind, namespace and name replaced. */
  public readonly replaced: readonly Resource[];

  private readonly kinds = new Map<string, Kind>();

  constructor(sources: readonly ManifestSource[], defaultNamespace: string) {
    const all: Resource[] = [];
    const replaced: Resource[] = [];
    const byVersion = new Map<string, Map<string, Kind>>();
    for (const source of flattenLists(sources)) {
      const { kind: name, apiVersion = '' } = readObject(source.manifest);
      if (typeof name !== 'string' || typeof apiVersion !== 'string') {
        continue;
      }
      const kind = getOrMake(getOrMake(byVersion, apiVersion, () => new Map<string, Kind>()), name, () => this.kindOf(groupOf(apiVersion), name));
      const resource = new Resource(source, kind.group, name, isClusterScoped(kind) ? '' : defaultNamespace, hasSchema(kind) ? specReader : undefined);
      const key = resource.key;
      const position = kind.positions.get(key);
      if (position === undefined) {
        kind.positions.set(key, all.length);
        all.push(resource);
      } else {
        replaced.push(all[position]);
        all[position] = resource;
      }
    }
    this.all = all;
    this.replaced = replaced;
  }

  public get gateways(): readonly Resource<GatewaySpec>[] { return this.ofKind(NETWORKING, 'Gateway'); }
  public get virtualServices(): readonly Resource<VirtualServiceSpec>[] { return this.ofKind(NETWORKING, 'VirtualService'); }
  public get destinationRules(): readonly Resource<DestinationRuleSpec>[] { return this.ofKind(NETWORKING, 'DestinationRule'); }
  public get serviceEntries(): readonly Resource<ServiceEntrySpec>[] { return this.ofKind(NETWORKING, 'ServiceEntry'); }
  public get sidecars(): readonly Resource<SidecarSpec>[] { return this.ofKind(NETWORKING, 'Sidecar'); }
  public get requestAuthentications(): readonly Resource<RequestAuthenticationSpec>[] { return this.ofKind(SECURITY, 'RequestAuthentication'); }
  public get peerAuthentications(): readonly Resource<PeerAuthenticationSpec>[] { return this.ofKind(SECURITY, 'PeerAuthentication'); }
  public get services(): readonly Resource[] { return this.ofKind('', 'Service'); }
  public get namespaces(): readonly Resource[] { return this.ofKind('', 'Namespace'); }
  public get secrets(): readonly Resource[] { return this.ofKind('', 'Secret'); }

  /**
   * The objects of a kind, in the order in which they came.
   *
   * @param group the API group without version, empty for the core of Kubernetes
   */
  public ofKind<Spec extends object>(group: string, kind: string): readonly Resource<Spec>[] {
    const found = this.kinds.get(`${group}/${kind}`);
    if (found === undefined) {
      return [];
    }
    found.list ??= [...found.positions.values()].map(position => this.all[position]);
    return found.list as readonly Resource[] as readonly Resource<Spec>[];
  }

  /** The object of a kind and name, in constant time. */
  public find(group: string, kind: string, namespace: string, name: string): Resource | undefined {
    const position = this.kinds.get(`${group}/${kind}`)?.positions.get(`${namespace}/${name}`);
    return position === undefined ? undefined : this.all[position];
  }

  /** All versions of a kind are one. */
  private kindOf(group: string, kind: string): Kind {
    return getOrMake(this.kinds, `${group}/${kind}`, () => ({ group, kind, positions: new Map() }));
  }
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function isClusterScoped({ group, kind }: Kind): boolean {
  return group === '' && (kind === 'Namespace' || kind === 'Node');
}

function hasSchema({ group, kind }: Kind): boolean {
  return group === NETWORKING ? WITH_SCHEMA.has(kind) : group === SECURITY && (kind === 'RequestAuthentication' || kind === 'PeerAuthentication');
}
