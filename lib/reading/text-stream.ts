/** One document of a text, before anything is known of its content. */
export interface TextDocument {
  readonly text: string;

  /** Where the document begins in the whole text. */
  readonly offset: number;
}

/** A line that separates documents and holds more than that. */
export interface BadSeparator {
  readonly offset: number;
  readonly rest: string;
}

/** The documents of a text, and the separators that Kubernetes refuses together with what follows them. */
export interface SplitText {
  readonly documents: readonly TextDocument[];
  readonly badSeparators: readonly BadSeparator[];
}

const SEPARATOR = '---';

/** Splits a text where kubectl does: at every line that begins with three dashes, wherever it stands. */
export function splitDocuments(text: string): SplitText {
  const documents: TextDocument[] = [];
  const badSeparators: BadSeparator[] = [];
  let start = 0;
  let skipped = false;
  const close = (end: number) => {
    if (!skipped && end > start && hasContent(text, start, end)) {
      documents.push({ text: text.slice(start, end), offset: start });
    }
  };
  for (let at = separatorFrom(text, 0); at >= 0; at = separatorFrom(text, start)) {
    close(at);
    const lineEnd = text.indexOf('\n', at);
    start = lineEnd < 0 ? text.length : lineEnd + 1;
    const rest = text.slice(at + SEPARATOR.length, start).trim();
    skipped = rest !== '' && !rest.startsWith('#');
    if (skipped) {
      badSeparators.push({ offset: at, rest });
    }
  }
  close(text.length);
  return { documents, badSeparators };
}

/** The next separator from the beginning of a line on, or a negative number. */
function separatorFrom(text: string, lineStart: number): number {
  if (text.startsWith(SEPARATOR, lineStart)) {
    return lineStart;
  }
  const found = text.indexOf(`\n${SEPARATOR}`, lineStart);
  return found < 0 ? found : found + 1;
}

/** Whether there is more than white space. */
function hasContent(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d) {
      return true;
    }
  }
  return false;
}

/** Turns offsets into lines and columns, both from 1. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
  }

  public placeOf(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - this.starts[low] + 1 };
  }
}
