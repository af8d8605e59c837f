import { append } from '../../../mesh/collections';
import { expandHost } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';

export const ROUTES_PAST_SUBSETS: Rule = {
  code: 'IST0140',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A route of a gateway to a host whose own VirtualService chooses subsets chooses one itself.',
  falseAlarms: 'The analyzer compares hosts as they are written, also where they are short names in two namespaces, and a VirtualService with itself.',
  check: routesPastSubsets,
};

function* routesPastSubsets({ mesh }: RuleContext): Iterable<Problem> {
  const { virtualServices } = analyzed(mesh);
  const choosing = choosingByHost(virtualServices);
  const fullName = (host: string, namespace: string) => expandHost(host, namespace, mesh.config.clusterDomain);
  for (const resource of virtualServices.filter(({ spec }) => (spec.gateways ?? []).length > 0)) {
    for (const [index, { route = [] }] of (resource.spec.http ?? []).entries()) {
      for (const [position, { destination: { host = '', subset = '' } = {} }] of route.entries()) {
        const others = subset === '' ? choosing.get(host) : undefined;
        if (others !== undefined) {
          const name = fullName(host, resource.namespace);
          const other = others.find(each => each !== resource && fullName(host, each.namespace) === name);
          yield {
            resource,
            path: `spec.http[${index}].route[${position}].destination`,
            message: `has no subset: the routes by which the VirtualService '${(other ?? others[0]).key}' chooses subsets of '${host}' do not apply to requests that come this way`,
            fix: 'choose a subset here, or bind that VirtualService to the gateway too',
            falseAlarm: other === undefined,
          };
        }
      }
    }
  }
}

/** The VirtualServices that route to subsets of one of their own hosts, by that host as it is written. */
function choosingByHost(virtualServices: readonly Resource<VirtualServiceSpec>[]): Map<string, Resource<VirtualServiceSpec>[]> {
  const byHost = new Map<string, Resource<VirtualServiceSpec>[]>();
  for (const resource of virtualServices) {
    const own = new Set(resource.spec.hosts);
    const routes = (resource.spec.http ?? []).flatMap(({ route = [] }) => route);
    const chosen = routes.flatMap(({ destination: { host = '', subset = '' } = {} }) => subset !== '' && own.has(host) ? host : []);
    new Set(chosen).forEach(host => append(byHost, host, resource));
  }
  return byHost;
}
