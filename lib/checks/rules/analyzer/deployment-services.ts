import { getOrMake } from '../../../mesh/collections';
import { readInteger, readList, readObject, readText } from '../../../mesh/manifest';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { Workload } from '../../../mesh/workloads';

const INJECT = 'sidecar.istio.io/inject';
const WAYPOINT_CONTROLLER = 'istio.io-mesh-controller';

/** A port of a Service that selects the pods of a Deployment. */
export interface DeploymentPort {
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly number: number;
  readonly transport: string;

  /** A number or a name, as text. */
  readonly target: string;
}

/** Deployments whose pods have a sidecar, with the ports of all Services that select them. */
export function* deploymentsInMesh(mesh: MeshModel): Iterable<{ readonly resource: Resource; readonly ports: readonly DeploymentPort[] }> {
  for (const workload of mesh.workloads.all) {
    const { resource } = workload;
    if (resource.kind === 'Deployment' && resource.group === 'apps' && isInMesh(mesh, workload)) {
      const services = new Set(mesh.services.selecting(workload).filter(service => service.isKubernetes).map(service => service.resource));
      yield { resource, ports: [...services].flatMap(portsOf) };
    }
  }
}

/** The ports by some part of them. */
export function groupPorts<K>(ports: readonly DeploymentPort[], keyOf: (port: DeploymentPort) => K): Map<K, DeploymentPort[]> {
  const groups = new Map<K, DeploymentPort[]>();
  ports.forEach(port => getOrMake(groups, keyOf(port), () => []).push(port));
  return groups;
}

function isInMesh(mesh: MeshModel, { resource, labels, annotations, podSpec, namespace }: Workload): boolean {
  if (resource.labels['gateway.istio.io/managed'] === WAYPOINT_CONTROLLER) {
    return false;
  }
  const proxy = readList(podSpec.containers).map(readObject).find(({ name }) => name === 'istio-proxy');
  if ((readText(proxy?.image) ?? '') !== '') {
    return true;
  }
  const inject = labels[INJECT] ?? annotations[INJECT];
  return inject === undefined
    ? mesh.resources.find('', 'Namespace', '', namespace)?.labels['istio-injection'] === 'enabled'
    : inject === 'true';
}

function portsOf(service: Resource): DeploymentPort[] {
  return readList(service.spec.ports).map(item => {
    const { port, targetPort, protocol } = readObject(item);
    const number = readInteger(port) ?? 0;
    return {
      service: service.key,
      number,
      transport: readText(protocol) || 'TCP',
      target: readText(targetPort) || String(readInteger(targetPort) || number),
    };
  });
}
