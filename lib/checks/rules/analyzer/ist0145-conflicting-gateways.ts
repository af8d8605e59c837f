import { getOrMake } from '../../../mesh/collections';
import { NO_LABELS } from '../../../mesh/manifest';
import { isHttp, parseProtocol } from '../../../mesh/protocols';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec, Server } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { selectorText } from './analyzer-names';
import { relatedSelectors } from './related-selectors';

export const CONFLICTING_GATEWAYS: Rule = {
  code: 'IST0145',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'Only one Gateway of the same pods has a host on a port.',
  falseAlarms: 'Gateways may share a host of plain HTTP: VirtualServices of each then serve it. The analyzer also takes a host that one Gateway has '
    + 'twice on a port for a conflict with any other Gateway there.',
  check: conflictingGateways,
};

/** The Gateways with some host, or with any host, on a port of the pods of a selector. */
type Owners = ReadonlyMap<string, ReadonlySet<Resource<GatewaySpec>>>;

function* conflictingGateways({ mesh }: RuleContext): Iterable<Problem> {
  const { gateways, pods } = analyzed(mesh);
  const related = relatedSelectors(gateways, pods);
  const owners = ownersOfHosts(gateways);
  for (const resource of gateways) {
    const selectors = related.get(selectorText(resource.spec.selector ?? NO_LABELS))!;
    const earlier = new Map<string, string>();
    for (const [index, server] of (resource.spec.servers ?? []).entries()) {
      const port = portOf(server);
      const others = (key: string) => selectors.map(selector => firstOther(owners, `${selector}~${port}${key}`, resource)).find(other => other !== undefined);
      // what an earlier server has of a host hides what other Gateways have of it
      const shared = (server.hosts ?? [])
        .map((host, position) => ({ position, other: earlier.has(`${port}~${host}`) ? undefined : others(`~${bindOf(server)}~${host}`) }))
        .find(({ other }) => other !== undefined);
      const repeated = (server.hosts ?? []).findIndex(host => earlier.get(`${port}~${host}`) === bindOf(server));
      (server.hosts ?? []).forEach(host => earlier.set(`${port}~${host}`, bindOf(server)));
      if (shared !== undefined) {
        yield {
          resource,
          path: `spec.servers[${index}].hosts[${shared.position}]`,
          message: `is '${server.hosts![shared.position]}' on port ${port}, as in the Gateway '${shared.other!.key}' for the same pods: only one of the two servers exists`,
          fix: 'leave the host to one Gateway, or give each its own pods, port or address',
          falseAlarm: server.tls === undefined && isHttp(parseProtocol(server.port?.protocol)),
        };
      } else if (repeated >= 0 && others('') !== undefined) {
        yield {
          resource,
          path: `spec.servers[${index}].hosts[${repeated}]`,
          message: `is '${server.hosts![repeated]}', which an earlier server of port ${port} has`,
          falseAlarm: true,
        };
      }
    }
  }
}

/** Of several servers of one port, the analyzer knows the hosts of the last. */
function ownersOfHosts(gateways: readonly Resource<GatewaySpec>[]): Owners {
  const owners = new Map<string, Set<Resource<GatewaySpec>>>();
  for (const resource of gateways) {
    const lastOfPort = new Map((resource.spec.servers ?? []).map(server => [portOf(server), server]));
    for (const [port, server] of lastOfPort) {
      const place = `${selectorText(resource.spec.selector ?? NO_LABELS)}~${port}`;
      for (const key of [place, ...(server.hosts ?? []).map(host => `${place}~${bindOf(server)}~${host}`)]) {
        getOrMake(owners, key, () => new Set<Resource<GatewaySpec>>()).add(resource);
      }
    }
  }
  return owners;
}

function firstOther(owners: Owners, key: string, resource: Resource<GatewaySpec>): Resource<GatewaySpec> | undefined {
  for (const owner of owners.get(key) ?? []) {
    if (owner !== resource) {
      return owner;
    }
  }
  return undefined;
}

function portOf({ port }: Server): number {
  return port?.number ?? 0;
}

function bindOf({ bind }: Server): string {
  return bind ?? '';
}
