import type { Check } from './check';
import { compileFields, compileObject } from './structural';
import type { StructuralSchema } from './structural-schema';
import type { Walk } from './walk';
import { describe } from '../../private/describe';

const TEXT: StructuralSchema = { type: 'string' };
const INTEGER: StructuralSchema = { type: 'integer' };
const TEXTS: StructuralSchema = { type: 'object', additionalProperties: TEXT };
const FLAG: StructuralSchema = { type: 'boolean' };

/** Kubernetes's own ObjectMeta, which is not in any CRD. */
const OBJECT_META: StructuralSchema = {
  type: 'object',
  properties: {
    name: TEXT,
    generateName: TEXT,
    namespace: TEXT,
    selfLink: TEXT,
    uid: TEXT,
    resourceVersion: TEXT,
    generation: INTEGER,
    creationTimestamp: TEXT,
    deletionTimestamp: TEXT,
    deletionGracePeriodSeconds: INTEGER,
    labels: TEXTS,
    annotations: TEXTS,
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        properties: { apiVersion: TEXT, kind: TEXT, name: TEXT, uid: TEXT, controller: FLAG, blockOwnerDeletion: FLAG },
        required: ['apiVersion', 'kind', 'name', 'uid'],
      },
    },
    finalizers: { type: 'array', items: TEXT },
  },
};

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const LONGEST_GENERATED = 58;
const LARGEST_ANNOTATIONS = 256 * 1024;

const QUALIFIED_ADVICE = 'letters, digits, \'-\', \'_\' and \'.\', at most 63 characters with a letter or digit first and last';

/** The check of an object's metadata, also of one that is missing. None of it keeps the CEL rules from being asked. */
export function compileMetadata(): Check {
  const fields = compileFields(OBJECT_META, {});
  // the server's own notes, which come back with what kubectl printed
  fields.set('managedFields', { check: () => undefined });
  const checkShape = compileObject({ type: 'object' }, fields);
  return (value, walk) => {
    const blocked = walk.blocked;
    walk.enterField('metadata');
    const metadata = value ?? {};
    checkShape(metadata, walk);
    if (typeof metadata === 'object' && !Array.isArray(metadata)) {
      checkNames(metadata, walk);
      checkPairs(metadata, walk);
      checkRest(metadata, walk);
    }
    walk.leave();
    walk.blocked = blocked;
  };
}

function checkNames({ name, generateName, namespace }: any, walk: Walk): void {
  if (!name && !generateName) {
    walk.missing('name');
  }
  if (name && typeof name === 'string' && !isSubdomain(name)) {
    reportAt('name', `must be lower case letters, digits, '-' and '.', at most 253 characters, got ${describe(name)}`, name, walk);
  }
  if (generateName && typeof generateName === 'string' && !isPrefix(generateName)) {
    reportAt('generateName', `must be the beginning of a name: lower case letters, digits, '-' and '.', got ${describe(generateName)}`, generateName, walk);
  }
  if (namespace && typeof namespace === 'string' && !(namespace.length <= 63 && LABEL.test(namespace))) {
    reportAt('namespace', `must be lower case letters, digits and '-', at most 63 characters, got ${describe(namespace)}`, namespace, walk);
  }
}

function reportAt(field: string, message: string, value: unknown, walk: Walk): void {
  walk.enterField(field);
  walk.report('metadata', message, value);
  walk.leave();
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

/** The API server looks at the prefix with its last dash taken away, and at the name that it makes of it. */
function isPrefix(text: string): boolean {
  return isSubdomain(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text)
    && isSubdomain(`${text.slice(0, LONGEST_GENERATED)}00000`);
}

function checkPairs({ labels, annotations }: any, walk: Walk): void {
  if (isMap(labels)) {
    for (const key in labels) {
      const value = labels[key];
      checkKey('labels', key, key, walk);
      if (typeof value === 'string' && value !== '' && !isQualifiedName(value)) {
        reportKey('labels', key, `must be empty or ${QUALIFIED_ADVICE}, got ${describe(value)}`, value, walk);
      }
    }
  }
  if (isMap(annotations)) {
    let size = 0;
    for (const key in annotations) {
      const value = annotations[key];
      checkKey('annotations', key, key.toLowerCase(), walk);
      size += Buffer.byteLength(key) + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
    }
    if (size > LARGEST_ANNOTATIONS) {
      reportAt('annotations', `must be at most ${LARGEST_ANNOTATIONS} bytes in all, got ${size}`, annotations, walk);
    }
  }
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkKey(field: string, key: string, judged: string, walk: Walk): void {
  if (!isQualifiedKey(judged)) {
    reportKey(field, key, `must have a key of ${QUALIFIED_ADVICE}, after a domain name and '/' if need be`, key, walk);
  }
}

function reportKey(field: string, key: string, message: string, value: unknown, walk: Walk): void {
  walk.enterField(field);
  walk.enterKey(key);
  walk.report('metadata', message, value);
  walk.leaveKey();
  walk.leave();
}

function isQualifiedKey(key: string): boolean {
  const slash = key.indexOf('/');
  return slash < 0 ? isQualifiedName(key) : isSubdomain(key.slice(0, slash)) && isQualifiedName(key.slice(slash + 1));
}

function isQualifiedName(name: string): boolean {
  return name.length <= 63 && QUALIFIED.test(name);
}

function checkRest(metadata: any, walk: Walk): void {
  if (metadata.generation < 0) {
    reportAt('generation', `must be at least 0, got ${metadata.generation}`, metadata.generation, walk);
  }
  for (const field of ['creationTimestamp', 'deletionTimestamp']) {
    const time = metadata[field];
    if (typeof time === 'string' && !(TIME.test(time) && Number.isFinite(Date.parse(time)))) {
      reportAt(field, `must be a time such as 2026-01-31T12:00:00Z, got ${describe(time)}`, time, walk);
    }
  }
  const finalizers: unknown[] = Array.isArray(metadata.finalizers) ? metadata.finalizers : [];
  finalizers.forEach((finalizer, index) => {
    if (typeof finalizer === 'string' && !isQualifiedKey(finalizer)) {
      walk.enterField('finalizers');
      walk.enterItem(index);
      walk.report('metadata', `must be a domain name, '/' and ${QUALIFIED_ADVICE}, got ${describe(finalizer)}`, finalizer);
      walk.leave();
      walk.leave();
    }
  });
}
