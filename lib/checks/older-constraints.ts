import { leafPlaces, leafSteps } from './leaf-places';
import type { SchemaViolation } from './schema';
import * as history from '../../imports/istio-since.json';
import { minorOf } from '../private/istio-release';

/** A constraint of a field that a later release has changed. */
interface OlderConstraint {
  readonly steps: readonly string[];
  readonly keyword: 'minimum' | 'maximum' | 'format';

  /** What the constraint was up to the release; undefined where there was none. */
  readonly value?: unknown;
  readonly until: string;

  /** What it is from the next one on. */
  readonly then?: unknown;
  readonly since: string;
}

interface RecordedConstraint extends Omit<OlderConstraint, 'steps' | 'keyword'> {
  readonly keyword: string;
}

/** What was different in the release of the mesh, by kind. An app has one release, so that one is kept. */
let known: { readonly istioVersion: string; readonly constraints: Map<unknown, readonly OlderConstraint[]> } | undefined;

const LIMITS = { minimum: 'at least', maximum: 'at most', format: '' };

const NONE: readonly OlderConstraint[] = [];

/** The violations of an object's schema as the mesh's release sees them, where its constraints are others than those of the newest one. */
export function asOfRelease(violations: readonly SchemaViolation[], manifest: any, istioVersion: string): readonly SchemaViolation[] {
  const constraints = constraintsOf(istioVersion, manifest?.kind);
  return constraints.length === 0
    ? violations
    : constraints.reduce((held, constraint) => judgedBy(constraint, held, manifest, istioVersion), violations);
}

function judgedBy(
  { steps, keyword, value: bound, then, since }: OlderConstraint, violations: readonly SchemaViolation[], manifest: unknown, istioVersion: string,
): readonly SchemaViolation[] {
  const places = leafPlaces(manifest, steps);
  const paths = new Set(places.map(({ path }) => path));
  const others = violations.filter(({ rule, path }) => rule !== keyword || !paths.has(path));
  const broken = keyword === 'format' || typeof bound !== 'number' ? [] : places.filter(({ value }) =>
    typeof value === 'number' && (keyword === 'minimum' ? value < bound : value > bound));
  return [...others, ...broken.map(({ path, value }) => ({
    path,
    rule: keyword,
    value,
    message: `must be ${LIMITS[keyword]} ${String(bound)} in Istio ${istioVersion}, which the mesh runs, got ${String(value)} `
      + `(${then === undefined ? 'without a bound' : `${LIMITS[keyword]} ${String(then)}`} since Istio ${since})`,
  }))];
}

function constraintsOf(istioVersion: string, kind: unknown): readonly OlderConstraint[] {
  if (known?.istioVersion !== istioVersion) {
    known = { istioVersion, constraints: new Map() };
  }
  let constraints = known.constraints.get(kind);
  if (constraints === undefined) {
    constraints = typeof kind === 'string' ? recordedFor(istioVersion, kind) : NONE;
    known.constraints.set(kind, constraints);
  }
  return constraints;
}

function recordedFor(istioVersion: string, kind: string): readonly OlderConstraint[] {
  const minor = minorOf(istioVersion);
  const recorded = history.constraints as { readonly [name: string]: { readonly [leaf: string]: readonly RecordedConstraint[] } };
  return Object.hasOwn(recorded, kind) ? Object.entries(recorded[kind]).flatMap(([leaf, changes]) => {
    // the first change after the release says what holds in it
    const keywords = [...new Set(changes.map(({ keyword }) => keyword))];
    return keywords.flatMap(keyword => changes.find(change => change.keyword === keyword && minor <= minorOf(change.until)) ?? [])
      .map(change => ({ ...change, keyword: change.keyword as OlderConstraint['keyword'], steps: leafSteps(leaf) }));
  }) : NONE;
}
