import { Aim, aimsOf, alternativesOf, fromSchema, Manifest, randomObject, Schema, specOf } from './from-schema';
import type { Random } from './random';
import { anyKey, anyNumber, anyString, anything, longString, ODD_DURATIONS } from './values';

/** A place in a manifest, with the schema's node for it when it has one. */
interface Place {
  readonly parent: any;
  readonly key: string | number;
  readonly schema?: Schema;
}

/** A manifest of a kind that is wrong in some places or in none: every node of the schema comes to be wrong as often as any other. */
export function randomMutant(kind: string, random: Random): Manifest {
  const aim = random.pick(aimsOf(kind));
  const manifest = randomObject(kind, random, aim);
  if (random.chance(0.5)) {
    random.pick([breakRule, breakRule, ...MUTATORS, breakRule])(placeOf(manifest, aim), random);
    return random.chance(0.7) ? manifest : mutate(manifest, random);
  }
  return mutate(manifest, random);
}

/** A manifest with some of its values changed to what stands at an edge, or is wrong altogether. */
export function mutate(manifest: Manifest, random: Random, mutations = random.pick([0, 1, 1, 1, 2, 2, 3, 5])): Manifest {
  const changed = structuredClone(manifest);
  for (let count = 0; count < mutations; count++) {
    random.pick(MUTATORS)(randomPlace(changed, random), random);
  }
  return changed;
}

/** The place of a node, in the first item of each list and under the first key of each map on the way. */
function placeOf(manifest: Manifest, aim: Aim): Place {
  let place: Place = { parent: manifest, key: 'spec', schema: specOf(manifest.kind) };
  for (const step of aim) {
    const value = place.parent[place.key];
    const key = step === '[]' ? Object.keys(value)[0] : step;
    place = { parent: value, key: Array.isArray(value) ? 0 : key, schema: schemaOf(place.schema, key) };
  }
  return place;
}

/** Any place, or one about which the schema says more than its type. */
function randomPlace(manifest: Manifest, random: Random): Place {
  const all = placesBelow({ parent: manifest, key: 'spec', schema: specOf(manifest.kind) });
  const constrained = all.filter(({ schema = {} }) => Object.keys(schema).some(keyword => !['type', 'items', 'properties'].includes(keyword)));
  return random.pick(constrained.length > 0 && random.chance(0.5) ? constrained : all);
}

function placesBelow(place: Place): Place[] {
  const value = place.parent[place.key];
  if (typeof value !== 'object' || value === null) {
    return [place];
  }
  return [place, ...Object.keys(value).flatMap(key =>
    placesBelow({ parent: value, key: Array.isArray(value) ? Number(key) : key, schema: schemaOf(place.schema, key) }))];
}

function schemaOf(schema: Schema | undefined, key: string): Schema | undefined {
  return schema?.items ?? schema?.additionalProperties ?? (Object.hasOwn(schema?.properties ?? {}, key) ? schema?.properties?.[key] : undefined);
}

type Mutator = (place: Place, random: Random) => void;

const MUTATORS: readonly Mutator[] = [
  breakRule,
  ({ parent, key }, random) => set(parent, key, anything(random)),
  ({ parent, key }) => set(parent, key, null),
  ({ parent, key }) => Array.isArray(parent) ? parent.splice(key as number, 1) : delete parent[key],
  ({ parent, key }, random) => set(parent, key, sameTypeAtEdge(parent[key], random)),
  ({ parent, key }, random) => set(parent, key, otherType(parent[key], random)),
  addField,
  addItem,
  ({ parent, key }, random) => {
    if (typeof parent[key] === 'string') {
      set(parent, key, longString(random));
    }
  },
];

function sameTypeAtEdge(value: unknown, random: Random): unknown {
  switch (typeof value) {
    case 'number':
      return anyNumber(random);
    case 'string':
      return random.chance(0.3) ? random.pick(ODD_DURATIONS) : anyString(random);
    case 'object':
      return Array.isArray(value) ? [] : {};
    default:
      return value;
  }
}

