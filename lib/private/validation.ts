import type { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { describe, oneOf } from './describe';

// every check takes the property as the user typed it, preceded by the construct's path where there is one:
// '[app/chart/Rule] trafficPolicy.connectionPool.tcp.maxConnections'. What is undefined was left out and passes.

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export function fail(property: string, expectation: string, value: unknown): never {
  throw new Error(`${property} must be ${expectation}, got ${describe(value)}`);
}

function rangeText(noun: string, range: Range): string {
  if (range.min !== undefined && range.max !== undefined) {
    return `${noun} from ${range.min} to ${range.max}`;
  }
  return range.min === undefined ? noun : `${noun} of at least ${range.min}`;
}

function isWithin(value: number, range: Range): boolean {
  return (range.min === undefined || value >= range.min) && (range.max === undefined || value <= range.max);
}

/** The largest value of a signed 32 bit field. */
export const INT32_MAX = 2147483647;

/** The largest value of an unsigned 32 bit field. */
export const UINT32_MAX = 4294967295;

/** Refuses a required value that untyped code left out. */
export function checkGiven<T>(property: string, value: T): NonNullable<T> {
  if (value === undefined || value === null) {
    throw new Error(`${property} must be given`);
  }
  return value;
}

export function checkInteger<T extends number | undefined>(property: string, value: T, range: Range = {}): T {
  if (value !== undefined && !(Number.isInteger(value) && isWithin(value, range))) {
    fail(property, rangeText('an integer', range), value);
  }
  return value;
}

export function checkNumber<T extends number | undefined>(property: string, value: T, range: Range = {}): T {
  if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value) && isWithin(value, range))) {
    fail(property, rangeText('a number', range), value);
  }
  return value;
}

export function checkPort<T extends number | undefined>(property: string, value: T): T {
  return checkInteger(property, value, { min: 1, max: 65535 });
}

/** A percentage that may have a fraction. */
export function checkPercent<T extends number | undefined>(property: string, value: T): T {
  return checkNumber(property, value, { min: 0, max: 100 });
}

export function checkBoolean<T extends boolean | undefined>(property: string, value: T): T {
  if (value !== undefined && typeof value !== 'boolean') {
    fail(property, 'true or false', value);
  }
  return value;
}

/** A text, which may be empty. */
export function checkText<T extends string | undefined>(property: string, value: T): T {
  if (value !== undefined && typeof value !== 'string') {
    fail(property, 'a string', value);
  }
  return value;
}

/** A text of at least one character. */
export function checkString<T extends string | undefined>(property: string, value: T, maxLength?: number): T {
  if (value !== undefined && (typeof value !== 'string' || value === '')) {
    fail(property, 'a string that is not empty', value);
  }
  // the API server counts code points
  if (value !== undefined && maxLength !== undefined && Array.from<string>(value).length > maxLength) {
    fail(property, `at most ${maxLength} characters`, value);
  }
  return value;
}

/** A member of one of our enums, whose values are the words that Istio writes. */
export function checkEnum<T extends string | undefined>(property: string, value: T, members: { readonly [name: string]: string }): T {
  if (value !== undefined && !Object.values(members).includes(value)) {
    fail(property, oneOf(Object.values(members)), value);
  }
  return value;
}

/** A list, copied, whose items are each checked. An undefined or null item is an error. */
export function checkList<T, U>(property: string, values: readonly T[], check: (item: string, value: T) => U): U[] {
  if (!Array.isArray(values)) {
    fail(property, 'a list', values);
  }
  // a list of the right length takes less memory than one that grows; a for loop also visits the holes of a sparse list
  const checked = new Array<U>(values.length);
  for (let index = 0; index < values.length; index++) {
    const item = `${property}[${index}]`;
    if (values[index] === undefined || values[index] === null) {
      throw new Error(`${item} must not be ${describe(values[index])}, leave the item out`);
    }
    checked[index] = check(item, values[index]);
  }
  return checked;
}

/** A list that may be left out, and is as good as empty then. */
export function checkOptionalList<T, U>(property: string, values: readonly T[] | undefined, check: (item: string, value: T) => U): U[] {
  return values === undefined ? [] : checkList(property, values, check);
}

/** An optional list that Istio refuses or ignores when it is empty. */
export function checkFilledList<T, U>(property: string, values: readonly T[] | undefined, check: (item: string, value: T) => U): U[] | undefined {
  if (values === undefined) {
    return undefined;
  }
  const checked = checkList(property, values, check);
  if (checked.length === 0) {
    throw new Error(`${property} must not be empty, leave it out instead`);
  }
  return checked;
}

/** A list of at least one item. */
export function checkRequiredList<T, U>(property: string, values: readonly T[], check: (item: string, value: T) => U): U[] {
  const checked = checkList(property, checkGiven(property, values), check);
  if (checked.length === 0) {
    throw new Error(`${property} must not be empty`);
  }
  return checked;
}

