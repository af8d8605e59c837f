import { expandGateway, expandHost, MESH_GATEWAY } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { Destination, HttpMatch, HttpRule, VirtualServiceSpec } from '../../../mesh/specs';
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
  readonly resource: Resource<VirtualServiceSpec>;
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
    let clients: readonly RouteClient[] | undefined;
    for (const routed of hasNamespace(virtualService.resource) ? searchedIn(virtualService, lookup, mesh.config.clusterDomain) : []) {
      const own = (clients ??= clientsOf.of(virtualService)).filter(client => isFor(client, routed));
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

/** The destinations that not every proxy finds without a search, which are few. */
function* searchedIn(virtualService: VirtualService, lookup: DestinationLookup, clusterDomain: string): Iterable<RoutedDestination> {
  const { resource, namespace } = virtualService;
  for (const { owner, index, rule } of httpRules(virtualService)) {
    for (const { destination, path } of httpDestinations(rule)) {
      const host = expandHost(destination.host ?? '', namespace, clusterDomain);
      if (!lookup.isFoundByAll(host, destination)) {
        const isCopy = !path.startsWith('route');
        yield { resource: owner, path: `spec.http[${index}].${path}`, destination, host, isCopy, matches: rule.match ?? [] };
      }
    }
  }
  for (const section of ['tls', 'tcp'] as const) {
    for (const [index, { match = [], route = [] }] of resource.spec[section] === undefined ? [] : virtualService[section].entries()) {
      for (const [position, { destination }] of route.entries()) {
        const host = destination?.host ?? '';
        if (destination !== undefined && !lookup.isFoundByAll(host, destination)) {
          yield { resource, path: `spec.${section}[${index}].route[${position}].destination`, destination, host, isCopy: false, matches: match };
        }
      }
    }
  }
}

interface OwnedRule {
  readonly owner: Resource<VirtualServiceSpec>;
  readonly index: number;
  readonly rule: HttpRule;
}

/** The http routes as they are written, merged only where there are delegates. */
function httpRules(virtualService: VirtualService): readonly OwnedRule[] {
  const { resource } = virtualService;
  const { http = [] } = resource.spec;
  if (!http.some(({ delegate }) => delegate !== undefined)) {
    return http.map((rule, index) => ({ owner: resource, index, rule }));
  }
  return virtualService.http.map(({ written: rule, index, delegate }) => delegate === undefined
    ? { owner: resource, index, rule }
    : { owner: delegate.resource, index: delegate.index, rule });
}

function isFor({ gateway, namespace }: RouteClient, { matches, resource }: RoutedDestination): boolean {
  return matches.length === 0 || matches.some(({ gateways = [], sourceNamespace }) => gateways.length > 0
    ? gateways.some(name => expandGateway(name, resource.namespace) === gateway)
    : !sourceNamespace || sourceNamespace === namespace);
}

/** Whether Istio's analyzer does not find what is lost either, so that its own rules speak of it: of a host that it does not know no more than that. */
function isIstiosToSay({ mesh }: RuleContext, { resource, destination: { host = '', subset }, host: name }: RoutedDestination, { reason }: Loss): boolean {
  const isKnown = analyzed(mesh).knownHosts.find(host, resource.namespace, resource.spec.exportTo) !== undefined;
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
