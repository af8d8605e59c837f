import type { HttpRule } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { isForSidecarsOnly, isNeverHttp, knownPortsOfHosts, listPorts } from '../shared/registry';

export const HTTP_RULES_WITHOUT_HTTP: Rule = {
  code: 'CI0004',
  severity: Severity.WARNING,
  title: 'Http routes, with their timeouts and retries, are for hosts with a port that speaks http: on TLS and TCP ports a sidecar sees no requests.',
  check: httpRulesWithoutHttp,
};

function* httpRulesWithoutHttp({ mesh }: RuleContext): Iterable<Problem> {
  for (const virtualService of mesh.virtualServices.all) {
    const { http = [] } = virtualService.resource.spec;
    const ports = http.length > 0 && isForSidecarsOnly(virtualService) ? knownPortsOfHosts(mesh, virtualService) : undefined;
    if (ports !== undefined && isNeverHttp(ports)) {
      const [host] = virtualService.hosts;
      for (const [index, rule] of http.entries()) {
        if (isForDefaultPort(rule)) {
          continue;
        }
        yield {
          resource: virtualService.resource,
          path: `spec.http[${index}]`,
          message: `is not used${lostSettings(rule)}: '${host}' has only ${listPorts(ports)}, where a sidecar sees no requests`,
          fix: 'declare a port of protocol HTTP and let the sidecar originate TLS, or leave the http routes out',
        };
      }
    }
  }
}

/** On port 80 a sidecar also takes requests for hosts that have other ports. */
function isForDefaultPort({ match = [] }: HttpRule): boolean {
  return match.length > 0 && match.every(({ port }) => port === 80);
}

const SETTINGS: readonly (keyof HttpRule)[] = ['timeout', 'retries', 'fault', 'headers', 'rewrite', 'redirect', 'mirror', 'mirrors', 'corsPolicy', 'directResponse'];

function lostSettings(rule: HttpRule): string {
  const lost = SETTINGS.filter(setting => rule[setting] !== undefined);
  const last = lost.pop();
  return last === undefined ? '' : `, nor its ${lost.length === 0 ? last : `${lost.join(', ')} and ${last}`}`;
}
