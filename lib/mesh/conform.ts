import { isPlainObject, PlainObject } from './manifest';

/** The part of a structural schema that says of which type a value is. */
export interface TypeSchema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: TypeSchema };
  readonly items?: TypeSchema;
  readonly additionalProperties?: TypeSchema;
}

/**
 * A value without what is of a wrong type, so that code which reads it needs no checks of its own.
 *
 * A value that is right throughout is returned as it is, not copied. Lists of objects keep their
 * positions: what cannot be read is an empty object there, as in Istio's own decoder. Fields that
 * the schema does not know stay.
 */
export function conform(schema: TypeSchema, value: unknown): unknown {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'integer':
      return Number.isInteger(value) ? value : undefined;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'array':
      return Array.isArray(value) ? conformList(schema.items ?? {}, value) : undefined;
    case 'object':
      return isPlainObject(value) ? conformObject(schema, value) : undefined;
    default:
      return value;
  }
}

function conformObject(schema: TypeSchema, value: PlainObject): PlainObject {
  let copy: { [key: string]: unknown } | undefined;
  for (const key in value) {
    const child = schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : schema.additionalProperties;
    const given = value[key];
    if (child === undefined || given === undefined) {
      continue;
    }
    const kept = conform(child, given);
    if (kept !== given) {
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

function conformList(schema: TypeSchema, value: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const given = value[index];
    const kept = conform(schema, given) ?? (schema.type === 'object' ? {} : undefined);
    if (kept !== given || kept === undefined) {
      copy ??= value.slice(0, index);
    }
    if (copy !== undefined && kept !== undefined) {
      copy.push(kept);
    }
  }
  return copy ?? value;
}
