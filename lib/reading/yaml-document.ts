import * as yaml from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import { UnreadableDocument } from './unreadable-document';
import { parseYaml } from './yaml-events';
import { isPlainText, keyText, plainScalar, Scalar, taggedScalar } from './yaml-scalars';

/** A key that stands twice in one object, of which the last one counts. */
export interface RepeatedKey {
  readonly key: string;
  readonly offset: number;
}

/** Where the entries of an object or the items of a list stand: offsets into the text by key or index. */
export type Places = Map<string | number, number>;

/** A document as Kubernetes reads it. */
export interface YamlDocument {
  readonly value: unknown;

  /** Where the value begins. */
  readonly offset: number;

  readonly repeatedKeys: readonly RepeatedKey[];

  /** Where the content of each object and each list stands, when that was asked for. */
  readonly places: ReadonlyMap<object, Places>;
}

export interface ReadOptions {
  /** Whether to note where everything stands, which costs time. */
  readonly withPlaces?: boolean;
}

// looked up once: to the bundled command every look-up of something imported is a call
const { getScalarValue } = yaml;
const { SCALAR, MAPPING, SEQUENCE, ALIAS, POP } = yaml.EVENT_ID;
const { PLAIN, DOUBLE_QUOTED } = yaml.SCALAR_STYLE;

const ANCHOR = /^[\w-]+$/;
const ESCAPE = /\\(u[dD][89a-fA-F]|U0000[dD][89a-fA-F]|[^])/g;
const OTHER_LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/** Reads the first document of a text; Kubernetes takes no notice of what follows it. */
export function readYaml(text: string, options: ReadOptions = {}): YamlDocument {
  const lines = withPlainLineBreaks(text);
  return new Composer(lines, parseYaml(lines), options).document(0);
}

/** Reads a document that was read before, with places: nothing where it is JSON of the odd kind that is no YAML, such as with `\/`. */
export function locatedYaml(text: string): YamlDocument | undefined {
  try {
    return readYaml(text, { withPlaces: true });
  } catch (error) {
    if (error instanceof UnreadableDocument) {
      return undefined;
    }
    throw error;
  }
}

/** The text with one kind of line breaks: to Kubernetes, which reads YAML 1.1, some characters are that which later became text. */
export function withPlainLineBreaks(text: string): string {
  return text.replace(OTHER_LINE_BREAKS, '\n');
}

/** The shares of aliases in what is read, above which a document is refused as an attempt to exhaust memory. */
const ALIASES_TAKEN = 100;
const NODES_TAKEN = 1000;
const LOW = 400_000;
const HIGH = 4_000_000;

/** Makes values from the events of a text. */
export class Composer {
  private index = 0;
  private anchors = new Map<string, number>();
  private readonly open = new Set<number>();
  private repeatedKeys: RepeatedKey[] = [];
  private places = new Map<object, Places>();
  private nodes = 0;
  private aliased = 0;
  private aliasDepth = 0;

  constructor(private readonly text: string, private readonly events: readonly Event[], private readonly options: ReadOptions) {
  }

  /** The document whose first event has an index. */
  public document(start: number): YamlDocument {
    this.index = start + 1;
    this.anchors = new Map();
    this.repeatedKeys = [];
    this.places = new Map();
    this.nodes = this.aliased = 0;
    const offset = this.events[this.index] === undefined ? 0 : this.offsetOf(this.index);
    const value = this.events[this.index] === undefined ? null : this.value();
    return { value, offset, repeatedKeys: this.repeatedKeys, places: this.places };
  }

  private value(): unknown {
    this.count();
    const event = this.events[this.index];
    switch (event.type) {
      case SCALAR:
        return this.plainText(event) ?? this.finite(this.scalar(event), event);
      case MAPPING:
        return this.mapping({}, undefined);
      case SEQUENCE:
        return this.sequence();
      case ALIAS:
        return this.alias(() => this.value());
      default:
        // an empty document
        return null;
    }
  }

  /** A scalar that is nothing but text, as most are. */
  private plainText(event: ScalarEvent): string | undefined {
    if (event.style === PLAIN && event.tagStart < 0 && event.anchorStart < 0) {
      const text = getScalarValue(this.text, event);
      if (isPlainText(text)) {
        this.index++;
        return text;
      }
    }
    return undefined;
  }

