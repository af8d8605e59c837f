/** Tells for each object whether it still shows what is being looked for. */
export type Shows = (objects: readonly any[]) => Promise<boolean[]>;

/** The smallest object that still shows it, found by leaving out and simplifying one value after the other. */
export async function shrink<T extends object>(object: T, shows: Shows): Promise<T> {
  let smallest = object;
  for (;;) {
    const candidates = simpler(smallest) as T[];
    const found = candidates.length === 0 ? -1 : (await shows(candidates)).indexOf(true);
    if (found < 0) {
      return smallest;
    }
    smallest = candidates[found];
  }
}

const KEPT = new Set(['apiVersion', 'kind', 'metadata']);

/** All objects that differ from one in a single place, where they are simpler: the largest steps first. */
function simpler(object: any): object[] {
  return Object.keys(object)
    .filter(name => !KEPT.has(name))
    .flatMap(name => [without(object, name), ...simplerValues(object[name]).map(value => replaced(object, name, value))]);
}

function simplerValues(value: any): unknown[] {
  if (Array.isArray(value)) {
    const half = Math.ceil(value.length / 2);
    return [
      ...value.length > 2 ? [value.slice(0, half), value.slice(half)] : [],
      ...value.length > 20 ? [] : value.flatMap((item, index) =>
        [value.filter((_, other) => other !== index), ...simplerValues(item).map(each => value.map((old, other) => other === index ? each : old))]),
    ];
  } else if (typeof value === 'object' && value !== null) {
    return Object.keys(value).flatMap(name => [without(value, name), ...simplerValues(value[name]).map(each => replaced(value, name, each))]);
  }
  return typeof value === 'string' && value.length > 1 ? [value.slice(0, value.length / 2), value.slice(1)] : [];
}

function without(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));
}

function replaced(object: object, name: string, value: unknown): object {
  return Object.fromEntries(Object.entries(object).map(([each, old]) => [each, each === name ? value : old]));
}
