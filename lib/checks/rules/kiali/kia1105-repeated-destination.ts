import { getOrMake } from '../../../mesh/collections';
import type { HttpDestination } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const REPEATED_DESTINATION: Rule = {
  code: 'KIA1105',
  severity: Severity.INFO,
  title: 'A route names each destination once.',
  falseAlarms: 'Kiali does not look at ports and headers. Entries that differ in them are not reported.',
  check: repeatedDestinations,
};

function* repeatedDestinations({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    for (const section of ['http', 'tls', 'tcp'] as const) {
      for (const [index, { route = [] }] of (resource.spec[section] ?? []).entries()) {
        if (route.length < 2) {
          continue;
        }
        const seen = new Map<string, number[]>();
        for (const [position, item] of route.entries()) {
          const others = getOrMake(seen, keyOf(item), () => []);
          const first = others.find(other => sameHeaders(route[other], item));
          others.push(position);
          if (first !== undefined) {
            yield {
              resource,
              path: `spec.${section}[${index}].route[${position}]`,
              message: `repeats the destination of route[${first}]: both weights count for it`,
              fix: 'add the weights up in one entry, or correct the subset',
            };
          }
        }
      }
    }
  }
}

function keyOf({ destination }: HttpDestination): string {
  return `${destination?.host} ${destination?.subset} ${destination?.port?.number}`;
}

function sameHeaders(a: HttpDestination, b: HttpDestination): boolean {
  return JSON.stringify(a.headers) === JSON.stringify(b.headers);
}
