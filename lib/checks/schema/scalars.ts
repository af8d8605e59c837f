import { Check, reportType } from './check';
import { codePoints } from './code-points';
import { checkKeywords, StructuralSchema } from './structural-schema';
import { reportUnknownBelow } from './unknown-fields';
import type { Walk } from './walk';
import { describe, oneOf } from '../../private/describe';

const INT64_LIMIT = 2 ** 63;
const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function compileBoolean(schema: StructuralSchema): Check {
  checkKeywords(schema, ['type', 'nullable']);
  return (value, walk) => {
    if (typeof value !== 'boolean') {
      reportType('true or false', schema, value, walk);
    }
  };
}

export function compileNumber(schema: StructuralSchema): Check {
  checkKeywords(schema, ['type', 'nullable', 'format', 'minimum', 'maximum', 'x-kubernetes-validations']);
  checkFormat(schema, ['int32', 'int64', 'double']);
  const isType = schema.type === 'integer' ? isInteger : Number.isFinite;
  const expected = schema.type === 'integer' ? 'an integer' : 'a number';
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const int32 = schema.format === 'int32';
  return (value, walk) => {
    if (!isType(value)) {
      reportType(expected, schema, value, walk);
    } else if (value < minimum) {
      walk.report('minimum', `must be at least ${minimum}, got ${value}`, value);
    } else if (value > maximum) {
      walk.report('maximum', `must be at most ${maximum}, got ${value}`, value);
    } else if (int32 && (value < INT32.least || value > INT32.most)) {
      walk.report('format', `must be an integer of 32 bits, from ${INT32.least} to ${INT32.most}, got ${value}`, value);
    }
  };
}

/** What the API server reads as an integer of 64 bits: a larger one becomes a floating-point number. */
function isInteger(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < INT64_LIMIT;
}

export function compileString(schema: StructuralSchema): Check {
  checkKeywords(schema, ['type', 'nullable', 'format', 'enum', 'maxLength', 'x-kubernetes-validations']);
  checkFormat(schema, ['byte']);
  const checks = [...enumCheck(schema), ...lengthCheck(schema), ...byteCheck(schema)];
  return (value, walk) => {
    if (typeof value !== 'string') {
      reportNoString(schema, value, walk);
    } else {
      for (const check of checks) {
        check(value, walk);
      }
    }
  };
}

function reportNoString(schema: StructuralSchema, value: unknown, walk: Walk): void {
  if (value === null && schema.nullable && schema.enum !== undefined) {
    walk.block('enum', `must be ${oneOf(schema.enum)}, got null`, value);
  } else if (schema.format === 'byte' && Array.isArray(value)) {
    // the API server takes a list of anything for bytes
    reportUnknownBelow(value, walk);
  } else {
    reportType('a string', schema, value, walk);
  }
}

function enumCheck({ enum: allowed }: StructuralSchema): Check[] {
  if (allowed === undefined) {
    return [];
  }
  const words = new Set(allowed);
  return [(value, walk) => {
    if (!words.has(value)) {
      walk.block('enum', `must be ${oneOf(allowed)}, got ${describe(value)}`, value);
    }
  }];
}

function lengthCheck({ maxLength: most }: StructuralSchema): Check[] {
  return most === undefined ? [] : [(value: string, walk) => {
    // a code point takes one or two of the units that JavaScript counts
    if (value.length > most && (value.length > 2 * most || codePoints(value) > most)) {
      walk.block('maxLength', `must be at most ${most} characters long, got ${describe(value)}`, value);
    }
  }];
}

function byteCheck({ format }: StructuralSchema): Check[] {
  if (format !== 'byte') {
    return [];
  }
  return [(value: string, walk) => {
    if (value.length % 4 !== 0 || !BASE64.test(value)) {
      walk.block('format', `must be base64 with padding and without line breaks, got ${describe(value)}`, value);
    }
  }];
}

function checkFormat({ format }: StructuralSchema, known: readonly string[]): void {
  if (format !== undefined && !known.includes(format)) {
    throw new Error(`the schema uses the format ${format}, which the checks do not understand`);
  }
}
