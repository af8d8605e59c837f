import type { SchemaViolation } from './violation';

export type { SchemaViolation, ViolatedRule } from './violation';

let violationsOf: typeof import('./kinds').violationsOf | undefined;

/**
 * What the Kubernetes API server would hold against a plain manifest of one of the four kinds, by the schema and the CEL rules
 * of its CRD: nothing for a manifest of another kind.
 */
export function checkSchema(manifest: unknown): SchemaViolation[] {
  // loaded and compiled when the first manifest is checked
  violationsOf ??= (require('./kinds') as typeof import('./kinds')).violationsOf;
  return violationsOf(manifest);
}
