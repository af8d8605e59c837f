import { coversMatch, takesAnyPath } from './match-cover';
import { append } from '../../../mesh/collections';
import type { HttpMatch } from '../../../mesh/specs';

interface Entry<T> {
  readonly match: HttpMatch;
  readonly value: T;
}

const ANYTHING: HttpMatch = {};

/** Up to this many, looking at all is faster than an index. */
const FEW = 12;

/**
 * Earlier matches, among which those are found that cover a later one without looking at all of them.
 *
 * A match is kept under its path and one of its other conditions: what it covers has the path or one below, and the condition.
 */
export class CoverIndex<T> {
  private readonly entries: Entry<T>[] = [];
  private byKey?: Map<string, Entry<T>[]>;
  private readonly prefixLengths = new Set<number>();

  /** @param match what the value is matched by; absent where it takes everything */
  public add(match: HttpMatch | undefined, value: T): void {
    this.entries.push({ match: match ?? ANYTHING, value });
    if (this.entries.length > FEW) {
      (this.byKey === undefined ? this.entries : this.entries.slice(-1)).forEach(entry => this.index(entry));
    }
  }

  /** A value with a match that covers another, and that is wanted. */
  public find(match: HttpMatch | undefined, isWanted: (value: T) => boolean): T | undefined {
    const narrow = match ?? ANYTHING;
    const covers = (entry: Entry<T>): boolean => coversMatch(entry.match, narrow) && isWanted(entry.value);
    if (this.byKey === undefined) {
      return this.entries.find(covers)?.value;
    }
    const conditions = ['', ...conditionsOf(narrow, true)];
    for (const path of this.pathsOver(narrow)) {
      for (const condition of conditions) {
        const found = this.byKey.get(keyOf(path, condition))?.find(covers);
        if (found !== undefined) {
          return found.value;
        }
      }
    }
    return undefined;
  }

  private index(entry: Entry<T>): void {
    append(this.byKey ??= new Map(), keyOf(this.pathOf(entry.match), conditionsOf(entry.match, false)[0] ?? ''), entry);
  }

  private pathOf({ uri }: HttpMatch): string {
    if (takesAnyPath(uri)) {
      return '';
    }
    if (uri!.prefix !== undefined) {
      this.prefixLengths.add(uri!.prefix.length);
      return `prefix ${uri!.prefix.toLowerCase()}`;
    }
    return uri!.exact === undefined ? `regex ${uri!.regex}` : `exact ${uri!.exact.toLowerCase()}`;
  }

  private* pathsOver({ uri }: HttpMatch): Iterable<string> {
    yield '';
    if (uri?.regex !== undefined) {
      yield `regex ${uri.regex}`;
    }
    const text = (uri?.exact ?? uri?.prefix)?.toLowerCase();
    if (text !== undefined) {
      yield `exact ${text}`;
      for (const length of this.prefixLengths) {
        if (length <= text.length) {
          yield `prefix ${text.slice(0, length)}`;
        }
      }
    }
  }
}

function keyOf(path: string, condition: string): string {
  return `${path}\n${condition}`;
}

/** What a match asks for beyond the path, as texts; with what follows from them, as texts of which a match that covers it has only such. */
function conditionsOf({ method, headers, queryParams, port }: HttpMatch, withWeaker: boolean): readonly string[] {
  const conditions: string[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) {
      conditions.push(`${name}=${value}`);
    }
    if (value === undefined || withWeaker) {
      conditions.push(name);
    }
  };
  for (const name in headers) {
    add(`header ${name.toLowerCase()}`, headers[name]?.exact);
  }
  for (const name in queryParams) {
    add(`query ${name}`, queryParams[name]?.exact);
  }
  if (method !== undefined) {
    add('method', method.exact);
  }
  if (port) {
    conditions.push(`port ${port}`);
  }
  return conditions;
}
