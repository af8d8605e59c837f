import { expandHost, MESH_GATEWAY } from '../../../mesh/names';
import type { Destination, HttpMatch } from '../../../mesh/specs';
import type { VirtualService } from '../../../mesh/virtual-service';
import { Severity } from '../../finding';
import { analyzed } from '../analyzer/analyzed-mesh';
import { ruleKey } from '../analyzer/analyzer-names';
import type { Problem, Rule, RuleContext } from '../rule';
import { DestinationLookup, Loss } from '../shared/destination-lookup';
import { httpDestinations } from '../shared/http-destinations';
import { RouteClient, RouteClients } from '../shared/route-clients';

export const LOST_DESTINATION: Rule = {
  code: 'CI0034',
  severity: Severity.ERROR,
  title: 'The proxies that use a route find its destination: the host is exported to their namespace, and the subset is in a rule that they look at.',
  check: lostDestinations,
};

/** A destination, where it is written, and who is sent to it. */
interface RoutedDestination {
  readonly resource: Problem['resource'];
  readonly path: string;
  readonly destination: Destination;

  /** The full name. */
  readonly host: string;
  readonly isCopy: boolean;
  readonly matches: readonly Pick<HttpMatch, 'gateways' | 'sourceNamespace'>[];
}

function* lostDestinations(context: RuleContext): Iterable<Problem> {
  const { mesh, hasNamespace } = context;
  const clientsOf = new RouteClients(context);
  const lookup = new DestinationLookup(mesh);
  const told = new Set<string>();
  for (const virtualService of mesh.virtualServices.all) {
    const clients = hasNamespace(virtualService.resource) ? clientsOf.of(virtualService) : [];
    for (const routed of clients.length === 0 ? [] : destinationsIn(virtualService, mesh.config.clusterDomain)) {
      const own = clients.filter(client => isFor(client, routed.matches));
      const lost = own.flatMap(client => lookup.lossOf(client, routed.host, routed.destination) ?? []);
      const place = `${routed.resource.key} ${routed.path}`;
      if (lost.length > 0 && !told.has(place) && mesh.services.ofHost(routed.host).every(({ resource }) => hasNamespace(resource))
        && !isIstiosToSay(context, routed, lost[0])) {
        told.add(place);
        yield problemOf(routed, lost, lost.length === own.length);
      }
    }
  }
}

function* destinationsIn(virtualService: VirtualService, clusterDomain: string): Iterable<RoutedDestination> {
  const { resource, namespace } = virtualService;
  for (const { written, index, delegate, matches } of virtualService.http) {
    for (const placed of httpDestinations(written)) {
      const { destination, path } = placed;
      yield {
        resource: delegate?.resource ?? resource,
        path: `spec.http[${delegate?.index ?? index}].${path}`,
        destination,
        host: expandHost(destination.host ?? '', namespace, clusterDomain),
        isCopy: !path.startsWith('route'),
        matches,
      };
    }
  }
  for (const section of ['tls', 'tcp'] as const) {
    for (const [index, { match = [], route = [] }] of virtualService[section].entries()) {
      for (const [position, { destination }] of route.entries()) {
        if (destination !== undefined) {
          yield { resource, path: `spec.${section}[${index}].route[${position}].destination`, destination, host: destination.host ?? '', isCopy: false, matches: match };
        }
      }
    }
  }
}

function isFor({ gateway, namespace }: RouteClient, matches: RoutedDestination['matches']): boolean {
  return matches.length === 0 || matches.some(({ gateways = [], sourceNamespace }) => gateways.length > 0
    ? gateways.includes(gateway)
    : !sourceNamespace || sourceNamespace === namespace);
}

/** Whether Istio's analyzer does not find what is lost either, so that its own rules speak of it: of a host that it does not know no more than that. */
function isIstiosToSay({ mesh }: RuleContext, { resource, destination: { host = '', subset }, host: name }: RoutedDestination, { reason }: Loss): boolean {
  const isKnown = analyzed(mesh).knownHosts.find(host, resource.namespace, resource.spec.exportTo as readonly string[] | undefined) !== undefined;
  if (reason === 'hidden' || reason === 'wildcard' || reason === 'port') {
    return isKnown === (reason === 'port');
  }
  return reason === 'subset' && !mesh.destinationRules.ofHost(name).some(rule =>
    ruleKey(rule.spec.host ?? '', rule.namespace) === ruleKey(host, resource.namespace) && rule.spec.subsets?.some(each => each.name === subset));
}

function problemOf({ resource, path, isCopy }: RoutedDestination, lost: readonly Loss[], isForAll: boolean): Problem {
  const first = lost.find(({ isCertain }) => isCertain) ?? lost[0];
  const { client: { gateway, namespace }, text, fix } = first;
  const who = gateway === MESH_GATEWAY ? `sidecars in '${namespace}'` : `the workload of '${gateway}' in '${namespace}'`;
  return {
    resource,
    path,
    message: `is not found by ${who}: ${text}`,
    fix,
    severity: isForAll && !isCopy ? undefined : Severity.WARNING,
    missing: !first.isCertain,
  };
}
