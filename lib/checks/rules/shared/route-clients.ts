import { getOrMake } from '../../../mesh/collections';
import type { TextMap } from '../../../mesh/manifest';
import { MESH_GATEWAY } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec } from '../../../mesh/specs';
import type { VirtualService } from '../../../mesh/virtual-service';
import type { RuleContext } from '../rule';

/** Proxies of a namespace that use a VirtualService. */
export interface RouteClient {
  readonly namespace: string;

  /** The Gateway as `namespace/name`, or `mesh` for sidecars. */
  readonly gateway: string;

  /** Those of the workload of a Gateway. */
  readonly labels?: TextMap;

  /** Whether manifests say that there are such proxies, rather than that there may be. */
  readonly isKnown: boolean;
}

/** Finds out who uses the routes of VirtualServices. */
export class RouteClients {
  private readonly ofGateways = new Map<string, readonly RouteClient[]>();
  private readonly withWorkloads = new Map<string, boolean>();

  constructor(private readonly context: RuleContext) {
  }

  /** The workloads of its Gateways, the sidecars of its own namespace and of those that it is exported to by name. */
  public of({ gateways, exportTo, namespace }: VirtualService): readonly RouteClient[] {
    const clients: RouteClient[] = [];
    for (const gateway of new Set(gateways)) {
      if (gateway !== MESH_GATEWAY) {
        clients.push(...this.ofGateway(gateway).filter(client => exportTo.has('*') || exportTo.has(client.namespace)));
      } else if (exportTo.has('*')) {
        clients.push({ namespace, gateway, isKnown: this.hasWorkloads(namespace) });
      } else {
        clients.push(...[...exportTo].filter(name => name !== '~').map(name => ({ namespace: name, gateway, isKnown: true })));
      }
    }
    return clients;
  }

  private ofGateway(key: string): readonly RouteClient[] {
    return getOrMake(this.ofGateways, key, () => {
      const { mesh, hasNamespace } = this.context;
      const slash = key.indexOf('/');
      const gateway = mesh.resources.find('networking.istio.io', 'Gateway', key.slice(0, slash), key.slice(slash + 1));
      const clients = new Map<string, RouteClient>();
      const workloads = gateway === undefined ? [] : mesh.workloadsOfGateway(gateway as unknown as Resource<GatewaySpec>);
      for (const { namespace, labels, workload } of workloads) {
        const isKnown = workload !== undefined && hasNamespace(workload.resource);
        clients.set(namespace, { namespace, gateway: key, labels, isKnown });
      }
      return [...clients.values()];
    });
  }

  private hasWorkloads(namespace: string): boolean {
    return getOrMake(this.withWorkloads, namespace, () => this.context.mesh.workloads.matching({}, namespace).length > 0);
  }
}
