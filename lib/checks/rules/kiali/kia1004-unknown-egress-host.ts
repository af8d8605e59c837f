import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const UNKNOWN_EGRESS_HOST: Rule = {
  code: 'KIA1004',
  severity: Severity.WARNING,
  title: 'The hosts that a Sidecar takes in are full names of services or entries that exist.',
  check: unknownEgressHosts,
};

function* unknownEgressHosts({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.sidecars) {
    for (const [listener, { hosts = [] }] of (resource.spec.egress ?? []).entries()) {
      for (const [index, text] of hosts.entries()) {
        const [owner, host] = text.split('/');
        if (host === undefined || host.startsWith('*') || owner.startsWith('~')) {
          continue;
        }
        const namespace = owner === '.' ? resource.namespace : owner;
        if (!mesh.services.ofHost(host).some(service => owner === '*' || service.namespace === namespace)) {
          const isShort = !host.includes('.');
          yield {
            resource,
            path: `spec.egress[${listener}].hosts[${index}]`,
            message: isShort ? `names no host: short names are not completed here, got '${text}'` : `names a host that no manifest defines, got '${text}'`,
            fix: isShort ? `write '${owner}/${host}.${owner === '.' || owner === '*' ? 'namespace' : owner}.svc.${mesh.config.clusterDomain}'` : 'name one that exists',
            missing: !isShort,
          };
        }
      }
    }
  }
}
