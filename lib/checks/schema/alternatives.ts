import { isDeepStrictEqual } from 'util';
import type { Check } from './check';
import { Alternative, checkKeywords, StructuralSchema } from './structural-schema';

/** The check of all that a node says about which of its fields exclude one another. */
export function compileAlternatives(schema: StructuralSchema): Check | undefined {
  const groups = [...schema.oneOf === undefined ? [] : [schema.oneOf], ...(schema.allOf ?? []).map(partOf)].map(exclusiveFields);
  if (groups.length === 0) {
    return undefined;
  }
  const nullable = groups.flat().filter(name => schema.properties?.[name]?.nullable);
  if (nullable.length > 0) {
    throw new Error(`the schema excludes ${nullable.join(', ')}, which may be null: the checks do not understand that`);
  }
  return (value, walk) => {
    for (const names of groups) {
      let count = 0;
      for (const name of names) {
        if (value[name] !== undefined && value[name] !== null) {
          count++;
        }
      }
      if (count > 1) {
        const given = names.filter(name => value[name] !== undefined && value[name] !== null);
        walk.report('oneOf', `must set at most one of ${names.join(', ')}, got ${given.join(' and ')}`, value);
      }
    }
  };
}

function partOf(part: { readonly oneOf: readonly Alternative[] }): readonly Alternative[] {
  checkKeywords(part, ['oneOf']);
  return part.oneOf;
}

/** The fields of which at most one may be set: Istio's CRDs say so as "either none of them, or this one, or that one". */
function exclusiveFields(alternatives: readonly Alternative[]): readonly string[] {
  const names = alternatives.flatMap(alternative => alternative.required ?? []);
  const each = names.map(name => ({ required: [name] }));
  if (!isDeepStrictEqual(alternatives, [{ not: { anyOf: each } }, ...each])) {
    throw new Error(`the schema has a choice that the checks do not understand: ${JSON.stringify(alternatives).slice(0, 200)}`);
  }
  return names;
}
