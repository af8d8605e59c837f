import { MESH_GATEWAY } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const SHORT_HOST_AT_GATEWAY: Rule = {
  code: 'CI0021',
  severity: Severity.WARNING,
  title: 'The hosts of a VirtualService that is for gateways only are those that clients from outside ask for, not short names of services.',
  check: shortHostsAtGateways,
};

function* shortHostsAtGateways({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, gateways, hosts } of mesh.virtualServices.all) {
    if (!gateways.includes(MESH_GATEWAY)) {
      for (const [index, host] of (resource.spec.hosts ?? []).entries()) {
        if (host !== '' && host !== hosts[index]) {
          yield {
            resource,
            path: `spec.hosts[${index}]`,
            message: `means '${hosts[index]}', requests for '${host}' are answered 404, got '${host}'`,
            fix: 'name the host that clients ask the gateway for',
          };
        }
      }
    }
  }
}
