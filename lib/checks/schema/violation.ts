/** The keyword of the schema that a value violates. */
export type ViolatedRule =
  'apiVersion' | 'type' | 'enum' | 'format' | 'required' | 'minimum' | 'maximum' | 'minItems' | 'maxItems' | 'maxLength' | 'maxProperties' |
  'oneOf' | 'duplicate' | 'cel' | 'metadata' | 'unknown-field';

/** What the API server holds against a manifest, by the CRD of its kind. */
export interface SchemaViolation {
  /** Where, such as `spec.http[2].route[0].weight`. A required field that is missing has a path too. */
  readonly path: string;
  readonly rule: ViolatedRule;
  /** What is wrong, to be read after the path: `must be an integer, got '80'`. */
  readonly message: string;
  /** The value at the path, unless it is missing. */
  readonly value?: unknown;
  /** The CEL expression that does not hold. */
  readonly expression?: string;
  /** The API server drops the field without a word, unless it is asked to validate strictly. */
  readonly unknownField?: boolean;
}
