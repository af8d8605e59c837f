/** Adds to a list in a map, which it makes where there is none. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

/** The items by a key, each list in the order of the items. */
export function groupBy<K, V>(items: Iterable<V>, keyOf: (item: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) {
    append(groups, keyOf(item), item);
  }
  return groups;
}

/** What a map holds for a key, made first where it holds nothing. */
export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Like `map`, but the same list where every item stays the same. */
export function mapChanged<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  let copy: T[] | undefined;
  list.forEach((item, index) => {
    const changed = change(item);
    if (changed !== item) {
      copy ??= [...list];
      copy[index] = changed;
    }
  });
  return copy ?? list;
}
