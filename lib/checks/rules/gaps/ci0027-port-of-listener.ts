import { expandHost } from '../../../mesh/names';
import { isHttpOrUnnamed } from '../../../mesh/protocols';
import type { HttpDestination } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { httpDestinations } from '../shared/http-destinations';
import { isForSidecarsOnly, knownPorts, knownPortsOfHosts, knownServices } from '../shared/registry';

export const PORT_OF_LISTENER: Rule = {
  code: 'CI0027',
  severity: Severity.ERROR,
  title: 'A destination of a sidecar names its port, unless it has the port that the client called.',
  check: portsOfListeners,
};

function* portsOfListeners({ mesh }: RuleContext): Iterable<Problem> {
  for (const virtualService of mesh.virtualServices.all) {
    const { http = [] } = virtualService.resource.spec;
    const isAsked = http.some(rule => rule.route?.some(isWithoutPort) || rule.mirror !== undefined || rule.mirrors !== undefined);
    const ports = isAsked && isForSidecarsOnly(virtualService) ? knownPortsOfHosts(mesh, virtualService) : undefined;
    const called = ports?.filter(({ protocol }) => isHttpOrUnnamed(protocol)) ?? [];
    if (called.length === 0) {
      continue;
    }
    for (const [index, rule] of http.entries()) {
      for (const placed of httpDestinations(rule)) {
        const { destination } = placed;
        const host = expandHost(destination.host ?? '', virtualService.namespace, mesh.config.clusterDomain);
        const own = destination.port === undefined && !virtualService.hosts.includes(host) ? knownPorts(mesh, host) : undefined;
        // of several ports Istio's own rule asks for one
        if (own?.length === 1 && !called.some(({ number }) => number === own[0].number)) {
          yield {
            resource: virtualService.resource,
            path: `spec.http[${index}].${placed.path}`,
            message: `means port ${called[0].number}, on which the client calls, and '${host}' has only port ${own[0].number}: requests are answered 503`,
            fix: `name port ${own[0].number}`,
            severity: isFixed(knownServices(mesh, host)!) ? undefined : Severity.WARNING,
          };
        }
      }
    }
  }
}

function isWithoutPort({ destination }: HttpDestination): boolean {
  return destination !== undefined && destination.port === undefined;
}

/** The ports of a Service are all in its manifest; those of an entry another one may add to. */
function isFixed(services: readonly { readonly isKubernetes: boolean }[]): boolean {
  return services.every(({ isKubernetes }) => isKubernetes);
}
