const STEP = /\.?([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/gs;

/** The keys and indexes that a property path such as `spec.http[2].headers['x-user']` leads through. */
export function propertySteps(path: string): (string | number)[] {
  return Array.from(path.matchAll(STEP), ([, name, index, key]) =>
    name ?? (index === undefined ? key.replace(/\\(.)/gs, '$1') : Number(index)));
}
