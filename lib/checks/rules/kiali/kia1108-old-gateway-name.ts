import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const OLD_GATEWAY_NAME: Rule = {
  code: 'KIA1108',
  severity: Severity.INFO,
  title: 'The gateways of a match are written namespace/name, not name.namespace.',
  falseAlarms: 'Of the gateways of the VirtualService itself Istio\'s webhook warns.',
  check: oldGatewayNames,
};

function* oldGatewayNames({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).matchesWith('gateways')) {
    const { resource, match: { gateways = [] } } = placed;
    const position = gateways.findIndex(gateway => gateway.includes('.') && !gateway.includes('/'));
    if (position >= 0) {
      const [name, namespace] = gateways[position].split('.');
      yield {
        resource,
        path: `${placed.path}.gateways[${position}]`,
        message: `is written in a way of old, got '${gateways[position]}'`,
        fix: `write '${namespace}/${name}'`,
      };
    }
  }
}
