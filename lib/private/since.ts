import { describe } from './describe';
import * as history from '../../imports/istio-since.json';
import type { MeshSettings } from '../mesh-settings';

/** What a resource uses that the mesh's Istio release does not have yet: its API server would drop it without a word. */
export function newerFields(kind: string, spec: object, settings: MeshSettings): string[] {
  const since: { readonly [path: string]: string } = (history.since as { [kind: string]: { [path: string]: string } })[kind] ?? {};
  return Object.entries(since)
    .filter(([, release]) => !settings.isAtLeast(release))
    .flatMap(([path, release]) => occurrences({ spec }, path)
      .map(place => `${place} exists since Istio ${release}, but istioVersion is ${settings.istioVersion}: its API server would drop the field without a word, leave it out or configure the mesh settings`));
}

/** The places of an object where a leaf path such as `spec.http[].redirect.port` or `spec.resolution=DNS` occurs. */
function occurrences(object: object, leafPath: string): string[] {
  const [path, enumValue] = leafPath.split('=');
  let found: { place: string; value: unknown }[] = [{ place: '', value: object }];
  for (const step of path.split(/\.|(?=\[\])|(?=\{\})/)) {
    found = found.flatMap(({ place, value }) => children(value, step).map(([name, child]) => ({ place: place + name, value: child })));
  }
  return found
    .filter(({ value }) => enumValue === undefined || value === enumValue)
    .map(({ place }) => place.slice(1));
}

function children(value: unknown, step: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if (step === '[]') {
    return Array.isArray(value) ? value.map((item, index) => [`[${index}]`, item]) : [];
  }
  if (step === '{}') {
    return Object.entries(value).map(([key, child]) => [`[${describe(key)}]`, child]);
  }
  const child = (value as { [key: string]: unknown })[step];
  return child === undefined ? [] : [[`.${step}`, child]];
}
