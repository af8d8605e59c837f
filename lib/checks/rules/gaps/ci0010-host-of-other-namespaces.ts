import { MESH_GATEWAY } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { serversOf } from '../shared/gateway-hosts';

export const HOST_OF_OTHER_NAMESPACES: Rule = {
  code: 'CI0010',
  severity: Severity.WARNING,
  title: 'A server that has a host for one namespace only (namespace/host) has it for the VirtualServices that use it.',
  check: hostsOfOtherNamespaces,
};

function* hostsOfOtherNamespaces({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { gateways, hosts, namespace, resource } of mesh.virtualServices.all) {
    for (const gateway of hasNamespace(resource) ? gateways : []) {
      const servers = gateway === MESH_GATEWAY ? undefined : serversOf(mesh, gateway);
      // where no host is served Istio speaks itself
      if (servers === undefined || !hosts.some(host => servers.some(server => server.serves(host, namespace)))) {
        continue;
      }
      for (const [index, host] of hosts.entries()) {
        const owners = servers.some(server => server.serves(host, namespace)) ? [] : servers.flatMap(server => server.namespacesFor(host));
        if (owners.length > 0) {
          yield {
            resource,
            path: `spec.hosts[${index}]`,
            message: `is for VirtualServices in ${[...new Set(owners)].map(owner => `'${owner}'`).join(', ')} only at '${gateway}', this one is in '${namespace}'`,
            fix: `name the host '${namespace}/${host}' or without namespace in the server, or move the VirtualService`,
          };
        }
      }
    }
  }
}
