import { COLLECTION_STYLE, Event, EVENT_ID, SCALAR_STYLE, ScalarEvent } from 'js-yaml';

const INDENTED_BY_TAB = /(?:^|\n) *(?:- *)*\t/g;

/**
 * The offset of a tab that stands where the indentation of a line belongs, which Kubernetes refuses even on a line without
 * content; the parser takes no offence at that.
 */
export function misplacedTab(text: string, events: readonly Event[]): number | undefined {
  for (const match of text.matchAll(INDENTED_BY_TAB)) {
    const tab = match.index + match[0].length - 1;
    if (isMisplaced(text, tab, events)) {
      return tab;
    }
  }
  return undefined;
}

function isMisplaced(text: string, tab: number, events: readonly Event[]): boolean {
  const open: Event[] = [];
  let openAtTab: readonly Event[] = [];
  let last: ScalarEvent | undefined;
  let end = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const start = startOf(event);
    if (start > tab) {
      break;
    }
    if (event.type === EVENT_ID.SCALAR) {
      last = event;
      end = Math.max(end, event.valueEnd);
    } else {
      last = undefined;
      end = Math.max(end, start);
      if (event.type !== EVENT_ID.ALIAS) {
        open.push(event);
      }
    }
    // where a collection ends, nothing says: it is open as far as is known until something follows it
    openAtTab = [...open];
  }
  const between = end < tab ? text.slice(end, tab) : '';
  if (end > tab) {
    return false;
  }
  // behind plain text its own reader skips white space, where that is indented further than the block is
  const isBehindPlainText = last !== undefined && last.style === SCALAR_STYLE.PLAIN && between.trim() === '';
  return isBehindPlainText ? columnOf(text, tab) <= indentOf(text, openAtTab) : !isInFlow(openAtTab, between);
}

function startOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    default:
      return 0;
  }
}

function isInFlow(open: readonly Event[], between: string): boolean {
  const depth = open.filter(event => 'style' in event && event.style === COLLECTION_STYLE.FLOW).length;
  const closed = between.replace(/#.*/g, '').match(/[\]}]/g)?.length ?? 0;
  return depth > closed;
}

function indentOf(text: string, open: readonly Event[]): number {
  const block = open.filter(event => 'style' in event && event.style === COLLECTION_STYLE.BLOCK).pop();
  return block === undefined ? -1 : columnOf(text, startOf(block));
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
