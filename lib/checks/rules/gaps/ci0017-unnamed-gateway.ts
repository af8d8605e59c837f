import { expandGateway } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const UNNAMED_GATEWAY: Rule = {
  code: 'CI0017',
  severity: Severity.WARNING,
  title: 'The gateways of a match are among those of the VirtualService: a match can only narrow them.',
  check: unnamedGateways,
};

function* unnamedGateways({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, namespace, gateways } of mesh.virtualServices.all) {
    for (const section of ['http', 'tls', 'tcp'] as const) {
      for (const [route, { match = [] }] of (resource.spec[section] ?? []).entries()) {
        for (const [index, { gateways: own = [] }] of match.entries()) {
          for (const [position, gateway] of own.entries()) {
            if (!gateways.includes(expandGateway(gateway, namespace))) {
              yield {
                resource,
                path: `spec.${section}[${route}].match[${index}].gateways[${position}]`,
                message: `is never asked for: the VirtualService is bound to ${gateways.map(item => `'${item}'`).join(', ')} only, got '${gateway}'`,
                fix: 'add it to spec.gateways too',
              };
            }
          }
        }
      }
    }
  }
}
