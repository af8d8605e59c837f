import type { Check } from './check';
import { compileMetadata } from './metadata';
import { compileNames } from './names';
import { compileFields, compileObject } from './structural';
import type { Expressions, StructuralSchema } from './structural-schema';

/** Compiles the schema of a kind: what its API server says when a manifest is to be created. */
export function compileManifest(schema: StructuralSchema, expressions: Expressions): Check {
  const { status, ...validated } = schema.properties!;
  const fields = compileFields({ properties: validated }, expressions);
  // the API server drops the status of a new object before it validates
  fields.set('status', { check: compileNames(status) });
  for (const name of ['apiVersion', 'kind', 'metadata']) {
    fields.set(name, { check: () => undefined });
  }
  const checkFields = compileObject(schema, fields);
  const checkMetadata = compileMetadata();
  return (manifest, walk) => {
    checkMetadata(manifest.metadata, walk);
    checkFields(manifest, walk);
  };
}
