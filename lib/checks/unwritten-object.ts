import { ApiObject, JsonPatch } from 'cdk8s';
import { fieldStep, indexStep } from './property-path';
import { isPlainObject, readObject } from '../mesh/manifest';
import { describe, messageOf } from '../private/describe';
import { DEEPEST } from '../reading/nesting';

/** Why an object cannot be written to a manifest. */
export interface UnwrittenReason {
  readonly message: string;
  readonly propertyPath?: string;

  /** Only the conversion of a generated class fails, which takes the types of all values for granted: the schema says more. */
  readonly isOfSchema?: boolean;
}

/** What stands for an object that cannot be written, and why it cannot be. */
export interface Unwritten {
  readonly manifest: unknown;
  readonly unwritten: UnwrittenReason;
}

/** What a patch says, as cdk8s hands it to the library that applies it. */
interface Operation {
  readonly op?: string;
  readonly path?: unknown;
  readonly from?: unknown;
  readonly value?: unknown;
}

interface Lost {
  readonly path: string;
  readonly what: string;

  /** The value cannot be gone through. */
  readonly isEndless?: boolean;
}

interface LostReason extends UnwrittenReason {
  readonly isEndless?: boolean;
}

/** Kinds of whose values the schema speaks. */
const WITH_SCHEMA = ['DestinationRule', 'Gateway', 'ServiceEntry', 'VirtualService'];

/** How every reason begins. */
export const BEGINNING = 'cannot be written as a manifest';

/** What stands for an object whose `toJson()` threw an error. */
export function afterFailure(object: ApiObject, error: unknown): Unwritten {
  const patches = patchesOf(object);
  const inProps = lostIn(propsOf(object), '');
  // what has no end takes long to be tried once more
  const unpatched = inProps?.isEndless === true ? undefined : rendered(object, []);
  if (unpatched === undefined) {
    return { manifest: bare(object), unwritten: inProps ?? { message: `${BEGINNING}: ${reasonOf(error)}` } };
  }
  const inPatches = lostInPatches(object);
  if (inPatches !== undefined) {
    return { manifest: unpatched, unwritten: inPatches };
  }
  let before = unpatched;
  for (let count = 1; count <= patches.length; count++) {
    const after = rendered(object, patches.slice(0, count));
    if (after === undefined) {
      return { manifest: unpatched, unwritten: unapplied(operationOf(patches[count - 1]), before) };
    }
    before = after;
  }
  return { manifest: before, unwritten: { message: `${BEGINNING}: ${reasonOf(error)}`, isOfSchema: true } };
}

/** What would be lost of an object that can be written: nothing else says so. */
export function lostValue(object: ApiObject, manifest: unknown): UnwrittenReason | undefined {
  return lostInPatches(object)
    ?? (object.apiGroup === 'networking.istio.io' && WITH_SCHEMA.includes(object.kind) ? undefined : lostIn(manifest, '', true));
}

function lostInPatches(object: ApiObject): UnwrittenReason | undefined {
  for (const patch of patchesOf(object)) {
    const { path, value } = operationOf(patch);
    const lost = value === undefined ? undefined : lostIn(value, propertyOf(path));
    if (lost !== undefined) {
      return lost;
    }
  }
  return undefined;
}

/** The object without its class's conversion and with some of its patches; undefined where that cannot be rendered. */
function rendered(object: ApiObject, patches: readonly JsonPatch[]): unknown {
  try {
    return ApiObject.prototype.toJson.call(Object.create(object, { patches: { value: patches } }));
  } catch {
    return undefined;
  }
}

function unapplied({ op, path, from }: Operation, before: unknown): UnwrittenReason {
  const missing = op === 'test' ? undefined : missingStep(before, from ?? path);
  const reason = op === 'test' ? 'the value there is another' : missing === undefined ? 'it is not one of JSON Patch (RFC 6902)' : `${missing} does not exist`;
  return { propertyPath: propertyOf(path) || undefined, message: `${BEGINNING}: the patch '${op} ${String(path)}' cannot be applied, ${reason}` };
}

