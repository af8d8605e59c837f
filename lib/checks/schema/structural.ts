import { compileAlternatives } from './alternatives';
import { Check, reportType } from './check';
import { compileListType } from './list-type';
import { compileRules } from './rules';
import { compileBoolean, compileNumber, compileString } from './scalars';
import { checkKeywords, Expressions, StructuralSchema } from './structural-schema';
import { unknownFieldMessage } from './unknown-fields';

/**
 * Compiles a node of a structural schema to closures that check a value in one pass, without a copy: unknown fields and nulls
 * are passed over as the API server drops them before it validates.
 */
export function compileSchema(schema: StructuralSchema, expressions: Expressions): Check {
  const check = compileType(schema, expressions);
  const checkRules = compileRules(schema, expressions);
  return checkRules === undefined ? check : (value, walk) => {
    check(value, walk);
    // as the values of a node come before its rules, these see nothing but values of the right shape
    if (!walk.blocked && value !== null) {
      checkRules(value, walk);
    }
  };
}

function compileType(schema: StructuralSchema, expressions: Expressions): Check {
  switch (schema.type) {
    case 'object':
      return schema.additionalProperties === undefined ? compileObject(schema, compileFields(schema, expressions)) : compileMap(schema, expressions);
    case 'array':
      return compileList(schema, expressions);
    case 'string':
      return compileString(schema);
    case 'integer':
    case 'number':
      return compileNumber(schema);
    case 'boolean':
      return compileBoolean(schema);
    default:
      throw new Error(`the schema has a node without a type that the checks understand: ${JSON.stringify(schema).slice(0, 200)}`);
  }
}

export interface Field {
  readonly check: Check;
  readonly nullable?: boolean;
}

export function compileFields({ properties = {} }: StructuralSchema, expressions: Expressions): Map<string, Field> {
  return new Map(Object.entries(properties)
    .map(([name, property]) => [name, { check: compileSchema(property, expressions), nullable: property.nullable }]));
}

export function compileObject(schema: StructuralSchema, fields: ReadonlyMap<string, Field>): Check {
  checkKeywords(schema, ['type', 'nullable', 'properties', 'required', 'oneOf', 'allOf', 'x-kubernetes-validations']);
  const names = [...fields.keys()];
  const required = schema.required ?? [];
  const checkAlternatives = compileAlternatives(schema);
  return (value, walk) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      reportType('an object', schema, value, walk);
      return;
    }
    for (const name in value) {
      const child = value[name];
      const field = fields.get(name);
      if (child === undefined) {
        continue;
      } else if (field === undefined) {
        walk.unknown(name, unknownFieldMessage(name, names), child);
      } else if (child !== null || field.nullable) {
        walk.enterField(name);
        field.check(child, walk);
        walk.leave();
      }
    }
    for (const name of required) {
      if (!isSet(value, name, fields.get(name)!.nullable)) {
        walk.missing(name);
      }
    }
    checkAlternatives?.(value, walk);
  };
}

function isSet(value: any, name: string, nullable: boolean | undefined): boolean {
  return value[name] !== undefined && (value[name] !== null || nullable === true);
}

function compileMap(schema: StructuralSchema, expressions: Expressions): Check {
  checkKeywords(schema, ['type', 'nullable', 'additionalProperties', 'maxProperties', 'x-kubernetes-validations']);
  const values = schema.additionalProperties!;
  const check = compileSchema(values, expressions);
  const most = schema.maxProperties ?? Infinity;
  return (value, walk) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      reportType('an object', schema, value, walk);
      return;
    }
    let size = 0;
    for (const key in value) {
      const child = value[key];
      if (child !== undefined && (child !== null || values.nullable)) {
        size++;
        walk.enterKey(key);
        check(child, walk);
        walk.leaveKey();
      }
    }
    if (size > most) {
      walk.block('maxProperties', `must have at most ${most} keys, got ${size}`, value);
    }
  };
}

function compileList(schema: StructuralSchema, expressions: Expressions): Check {
  checkKeywords(schema, ['type', 'nullable', 'items', 'minItems', 'maxItems', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations']);
  const check = compileSchema(schema.items!, expressions);
  const { minItems: least = 0, maxItems: most = Infinity } = schema;
  const checkKeys = compileListType(schema);
  return (value, walk) => {
    if (!Array.isArray(value)) {
      reportType('a list', schema, value, walk);
      return;
    }
    for (let index = 0; index < value.length; index++) {
      walk.enterItem(index);
      // a hole of a list is written as null
      check(value[index] ?? null, walk);
      walk.leave();
    }
    if (value.length > most) {
      walk.block('maxItems', `must have at most ${most} items, got ${value.length}`, value);
    } else if (value.length < least) {
      walk.report('minItems', `must have at least ${least} ${least === 1 ? 'item' : 'items'}, got ${value.length}`, value);
    }
    checkKeys?.(value, walk);
  };
}
