import { oneOf } from '../../../private/describe';
import { parseDuration } from '../../schema/duration';
import type { Report } from '../finding';
import { got } from '../got';
import { readFloat, readInteger } from './numbers';
import { base64Length } from '../primitives/base64';

/** How istiod comes by an object. */
export interface Decoding {
  readonly report: Report;
  /**
   * As it is written, as `istioctl` does, instead of what the API server leaves of it: without null fields and null values
   * of maps, and without fields that the CRD does not know, such as those in Istio's own snake case.
   */
  readonly asWritten: boolean;
}

/**
 * Reads a value as istiod's decoder does.
 *
 * What is as it should be is returned as it is, not copied. Otherwise a copy holds the value in its usual form: numbers
 * for texts with numbers, names for the numbers of enums, nothing for empty lists and maps. Of what cannot be decoded
 * there is a finding. `null` is only handed in as an item of a list or a value of a map, where it stands for the zero value.
 */
export type Decode = (value: unknown, decoding: Decoding) => unknown;

interface Field {
  readonly name: string;
  readonly decode: Decode;
}

/** What is wrong in the decoder's eyes. */
export const DECODE_RULES = { type: 'WH1', enum: 'WH2', duration: 'WH3', base64: 'WH4', topLevel: 'WH5' } as const;

export function refuse(decoding: Decoding, expected: string, value: unknown): undefined {
  decoding.report.error(DECODE_RULES.type, '', `must be ${expected}${got(value)}`, { value });
  return undefined;
}

export const text: Decode = (value, decoding) =>
  typeof value === 'string' ? value : value === null ? '' : refuse(decoding, 'a string', value);

export const bool: Decode = (value, decoding) =>
  typeof value === 'boolean' ? value : refuse(decoding, 'true or false', value);

function integer(min: bigint, max: bigint, noun: string): Decode {
  const [least, limit] = [Number(min), Number(max) + 1];
  return (value, decoding) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value < limit) {
      return value;
    }
    const read = readInteger(value, min < 0n);
    return read !== undefined && read >= min && read <= max ? Number(read) : refuse(decoding, noun, value);
  };
}

export const int32: Decode = integer(-(2n ** 31n), 2n ** 31n - 1n, 'an integer of 32 bits');
export const uint32: Decode = integer(0n, 2n ** 32n - 1n, 'an integer from 0 to 4294967295');
export const uint64: Decode = integer(0n, 2n ** 64n - 1n, 'an integer that is not negative');

export const double: Decode = (value, decoding) => {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  return readFloat(value) ?? refuse(decoding, 'a number', value);
};

export const duration: Decode = (value, decoding) => {
  if (typeof value !== 'string') {
    return refuse(decoding, "a duration such as '5s'", value);
  }
  if (parseDuration(value) === undefined) {
    decoding.report.error(DECODE_RULES.duration, '', `must be a duration such as '5s', '300ms' or '1h30m'${got(value)}`, { value });
    return undefined;
  }
  return value;
};

/** Base64, or a list of the bytes. */
export const bytes: Decode = (value, decoding) => {
  if (typeof value === 'string') {
    if (base64Length(value) !== undefined) {
      return value;
    }
    decoding.report.error(DECODE_RULES.base64, '', `must be base64${got(value)}`, { value });
    return undefined;
  }
  if (Array.isArray(value)) {
    const isByte = (item: unknown) => item === null || (Number.isInteger(item) && Number(item) >= 0 && Number(item) <= 255);
    return value.every(isByte) ? value : refuse(decoding, 'base64, or a list of numbers from 0 to 255', value);
  }
  return refuse(decoding, 'base64', value);
};

/** One of some words; their numbers, from 0 on, are as good. */
export function oneOfWords(...words: readonly string[]): Decode {
  const known = new Set(words);
  return (value, decoding) => {
    if (typeof value === 'string') {
      if (known.has(value)) {
        return value;
      }
    } else if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) {
      return words[value] ?? value;
    }
    decoding.report.error(DECODE_RULES.enum, '', `must be ${oneOf(words)}${got(value)}`, { value });
    return undefined;
  };
}

