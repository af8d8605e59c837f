import type { HeaderLine } from './question';
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
}

/** What the texts of headers may refer to. */
export interface HeaderContext {
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

type Direction = 'request' | 'response';

/**
 * What the rules of a route make of headers, as Envoy does it.
 *
 * Of a route with one entry the route comes first and the entry after it, and all that is removed is removed before
 * anything is set. Of a route with several entries the chosen one comes first, and the route has the last word.
 *
 * @param destination the chosen entry; absent where the proxy answers itself
 */
export function changeHeaders(
  direction: Direction, lines: readonly HeaderLine[], rule: HttpRule, destination: HttpDestination | undefined, context: HeaderContext,
): HeaderChanges {
  const sheet = new HeaderSheet(lines);
  const ofRoute = rule.headers?.[direction] ?? {};
  const ofEntry = destination?.headers?.[direction] ?? {};
  if ((rule.route ?? []).length > 1) {
    sheet.apply([ofEntry], context);
    sheet.apply([ofRoute], context);
  } else {
    sheet.apply([ofRoute, ofEntry], context);
  }
  return sheet.changes();
}

interface SheetLine {
  readonly name: string;
  readonly text: string;
  readonly isNew: boolean;
}

class HeaderSheet {
  private sheet: SheetLine[];
  private readonly removed = new Set<string>();

  constructor(lines: readonly HeaderLine[]) {
    this.sheet = lines.map(([name, text]) => ({ name: name.toLowerCase(), text, isNew: false }));
  }

  /** Applies one table of operations, which may be made of several: first everything is removed, then set, then added. */
  public apply(levels: readonly Operations[], context: HeaderContext): void {
    levels.forEach(({ remove = [] }) => remove.forEach(name => this.drop(name.toLowerCase())));
    for (const [name, text] of levels.flatMap(({ set }) => entriesOf(set, context))) {
      this.drop(name);
      this.sheet.push({ name, text, isNew: true });
    }
    for (const [name, text] of levels.flatMap(({ add }) => entriesOf(add, context))) {
      this.sheet.push({ name, text, isNew: true });
    }
  }

  public changes(): HeaderChanges {
    const asLine = ({ name, text }: SheetLine): HeaderLine => [name, text];
    return { lines: this.sheet.map(asLine), added: this.sheet.filter(line => line.isNew).map(asLine), removed: [...this.removed] };
  }

  private drop(name: string): void {
    if (this.sheet.some(line => line.name === name && !line.isNew)) {
      this.removed.add(name);
    }
    this.sheet = this.sheet.filter(line => line.name !== name);
  }
}

/** By name, as istiod sorts them. The host is a matter of the address, and an empty text changes nothing. */
function entriesOf(map: { readonly [name: string]: string } | undefined, context: HeaderContext): readonly HeaderLine[] {
  return Object.keys(map ?? {}).sort()
    .map((name): HeaderLine => [name.toLowerCase(), expandText(map![name], context)])
    .filter(([name, text]) => text !== '' && name !== 'host' && !name.startsWith(':'));
}

/** The text of a header with what it refers to; what only the running proxy knows is left as it is written. */
function expandText(text: string, { headers }: HeaderContext): string {
  return text.replace(/%%|%REQ\(([^)?]*)(?:\?([^)]*))?\)(?::(\d+))?%|%(PROTOCOL)%/g, (whole, name, other, length, isProtocol) => {
    if (whole === '%%') {
      return '%';
    }
    if (isProtocol !== undefined) {
      return 'HTTP/1.1';
    }
    const found = headers.get(name.toLowerCase())?.[0] ?? (other === undefined ? undefined : headers.get(other.toLowerCase())?.[0]);
    return found === undefined ? '-' : length === undefined ? found : found.slice(0, Number(length));
  });
}
