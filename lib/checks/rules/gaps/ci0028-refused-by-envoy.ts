import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const REFUSED_BY_ENVOY: Rule = {
  code: 'CI0028',
  severity: Severity.ERROR,
  title: 'What Istio takes is also what Envoy takes, which otherwise refuses the routes of all hosts of the port.',
  check: refusedByEnvoy,
};

const REDIRECT_CODES = [301, 302, 303, 307, 308];

function* refusedByEnvoy({ mesh }: RuleContext): Iterable<Problem> {
  const routes = placedRoutes(mesh);
  for (const placed of routes.httpWith('redirect')) {
    const { resource, rule: { redirect } } = placed;
    const code = redirect?.redirectCode ?? 0;
    // other codes Istio refuses itself
    if (code >= 300 && code <= 399 && !REDIRECT_CODES.includes(code)) {
      yield problem(resource, `${placed.path}.redirect.redirectCode`, `must be one of ${REDIRECT_CODES.join(', ')}, got ${code}`);
    }
  }
  for (const placed of routes.httpWith('directResponse')) {
    const { resource, rule: { directResponse } } = placed;
    if (directResponse?.status === 600) {
      yield problem(resource, `${placed.path}.directResponse.status`, 'must be less than 600, got 600');
    }
  }
  for (const placed of routes.httpWith('fault')) {
    const { resource, rule: { fault } } = placed;
    if (fault?.abort?.httpStatus === 600) {
      yield problem(resource, `${placed.path}.fault.abort.httpStatus`, 'must be less than 600, got 600');
    }
  }
  for (const placed of routes.matchesWith('sniHosts')) {
    const { resource, route, match: { sniHosts = [] } } = placed;
    const bad = route.section === 'tls' ? sniHosts.findIndex(host => host.length > 1 && host.startsWith('*') && !host.startsWith('*.')) : -1;
    if (bad >= 0) {
      yield problem(resource, `${placed.path}.sniHosts[${bad}]`, `must have '.' after the wildcard, got '${sniHosts[bad]}'`);
    }
  }
}

function problem(resource: Problem['resource'], path: string, message: string): Problem {
  return { resource, path, message: `${message}: Istio takes it, Envoy refuses all that is sent with it` };
}
