import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { MeshService } from '../../../mesh/services';

const MODE = 'istio.io/dataplane-mode';
const WAYPOINT = 'istio.io/use-waypoint';

/** The Namespace of a name, if it is among the manifests and in ambient mode. */
export function ambientNamespace({ resources }: MeshModel, name: string): Resource | undefined {
  const namespace = resources.find('', 'Namespace', '', name);
  return namespace?.labels[MODE] === 'ambient' ? namespace : undefined;
}

/** Whether any namespace is in ambient mode. */
export function isAmbient({ resources }: MeshModel): boolean {
  return resources.namespaces.some(({ labels }) => labels[MODE] === 'ambient');
}

/** Whether an object is in a namespace of ambient mode that has no waypoint. */
export function isWithoutWaypoint(mesh: MeshModel, namespace: string): boolean {
  const ambient = ambientNamespace(mesh, namespace);
  return ambient !== undefined && !hasWaypoint(ambient);
}

/** The Services of a host that are in a namespace of ambient mode. */
export function ambientServices(mesh: MeshModel, host: string): readonly MeshService[] {
  return mesh.services.ofHost(host).filter(service => service.isKubernetes && ambientNamespace(mesh, service.namespace) !== undefined);
}

/** Whether requests to a Service go through a waypoint, where alone requests are seen. */
export function isEnrolled(mesh: MeshModel, { resource, namespace }: MeshService): boolean {
  return WAYPOINT in resource.labels ? hasWaypoint(resource) : !isWithoutWaypoint(mesh, namespace);
}

function hasWaypoint({ labels }: Resource): boolean {
  return labels[WAYPOINT] !== undefined && labels[WAYPOINT] !== 'none';
}