function otherType(value: unknown, random: Random): unknown {
  if (typeof value === 'string') {
    return Number(value) || 0;
  }
  return random.chance(0.5) ? JSON.stringify(value) : [value];
}

/** Adds a field that the schema has, or one that it lacks. */
function addField({ parent, key, schema }: Place, random: Random): void {
  const value = parent[key];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const names = Object.keys(schema?.properties ?? {});
    const name = names.length > 0 && random.chance(0.7) ? random.pick(names) : anyKey(random);
    const field = schemaOf(schema, name);
    set(value, name, field !== undefined && random.chance(0.5) ? fromSchema(field, random, 0.3) : anything(random));
  }
}

/** Adds an item that is there already, a null or a stranger. */
function addItem({ parent, key }: Place, random: Random): void {
  const value = parent[key];
  if (Array.isArray(value)) {
    const item = random.pick<() => unknown>([() => value[0] ?? null, () => value[0] ?? {}, () => null, () => anything(random)])();
    value.splice(random.integer(0, value.length), 0, structuredClone(item));
  }
}

/** Breaks something that the schema says of a place beyond its type, or comes near to it. */
function breakRule({ parent, key, schema = {} }: Place, random: Random): void {
  const value = parent[key];
  const { minimum, maximum, minItems, maxItems, maxLength, maxProperties, required = [] } = schema;
  const ways: (() => unknown)[] = [
    ...[minimum, maximum].flatMap(edge => edge === undefined ? [] : [() => edge + random.integer(-1, 1)]),
    ...schema.format === 'int32' ? [() => random.pick([2 ** 31, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1])] : [],
    ...schema.format === 'byte' || schema.enum !== undefined ? [() => anyString(random)] : [],
    ...maxLength === undefined ? [] : [() => random.pick(['a', 'é', '\u{1f600}']).repeat(maxLength + random.integer(0, 1))],
    ...minItems === undefined ? [] : [() => longList(schema.items!, minItems - random.integer(0, 1), random)],
    // a list of thousands costs as much as all the rest
    ...maxItems === undefined || (maxItems > 1000 && random.chance(0.9)) ? []
      : [() => longList(schema.items!, maxItems + random.integer(0, 1), random)],
    ...maxProperties === undefined ? [] : [() => largeMap(schema.additionalProperties!, maxProperties + random.integer(0, 1), random)],
    ...required.map(name => () => Object.fromEntries(Object.entries(value ?? {}).filter(([each]) => each !== name))),
    ...alternativesOf(schema).map(names => () => bothOf(names.slice(0, 2), value, schema, random)),
  ];
  if (ways.length > 0) {
    set(parent, key, random.pick(ways)());
  }
}

function longList(items: Schema, length: number, random: Random): unknown[] {
  const item = fromSchema(items, random, 0.1);
  return Array.from({ length }, (_, index) => numbered(item, index));
}

function largeMap(values: Schema, size: number, random: Random): object {
  const value = fromSchema(values, random, 0.1);
  return Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, random.chance(0.0001) ? null : value]));
}

function bothOf(names: readonly string[], value: object, schema: Schema, random: Random): object {
  return { ...value, ...Object.fromEntries(names.map(name => [name, fromSchema(schema.properties![name], random, 0.3)])) };
}

/** A copy of an item whose name and number differ from the others'. */
function numbered(item: any, index: number): unknown {
  return typeof item !== 'object' || item === null || Array.isArray(item) ? item : {
    ...item,
    ...typeof item.name === 'string' ? { name: `n${index}` } : {},
    ...typeof item.number === 'number' ? { number: index + 1 } : {},
  };
}

/** Sets an own property, whatever its name. */
function set(parent: any, key: string | number, value: unknown): void {
  Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true });
}
