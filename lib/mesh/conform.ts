import { isPlainObject, PlainObject } from './manifest';

/** The part of a structural schema that says of which type a value is. */
export interface TypeSchema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: TypeSchema };
  readonly items?: TypeSchema;
  readonly additionalProperties?: TypeSchema;
}

/** Gives a value without what is of a wrong type, or undefined where nothing of it can be read. */
export type Conform = (value: unknown) => unknown;

const text: Conform = value => typeof value === 'string' ? value : undefined;
const integer: Conform = value => Number.isInteger(value) ? value : undefined;
const number: Conform = value => Number.isFinite(value) ? value : undefined;
const boolean: Conform = value => typeof value === 'boolean' ? value : undefined;
const anything: Conform = value => value;

/**
 * Makes a function that leaves out of a value what is of a wrong type, so that code which reads it needs no checks of its own.
 *
 * A value that is right throughout is returned as it is, not copied. Lists of objects keep their
 * positions: what cannot be read is an empty object there, as in Istio's own decoder. Fields that
 * the schema does not know stay.
 */
export function compileSchema(schema: TypeSchema): Conform {
  switch (schema.type) {
    case 'string':
      return text;
    case 'integer':
      return integer;
    case 'number':
      return number;
    case 'boolean':
      return boolean;
    case 'array':
      return compileList(schema.items ?? {});
    case 'object':
      return compileObject(schema);
    default:
      return anything;
  }
}

function compileObject(schema: TypeSchema): Conform {
  const properties = new Map(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, compileSchema(property)]));
  const others = schema.additionalProperties === undefined ? undefined : compileSchema(schema.additionalProperties);
  return value => isPlainObject(value) ? conformObject(properties, others, value) : undefined;
}

function compileList(schema: TypeSchema): Conform {
  const conformItem = compileSchema(schema);
  const isObjects = schema.type === 'object';
  return value => Array.isArray(value) ? conformList(conformItem, isObjects, value) : undefined;
}

function conformObject(properties: ReadonlyMap<string, Conform>, others: Conform | undefined, value: PlainObject): PlainObject {
  let copy: { [key: string]: unknown } | undefined;
  for (const key in value) {
    const conform = properties.get(key) ?? others;
    const given = value[key];
    // a field that is undefined is as good as left out, a key of a map would be seen
    if (conform === undefined || (given === undefined && conform !== others)) {
      continue;
    }
    const kept = conform(given);
    if (kept !== given || kept === undefined) {
      copy ??= { ...value };
      if (kept === undefined) {
        delete copy[key];
      } else {
        copy[key] = kept;
      }
    }
  }
  return copy ?? value;
}

function conformList(conformItem: Conform, isObjects: boolean, value: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const given = value[index];
    const kept = conformItem(given) ?? (isObjects ? {} : undefined);
    if (kept !== given || kept === undefined) {
      copy ??= value.slice(0, index);
    }
    if (copy !== undefined && kept !== undefined) {
      copy.push(kept);
    }
  }
  return copy ?? value;
}
