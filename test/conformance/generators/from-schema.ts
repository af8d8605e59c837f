import type { Random } from './random';
import { anyKey, anyNumber, anyString, DURATIONS, NUMBERS, ODD_DURATIONS, STRINGS, word } from './values';
import schemas from '../../../imports/istio-schema.json';

/** What the generators read of the CRDs. */
export interface Schema {
  readonly 'type'?: string;
  readonly 'properties'?: { readonly [name: string]: Schema };
  readonly 'required'?: readonly string[];
  readonly 'additionalProperties'?: Schema;
  readonly 'items'?: Schema;
  readonly 'enum'?: readonly string[];
  readonly 'format'?: string;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'maxLength'?: number;
  readonly 'maxProperties'?: number;
  readonly 'oneOf'?: readonly Alternative[];
  readonly 'allOf'?: readonly { readonly oneOf: readonly Alternative[] }[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message: string }[];
}

interface Alternative {
  readonly required?: readonly string[];
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [name: string]: unknown };
  readonly spec?: unknown;
  readonly [field: string]: unknown;
}

export const KINDS = Object.keys(schemas);

/** The schema of a kind's `spec`. */
export function specOf(kind: string): Schema {
  return (schemas as { [kind: string]: Schema })[kind].properties!.spec;
}

/** The steps from `spec` to a node of the schema. An object that is made for one contains it, so that deep nodes are reached as often as others. */
export type Aim = readonly string[];

const AIMS = new Map(KINDS.map(kind => [kind, aimsBelow(specOf(kind))]));

export function aimsOf(kind: string): readonly Aim[] {
  return AIMS.get(kind)!;
}

function aimsBelow(schema: Schema): Aim[] {
  const below = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => aimsBelow(property).map(aim => [name, ...aim])),
    ...[schema.items, schema.additionalProperties].flatMap(each => each === undefined ? [] : aimsBelow(each).map(aim => ['[]', ...aim])),
  ];
  return [[], ...below];
}

/** A manifest of a kind which the schema allows, but for what single values and CEL rules demand. */
export function randomObject(kind: string, random: Random, aim: Aim = random.pick(aimsOf(kind))): Manifest {
  return {
    apiVersion: `networking.istio.io/${random.chance(0.9) ? 'v1' : random.pick(['v1beta1', 'v1alpha3'])}`,
    kind,
    metadata: { name: word(random), namespace: 'default' },
    spec: fromSchema(specOf(kind), random, random.pick([0.1, 0.3, 0.5]), aim),
  };
}

/** A value that a node allows, with a share of what it may leave out; less, the deeper it goes. */
export function fromSchema(schema: Schema, random: Random, share: number, aim?: Aim): unknown {
  switch (schema.type) {
    case 'object':
      return schema.additionalProperties === undefined ? randomFields(schema, random, share, aim) : randomMap(schema, random, share, aim);
    case 'array':
      return randomList(schema, random, share, aim);
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
    case 'number':
      return randomNumber(schema, random);
    default:
      return randomString(schema, random);
  }
}

function randomFields(schema: Schema, random: Random, share: number, aim: Aim = []): object {
  const [wanted, ...rest] = aim;
  const excluded = excludedFields(schema, random, wanted);
  return Object.fromEntries(Object.entries(schema.properties ?? {})
    .filter(([name]) => schema.required?.includes(name) || name === wanted || (!excluded.includes(name) && random.chance(share)))
    .map(([name, property]) => [name, fromSchema(property, random, share * 0.8, name === wanted ? rest : undefined)]));
}

/** All but one of the fields of which only one may be set. */
function excludedFields(schema: Schema, random: Random, wanted: string | undefined): string[] {
  return alternativesOf(schema).flatMap(names => {
    const chosen = names.find(name => name === wanted) ?? random.pick(names);
    return names.filter(name => name !== chosen);
  });
}

/** The groups of fields of which only one may be set. */
export function alternativesOf(schema: Schema): string[][] {
  return [schema.oneOf ?? [], ...(schema.allOf ?? []).map(part => part.oneOf)]
    .map(alternatives => alternatives.flatMap(alternative => alternative.required ?? []))
    .filter(names => names.length > 0);
}

function randomMap(schema: Schema, random: Random, share: number, aim: Aim = []): object {
  const entries = Array.from({ length: random.integer(Math.min(1, aim.length), 2) }, (_, index) => [
    random.chance(0.8) ? word(random) : anyKey(random),
    fromSchema(schema.additionalProperties!, random, share, index === 0 ? aim.slice(1) : undefined),
  ]);
  return Object.fromEntries(entries);
}

function randomList(schema: Schema, random: Random, share: number, aim: Aim = []): unknown[] {
  const length = Math.max(schema.minItems ?? 0, Math.min(1, aim.length), random.pick([0, 1, 1, 1, 2, 2, 3]));
  return Array.from({ length }, (_, index) => fromSchema(schema.items!, random, share, index === 0 ? aim.slice(1) : undefined));
}

function randomNumber(schema: Schema, random: Random): number {
  return random.chance(0.9) ? Math.min(random.pick(NUMBERS), schema.maximum ?? Infinity) : anyNumber(random);
}

function randomString(schema: Schema, random: Random): string {
  if (schema.enum !== undefined) {
    return random.pick(schema.enum);
  } else if (schema['x-kubernetes-validations']?.some(({ rule }) => rule.startsWith('duration('))) {
    return random.chance(0.95) ? random.pick(DURATIONS) : random.pick(ODD_DURATIONS);
  } else if (schema.format === 'byte') {
    return random.pick(['YQ==', 'YWI=', 'YWJj']);
  }
  return random.chance(0.9) ? random.pick([...STRINGS, word(random)]) : anyString(random);
}
