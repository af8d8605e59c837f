import type { MeshModel } from '../../../mesh/model';
import { expandHost, MESH_GATEWAY } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isForMesh, referredGateway } from './virtual-service-clients';

export const AMBIGUOUS_PORT: Rule = {
  code: 'IST0112',
  severity: Severity.WARNING,
  istioLevel: Severity.ERROR,
  title: 'A destination whose host has several ports names one.',
  falseAlarms: 'Without a port, a request goes to the port that the client asked for. That works where the destination has every port by which clients come.',
  check: ambiguousPorts,
};

function* ambiguousPorts({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of analyzed(mesh).destinations) {
    const { resource, destination: { host = '', port }, known } = placed;
    if (port === undefined && known?.every(({ ports }) => ports.length > 1) === true) {
      const ports = new Set(known.flatMap(each => each.ports));
      yield {
        resource,
        path: placed.path,
        message: `has no port, but the host '${host}' has several: ${[...ports].join(', ')}; a request goes to the one that its client asked for, if there is such a one`,
        fix: 'name the port',
        falseAlarm: portsOfClients(mesh, resource)?.every(number => ports.has(number)) === true,
      };
    }
  }
}

/** The ports by which requests for the hosts of a VirtualService come, undefined where the manifests do not tell. */
function portsOfClients(mesh: MeshModel, { spec, namespace }: Resource<VirtualServiceSpec>): readonly number[] | undefined {
  const ports: number[] = [];
  if (isForMesh(spec)) {
    const { hosts = [] } = spec;
    for (const host of hosts) {
      const services = mesh.services.ofHost(expandHost(host, namespace, mesh.config.clusterDomain));
      if (services.length === 0) {
        return undefined;
      }
      services.forEach(service => ports.push(...service.ports.map(({ number }) => number)));
    }
  }
  for (const reference of spec.gateways ?? []) {
    const gateway = reference === MESH_GATEWAY ? undefined : referredGateway(mesh, reference, namespace);
    if (reference !== MESH_GATEWAY && gateway === undefined) {
      return undefined;
    }
    gateway?.spec.servers?.forEach(server => ports.push(server.port?.number ?? 0));
  }
  return ports.length === 0 ? undefined : ports;
}
