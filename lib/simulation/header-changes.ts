import { expandText, RequestFacts } from './header-formats';
import type { HeaderLine } from './question';
import { JOINED, joinLines } from './received-headers';
import type { HttpDestination, HttpRule } from '../mesh/specs';

/** What a rule does with headers on one level. */
interface Operations {
  readonly set?: { readonly [name: string]: string };
  readonly add?: { readonly [name: string]: string };
  readonly remove?: readonly string[];
}

/** Headers after rules, and what became of them on the way. */
export interface HeaderChanges {
  /** All lines, in the order in which they are sent. */
  readonly lines: readonly HeaderLine[];

  /** The lines that were set or added, in the order in which they are sent. */
  readonly added: readonly HeaderLine[];

  /** The names, in lower case, of headers that are not sent on as they came. */
  readonly removed: readonly string[];

  /** The lines with those that Envoy adds to every request. */
  readonly complete: readonly HeaderLine[];
}

const NOTHING: ReadonlySet<string> = new Set();

type Direction = 'request' | 'response';

/**
 * What the rules of a route make of headers, as Envoy does it.
 *
 * Of a route with one entry the route comes first and the entry after it, and all that is removed is removed before
 * anything is set. Of a route with several entries the chosen one comes first, and the route has the last word.
 *
 * @param destination the chosen entry; absent where the proxy answers itself
 * @param facts what texts may refer to; of a request the headers that are not among the lines
 * @param own the names of the lines that Envoy has added by then, which are told only where a rule changes them
 */
export function changeHeaders(
  direction: Direction, lines: readonly HeaderLine[], rule: HttpRule, destination: HttpDestination | undefined,
  facts: RequestFacts, own: ReadonlySet<string> = NOTHING,
): HeaderChanges {
  const sheet = new HeaderSheet(lines, own);
  // what a request refers to is what it has by then
  const apply = (levels: readonly Operations[]): void => sheet.apply(levels, () =>
    direction === 'request' ? { ...facts, request: [...facts.request, ...sheet.changes().complete] } : facts);
  const ofRoute = rule.headers?.[direction] ?? {};
  const ofEntry = destination?.headers?.[direction] ?? {};
  if ((rule.route ?? []).length > 1) {
    apply([ofEntry]);
    apply([ofRoute]);
  } else {
    apply([ofRoute, ofEntry]);
  }
  return sheet.changes();
}

interface SheetLine {
  readonly name: string;
  readonly text: string;
  readonly isNew: boolean;
  readonly isOwn?: boolean;
}

class HeaderSheet {
  private sheet: SheetLine[];
  private readonly removed = new Set<string>();

  constructor(lines: readonly HeaderLine[], own: ReadonlySet<string>) {
    this.sheet = lines.map(([name, text]) => ({ name: name.toLowerCase(), text, isNew: false, isOwn: own.has(name) }));
  }

  /** Applies one table of operations, which may be made of several: first everything is removed, then set, then added. */
  public apply(levels: readonly Operations[], factsOf: () => RequestFacts): void {
    levels.forEach(({ remove = [] }) => remove.forEach(name => this.drop(name.toLowerCase())));
    const facts = factsOf();
    for (const [name, text] of levels.flatMap(({ set }) => entriesOf(set, facts))) {
      this.drop(name);
      this.sheet.push({ name, text, isNew: true });
    }
    levels.flatMap(({ add }) => entriesOf(add, facts)).forEach(([name, text]) => this.add(name, text));
  }

  public changes(): HeaderChanges {
    const asLine = ({ name, text }: SheetLine): HeaderLine => [name, text];
    return {
      lines: this.sheet.filter(({ isOwn }) => !isOwn).map(asLine),
      added: this.sheet.filter(({ isNew }) => isNew).map(asLine),
      removed: [...this.removed],
      complete: this.sheet.map(asLine),
    };
  }

  private add(name: string, text: string): void {
    const first = JOINED.has(name) ? this.sheet.findIndex(line => line.name === name) : -1;
    if (first < 0) {
      this.sheet.push({ name, text, isNew: true });
      return;
    }
    if (!this.sheet[first].isNew && !this.sheet[first].isOwn) {
      this.removed.add(name);
    }
    this.sheet[first] = { name, text: joinLines(this.sheet[first].text, text), isNew: true };
  }

  private drop(name: string): void {
    if (this.sheet.some(line => line.name === name && !line.isNew && !line.isOwn)) {
      this.removed.add(name);
    }
    this.sheet = this.sheet.filter(line => line.name !== name);
  }
}

/** By name, as istiod sorts them. The host is a matter of the address, and an empty text changes nothing. */
function entriesOf(map: { readonly [name: string]: string } | undefined, facts: RequestFacts): readonly HeaderLine[] {
  return Object.keys(map ?? {}).sort()
    .map((name): HeaderLine => [name.toLowerCase(), expandText(map![name], facts)])
    .filter(([name, text]) => text !== '' && name !== 'host' && !name.startsWith(':'));
}
