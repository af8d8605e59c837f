import { Finding, Severity } from './finding';
import { checkSchema } from './schema';
import { checkWebhook } from './webhook';
import type { ManifestSource } from '../mesh/manifest';

const DOCUMENTATION = 'https://github.com/cdk8s-istio/cdk8s-istio/blob/main/docs/rules.md';

/** Istio's code for whatever its API server or its webhook rejects, and that for what the webhook warns about. */
const REJECTED = 'IST0106';
const WARNED = 'IST0133';

/** What the API server and istiod would say of one manifest, as a person is shown it. */
export function objectFindings(source: ManifestSource): Finding[] {
  const { manifest } = source;
  const place = {
    kind: textOf(manifest?.kind),
    name: textOf(manifest?.metadata?.name),
    namespace: manifest?.metadata?.namespace === undefined ? undefined : textOf(manifest.metadata.namespace),
    constructPath: source.constructPath,
    file: source.file,
    line: source.line,
  };
  const violations = checkSchema(manifest);
  const rejected = new Set(violations.map(violation => violation.path));
  return [
    ...violations.map(violation => ({
      ...place,
      ...findingOf(`${REJECTED}/${violation.rule}`, Severity.ERROR, violation.path, violation.message),
    })),
    ...checkWebhook(manifest)
      // the webhook is asked only about what the schema takes: of one mistake at one place, the schema's word is enough
      .filter(({ path }) => !rejected.has(path))
      .map(({ rule, severity, path, message, fix }) => ({
        ...place,
        ...findingOf(`${severity === 'error' ? REJECTED : WARNED}/${rule}`, severity === 'error' ? Severity.ERROR : Severity.WARNING, path, message, fix),
      })),
  ];
}

function findingOf(code: string, severity: Severity, propertyPath: string, message: string, fix?: string) {
  return { code, severity, message, propertyPath, fix, documentation: `${DOCUMENTATION}#${code.split('/')[1].toLowerCase()}` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