export function list(item: Decode): Decode {
  return (value, decoding) => {
    if (!Array.isArray(value)) {
      return refuse(decoding, 'a list', value);
    }
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const mark = decoding.report.mark;
      const given: unknown = value[index] ?? null;
      const read = item(given, decoding);
      if (read !== given) {
        copy ??= [...value];
        copy[index] = read;
        decoding.report.underIndex(mark, index);
      }
    }
    return value.length === 0 ? undefined : copy ?? value;
  };
}

export function mapOf(item: Decode): Decode {
  return (value, decoding) => {
    if (!isObject(value)) {
      return refuse(decoding, 'an object', value);
    }
    let copy: { [key: string]: unknown } | undefined;
    let isEmpty = true;
    for (const key in value) {
      const mark = decoding.report.mark;
      const given = value[key] ?? null;
      const isDropped = given === null && !decoding.asWritten;
      const read = isDropped ? null : item(given, decoding);
      if (read !== given || isDropped) {
        // without a prototype a map may have the key __proto__
        copy ??= Object.assign(Object.create(null) as { [key: string]: unknown }, value);
        copy[key] = read;
        decoding.report.underMapKey(mark, key);
      }
      if (isDropped) {
        delete copy![key];
      }
      isEmpty &&= isDropped;
    }
    return isEmpty ? undefined : copy ?? value;
  };
}

interface MessageOptions {
  /** Groups of fields of which only one can be set: of several, Istio takes the last. */
  readonly choices?: readonly (readonly string[])[];
  /** Further names of fields, which the CRD knows too. */
  readonly aliases?: { readonly [alias: string]: string };
  /** Names in snake case that do not follow from the field's name. */
  readonly snakeCase?: { readonly [alias: string]: string };
}

/** An object with known fields. Others are let through. */
export function message(fields: { readonly [name: string]: Decode }, options: MessageOptions = {}): Decode {
  const known = new Map<string, Field>(Object.entries(fields).map(([name, decode]) => [name, { name, decode }]));
  const aliases = fieldAliases(fields, options);
  return (value, decoding) => {
    if (!isObject(value)) {
      return value === null ? {} : refuse(decoding, 'an object', value);
    }
    let copy: { [key: string]: unknown } | undefined;
    for (const key in value) {
      const given = value[key];
      const field = known.get(key) ?? (isAlias(aliases, key, value, decoding) ? known.get(aliases.get(key)!.name) : undefined);
      if (field === undefined || given === undefined) {
        continue;
      }
      const mark = decoding.report.mark;
      const read = given === null ? undefined : field.decode(given, decoding);
      if (read !== given || field.name !== key) {
        copy ??= { ...value };
        copy[field.name] = read;
        decoding.report.under(mark, key);
      }
    }
    return options.choices === undefined ? copy ?? value : withoutRivals(options.choices, copy ?? value);
  };
}

interface Alias {
  readonly name: string;
  readonly isInSchema: boolean;
}

function fieldAliases(fields: object, options: MessageOptions): ReadonlyMap<string, Alias> {
  const aliases = new Map<string, Alias>();
  for (const name in fields) {
    aliases.set(name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), { name, isInSchema: false });
  }
  for (const alias in options.snakeCase) {
    aliases.set(alias, { name: options.snakeCase[alias], isInSchema: false });
  }
  for (const alias in options.aliases) {
    aliases.set(alias, { name: options.aliases[alias], isInSchema: true });
  }
  return aliases;
}

/** Whether a field is meant by its other name; where it has both, the proper name counts. */
function isAlias(aliases: ReadonlyMap<string, Alias>, key: string, value: PlainObject, decoding: Decoding): boolean {
  const alias = aliases.get(key);
  return alias !== undefined && (alias.isInSchema || decoding.asWritten) && (value[alias.name] === undefined);
}

function withoutRivals(choices: readonly (readonly string[])[], value: PlainObject): PlainObject {
  let copy: { [key: string]: unknown } | undefined;
  for (const choice of choices) {
    let last: string | undefined;
    for (const name of choice) {
      if (value[name] !== undefined) {
        if (last !== undefined) {
          copy ??= { ...value };
          copy[last] = undefined;
        }
        last = name;
      }
    }
  }
  return copy ?? value;
}

interface PlainObject {
  readonly [key: string]: unknown;
}

export function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
