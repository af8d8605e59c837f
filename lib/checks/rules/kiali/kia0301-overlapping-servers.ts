import { getOrMake } from '../../../mesh/collections';
import { HostIndex } from '../../../mesh/host-index';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const OVERLAPPING_SERVERS: Rule = {
  code: 'KIA0301',
  severity: Severity.INFO,
  title: 'No wildcard of one Gateway covers a host of another on the same port of the same workload.',
  falseAlarms: 'Kiali also speaks of hosts within one Gateway and of other protocols, which do not get into each other\'s way.',
  check: overlappingServers,
};

interface PlacedHost {
  readonly gateway: Resource<GatewaySpec>;
  readonly namespace: string;
  readonly path: string;
}

function* overlappingServers({ mesh }: RuleContext): Iterable<Problem> {
  const byPort = new Map<string, HostIndex<PlacedHost[]>>();
  const hosts: { readonly host: string; readonly placed: PlacedHost; readonly index: HostIndex<PlacedHost[]> }[] = [];
  for (const gateway of mesh.resources.gateways) {
    const { selector = {}, servers = [] } = gateway.spec;
    const workload = JSON.stringify(Object.entries(selector).sort());
    for (const [server, { port, bind = '', hosts: own = [] }] of servers.entries()) {
      const index = getOrMake(byPort, `${workload} ${port?.number} ${port?.protocol?.toUpperCase()} ${bind}`, () => new HostIndex<PlacedHost[]>());
      for (const [position, text] of own.entries()) {
        const [owner, host] = text.includes('/') ? text.split('/') : ['*', text];
        const placed = { gateway, namespace: owner === '.' ? gateway.namespace : owner, path: `spec.servers[${server}].hosts[${position}]` };
        index.getOrSet(host.toLowerCase(), () => []).push(placed);
        hosts.push({ host: host.toLowerCase(), placed, index });
      }
    }
  }
  for (const { host, placed, index } of hosts) {
    const wider = widerThan(host, placed, index);
    if (wider !== undefined) {
      yield {
        resource: placed.gateway,
        path: placed.path,
        message: `is also covered by '${wider.host}' of '${wider.placed.gateway.key}': the routes of that Gateway do not get its requests, got '${host}'`,
        fix: 'serve the host in one Gateway only',
      };
    }
  }
}

function widerThan(host: string, placed: PlacedHost, index: HostIndex<PlacedHost[]>) {
  for (const entry of index.covering(host)) {
    const other = entry.host === host ? undefined : entry.value.find(({ gateway, namespace }) =>
      gateway !== placed.gateway && (namespace === '*' || placed.namespace === '*' || namespace === placed.namespace));
    if (other !== undefined) {
      return { host: entry.host, placed: other };
    }
  }
  return undefined;
}
