import type { StructuralSchema } from './structural-schema';
import { reportUnknownBelow } from './unknown-fields';
import type { Walk } from './walk';
import { describe, oneOf } from '../../private/describe';

/** Checks a value that is there, and not null unless it stands in a list or may be null. */
export type Check = (value: any, walk: Walk) => void;

/** Reports a value of the wrong type, unless it is a null that may be one. */
export function reportType(expected: string, schema: StructuralSchema, value: unknown, walk: Walk): void {
  if (value !== null || !schema.nullable) {
    walk.block('type', `must be ${expected}, got ${describe(value)}${writingAdvice(schema, value)}`, value);
    reportUnknownBelow(value, walk);
  }
}

function writingAdvice(schema: StructuralSchema, value: unknown): string {
  if (schema.type === 'string') {
    if (Number.isFinite(value) && schema['x-kubernetes-validations']?.some(({ rule }) => rule.includes('duration(self)')) === true) {
      return `: write '${String(value)}s' for seconds`;
    }
    if (schema.enum !== undefined) {
      return `: write ${oneOf(schema.enum)}`;
    }
    return Number.isFinite(value) || typeof value === 'boolean' ? ': put it in quotes' : '';
  }
  const written = schema.type === 'boolean' ? /^(true|false)$/ : /^-?\d+$/;
  return typeof value === 'string' && written.test(value) && ['boolean', 'integer', 'number'].includes(schema.type!) ? ': write it without quotes' : '';
}
