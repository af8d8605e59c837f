import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const CRASHING_HOSTS: Rule = {
  code: 'CI0035',
  severity: Severity.ERROR,
  title: "After the host '*/*' of a server there is none that begins with './' or '*/': istiod accepts it, and crashes as soon as a gateway asks for its routes.",
  check: crashingHosts,
};

function* crashingHosts({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.gateways) {
    for (const [server, { hosts = [] }] of (resource.spec.servers ?? []).entries()) {
      const all = hosts.indexOf('*/*');
      const index = all < 0 ? -1 : hosts.findIndex((host, position) => position > all && /^[.*]\//.test(host));
      if (index >= 0) {
        yield {
          resource,
          path: `spec.servers[${server}].hosts[${index}]`,
          message: `makes istiod crash, because it comes after '*/*', got '${hosts[index]}'`,
          fix: "leave it out, '*/*' has all hosts",
        };
      }
    }
  }
}
