import type { Schema } from './crds';

/**
 * The leaf paths of a schema: `spec.http[].timeout`, `spec.subsets[].labels{}`, and
 * one path for each enum value: `spec.resolution=DNS`.
 */
export function leafPaths(schema: Schema, prefix = ''): string[] {
  if (schema.enum) {
    return schema.enum.map(value => `${prefix}=${value}`);
  }
  if (schema.properties && Object.keys(schema.properties).length > 0) {
    return Object.entries(schema.properties)
      .flatMap(([name, property]) => leafPaths(property, prefix === '' ? name : `${prefix}.${name}`));
  }
  if (schema.items) {
    return leafPaths(schema.items, `${prefix}[]`);
  }
  if (typeof schema.additionalProperties === 'object') {
    return leafPaths(schema.additionalProperties, `${prefix}{}`);
  }
  return [prefix];
}

/** The leaf paths below `spec` of one kind. */
export function specPaths(kindSchema: Schema): string[] {
  return leafPaths(kindSchema.properties!.spec, 'spec');
}

/** Keywords of a schema by name. */
export interface Constraints {
  readonly [keyword: string]: unknown;
}

/** What each node below `spec` of one kind demands of its value: all keywords but those that name its parts. */
export function specConstraints(kindSchema: Schema): Map<string, Constraints> {
  const found = new Map<string, Constraints>();
  collectConstraints(kindSchema.properties!.spec, 'spec', found);
  return found;
}

function collectConstraints(schema: Schema, leaf: string, found: Map<string, Constraints>): void {
  const { properties = {}, items, additionalProperties, enum: _, ...constraints } = schema as Schema & { readonly description?: string };
  found.set(leaf, { ...constraints, description: undefined });
  Object.entries(properties).forEach(([name, property]) => collectConstraints(property, `${leaf}.${name}`, found));
  if (items !== undefined) {
    collectConstraints(items, `${leaf}[]`, found);
  }
  if (typeof additionalProperties === 'object') {
    collectConstraints(additionalProperties, `${leaf}{}`, found);
  }
}
