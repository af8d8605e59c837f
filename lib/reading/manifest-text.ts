import type { Event } from 'js-yaml';
import { mayBeJson, readJsonValues } from './json-stream';
import { TOO_DEEP } from './nesting';
import { LineIndex, splitDocuments, TextDocument } from './text-stream';
import { UnreadableDocument } from './unreadable-document';
import { Composer, locatedYaml, readYaml, RepeatedKey, withPlainLineBreaks, YamlDocument } from './yaml-document';
import { documentStarts, parseYaml } from './yaml-events';
import { isPlainObject, PlainObject } from '../mesh/manifest';

/** A Kubernetes object that was found in a text. */
export interface FoundObject {
  readonly manifest: PlainObject;

  /** The document that holds the object. */
  readonly document: TextDocument;

  /** The way from the document to the object: empty, or through the items of a list. */
  readonly steps: readonly (string | number)[];

  /** Where the object begins in the whole text, from 1. */
  readonly line: number;

  /** The template that the object was rendered from, as Helm notes it. */
  readonly template?: string;

  /** Keys of the document that stand twice in one object. */
  readonly repeatedKeys: readonly RepeatedKey[];
}

/** Something about a text that keeps a part of it from being checked. */
export interface ReadingNote {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What a text holds. */
export interface ManifestText {
  readonly objects: readonly FoundObject[];

  /** What cannot be read. */
  readonly problems: readonly ReadingNote[];

  /** What is not a Kubernetes object. */
  readonly skipped: readonly ReadingNote[];

  readonly lines: LineIndex;
}

/** As many documents are parsed at a time: one call for each costs more, and one for all needs much memory. */
const BATCH = 50;

const TEMPLATE = /\{\{/;
const SOURCE = /^# Source: (\S.*?)\s*$/m;

/** Reads the Kubernetes objects of a text as kubectl does: YAML or JSON, several documents, lists. */
export function readManifests(text: string): ManifestText {
  return new ManifestReader(text).read();
}

class ManifestReader {
  private readonly objects: FoundObject[] = [];
  private readonly problems: ReadingNote[] = [];
  private readonly skipped: ReadingNote[] = [];
  private readonly lines: LineIndex;

  constructor(private readonly text: string) {
    this.lines = new LineIndex(text);
  }

  public read(): ManifestText {
    const rest = mayBeJson(this.text) ? this.readJson() : 0;
    if (rest !== undefined) {
      this.readYaml(rest);
    }
    this.problems.sort((one, other) => one.line - other.line);
    return { objects: this.objects, problems: this.problems, skipped: this.skipped, lines: this.lines };
  }

  /** Where the text goes on that is not JSON. */
  private readJson(): number | undefined {
    const { values, rest } = readJsonValues(this.text);
    for (const { value, tooDeepAt, ...document } of values) {
      if (tooDeepAt === undefined) {
        this.take(document, { value, offset: 0, repeatedKeys: [], places: new Map() });
      } else {
        this.problem(TOO_DEEP, document.offset + tooDeepAt);
      }
    }
    if (rest !== undefined && values.length > 1) {
      this.problem('the text begins as JSON and goes on as something else', rest);
      return undefined;
    }
    return rest;
  }

  private readYaml(start: number): void {
    const { documents, badSeparators } = splitDocuments(this.text.slice(start));
    for (const { offset, rest } of badSeparators) {
      this.problem(`only a comment may follow the three dashes between documents, got ${JSON.stringify(rest)}`, start + offset);
    }
    for (let first = 0; first < documents.length; first += BATCH) {
      const batch = documents.slice(first, first + BATCH).map(document => ({ ...document, offset: start + document.offset }));
      if (!this.takeBatch(batch)) {
        batch.forEach(document => this.takeOne(document));
      }
    }
  }

  /** Reads documents together, if each of them is what it seems to be. */
  private takeBatch(documents: readonly TextDocument[]): boolean {
    const texts = documents.map(({ text }) => `---\n${text}${text.endsWith('\n') ? '' : '\n'}`);
    const text = withPlainLineBreaks(texts.join(''));
    let events: Event[];
    try {
      events = parseYaml(text);
    } catch {
      return false;
    }
    const starts = documentStarts(events);
    if (starts.length !== documents.length) {
      return false;
    }
    const composer = new Composer(text, events, {});
    const read: YamlDocument[] = [];
    try {
      let before = 0;
      for (const [index, start] of starts.entries()) {
        const { value, offset, repeatedKeys, places } = composer.document(start);
        const shift = before + '---\n'.length;
        read.push({ value, offset: offset - shift, repeatedKeys: repeatedKeys.map(each => ({ ...each, offset: each.offset - shift })), places });
        before += texts[index].length;
      }
    } catch (error) {
      if (error instanceof UnreadableDocument) {
        return false;
      }
      throw error;
    }
    documents.forEach((document, index) => this.take(document, read[index]));
    return true;
  }

  private takeOne(document: TextDocument): void {
    try {
      this.take(document, readYaml(document.text));
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) {
        throw error;
      }
      this.problem(TEMPLATE.test(document.text)
        ? `this looks like a template ({{ … }}), which is not YAML before it is rendered (${error.message}); `
          + 'check what comes out: helm template RELEASE CHART | cdk8s-istio check -'
        : error.message, document.offset + error.offset);
    }
  }

  private take(document: TextDocument, { value, offset, repeatedKeys }: YamlDocument): void {
    if (value === null) {
      return;
    }
    if (isPlainObject(value) && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)) {
      this.takeItems(document, value.items, repeatedKeys);
      return;
    }
    if (!isObject(value)) {
      this.skipped.push({ message: `not a Kubernetes object, which has apiVersion and kind: ${describe(value)}`, ...this.lines.placeOf(document.offset + offset) });
      return;
    }
    if (isTemplated(value)) {
      this.problem('this looks like a template ({{ … }}) that is not rendered; check what comes out: helm template RELEASE CHART | cdk8s-istio check -',
        document.offset + offset);
      return;
    }
    this.objects.push({
      manifest: value,
      document,
      steps: [],
      line: this.lines.placeOf(document.offset + offset).line,
      template: templateOf(document.text, offset),
      repeatedKeys,
    });
  }

  private takeItems(document: TextDocument, items: readonly unknown[], repeatedKeys: readonly RepeatedKey[]): void {
    const located = locatedYaml(document.text);
    const places = located?.places.get((located.value as any).items);
    items.forEach((item, index) => {
      const place = this.lines.placeOf(document.offset + (places?.get(index) ?? located?.offset ?? 0));
      if (isObject(item)) {
        this.objects.push({ manifest: item, document, steps: ['items', index], line: place.line, repeatedKeys: index === 0 ? repeatedKeys : [] });
      } else {
        this.skipped.push({ message: `not a Kubernetes object, which has apiVersion and kind: ${describe(item)}`, ...place });
      }
    });
  }

  private problem(message: string, offset: number): void {
    this.problems.push({ message, ...this.lines.placeOf(offset) });
  }
}

function isObject(value: unknown): value is PlainObject {
  return isPlainObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string';
}

function isTemplated({ metadata }: PlainObject): boolean {
  return isPlainObject(metadata) && [metadata.name, metadata.namespace].some(name => typeof name === 'string' && TEMPLATE.test(name));
}

function templateOf(text: string, end: number): string | undefined {
  const source = end === 0 ? null : SOURCE.exec(text.slice(0, end));
  return source === null ? undefined : source[1];
}

function describe(value: unknown): string {
  if (!isPlainObject(value)) {
    return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  }
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ' …' : ''}`;
}
