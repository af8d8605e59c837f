import type { Check } from './check';
import { checkKeywords, StructuralSchema } from './structural-schema';
import { reportUnknownBelow, unknownFieldMessage } from './unknown-fields';

/** The check of a part that the API server does not validate, but whose unknown fields it drops all the same. */
export function compileNames(schema: StructuralSchema): Check {
  if (schema.items !== undefined) {
    checkKeywords(schema, ['type', 'items']);
    const check = compileNames(schema.items);
    return (value, walk) => {
      if (!Array.isArray(value)) {
        reportUnknownBelow(value, walk);
        return;
      }
      value.forEach((item, index) => {
        walk.enterItem(index);
        check(item, walk);
        walk.leave();
      });
    };
  }
  return schema.properties === undefined ? reportUnknownBelow : compileObjectNames(schema);
}

function compileObjectNames(schema: StructuralSchema): Check {
  checkKeywords(schema, ['type', 'properties', 'x-kubernetes-preserve-unknown-fields']);
  const fields = new Map(Object.entries(schema.properties!).map(([name, property]) => [name, compileNames(property)]));
  const names = [...fields.keys()];
  const preserve = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return (value, walk) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      if (!preserve) {
        reportUnknownBelow(value, walk);
      }
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      const check = fields.get(name);
      if (check !== undefined) {
        walk.enterField(name);
        check(child, walk);
        walk.leave();
      } else if (!preserve && child !== undefined) {
        walk.unknown(name, unknownFieldMessage(name, names), child);
      }
    }
  };
}
