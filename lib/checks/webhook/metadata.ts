import { list, mapOf, message, refuse, text } from './decode/decoder';
import type { Decode, Decoding } from './decode/decoder';
import type { Report } from './finding';

/** What the rules ask of an object's metadata. */
export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
}

/** Unlike in a spec, not in quotes. */
const int64: Decode = (value, decoding) => Number.isSafeInteger(value) ? value : refuse(decoding, 'an integer', value);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;

// some readers of YAML make dates of what looks like one
const time: Decode = (value, decoding) =>
  value instanceof Date || (typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value)))
    ? value : refuse(decoding, "a time such as '2026-01-31T12:00:00Z'", value);

const metadataShape = message({
  name: text,
  generateName: text,
  namespace: text,
  labels: mapOf(text),
  annotations: mapOf(text),
  finalizers: list(text),
  ownerReferences: list(message({})),
  managedFields: list(message({})),
  uid: text,
  resourceVersion: text,
  selfLink: text,
  generation: int64,
  deletionGracePeriodSeconds: int64,
  creationTimestamp: time,
  deletionTimestamp: time,
});

const FORBIDDEN = ['internal.istio.io/webhook-always-reject', 'internal.istio.io/parents', 'internal.istio.io/parent-namespace'];

/** Reads the metadata of an object; the namespace is filled in where it has none. */
export function readMetadata(value: unknown, namespace: string, decoding: Decoding): Metadata {
  const { report } = decoding;
  const mark = report.mark;
  // nulls in metadata stay, whatever becomes of those in the spec
  const read = metadataShape(value ?? {}, { report, asWritten: true }) as (Partial<Metadata> & { readonly generateName?: string }) | undefined;
  report.prefix(mark, 'metadata');
  return {
    name: read?.name || (read?.generateName ? `${read.generateName}00000` : ''),
    namespace: read?.namespace || namespace,
    labels: read?.labels ?? {},
    annotations: read?.annotations ?? {},
  };
}

/** Whether Istio refuses the object for its annotations, without a look at the rest. */
export function checkAnnotations(report: Report, annotations: { readonly [key: string]: string }): boolean {
  const mark = report.mark;
  if (Object.hasOwn(annotations, 'istio.io/dry-run')) {
    report.error('M1', "metadata.annotations['istio.io/dry-run']", 'only has a meaning for an AuthorizationPolicy', { fix: 'remove the annotation' });
  }
  for (const key of FORBIDDEN) {
    if (Object.hasOwn(annotations, key)) {
      report.error('M2', `metadata.annotations['${key}']`, "is for Istio's own use, which refuses an object with it", { fix: 'remove the annotation' });
    }
  }
  return report.mark !== mark;
}
