import { getOrMake } from '../../../mesh/collections';
import { expandHost } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import type { PlacedDestination } from './destinations';

export const ROUTES_PAST_SUBSETS: Rule = {
  code: 'IST0140',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A route of a gateway to a host whose own VirtualService chooses subsets chooses one itself.',
  falseAlarms: 'The analyzer compares hosts as they are written, also where they are short names in two namespaces, and a VirtualService with itself.',
  check: routesPastSubsets,
};

function* routesPastSubsets({ mesh }: RuleContext): Iterable<Problem> {
  const routed = analyzed(mesh).destinations.filter(({ section, isMirror }) => section === 'http' && !isMirror);
  const choosing = choosingByHost(routed);
  const fullName = (host: string, namespace: string) => expandHost(host, namespace, mesh.config.clusterDomain);
  for (const placed of choosing.size === 0 ? [] : routed) {
    const { resource, destination: { host = '', subset = '' } } = placed;
    const others = subset === '' && (resource.spec.gateways ?? []).length > 0 ? choosing.get(host) : undefined;
    if (others !== undefined) {
      const name = fullName(host, resource.namespace);
      const other = [...others].find(each => each !== resource && fullName(host, each.namespace) === name);
      yield {
        resource,
        path: placed.path,
        message: `has no subset: the routes by which the VirtualService '${(other ?? [...others][0]).key}' chooses subsets of '${host}' do not apply to requests that come this way`,
        fix: 'choose a subset here, or bind that VirtualService to the gateway too',
        falseAlarm: other === undefined,
      };
    }
  }
}

/** The VirtualServices that route to subsets of one of their own hosts, by that host as it is written. */
function choosingByHost(destinations: readonly PlacedDestination[]): Map<string, Set<Resource<VirtualServiceSpec>>> {
  const byHost = new Map<string, Set<Resource<VirtualServiceSpec>>>();
  for (const { resource, destination: { host = '', subset = '' } } of destinations) {
    if (subset !== '' && resource.spec.hosts?.includes(host) === true) {
      getOrMake(byHost, host, () => new Set()).add(resource);
    }
  }
  return byHost;
}
