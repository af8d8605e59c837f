import type { Walk } from './walk';

const DEEPEST = 100;
const LONGEST_NAME = 40;

/** What to say of a field that the schema does not have, with the field that was probably meant. */
export function unknownFieldMessage(name: string, known: readonly string[]): string {
  const meant = name.length > LONGEST_NAME ? undefined : known.find(each => isNear(name.toLowerCase(), each.toLowerCase()));
  const advice = meant === undefined ? '' : `, did you mean ${meant}?`;
  return `is not a field that Istio knows${advice}: the API server drops it without a word, or refuses it under strict validation`;
}

/** Whether one text becomes the other by one letter more, one less, one other or two that change places. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB
    || restA === restB.slice(1)
    || restA.slice(1) === restB.slice(1)
    || (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0]);
}

/** Reports the fields in a value where the schema has no fields at all. */
export function reportUnknownBelow(value: unknown, walk: Walk, depth = 0, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (!Array.isArray(value)) {
    for (const [name, child] of Object.entries(value)) {
      if (child !== undefined) {
        walk.unknown(name, unknownFieldMessage(name, []), child);
      }
    }
  } else if (depth < DEEPEST && !seen.has(value)) {
    seen.add(value);
    value.forEach((item, index) => {
      walk.enterItem(index);
      reportUnknownBelow(item, walk, depth + 1, seen);
      walk.leave();
    });
  }
}
