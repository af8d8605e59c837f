import { checkInteger, checkObject, Range } from './validation';

/** How a field is checked and written, by the property as messages show it and the value, when one is given. */
type FieldRenderer<T> = (property: string, value: T) => unknown;

/** The fields of a struct, each with its renderer. */
type FieldRenderers<T> = { readonly [K in keyof T]-?: FieldRenderer<NonNullable<T[K]>> };

type Rendered<R> = { -readonly [K in keyof R]?: R[K] extends (property: string, value: any) => infer U ? U : never };

/**
 * A plain object of which each given field is checked and copied. It has no other fields: `undefined` stands for "left out".
 *
 * @param within what stands before the name of a field in messages
 */
export function renderFields<T extends object, R extends FieldRenderers<T>>(property: string, struct: T, fields: R, within = `${property}.`): Rendered<R> {
  checkObject(property, struct);
  const rendered: { [field: string]: unknown } = {};
  for (const field in ownFields(struct, fields)) {
    const value = struct[field];
    if (value !== undefined) {
      if (!Object.prototype.hasOwnProperty.call(fields, field)) {
        throw new Error(`${property} has no property '${field}', known properties: ${Object.keys(fields).join(', ')}`);
      }
      rendered[field] = fields[field](within + field, value as NonNullable<typeof value>);
    }
  }
  return rendered as Rendered<R>;
}

/** A struct that Istio refuses, or that says nothing, when none of its fields is given. */
export function renderSomeFields<T extends object, R extends FieldRenderers<T>>(property: string, struct: T, fields: R): Rendered<R> {
  const rendered = renderFields(property, struct, fields);
  for (const _field in rendered) {
    return rendered;
  }
  throw new Error(`${property} must set at least one of ${Object.keys(fields).join(', ')}`);
}

/** An object with all fields: those of a class may be accessors, which a loop does not see. */
function ownFields<T extends object>(struct: T, fields: FieldRenderers<T>): T {
  return Object.getPrototypeOf(struct) === Object.prototype ? struct : { ...fields, ...struct };
}

/** An integer within a range. */
export function integer(range: Range): (property: string, value: number) => number {
  return (property, value) => checkInteger(property, value, range);
}
