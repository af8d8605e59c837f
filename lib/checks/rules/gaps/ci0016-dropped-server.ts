import type { GatewayProxy } from '../../../mesh/gateway-proxy';
import type { BoundServer, DroppedServer } from '../../../mesh/gateway-servers';
import { sameLabels } from '../../../mesh/labels';
import type { MeshModel } from '../../../mesh/model';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { areAppliedTogether } from '../shared/applied-together';

export const DROPPED_SERVER: Rule = {
  code: 'CI0016',
  severity: Severity.WARNING,
  title: 'The servers of one port of a gateway can share it: one protocol in clear, each TLS host once.',
  check: droppedServers,
};

function* droppedServers(context: RuleContext): Iterable<Problem> {
  const told = new Set<string>();
  for (const proxy of gatewayProxies(context.mesh)) {
    for (const dropped of proxy.servers.dropped) {
      const { server, conflictsWith: other } = dropped;
      const path = `spec.servers[${server.index}]`;
      const key = `${server.gateway.key} ${path}`;
      if (other !== undefined && !told.has(key) && isOurs(dropped, other) && areAppliedTogether(context, server.gateway, other.gateway)) {
        told.add(key);
        yield {
          resource: server.gateway,
          path,
          message: `does not exist at run time: ${reasonOf(dropped)} ${placeOf(other, server)}`,
          fix: dropped.reason === 'duplicate-host' ? 'name each host in one server with tls' : 'use a port of its own, or one server',
        };
      }
    }
  }
}

function gatewayProxies(mesh: MeshModel): ReadonlySet<GatewayProxy> {
  return new Set(mesh.resources.gateways.flatMap(gateway => mesh.proxiesOfGateway(gateway)));
}

/** Istio's own rule speaks of hosts that two Gateways of one workload have. */
function isOurs({ server, reason }: DroppedServer, other: BoundServer): boolean {
  const { gateway } = server;
  return reason !== 'duplicate-host' || gateway === other.gateway || gateway.key === other.gateway.key
    || !sameLabels(gateway.spec.selector ?? {}, other.gateway.spec.selector ?? {});
}

function reasonOf({ reason, hosts = [], server }: DroppedServer): string {
  switch (reason) {
    case 'duplicate-host':
      return `on port ${server.port} ${hosts.map(host => `'${host}'`).join(', ')} has tls already in`;
    case 'duplicate-table':
      return `the name '${server.spec.port?.name}' of port ${server.port} is that of`;
    default:
      return `${server.spec.port?.protocol} cannot share port ${server.port} with`;
  }
}

function placeOf(other: BoundServer, server: BoundServer): string {
  const place = `servers[${other.index}]`;
  const protocol = other.spec.port?.protocol;
  return `${place}${other.gateway === server.gateway ? '' : ` of '${other.gateway.key}'`} (${protocol})`;
}
