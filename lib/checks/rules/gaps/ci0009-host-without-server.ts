import { MESH_GATEWAY } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { serversOf, ServerView } from '../shared/gateway-hosts';

export const HOST_WITHOUT_SERVER: Rule = {
  code: 'CI0009',
  severity: Severity.WARNING,
  title: 'Each host of a VirtualService is served by one of its gateways, and by all of them where one serves all hosts.',
  check: hostsWithoutServer,
};

interface Bound {
  readonly gateway: string;
  readonly serves: readonly boolean[];
}

function* hostsWithoutServer({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { gateways, hosts, namespace, resource } of mesh.virtualServices.all) {
    const known = hasNamespace(resource) ? namespace : undefined;
    const servers = gateways.map(gateway => gateway === MESH_GATEWAY ? undefined : serversOf(mesh, gateway));
    if (hosts.length < 2 || servers.includes(undefined)) {
      continue;
    }
    const bound = gateways
      .map((gateway, index) => ({ gateway, serves: hosts.map(host => isServed(servers[index]!, host, known)) }))
      // of a gateway that serves none of the hosts Istio speaks itself
      .filter(({ serves }) => serves.includes(true));
    const all = bound.find(({ serves }) => !serves.includes(false));
    for (const [index, host] of hosts.entries()) {
      const without = bound.filter(({ serves }) => !serves[index]);
      if (bound.length === gateways.length && without.length > 0 && (all !== undefined || without.length === bound.length)) {
        yield {
          resource,
          path: `spec.hosts[${index}]`,
          message: `is served by ${without.length === bound.length ? 'no server of' : `'${all!.gateway}', but not by`} ${listOf(without)}: requests for '${host}' are answered 404 there`,
          fix: 'add the host to the servers of the gateway, or put it into a VirtualService of its own',
          severity: all === undefined ? undefined : Severity.INFO,
        };
      }
    }
  }
}

function isServed(servers: readonly ServerView[], host: string, namespace: string | undefined): boolean {
  // hosts that only other namespaces may use are the subject of another rule
  return servers.some(server => server.serves(host, namespace) || server.namespacesFor(host).length > 0);
}

function listOf(bound: readonly Bound[]): string {
  return bound.map(({ gateway }) => `'${gateway}'`).join(', ');
}
