/** A copy as cdk8s writes it: without the fields that were left out, and with the others in the order of their names. */
export function manifestForm<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(manifestForm) as T;
  }
  const result: { [key: string]: unknown } = {};
  let last = '';
  for (const key in value) {
    const field = value[key];
    if (field !== undefined) {
      if (key < last) {
        return inOrder(value);
      }
      last = key;
      result[key] = typeof field === 'object' ? manifestForm(field) : field;
    }
  }
  return result as T;
}

function inOrder<T extends object>(value: T): T {
  const result: { [key: string]: unknown } = {};
  for (const key of (Object.keys(value) as (keyof T & string)[]).sort()) {
    if (value[key] !== undefined) {
      result[key] = manifestForm(value[key]);
    }
  }
  return result as T;
}
