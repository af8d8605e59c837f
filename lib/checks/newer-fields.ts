import { leafPlaces, leafSteps } from './leaf-places';
import * as history from '../../imports/istio-since.json';
import { minorOf } from '../private/istio-release';

/** The code of a field that the mesh's Istio release does not have yet. */
export const NEWER_FIELD = 'IST0106/newer-field';

/** A field or a value that the mesh's Istio release does not have yet. */
export interface NewerField {
  readonly path: string;
  readonly message: string;
}

interface Leaf {
  readonly path: string;
  readonly steps: readonly string[];
  readonly enumValue?: string;
  readonly release: string;
}

/** What a release does not have, by kind. An app has one release, so that one is kept. */
let known: { readonly istioVersion: string; readonly leaves: Map<unknown, readonly Leaf[]> } | undefined;

/**
 * What an object uses that the mesh's Istio release does not have yet: its API server would drop it without a word.
 *
 * @param istioVersion the release, such as `1.30`
 */
export function newerFields(manifest: any, istioVersion: string): NewerField[] {
  const leaves = leavesNewerThan(istioVersion, manifest?.kind);
  return leaves.length === 0 ? [] : leaves.flatMap(leaf => occurrences(manifest, leaf).map(({ path }) => ({
    path,
    message: `exists since Istio ${leaf.release}, but the mesh runs ${istioVersion}, whose API server would drop it without a word`,
  })));
}

function leavesNewerThan(istioVersion: string, kind: unknown): readonly Leaf[] {
  if (known?.istioVersion !== istioVersion) {
    known = { istioVersion, leaves: new Map() };
  }
  let leaves = known.leaves.get(kind);
  if (leaves === undefined) {
    const minor = minorOf(istioVersion);
    const since = Object.entries(history.since as { [kind: string]: { [path: string]: string } }).find(([name]) => name === kind)?.[1] ?? {};
    leaves = Object.entries(since).filter(([, release]) => minor < minorOf(release)).map(([leaf, release]) => {
      const [path, enumValue] = leaf.split('=');
      return { path, steps: leafSteps(path), enumValue, release };
    });
    known.leaves.set(kind, leaves);
  }
  return leaves;
}

function occurrences(manifest: unknown, { steps, enumValue }: Leaf) {
  return leafPlaces(manifest, steps).filter(({ value }) => enumValue === undefined || value === enumValue);
}
