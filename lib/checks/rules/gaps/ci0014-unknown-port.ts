import { MESH_GATEWAY } from '../../../mesh/names';
import type { PortTrafficPolicy } from '../../../mesh/specs';
import type { VirtualService } from '../../../mesh/virtual-service';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { serversOf } from '../shared/gateway-hosts';
import { knownPorts, knownPortsOfHosts, listPorts } from '../shared/registry';

export const UNKNOWN_PORT: Rule = {
  code: 'CI0014',
  severity: Severity.WARNING,
  title: 'A port that settings or matches are for is one that the host or the gateway has.',
  check: unknownPorts,
};

function* unknownPorts(context: RuleContext): Iterable<Problem> {
  yield* unknownPortSettings(context);
  for (const virtualService of context.mesh.virtualServices.all) {
    const { http = [], tls = [], tcp = [] } = virtualService.resource.spec;
    if (http.some(hasMatchPort) || tls.some(hasMatchPort) || tcp.some(hasMatchPort)) {
      yield* unknownMatchPorts(context, virtualService);
    }
  }
}

function hasMatchPort({ match }: { readonly match?: readonly { readonly port?: number }[] }): boolean {
  return match?.some(({ port }) => !!port) === true;
}

function* unknownPortSettings({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.destinationRules) {
    const { trafficPolicy, subsets = [] } = resource.spec;
    if (trafficPolicy?.portLevelSettings === undefined && !subsets.some(subset => subset.trafficPolicy?.portLevelSettings !== undefined)) {
      continue;
    }
    const settings: [string, readonly PortTrafficPolicy[] | undefined][] = [
      ['spec.trafficPolicy', trafficPolicy?.portLevelSettings],
      ...subsets.map(({ trafficPolicy: own }, index): [string, readonly PortTrafficPolicy[] | undefined] => [
        `spec.subsets[${index}].trafficPolicy`, own?.portLevelSettings,
      ]),
    ];
    const host = mesh.destinationRules.hostOf(resource);
    const ports = knownPorts(mesh, host);
    for (const [path, list] of ports === undefined ? [] : settings) {
      for (const [index, { port }] of (list ?? []).entries()) {
        if (port?.number !== undefined && !ports!.some(({ number }) => number === port.number)) {
          yield {
            resource,
            path: `${path}.portLevelSettings[${index}].port.number`,
            message: `is no port of '${host}', which has ${listPorts(ports!)}, got ${port.number}`,
            fix: 'name one of its ports: settings are for the port of the service, not for that of its pods',
          };
        }
      }
    }
  }
}

function* unknownMatchPorts(context: RuleContext, virtualService: VirtualService): Iterable<Problem> {
  const { resource, http, tls, tcp } = virtualService;
  const lists = { http: http.filter(({ delegate }) => delegate === undefined), tls, tcp };
  for (const section of ['http', 'tls', 'tcp'] as const) {
    for (const [position, route] of lists[section].entries()) {
      const matches = 'matches' in route ? route.matches : route.match ?? [];
      for (const [index, { port, gateways = [] }] of matches.entries()) {
        const ports = port ? portsFor(context, virtualService, gateways) : undefined;
        if (ports !== undefined && !ports.numbers.has(port!)) {
          yield {
            resource,
            path: `spec.${section}[${'index' in route ? route.index : position}].match[${index}].port`,
            message: `is a port that nothing comes in on, so that the match is never used: there are ${ports.text}, got ${port}`,
            fix: 'name the port of the service that clients call, or the port of the Gateway\'s server',
          };
        }
      }
    }
  }
}

interface KnownPorts {
  readonly numbers: ReadonlySet<number>;
  readonly text: string;
}

/** All ports that a match can be asked for, unless one of the gateways or hosts is not known. */
function portsFor({ mesh, hasNamespace }: RuleContext, virtualService: VirtualService, gateways: readonly string[]): KnownPorts | undefined {
  const numbers = new Set<number>();
  const texts: string[] = [];
  for (const gateway of virtualService.gateways.filter(item => gateways.length === 0 || gateways.includes(item))) {
    if (gateway === MESH_GATEWAY) {
      const ports = knownPortsOfHosts(mesh, virtualService);
      if (ports === undefined) {
        return undefined;
      }
      // on port 80 a sidecar also takes requests for hosts that have other ports
      [80, ...ports.map(({ number }) => number)].forEach(number => numbers.add(number));
      texts.push(`${listPorts(ports)} of the hosts`);
    } else {
      const namespace = hasNamespace(virtualService.resource) ? virtualService.namespace : undefined;
      const servers = serversOf(mesh, gateway)?.filter(server => virtualService.hosts.some(host => server.serves(host, namespace)));
      if (servers === undefined || servers.length === 0) {
        return undefined;
      }
      servers.forEach(server => numbers.add(server.port));
      texts.push(`${[...new Set(servers.map(server => server.port))].join(', ')} of '${gateway}'`);
    }
  }
  return texts.length === 0 ? undefined : { numbers, text: texts.join(' and ') };
}
