import type { Expression } from './expression';

/** A node of a CRD's structural schema, with all that the checks understand of it. */
export interface StructuralSchema {
  readonly 'type'?: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  readonly 'nullable'?: boolean;
  readonly 'properties'?: { readonly [name: string]: StructuralSchema };
  readonly 'required'?: readonly string[];
  readonly 'additionalProperties'?: StructuralSchema;
  readonly 'maxProperties'?: number;
  readonly 'items'?: StructuralSchema;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'enum'?: readonly string[];
  readonly 'format'?: string;
  readonly 'maxLength'?: number;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'oneOf'?: readonly Alternative[];
  readonly 'allOf'?: readonly { readonly oneOf: readonly Alternative[] }[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
}

/** One way out of several: some field is present, or none of some is. */
export interface Alternative {
  readonly required?: readonly string[];
  readonly not?: { readonly anyOf: readonly { readonly required: readonly string[] }[] };
}

export interface ValidationRule {
  readonly rule: string;
  readonly message: string;
}

/** The syntax trees of the CEL rules, by the text of the rule. */
export interface Expressions {
  readonly [rule: string]: Expression;
}

/** Refuses what the checks do not understand, so that a keyword which a later release of Istio uses is not passed over. */
export function checkKeywords(schema: object, known: readonly string[]): void {
  const foreign = Object.keys(schema).filter(keyword => !known.includes(keyword));
  if (foreign.length > 0) {
    throw new Error(`the schema uses ${foreign.join(', ')} in a place where the checks do not understand it: ${JSON.stringify(schema).slice(0, 200)}`);
  }
}
