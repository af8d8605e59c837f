import type { Check } from './check';
import type { StructuralSchema } from './structural-schema';
import type { Walk } from './walk';
import { describe } from '../../private/describe';

const DEEPEST = 100;

/** The check that the items of a list differ: as wholes, or in their keys. */
export function compileListType(schema: StructuralSchema): Check | undefined {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  switch (schema['x-kubernetes-list-type']) {
    case undefined:
    case 'atomic':
      return undefined;
    case 'map':
      return (items, walk) => {
        if (items.every(isObjectOrNull)) {
          checkUnique(items, item => keyOf(item, keys), item => `repeats the ${keys.map(key => `${key} ${describe(item?.[key])}`).join(' and the ')}`, walk);
        }
      };
    default:
      throw new Error(`the schema has a list of the type ${schema['x-kubernetes-list-type']}, which the checks do not understand`);
  }
}

/** An item that is no object is reported for its type; the others are not compared then. */
function isObjectOrNull(item: unknown): boolean {
  return typeof item === 'object' ? !Array.isArray(item) : item === undefined;
}

function keyOf(item: any, keys: readonly string[]): unknown {
  return keys.length === 1 ? comparable(item?.[keys[0]]) : written(keys.map(key => comparable(item?.[key])));
}

/** A scalar as it is. The API server writes out anything else, without the fields, which are unknown where a scalar belongs. */
function comparable(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? `\0${written(withoutFields(value, 0))}` : value ?? undefined;
}

/** As JSON, which has no integers without a bound: what holds one is refused for that. */
function written(list: unknown): string {
  return JSON.stringify(list, (_, value: unknown) => typeof value === 'bigint' ? `${value}n` : value);
}

function withoutFields(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value) && depth < DEEPEST ? value.map(item => withoutFields(item, depth + 1)) : {};
}

/** Reports the second of the items with one key, as the API server does. */
function checkUnique(items: readonly unknown[], key: (item: any) => unknown, message: (item: any) => string, walk: Walk): void {
  const counts = new Map<unknown, number>();
  items.forEach((item, index) => {
    const each = key(item);
    const earlier = counts.get(each) ?? 0;
    counts.set(each, earlier + 1);
    if (earlier === 1) {
      walk.enterItem(index);
      walk.report('duplicate', `${message(item)} of an earlier item`, item);
      walk.leave();
    }
  });
}
