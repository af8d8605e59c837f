import { indexStep, fieldStep, keyStep } from './property-path';

/** A place of an object and what stands there. */
export interface LeafPlace {
  readonly path: string;
  readonly value: unknown;
}

/** The steps of a leaf of the schema such as `spec.http[].redirect.port` or `spec.subsets[].labels{}`. */
export function leafSteps(leaf: string): string[] {
  return leaf.split(/\.|(?=\[\])|(?=\{\})/);
}

/** The places of an object where a leaf of the schema occurs. */
export function leafPlaces(manifest: unknown, steps: readonly string[]): LeafPlace[] {
  let found: LeafPlace[] = [{ path: '', value: manifest }];
  for (const step of steps) {
    found = found.flatMap(place => children(place, step));
  }
  return found.map(({ path, value }) => ({ path: path.slice(1), value }));
}

function children({ path, value }: LeafPlace, step: string): LeafPlace[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if (step === '[]') {
    return Array.isArray(value) ? value.map((item, index) => ({ path: path + indexStep(index), value: item })) : [];
  }
  if (step === '{}') {
    return Object.entries(value).map(([key, child]) => ({ path: path + keyStep(key), value: child }));
  }
  const child = (value as { [key: string]: unknown })[step];
  return child === undefined ? [] : [{ path: path + fieldStep(step), value: child }];
}
