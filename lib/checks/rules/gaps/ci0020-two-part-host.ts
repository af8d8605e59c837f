import type { MeshModel } from '../../../mesh/model';
import { MESH_GATEWAY, serviceHost } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const TWO_PART_HOST: Rule = {
  code: 'CI0020',
  severity: Severity.WARNING,
  title: 'A service of another namespace has its full name among the hosts: Istio does not complete name.namespace.',
  check: twoPartHosts,
};

/** Of destinations and of DestinationRules Istio's own rules say it. */
function* twoPartHosts({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, gateways } of mesh.virtualServices.all) {
    // what a host of a gateway is called is up to its clients
    for (const [index, host] of gateways.includes(MESH_GATEWAY) ? (resource.spec.hosts ?? []).entries() : []) {
      yield* problemOf(mesh, resource, host, `spec.hosts[${index}]`);
    }
  }
}

function problemOf(mesh: MeshModel, resource: Problem['resource'], host: string, path: string): Problem[] {
  const [name, namespace, suffix, ...rest] = host.split('.');
  const isShort = namespace !== undefined && (suffix === undefined || suffix === 'svc') && rest.length === 0;
  if (!isShort || mesh.resources.find('', 'Service', namespace, name) === undefined || mesh.services.ofHost(host).length > 0) {
    return [];
  }
  const full = serviceHost(name, namespace, mesh.config.clusterDomain);
  return [{
    resource,
    path,
    message: `is not completed, so that it does not mean the Service '${name}' in '${namespace}', got '${host}'`,
    fix: `write '${full}'`,
  }];
}
