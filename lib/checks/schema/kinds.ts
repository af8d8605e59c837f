import type { Check } from './check';
import { compileManifest } from './manifest';
import type { Expressions, StructuralSchema } from './structural-schema';
import type { SchemaViolation } from './violation';
import { Walk } from './walk';
import rules from '../../../imports/istio-rules.json';
import schemas from '../../../imports/istio-schema.json';
import { describe, oneOf } from '../../private/describe';

const GROUP = 'networking.istio.io/';

/** What the API server knows the four kinds by, all with one schema. */
const VERSIONS = ['v1', 'v1beta1', 'v1alpha3'].map(version => GROUP + version);

const SCHEMAS = new Map(Object.entries(schemas as { readonly [kind: string]: StructuralSchema }));
const compiled = new Map<string, Check>();

export function violationsOf(manifest: any): SchemaViolation[] {
  const { apiVersion, kind } = manifest ?? {};
  if (typeof apiVersion !== 'string' || !apiVersion.startsWith(GROUP) || !SCHEMAS.has(kind)) {
    return [];
  }
  const walk = new Walk();
  if (!VERSIONS.includes(apiVersion)) {
    walk.enterField('apiVersion');
    walk.report('apiVersion', `must be ${oneOf(VERSIONS)}, got ${describe(apiVersion)}`, apiVersion);
    return walk.violations;
  }
  checkOf(kind)(manifest, walk);
  return walk.blocked ? walk.violations : [...walk.violations, ...walk.broken];
}

function checkOf(kind: string): Check {
  let check = compiled.get(kind);
  if (check === undefined) {
    check = compileManifest(SCHEMAS.get(kind)!, rules as unknown as Expressions);
    compiled.set(kind, check);
  }
  return check;
}
