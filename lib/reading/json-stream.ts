import { DEEPEST, isTooDeep } from './nesting';
import type { TextDocument } from './text-stream';

/** A value of JSON, and the text that it was read from. */
export interface JsonValue extends TextDocument {
  readonly value: unknown;

  /** Where in its text the value is nested more deeply than is read; undefined when it is not. */
  readonly tooDeepAt?: number;
}

/** Values of JSON that follow one another, and where the text ceases to be JSON. */
export interface JsonValues {
  readonly values: readonly JsonValue[];

  /** Where the rest begins that is not JSON; undefined when there is none. */
  readonly rest?: number;
}

/** Whether a text may be JSON: kubectl tries JSON first where the first character is a brace. */
export function mayBeJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

/** Reads values of JSON as far as the text goes on like that. */
export function readJsonValues(text: string): JsonValues {
  const whole = parsed(text);
  if (whole !== undefined) {
    const offset = text.search(/\S/);
    return { values: [jsonValue(whole.value, text.slice(offset), offset)] };
  }
  const values: JsonValue[] = [];
  for (let at = nextContent(text, 0); at < text.length;) {
    const end = endOfValue(text, at);
    const piece = text.slice(at, end);
    const value = parsed(piece);
    if (value === undefined) {
      return { values, rest: at };
    }
    values.push(jsonValue(value.value, piece, at));
    at = nextContent(text, end);
  }
  return { values };
}

function jsonValue(value: unknown, text: string, offset: number): JsonValue {
  return { value, text, offset, tooDeepAt: isTooDeep(value) ? endOfLevels(text, 0, DEEPEST) : undefined };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function nextContent(text: string, from: number): number {
  const found = text.slice(from).search(/\S/);
  return found < 0 ? text.length : from + found;
}

/** Where the object or list that begins somewhere is closed. */
function endOfValue(text: string, start: number): number {
  return endOfLevels(text, start, Infinity);
}

/** Where the object or list that begins somewhere is closed, or has more levels than are taken. */
function endOfLevels(text: string, start: number, levels: number): number {
  const marks = /["{}[\]]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    if (match[0] === '"') {
      const string = /"(?:[^"\\]|\\.)*"/sy;
      string.lastIndex = match.index;
      if (!string.test(text)) {
        return text.length;
      }
      marks.lastIndex = string.lastIndex;
    } else {
      depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
      if (depth <= 0) {
        return match.index + 1;
      }
      if (depth > levels) {
        return match.index;
      }
    }
  }
  return text.length;
}