/** Refuses the second of two equal texts. */
export function checkUnique(property: string, values: readonly string[]): void {
  const seen = new Map<string, number>();
  values.forEach((value, index) => {
    const first = seen.get(value);
    if (first !== undefined) {
      throw new Error(`${property}[${index}] ${describe(value)} repeats ${property}[${first}]`);
    }
    seen.set(value, index);
  });
}

/** A plain object with no property but the known ones: `undefined` stands for "left out". */
export function checkStruct<T extends object>(property: string, value: T, known: readonly (keyof T & string)[]): T {
  checkObject(property, value);
  for (const key in value) {
    if (!known.includes(key) && value[key] !== undefined) {
      throw new Error(`${property} has no property '${key}', known properties: ${known.join(', ')}`);
    }
  }
  return value;
}

/** A struct that Istio refuses, or that says nothing, when none of its properties is set. */
export function checkFilledStruct<T extends object>(property: string, value: T, known: readonly (keyof T & string)[]): T {
  checkStruct(property, value, known);
  if (known.every(key => value[key] === undefined)) {
    throw new Error(`${property} must set at least one of ${known.join(', ')}`);
  }
  return value;
}

/** Any object that is neither null nor a list, and whose content is in its properties, unlike that of a Map or a Date. */
export function checkObject(property: string, value: unknown): void {
  if (Object.prototype.toString.call(value) !== '[object Object]' || Symbol.iterator in (value as object)) {
    fail(property, 'an object', value);
  }
}

/** Refuses the keys that cdk8s drops without a word, or cannot write. */
export function checkKey(property: string, key: string): void {
  if (key === '__proto__' || key === 'constructor') {
    throw new Error(`${property} must not have the key '${key}', which JavaScript reserves`);
  }
}

/** A map of texts, copied, whose values are each checked. */
export function checkMap<T, U>(
  property: string, values: { readonly [key: string]: T }, check: (item: string, value: T, key: string) => U,
): { [key: string]: U } {
  checkObject(property, values);
  const checked: { [key: string]: U } = {};
  for (const key of Object.keys(values)) {
    checkKey(property, key);
    const item = `${property}['${key}']`;
    if (values[key] === undefined || values[key] === null) {
      throw new Error(`${item} must not be ${describe(values[key])}, leave the key out`);
    }
    checked[key] = check(item, values[key], key);
  }
  return checked;
}

/** An optional map of texts that says nothing when it is empty. */
export function checkFilledMap<T, U>(
  property: string, values: { readonly [key: string]: T } | undefined, check: (item: string, value: T, key: string) => U,
): { [key: string]: U } | undefined {
  if (values === undefined) {
    return undefined;
  }
  const checked = checkMap(property, values, check);
  if (Object.keys(checked).length === 0) {
    throw new Error(`${property} must not be empty, leave it out instead`);
  }
  return checked;
}

/** A value that only the factories of a class can make, such as `HttpAction.forward()`. */
export function checkMadeBy<T extends object>(property: string, value: T, method: keyof T & string, maker: string): T {
  if (typeof value !== 'object' || value === null || typeof value[method] !== 'function') {
    fail(property, `made by ${maker}`, value);
  }
  return value;
}

/** A construct of any library. */
export function checkConstruct<T extends IConstruct>(property: string, construct: T): T {
  if (!Construct.isConstruct(construct)) {
    fail(property, 'a construct, such as an app, a chart or a resource', construct);
  }
  return construct;
}

/** A duration of at least one millisecond without a smaller part, as Istio demands, in Istio's writing. */
export function renderDuration(property: string, value: Duration): string;
export function renderDuration(property: string, value: Duration | undefined): string | undefined;
export function renderDuration(property: string, value: Duration | undefined): string | undefined {
  return renderDurationFrom(property, value, 1);
}

/** A duration that may be zero, for the few fields in which Istio takes `0s`. */
export function renderDurationOrZero(property: string, value: Duration | undefined): string | undefined {
  return renderDurationFrom(property, value, 0);
}

/** A duration of whole seconds, for the few fields of which the proxies get no smaller part. */
export function renderSeconds(property: string, value: Duration | undefined, least: number): string | undefined {
  const rendered = renderDurationFrom(property, value, least);
  if (rendered !== undefined && !/\ds$/.test(rendered)) {
    throw new Error(`${property} must be whole seconds, got ${rendered}, the proxies would not get the rest`);
  }
  return rendered;
}

/** Istio and Envoy count nanoseconds in 64 bits. */
const LONGEST_SECONDS = 9223372035;

function renderDurationFrom(property: string, value: Duration | undefined, least: number): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  checkMadeBy(property, value, 'toMilliseconds', 'Duration, such as Duration.seconds(5)');
  const milliseconds = value.toMilliseconds({ integral: false });
  if (!Number.isInteger(milliseconds) || milliseconds < least) {
    throw new Error(`${property} must be ${least === 0 ? '0 or ' : ''}a whole number of milliseconds, at least 1, got ${describe(milliseconds)} ms`);
  }
  if (milliseconds > LONGEST_SECONDS * 1000) {
    throw new Error(`${property} must be at most ${LONGEST_SECONDS} seconds, got ${describe(milliseconds / 1000)}`);
  }
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
