import { HostIndex } from '../../../mesh/host-index';
import type { MeshModel } from '../../../mesh/model';
import { isHttp, parseProtocol } from '../../../mesh/protocols';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec, Server } from '../../../mesh/specs';

/** The part of a VirtualService that a server takes its routes from; `none` where it needs no routes. */
export type Section = 'http' | 'tls' | 'tcp' | 'none';

/** A server of a Gateway, and which hosts it has for which namespaces. */
export class ServerView {
  public readonly port: number;
  public readonly section: Section;

  private readonly everyones = new HostIndex<true>();
  private readonly ofNamespaces = new HostIndex<Set<string>>();

  constructor(public readonly spec: Server, public readonly index: number, gatewayNamespace: string) {
    this.port = spec.port?.number ?? 0;
    this.section = sectionOf(spec);
    for (const text of spec.hosts ?? []) {
      const [owner, host] = text.includes('/') ? text.split('/') : ['*', text];
      if (owner === '*') {
        this.everyones.set(host, true);
      } else {
        this.ofNamespaces.getOrSet(host, () => new Set()).add(owner === '.' ? gatewayNamespace : owner);
      }
    }
  }

  /** Whether it shares a name with a host of a VirtualService, in a namespace that may be unknown. */
  public serves(host: string, namespace: string | undefined): boolean {
    return this.everyones.overlaps(host) || this.namespacesFor(host).some(owner => namespace === undefined || owner === namespace);
  }

  /** Whether it has every name of a host. */
  public covers(host: string, namespace: string | undefined): boolean {
    if (this.everyones.mostSpecific(host) !== undefined) {
      return true;
    }
    for (const { value } of this.ofNamespaces.covering(host)) {
      if (namespace === undefined || value.has(namespace)) {
        return true;
      }
    }
    return false;
  }

  /** The namespaces for which alone it shares a name with a host. */
  public namespacesFor(host: string): readonly string[] {
    return this.ofNamespaces.size === 0 ? [] : [...this.ofNamespaces.overlapping(host)].flatMap(({ value }) => [...value]);
  }
}

function sectionOf({ port, tls }: Server): Section {
  const protocol = parseProtocol(port?.protocol);
  const mode = tls === undefined ? undefined : tls.mode ?? 'PASSTHROUGH';
  if (isHttp(protocol)) {
    return 'http';
  }
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') {
    return mode === 'PASSTHROUGH' ? 'tls' : 'none';
  }
  return protocol === 'HTTPS' ? 'http' : 'tcp';
}

const viewsOfMesh = new WeakMap<MeshModel, Map<string, readonly ServerView[] | undefined>>();

/** The servers of a Gateway by `namespace/name`, unless it is not among the manifests. */
export function serversOf(mesh: MeshModel, gateway: string): readonly ServerView[] | undefined {
  let views = viewsOfMesh.get(mesh);
  if (views === undefined) {
    views = new Map();
    viewsOfMesh.set(mesh, views);
  }
  if (!views.has(gateway)) {
    const slash = gateway.indexOf('/');
    const resource = mesh.resources.find('networking.istio.io', 'Gateway', gateway.slice(0, slash), gateway.slice(slash + 1));
    views.set(gateway, resource === undefined ? undefined : serverViews(resource as unknown as Resource<GatewaySpec>));
  }
  return views.get(gateway);
}

function serverViews(gateway: Resource<GatewaySpec>): readonly ServerView[] {
  return (gateway.spec.servers ?? []).map((server, index) => new ServerView(server, index, gateway.namespace));
}