  private count(): void {
    this.nodes++;
    this.aliased += this.aliasDepth > 0 ? 1 : 0;
    if (this.aliased > ALIASES_TAKEN && this.nodes > NODES_TAKEN) {
      const share = this.nodes <= LOW ? 0.99 : this.nodes >= HIGH ? 0.1 : 0.99 - 0.89 * (this.nodes - LOW) / (HIGH - LOW);
      if (this.aliased / this.nodes > share) {
        throw new UnreadableDocument('the document contains excessive aliasing', this.offsetOf(this.index));
      }
    }
  }

  private scalar(event: ScalarEvent): Extract<Scalar, { readonly value: unknown }> {
    this.note(event);
    this.index++;
    if (event.style === DOUBLE_QUOTED && !event.fast) {
      this.checkEscapes(event);
    }
    const text = getScalarValue(this.text, event);
    const scalar = event.tagStart >= 0
      ? taggedScalar(this.tagOf(event), text)
      : event.style === PLAIN ? plainScalar(text) : { value: text };
    if ('problem' in scalar) {
      throw new UnreadableDocument(scalar.problem, event.valueStart);
    }
    return scalar;
  }

  /** Later versions of YAML have escapes that Kubernetes does not know. */
  private checkEscapes({ valueStart, valueEnd }: ScalarEvent): void {
    for (const match of this.text.slice(valueStart, valueEnd).matchAll(ESCAPE)) {
      if (match[1] === '/') {
        throw new UnreadableDocument('Kubernetes does not know the escape sequence \\/: write the slash alone', valueStart + match.index);
      }
      if (match[1].length > 1) {
        throw new UnreadableDocument('Kubernetes does not take halves of characters (\\ud800 to \\udfff): write the character itself', valueStart + match.index);
      }
    }
  }

