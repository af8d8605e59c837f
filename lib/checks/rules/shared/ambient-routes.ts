import { ambientServices, isAmbient } from './ambient';
import type { MeshModel } from '../../../mesh/model';
import { MESH_GATEWAY } from '../../../mesh/names';
import type { MeshService } from '../../../mesh/services';
import type { VirtualService } from '../../../mesh/virtual-service';

/** A VirtualService whose http or tls routes are for the mesh, and the Services of its hosts in namespaces of ambient mode. */
export interface AmbientRoutes {
  readonly virtualService: VirtualService;
  readonly services: readonly { readonly index: number; readonly service: MeshService }[];
}

export function* ambientRoutes(mesh: MeshModel): Iterable<AmbientRoutes> {
  if (!isAmbient(mesh)) {
    return;
  }
  for (const virtualService of mesh.virtualServices.all) {
    const { resource: { spec: { http = [], tls = [] } }, gateways, hosts } = virtualService;
    if (gateways.includes(MESH_GATEWAY) && http.length + tls.length > 0) {
      yield { virtualService, services: hosts.flatMap((host, index) => ambientServices(mesh, host).map(service => ({ index, service }))) };
    }
  }
}
