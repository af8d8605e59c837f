import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const REFUSED_BY_ENVOY: Rule = {
  code: 'CI0028',
  severity: Severity.ERROR,
  title: 'What Istio takes is also what Envoy takes, which otherwise refuses the routes of all hosts of the port.',
  check: refusedByEnvoy,
};

const REDIRECT_CODES = [301, 302, 303, 307, 308];

function* refusedByEnvoy({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    for (const [index, { redirect, directResponse, fault }] of (resource.spec.http ?? []).entries()) {
      const code = redirect?.redirectCode ?? 0;
      if (code !== 0 && !REDIRECT_CODES.includes(code)) {
        yield problem(resource, `spec.http[${index}].redirect.redirectCode`, `must be one of ${REDIRECT_CODES.join(', ')}, got ${code}`);
      }
      if (directResponse?.status === 600) {
        yield problem(resource, `spec.http[${index}].directResponse.status`, 'must be less than 600, got 600');
      }
      if (fault?.abort?.httpStatus === 600) {
        yield problem(resource, `spec.http[${index}].fault.abort.httpStatus`, 'must be less than 600, got 600');
      }
    }
    for (const [index, { match = [] }] of (resource.spec.tls ?? []).entries()) {
      for (const [position, { sniHosts = [] }] of match.entries()) {
        const bad = sniHosts.findIndex(host => host.length > 1 && host.startsWith('*') && !host.startsWith('*.'));
        if (bad >= 0) {
          yield problem(resource, `spec.tls[${index}].match[${position}].sniHosts[${bad}]`, `must have '.' after the wildcard, got '${sniHosts[bad]}'`);
        }
      }
    }
  }
}

function problem(resource: Problem['resource'], path: string, message: string): Problem {
  return { resource, path, message: `${message}: Istio takes it, Envoy refuses all that is sent with it` };
}
