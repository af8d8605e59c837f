import { expandHost } from '../../../mesh/names';
import { isHttpOrUnnamed } from '../../../mesh/protocols';
import type { MeshPort, MeshService } from '../../../mesh/services';
import type { Destination, HttpMatch } from '../../../mesh/specs';
import type { VirtualService } from '../../../mesh/virtual-service';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { httpDestinations } from '../shared/http-destinations';
import { isForSidecarsOnly, knownPortsOfHosts } from '../shared/registry';

export const PORT_OF_LISTENER: Rule = {
  code: 'CI0027',
  severity: Severity.ERROR,
  title: 'A destination of a sidecar names its port, unless it has the port that the client called.',
  check: portsOfListeners,
};

function* portsOfListeners({ mesh }: RuleContext): Iterable<Problem> {
  const told = new Set<string>();
  for (const virtualService of mesh.virtualServices.all) {
    const isAsked = isForSidecarsOnly(virtualService) && sendsElsewhere(virtualService);
    const called = (isAsked ? knownPortsOfHosts(mesh, virtualService) : undefined)?.filter(({ protocol }) => isHttpOrUnnamed(protocol)) ?? [];
    for (const { written, index, delegate, matches } of called.length === 0 ? [] : virtualService.http) {
      const resource = delegate?.resource ?? virtualService.resource;
      const ports = portsOf(matches, called);
      for (const placed of httpDestinations(written)) {
        const host = expandHost(placed.destination.host ?? '', virtualService.namespace, mesh.config.clusterDomain);
        const services = virtualService.hosts.length === 1 && virtualService.hosts[0] === host ? [] : mesh.services.ofHost(host);
        const own = onlyPort(services, placed.destination);
        const lost = own === undefined ? [] : ports.filter(number => number !== own);
        const path = `spec.http[${delegate?.index ?? index}].${placed.path}`;
        if (lost.length > 0 && !told.has(`${resource.key} ${path}`)) {
          told.add(`${resource.key} ${path}`);
          const isAlias = services[0].externalName !== undefined;
          yield {
            resource,
            path,
            message: `means port ${lost[0]}${lost.length === ports.length ? '' : ' too'}, where a client calls that, and '${host}' has only port ${own}: requests are answered 503`,
            fix: isAlias ? `send to '${services[0].externalName}', for which '${host}' stands` : `name port ${own}`,
            severity: lost.length < ports.length ? Severity.INFO : isFixed(services) ? undefined : Severity.WARNING,
          };
        }
      }
    }
  }
}

/** The only port that a destination without port can mean; a Service that stands for another host a sidecar finds on its own port only. */
function onlyPort(services: readonly MeshService[], { port }: Destination): number | undefined {
  const numbers = services.flatMap(({ ports }) => ports.map(({ number }) => number));
  const isAlias = services.length > 0 && services.every(({ resolution }) => resolution === 'ALIAS');
  const isPlain = services.every(({ resolution, ports }) => resolution !== 'ALIAS' && ports.length > 0);
  // of several ports Istio's own rule asks for one
  return numbers.length === 1 && (isAlias || (isPlain && port === undefined)) ? numbers[0] : undefined;
}

/** Most only choose between the subsets of their host. */
function sendsElsewhere({ resource: { spec: { hosts = [], http = [] } } }: VirtualService): boolean {
  return http.length > 0 && (hosts.length > 1 || http.some(({ route = [], delegate, mirror, mirrors }) =>
    delegate !== undefined || mirror !== undefined || mirrors !== undefined || route.some(({ destination }) => destination?.host !== hosts[0])));
}

/** The ports that clients can call for a rule to be used. */
function portsOf(match: readonly HttpMatch[], called: readonly MeshPort[]): readonly number[] {
  const numbers = [...new Set(called.map(({ number }) => number))];
  return match.length > 0 && match.every(({ port }) => !!port) ? numbers.filter(number => match.some(({ port }) => port === number)) : numbers;
}

/** The ports of a Service are all in its manifest; those of an entry another one may add to. */
function isFixed(services: readonly { readonly isKubernetes: boolean }[]): boolean {
  return services.every(({ isKubernetes }) => isKubernetes);
}
