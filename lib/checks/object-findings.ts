import { Finding, Severity } from './finding';
import { NEWER_FIELD, newerFields } from './newer-fields';
import { asOfRelease } from './older-constraints';
import { documentationOf, placeOf } from './place';
import { withoutRepeats } from './same-mistake';
import { checkSchema, SchemaViolation } from './schema';
import { CheckSettings, istioVersionOf } from './settings';
import { checkWebhook, WebhookFinding } from './webhook';
import { codeOf } from './webhook/codes';
import type { ManifestSource } from '../mesh/manifest';

/** Istio's code for whatever its API server or its webhook rejects. */
const REJECTED = 'IST0106';

/** What the API server and istiod would say of one manifest, as a person is shown it. */
export function objectFindings(source: ManifestSource, settings: CheckSettings = {}): Finding[] {
  const { manifest } = source;
  const istioVersion = istioVersionOf(settings);
  const violations = asOfRelease(checkSchema(manifest), manifest, istioVersion);
  const held = certainFindings(manifest);
  const newer = isIstios(manifest) ? newerFields(manifest, istioVersion) : [];
  if (violations.length + held.length + newer.length === 0) {
    return [];
  }
  const place = placeOf(source);
  // the webhook says some of what the schema's expressions say, with more words
  const saidBetter = new Set(held.filter(({ severity, uncertain }) => severity === 'error' && uncertain !== true).map(codeOf));
  const refused = violations.map(refusalOf).filter(({ code, propertyPath }, index, all) =>
    !saidBetter.has(code) && all.findIndex(other => other.code === code && other.propertyPath === propertyPath) === index);
  const rejected = new Set(refused.map(({ propertyPath }) => propertyPath));
  return withoutRepeats([
    ...refused.map(finding => ({ ...place, ...finding, istioLevel: Severity.ERROR })),
    ...held
      // the webhook is asked only about what the schema takes: of one mistake at one place, the schema's word is enough
      .filter(({ path, uncertain }) => uncertain !== true && !rejected.has(path))
      .map(finding => {
        const severity = finding.severity === 'error' ? Severity.ERROR : Severity.WARNING;
        return { ...place, ...findingOf(codeOf(finding), severity, finding.path, finding.message, finding.fix), istioLevel: severity };
      }),
    ...newer.map(({ path, message }) => ({
      ...place,
      ...findingOf(NEWER_FIELD, Severity.ERROR, path, message, 'leave it out, or say which release the mesh runs'),
    })),
  ]);
}

/** What the API server refuses, and how a person is told. */
function refusalOf({ rule, expression, path, message, value }: SchemaViolation) {
  if (expression === undefined) {
    return findingOf(`${REJECTED}/${rule}`, Severity.ERROR, path, message);
  }
  // loaded when the first expression does not hold
  const { CEL_RULES } = require('./schema/cel-rules') as typeof import('./schema/cel-rules');
  const known = CEL_RULES[expression];
  if (known === undefined) {
    return findingOf(`${REJECTED}/${rule}`, Severity.ERROR, path, message);
  }
  const told = known.explain(value);
  return findingOf(`${REJECTED}/${known.code}`, Severity.ERROR, path + (told.steps ?? ''), told.message, told.fix);
}

function isIstios(manifest: any): boolean {
  return typeof manifest?.apiVersion === 'string' && manifest.apiVersion.startsWith('networking.istio.io/');
}

/** A namespace that no manifest is in. */
const ELSEWHERE = 'elsewhere-than-anywhere';

const CONFIG_MAP = 'configmap://';

/** What stands in exportTo for no namespace in particular. */
const EXPORT_WORDS = ['*', '.', '~'];

/**
 * What the webhook holds against a manifest. Where the manifest does not say its namespace, whoever applies it does: then only what
 * holds in any namespace is certain, in those that it refers to as in all others.
 */
function certainFindings(manifest: any): WebhookFinding[] {
  const findings = checkWebhook(manifest);
  if (findings.length === 0 || manifest?.metadata?.namespace !== undefined) {
    return findings;
  }
  return [ELSEWHERE, ...new Set(findings.flatMap(referredNamespaces))].reduce((certain, namespace) => {
    const there = new Set(checkWebhook(manifest, { namespace }).map(({ rule, path }) => `${rule} ${path}`));
    return certain.filter(({ rule, path }) => there.has(`${rule} ${path}`));
  }, findings);
}

/** The namespaces that a finding is about: of a ConfigMap, or those that an object is exported to. */
function referredNamespaces({ value }: WebhookFinding): string[] {
  if (Array.isArray(value)) {
    return value.filter(item => typeof item === 'string' && !EXPORT_WORDS.includes(item));
  }
  return typeof value === 'string' && value.startsWith(CONFIG_MAP) ? [value.slice(CONFIG_MAP.length).split('/', 1)[0]] : [];
}

function findingOf(code: string, severity: Severity, propertyPath: string, message: string, fix?: string) {
  return { code, severity, message, propertyPath, fix, documentation: documentationOf(code) };
}
