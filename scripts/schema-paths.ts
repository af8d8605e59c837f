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
