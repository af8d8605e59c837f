import type { HttpDestination } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const REPEATED_DESTINATION: Rule = {
  code: 'KIA1105',
  severity: Severity.INFO,
  title: 'A route names each destination once.',
  falseAlarms: 'Kiali does not look at ports and headers. Entries that differ in them are not reported.',
  check: repeatedDestinations,
};

function* repeatedDestinations({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).splits) {
    const { resource, rule: { route = [] } } = placed;
    if (route.length === 2 && route[0].destination?.subset !== route[1].destination?.subset) {
      continue;
    }
    const seen = new Map<string, number>();
    for (const [position, item] of route.entries()) {
      const key = keyOf(item);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, position);
      } else {
        yield {
          resource,
          path: `${placed.path}.route[${position}]`,
          message: `repeats the destination of route[${first}]: both weights count for it`,
          fix: 'add the weights up in one entry, or correct the subset',
        };
      }
    }
  }
}

/** Equal where destination and changes of headers are. */
function keyOf({ destination, headers }: HttpDestination): string {
  return `${destination?.host} ${destination?.subset} ${destination?.port?.number} ${headers === undefined ? '' : JSON.stringify(headers)}`;
}