  private finite(scalar: { readonly value: unknown }, event: ScalarEvent): unknown {
    if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value)) {
      throw new UnreadableDocument(`${getScalarValue(this.text, event)} is a number that JSON does not have`, event.valueStart);
    }
    return scalar.value;
  }

  private tagOf(event: ScalarEvent): string {
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    return tag.startsWith('!<') ? tag.slice(2, -1) : tag;
  }

  private sequence(): unknown[] {
    const start = this.enter();
    const items: unknown[] = [];
    const places = this.placesOf(items);
    while (this.events[this.index].type !== POP) {
      places?.set(items.length, this.offsetOf(this.index));
      items.push(this.value());
    }
    this.leave(start);
    return items;
  }

  private mapping(target: { [key: string]: unknown }, merged: Places | undefined): { [key: string]: unknown } {
    const start = this.enter();
    const places = merged ?? this.placesOf(target);
    // beside a merge, an entry that is written twice is meant so
    let mayRepeat = merged !== undefined;
    while (this.events[this.index].type !== POP) {
      const keyIndex = this.index;
      if (this.isMerge()) {
        this.index++;
        this.merge(target, places);
        mayRepeat = true;
        continue;
      }
      const key = this.key();
      const value = this.value();
      if (!mayRepeat && Object.prototype.hasOwnProperty.call(target, key)) {
        this.repeatedKeys.push({ key, offset: this.offsetOf(keyIndex) });
      }
      places?.set(key, this.offsetOf(keyIndex));
      if (key === '__proto__') {
        Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
      } else {
        target[key] = value;
      }
    }
    this.leave(start);
    return target;
  }

  private key(): string {
    const at = this.index;
    const event = this.events[at];
    let key: string | undefined;
    if (event.type === SCALAR) {
      key = this.plainText(event) ?? keyText(this.scalar(event));
    } else if (event.type === ALIAS) {
      key = this.alias(() => this.key());
    }
    if (key === undefined) {
      const found = event.type === SCALAR ? 'null or a number too large' : 'an object or a list';
      throw new UnreadableDocument(`a key must be text, a number or a boolean, got ${found}`, this.offsetOf(at));
    }
    return key;
  }

  private isMerge(): boolean {
    const event = this.events[this.index];
    return event.type === SCALAR && event.style === PLAIN && this.text[event.valueStart] === '<'
      && (event.tagStart < 0 || this.tagOf(event) === '!!merge') && getScalarValue(this.text, event) === '<<';
  }

  /** Takes over the entries of what follows `<<`. As in Kubernetes, what is written later wins, whichever it is. */
  private merge(target: { [key: string]: unknown }, places: Places | undefined): void {
    const at = this.index;
    const event = this.events[at];
    if (event.type === SEQUENCE) {
      const start = this.enter();
      const items: number[] = [];
      while (this.events[this.index].type !== POP) {
        items.push(this.index);
        this.skip();
      }
      // earlier ones take precedence
      items.reverse().forEach(item => this.at(item, () => this.mergeOne(target, places)));
      this.leave(start);
      return;
    }
    this.mergeOne(target, places);
  }

  private mergeOne(target: { [key: string]: unknown }, places: Places | undefined): void {
    const event = this.events[this.index];
    if (event.type === ALIAS) {
      this.alias(() => this.mergeOne(target, places));
    } else if (event.type === MAPPING) {
      this.count();
      this.mapping(target, places ?? new Map());
    } else {
      throw new UnreadableDocument('a merge (<<) takes an object or a list of objects', this.offsetOf(this.index));
    }
  }

  private alias<T>(read: () => T): T {
    const event = this.events[this.index] as { readonly anchorStart: number; readonly anchorEnd: number };
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const anchored = this.anchors.get(name);
    if (anchored === undefined) {
      throw new UnreadableDocument(`the anchor '${name}' is not defined`, event.anchorStart);
    }
    if (this.open.has(anchored)) {
      throw new UnreadableDocument(`the value of the anchor '${name}' contains itself`, event.anchorStart);
    }
    this.aliasDepth++;
    const result = this.at(anchored, read);
    this.aliasDepth--;
    this.index++;
    return result;
  }

  /** Reads somewhere else, and comes back. */
  private at<T>(index: number, read: () => T): T {
    const back = this.index;
    this.index = index;
    const result = read();
    this.index = back;
    return result;
  }

  private skip(): void {
    let depth = 0;
    do {
      const event = this.events[this.index++];
      if (event.type === POP) {
        depth--;
      } else if (event.type === MAPPING || event.type === SEQUENCE) {
        depth++;
      }
      if ('anchorStart' in event && event.type !== ALIAS) {
        this.anchor(event, this.index - 1);
      }
    } while (depth > 0);
  }

  private note(event: { readonly anchorStart: number; readonly anchorEnd: number }): void {
    this.anchor(event, this.index);
  }

  private anchor(event: { readonly anchorStart: number; readonly anchorEnd: number }, index: number): void {
    if (event.anchorStart >= 0) {
      const name = this.text.slice(event.anchorStart, event.anchorEnd);
      if (!ANCHOR.test(name)) {
        throw new UnreadableDocument(`an anchor is named with letters, digits, '-' and '_', got '${name}'`, event.anchorStart);
      }
      this.anchors.set(name, index);
    }
  }

  /** Goes into a list or an object. Only what has an anchor can contain itself. */
  private enter(): number {
    const event = this.events[this.index] as { readonly anchorStart: number; readonly anchorEnd: number };
    if (event.anchorStart >= 0) {
      this.note(event);
      this.open.add(this.index);
    }
    return this.index++;
  }

  private leave(start: number): void {
    if (this.open.size > 0) {
      this.open.delete(start);
    }
    this.index++;
  }

  private placesOf(value: object): Places | undefined {
    if (this.options.withPlaces !== true) {
      return undefined;
    }
    const places: Places = new Map();
    this.places.set(value, places);
    return places;
  }

  private offsetOf(index: number): number {
    const event = this.events[index];
    switch (event.type) {
      case SCALAR:
        // what is left empty has no place of its own
        return event.valueStart >= 0 ? event.valueStart : event.anchorStart >= 0 ? event.anchorStart : this.offsetOf(index - 1);
      case ALIAS:
        return event.anchorStart;
      case MAPPING:
      case SEQUENCE:
        return event.start;
      default:
        return index === 0 ? 0 : this.offsetOf(index - 1);
    }
  }
}