/** The first step of a pointer that leads nowhere. */
function missingStep(manifest: unknown, pointer: unknown): string | undefined {
  let value = manifest;
  let path = '';
  for (const step of stepsOf(pointer)) {
    path += stepOf(step);
    value = typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[step] : undefined;
    if (value === undefined) {
      return path.replace(/^\./, '');
    }
  }
  return undefined;
}

function propertyOf(pointer: unknown): string {
  return stepsOf(pointer).map(stepOf).join('').replace(/^\./, '');
}

function stepsOf(pointer: unknown): string[] {
  return typeof pointer === 'string' ? pointer.split('/').slice(1).map(step => step.replace(/~1/g, '/').replace(/~0/g, '~')) : [];
}

function stepOf(step: string): string {
  return /^\d+$/.test(step) ? indexStep(Number(step)) : fieldStep(step);
}

/**
 * The first value that JSON does not have.
 *
 * @param isYaml whether it is written as YAML, which has integers of any size
 */
function lostIn(root: unknown, place: string, isYaml = false): LostReason | undefined {
  const lost = findLost(root, place, isYaml, new Set());
  if (lost === undefined) {
    return undefined;
  }
  const { path, what, isEndless } = lost;
  return { propertyPath: path.replace(/^\./, '') || undefined, message: `${BEGINNING}: ${what}`, isEndless };
}

function findLost(value: unknown, path: string, isYaml: boolean, around: Set<unknown>): Lost | undefined {
  switch (typeof value) {
    case 'function':
    case 'symbol':
      return { path, what: `got ${describe(value)}, which JSON does not have` };
    case 'bigint':
      return isYaml ? undefined : { path, what: `got ${describe(value)}, which JSON does not have` };
    case 'number':
      return Number.isFinite(value) ? undefined : { path, what: `got ${value}, a number that JSON does not have` };
    case 'object':
      return value === null ? undefined : findLostWithin(value, path, isYaml, around);
    default:
      return undefined;
  }
}

function findLostWithin(value: object, path: string, isYaml: boolean, around: Set<unknown>): Lost | undefined {
  if (around.has(value)) {
    return { path, what: 'the value contains itself', isEndless: true };
  }
  if (around.size >= DEEPEST) {
    const [top] = /^\.?[^.[]*/.exec(path) ?? [path];
    return { path: top, what: `it is nested too deeply, at most ${DEEPEST} levels can be read`, isEndless: true };
  }
  if (!Array.isArray(value) && !isPlain(value)) {
    // what says itself how it is written, such as a date or a token of cdk8s, is not lost
    const writesItself = ['toJSON', 'resolve', 'produce'].some(name => typeof (value as { [method: string]: unknown })[name] === 'function');
    return writesItself ? undefined : { path, what: `got ${describe(value)}, which is no plain object` };
  }
  around.add(value);
  for (const [key, child] of Object.entries(value)) {
    const lost = findLost(child, path + (Array.isArray(value) ? indexStep(Number(key)) : fieldStep(key)), isYaml, around);
    if (lost !== undefined) {
      return lost;
    }
  }
  around.delete(value);
  return undefined;
}

function isPlain(value: object): boolean {
  return (Object.getPrototypeOf(value) as { constructor?: { name: string } } | null)?.constructor?.name === 'Object';
}

/** What cdk8s puts in front of every failure of an object is in the path of the finding. */
function reasonOf(error: unknown): string {
  const text = messageOf(error);
  return text.replace(/^Failed serializing construct at path '.*?' with name '.*?': (?:\w*Error: )?/s, '').split('\n', 1)[0];
}

function bare({ apiVersion, kind, name, metadata: { namespace } }: ApiObject): unknown {
  return { apiVersion, kind, metadata: { name, namespace } };
}

// what follows is private to cdk8s, and only read to say what is wrong

function propsOf(object: ApiObject): unknown {
  return readObject((object as unknown as { readonly props?: unknown }).props);
}

function patchesOf(object: ApiObject): readonly JsonPatch[] {
  const { patches } = object as unknown as { readonly patches?: unknown };
  return Array.isArray(patches) ? patches : [];
}

function operationOf(patch: JsonPatch): Operation {
  const operation: unknown = typeof patch?._toJson === 'function' ? patch._toJson() : patch;
  return isPlainObject(operation) ? operation : {};
}
