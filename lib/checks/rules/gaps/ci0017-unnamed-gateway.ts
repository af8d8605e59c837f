import { expandGateway } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const UNNAMED_GATEWAY: Rule = {
  code: 'CI0017',
  severity: Severity.WARNING,
  title: 'The gateways of a match are among those of the VirtualService: a match can only narrow them.',
  check: unnamedGateways,
};

function* unnamedGateways({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).matchesWith('gateways')) {
    const { resource, match: { gateways: own = [] } } = placed;
    // a delegate is bound to the gateways of its root
    const virtualService = mesh.virtualServices.of(resource);
    for (const [position, gateway] of virtualService === undefined ? [] : own.entries()) {
      const { gateways, namespace } = virtualService!;
      if (!gateways.includes(expandGateway(gateway, namespace))) {
        yield {
          resource,
          path: `${placed.path}.gateways[${position}]`,
          message: `is never asked for: the VirtualService is bound to ${gateways.map(item => `'${item}'`).join(', ')} only, got '${gateway}'`,
          fix: 'add it to spec.gateways too',
        };
      }
    }
  }
}
