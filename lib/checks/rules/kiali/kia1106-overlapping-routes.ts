import { isOrderAssumed } from '../../../mesh/age';
import { append } from '../../../mesh/collections';
import { MESH_GATEWAY } from '../../../mesh/names';
import { takesEverything } from '../../../mesh/routes';
import type { HttpMatch } from '../../../mesh/specs';
import type { HttpRoute, VirtualService } from '../../../mesh/virtual-service';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { areAppliedTogether } from '../shared/applied-together';
import { CoverIndex } from '../shared/cover-index';
import { serversOf } from '../shared/gateway-hosts';
import { coversMatch } from '../shared/match-cover';

export const OVERLAPPING_ROUTES: Rule = {
  code: 'KIA1106',
  severity: Severity.WARNING,
  title: 'Of two VirtualServices for one host at one gateway, none takes what the other is for: which of them comes first depends on their age.',
  falseAlarms: 'Kiali speaks of all VirtualServices that share a host. At a gateway Istio merges their routes, so only those that overlap are reported.',
  check: overlappingRoutes,
};

interface PlacedMatch {
  readonly order: number;
  readonly virtualService: VirtualService;
  readonly route: HttpRoute;
  readonly match: HttpMatch | undefined;
  readonly path: string;
}

function* overlappingRoutes(context: RuleContext): Iterable<Problem> {
  const told = new Set<string>();
  for (const [key, sharing] of sharedHosts(context)) {
    const [gateway, host] = key.split(' ');
    const matches = sharing.flatMap((virtualService, order) => matchesAt(gateway, virtualService, order));
    const index = new CoverIndex<PlacedMatch>();
    matches.forEach(placed => index.add(placed.match, placed));
    for (const placed of matches) {
      const wider = index.find(placed.match, other => hides(context, other, placed));
      const place = `${placed.virtualService.key} ${placed.path}`;
      if (wider !== undefined && !told.has(place)) {
        told.add(place);
        yield problemOf(placed, wider, gateway, host);
      }
    }
  }
}

/** The VirtualServices by gateway and host, where there are several, the oldest first. */
function sharedHosts({ mesh, hasNamespace }: RuleContext): readonly [string, readonly VirtualService[]][] {
  const sharing = new Map<string, VirtualService[]>();
  for (const virtualService of mesh.virtualServices.all) {
    for (const gateway of virtualService.gateways) {
      if (gateway === MESH_GATEWAY) {
        continue;
      }
      const servers = serversOf(mesh, gateway);
      const namespace = hasNamespace(virtualService.resource) ? virtualService.namespace : undefined;
      for (const host of virtualService.hosts) {
        // a gateway that is not among the manifests may serve anything
        if (servers === undefined || servers.some(server => server.serves(host, namespace))) {
          append(sharing, `${gateway} ${host}`, virtualService);
        }
      }
    }
  }
  return [...sharing].filter(([, list]) => list.length > 1);
}

/** What takes everything comes last, whatever the age of its VirtualService, so it gets in the way of nothing but its like. */
function matchesAt(gateway: string, virtualService: VirtualService, order: number): PlacedMatch[] {
  return virtualService.http.flatMap(route => (route.matches.length === 0 ? [undefined] : route.matches).flatMap((match, index) => {
    const isHere = match?.gateways === undefined || match.gateways.length === 0 || match.gateways.includes(gateway);
    const path = `spec.http[${route.index}]${match === undefined || route.delegate !== undefined ? '' : `.match[${index}]`}`;
    return isHere ? [{ order, virtualService, route, match, path }] : [];
  }));
}

function hides(context: RuleContext, wide: PlacedMatch, narrow: PlacedMatch): boolean {
  const [a, b] = [wide.virtualService, narrow.virtualService];
  const areOfOneRank = takesEverything(wide.match) === takesEverything(narrow.match);
  if (a === b || !areOfOneRank || !areAppliedTogether(context, a.resource, b.resource) || !isSeenWith(b, a)) {
    return false;
  }
  // of two that take the same, the one that comes later is hidden
  return wide.order < narrow.order || (isOrderAssumed(a, b) && !coversMatch(narrow.match ?? {}, wide.match ?? {}));
}

/**
 * Whether all proxies that see one VirtualService see another too, in the order of their age: to a proxy, what is exported to its
 * namespace by name comes before what is public, and what is of its own namespace before both.
 */
function isSeenWith({ exportTo: own, namespace }: VirtualService, other: VirtualService): boolean {
  if (own.has('*') || other.exportTo.has('*')) {
    return own.has('*') && other.exportTo.has('*');
  }
  return [...own].every(each => other.exportTo.has(each) && (each === namespace) === (each === other.namespace));
}

function problemOf(narrow: PlacedMatch, wide: PlacedMatch, gateway: string, host: string): Problem {
  const assumed = isOrderAssumed(narrow.virtualService, wide.virtualService);
  return {
    resource: narrow.virtualService.resource,
    path: narrow.path,
    message: `${assumed ? 'gets no requests where it is younger than' : 'gets no requests: it is younger than'} '${wide.virtualService.key}', `
      + `whose ${wide.path.slice('spec.'.length)} takes them all for '${host}' at '${gateway}'`,
    fix: 'put the routes of a host into one VirtualService, the more specific first',
  };
}
