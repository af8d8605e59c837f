import type { MeshModel } from '../../../mesh/model';
import { expandGateway, MESH_GATEWAY } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec, VirtualServiceSpec } from '../../../mesh/specs';

const NETWORKING = 'networking.istio.io';

/** Whether a VirtualService is for sidecars. */
export function isForMesh({ gateways = [] }: VirtualServiceSpec): boolean {
  return gateways.length === 0 || gateways.includes(MESH_GATEWAY);
}

/** The Gateway that istiod takes a reference for, where some manifest defines it. */
export function referredGateway(mesh: MeshModel, reference: string, namespace: string): Resource<GatewaySpec> | undefined {
  const [owner, name] = expandGateway(reference, namespace).split('/', 2);
  return mesh.resources.find(NETWORKING, 'Gateway', owner, name) as Resource<GatewaySpec> | undefined;
}

/** The namespaces whose proxies use a VirtualService: its own for sidecars, and those of the workloads of its Gateways. None where it is a delegate. */
export function clientNamespaces(mesh: MeshModel, { spec, namespace }: Resource<VirtualServiceSpec>): readonly string[] {
  const clients = new Set<string>(isForMesh(spec) && (spec.hosts ?? []).length > 0 ? [namespace] : []);
  for (const reference of spec.gateways ?? []) {
    const gateway = reference === MESH_GATEWAY ? undefined : referredGateway(mesh, reference, namespace);
    for (const workload of gateway === undefined ? [] : mesh.workloadsOfGateway(gateway)) {
      clients.add(workload.namespace);
    }
  }
  return [...clients];
}
