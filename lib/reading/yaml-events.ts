import { Event, EVENT_ID, parseEvents, YAMLException } from 'js-yaml';
import { DEEPEST, TOO_DEEP } from './nesting';
import { UnreadableDocument } from './unreadable-document';
import { misplacedTab } from './yaml-tabs';

/**
 * The parser wants what stands in brackets or quotes over several lines to be indented, as YAML 1.2 does. Kubernetes does not care,
 * and neither do people who write `hosts: [` and the closing bracket below the key.
 */
const WANTS_INDENTATION = 'deficient indentation';
const EXCEEDS_DEPTH = 'nesting exceeded';
const PADDING = ' '.repeat(200);

/** As much text is parsed again for lines that want indentation. */
const PARSED_AGAIN = 20_000_000;

/** The events of a text in the syntax of YAML. */
export function parseYaml(text: string): Event[] {
  const events = parsePadded(text);
  const tab = misplacedTab(text, events);
  if (tab !== undefined) {
    throw new UnreadableDocument('a tab stands where a line is indented: Kubernetes takes only spaces there', tab);
  }
  return events;
}

/** The index of the first event of each document. */
export function documentStarts(events: readonly Event[]): number[] {
  const starts: number[] = [];
  const { DOCUMENT } = EVENT_ID;
  events.forEach((event, index) => {
    if (event.type === DOCUMENT) {
      starts.push(index);
    }
  });
  return starts;
}

function parsePadded(text: string): Event[] {
  // where padding was put in, as offsets into the text that it was not put into
  const padded: number[] = [];
  const original = (offset: number) => originalOffset(offset, padded);
  for (let current = text; ;) {
    try {
      const events = parseEvents(current, { maxDepth: DEEPEST + 2 });
      return padded.length === 0 ? events : events.map(event => moved(event, original));
    } catch (error) {
      if (!(error instanceof YAMLException)) {
        throw error;
      }
      const position = error.mark?.position ?? 0;
      if (error.reason.startsWith(EXCEEDS_DEPTH)) {
        throw new UnreadableDocument(TOO_DEEP, original(position));
      }
      const lineStart = current.lastIndexOf('\n', position - 1) + 1;
      const line = original(lineStart);
      if (error.reason !== WANTS_INDENTATION || padded.includes(line) || padded.length * current.length > PARSED_AGAIN) {
        throw new UnreadableDocument(error.reason, original(position));
      }
      padded.push(line);
      padded.sort((one, other) => one - other);
      current = current.slice(0, lineStart) + PADDING + current.slice(lineStart);
    }
  }
}

/** The offset into the text without the padding. */
function originalOffset(offset: number, padded: readonly number[]): number {
  let shift = 0;
  for (const place of padded) {
    if (place + shift >= offset) {
      break;
    }
    shift += PADDING.length;
  }
  return offset - shift;
}

const OFFSETS = ['start', 'valueStart', 'valueEnd', 'anchorStart', 'anchorEnd', 'tagStart', 'tagEnd'];

function moved(event: Event, original: (offset: number) => number): Event {
  return Object.fromEntries(Object.entries(event).map(([name, value]) =>
    [name, OFFSETS.includes(name) && value >= 0 ? original(value) : value])) as unknown as Event;
}
