import { append } from '../../../mesh/collections';
import type { HttpMatch, StringMatch } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import type { Report } from '../finding';
import type { MatchPlace } from './reachability';

/** A match by the prefix of a path, with what else Istio looks at when it asks whether another one covers it. */
export interface PrefixMatch {
  readonly prefix: string;
  readonly place: MatchPlace;
  /** What must be the same in both: the port, and the names of headers and parameters. */
  readonly frame: string;
  /** How method, authority, headers and parameters are matched. The wider match's begin with the narrower one's. */
  readonly values: readonly string[];
}

export function prefixMatchOf(match: HttpMatch, place: MatchPlace): PrefixMatch {
  const values = [encode(match.method) || 'exact:GET', encode(match.authority)];
  const frame: (string | number)[] = [match.port ?? 0];
  for (const matches of [match.headers, match.queryParams, match.withoutHeaders]) {
    for (const name of Object.keys(matches ?? {}).sort()) {
      frame.push(name);
      values.push(encode(matches![name]));
    }
    frame.push(';');
  }
  return { prefix: match.uri!.prefix!, place, frame: frame.length === 4 ? `${frame[0]}` : JSON.stringify(frame), values };
}

/** Regular expressions count as matching everything. */
function encode(match: StringMatch | undefined): string {
  if (match?.exact !== undefined && match.exact !== '') {
    return `exact:${match.exact}`;
  }
  return match?.prefix !== undefined && match.prefix !== '' ? `prefix:${match.prefix}` : '';
}

/** Reports the matches that an earlier one with a shorter prefix seems to cover: Istio compares too little of them to be sure. */
export function reportCovered(report: Report, matches: readonly PrefixMatch[]): void {
  for (const [narrow, wide] of matches.length <= FEW ? coveredAmongFew(matches) : coveredAmongMany(matches)) {
    report.warn('VS32', `.http[${narrow.place.route}].match[${narrow.place.match}]`,
      `is never used, http[${wide.place.route}].match[${wide.place.match}] before it takes every path with the prefix ${describe(wide.prefix)}`, {
        value: narrow.prefix, fix: 'put the longer prefix first', uncertain: true,
      });
  }
}

/** Up to this many, comparing each with each is faster than sorting. */
const FEW = 16;

type Covered = [narrow: PrefixMatch, wide: PrefixMatch];

function coveredAmongFew(matches: readonly PrefixMatch[]): Covered[] {
  const covered: Covered[] = [];
  for (let index = 1; index < matches.length; index++) {
    const narrow = matches[index];
    for (let earlier = 0; earlier < index; earlier++) {
      const wide = matches[earlier];
      if (wide.frame === narrow.frame && wide.prefix !== narrow.prefix && narrow.prefix.startsWith(wide.prefix) && areValuesWider(wide, narrow)) {
        covered.push([narrow, wide]);
        break;
      }
    }
  }
  return covered;
}

function areValuesWider(wide: PrefixMatch, narrow: PrefixMatch): boolean {
  for (let axis = 0; axis < narrow.values.length; axis++) {
    if (!wide.values[axis].startsWith(narrow.values[axis])) {
      return false;
    }
  }
  return true;
}

interface Ordered {
  readonly match: PrefixMatch;
  readonly order: number;
}

function coveredAmongMany(matches: readonly PrefixMatch[]): Covered[] {
  const frames = new Map<string, Ordered[]>();
  matches.forEach((match, order) => append(frames, match.frame, { match, order }));
  return [...frames.values()].flatMap(coveredInFrame);
}

function coveredInFrame(items: readonly Ordered[]): Covered[] {
  const covered: Covered[] = [];
  for (const node of nodesOf(items)) {
    for (const narrow of node.matches) {
      const wide = findWider(narrow, node.shorter);
      if (wide !== undefined) {
        covered.push([narrow.match, wide]);
      }
    }
  }
  return covered;
}

/** The matches of one prefix. */
class PrefixNode {
  private readonly earliest: number;
  private readonly sorted: Ordered[][] = [];

  constructor(
    public readonly prefix: string,
    /** The node of the longest prefix of this prefix. */
    public readonly shorter: PrefixNode | undefined,
    public readonly matches: readonly Ordered[],
  ) {
    this.earliest = matches.reduce((least, { order }) => Math.min(least, order), Infinity);
  }

  /** An earlier match whose values begin with those of another, found among those of which one value does. */
  public findWider(narrow: Ordered): PrefixMatch | undefined {
    if (this.earliest > narrow.order) {
      return undefined;
    }
    let [axis, from, to] = [0, 0, Infinity];
    for (let other = 0; other < narrow.match.values.length && to - from > FEW; other++) {
      const [least, most] = this.range(other, narrow.match.values[other]);
      if (most - least < to - from) {
        [axis, from, to] = [other, least, most];
      }
    }
    const candidates = this.sortedBy(axis);
    for (let index = from; index < to; index++) {
      if (candidates[index].order < narrow.order && areValuesWider(candidates[index].match, narrow.match)) {
        return candidates[index].match;
      }
    }
    return undefined;
  }

  /** Where in the order of one value those are that begin with a text. */
  private range(axis: number, text: string): [number, number] {
    const matches = this.sortedBy(axis);
    return [lowerBound(matches, axis, text), lowerBound(matches, axis, `${text}\uffff`)];
  }

  private sortedBy(axis: number): readonly Ordered[] {
    return this.sorted[axis] ??= [...this.matches].sort((a, b) => compare(a.match.values[axis], b.match.values[axis]));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lowerBound(matches: readonly Ordered[], axis: number, value: string): number {
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (matches[middle].match.values[axis] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function nodesOf(items: readonly Ordered[]): PrefixNode[] {
  const byPrefix = new Map<string, Ordered[]>();
  items.forEach(item => append(byPrefix, item.match.prefix, item));
  const nodes: PrefixNode[] = [];
  for (const prefix of [...byPrefix.keys()].sort()) {
    // in sorted order, what a prefix begins with has come before, and what comes between begins with it too
    let shorter: PrefixNode | undefined = nodes[nodes.length - 1];
    while (shorter !== undefined && !prefix.startsWith(shorter.prefix)) {
      shorter = shorter.shorter;
    }
    nodes.push(new PrefixNode(prefix, shorter, byPrefix.get(prefix)!));
  }
  return nodes;
}

function findWider(narrow: Ordered, from: PrefixNode | undefined): PrefixMatch | undefined {
  for (let node = from; node !== undefined; node = node.shorter) {
    const wide = node.findWider(narrow);
    if (wide !== undefined) {
      return wide;
    }
  }
  return undefined;
}
