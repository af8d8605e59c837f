import { append } from './collections';
import type { TextMap } from './manifest';

/** Whether labels hold everything that a selector asks for. An empty selector asks for nothing. */
export function isSelected(selector: TextMap, labels: TextMap): boolean {
  for (const key in selector) {
    if (labels[key] !== selector[key]) {
      return false;
    }
  }
  return true;
}

export function isEmpty(map: object): boolean {
  for (const _ in map) {
    return false;
  }
  return true;
}

export function sameLabels(a: TextMap, b: TextMap): boolean {
  return isSelected(a, b) && isSelected(b, a);
}

function pair(key: string, value: string): string {
  return `${key}=${value}`;
}

/** Things with labels, found by a selector without looking at all of them. */
export class LabelIndex<T> {
  private readonly byPair = new Map<string, T[]>();

  constructor(private readonly items: readonly T[], private readonly labelsOf: (item: T) => TextMap) {
    for (const item of items) {
      const labels = labelsOf(item);
      for (const key in labels) {
        append(this.byPair, pair(key, labels[key]), item);
      }
    }
  }

  /** The things that a selector matches, in their order; an empty one matches all. */
  public matching(selector: TextMap): readonly T[] {
    let fewest: readonly T[] | undefined;
    for (const key in selector) {
      const candidates = this.byPair.get(pair(key, selector[key])) ?? [];
      if (fewest === undefined || candidates.length < fewest.length) {
        fewest = candidates;
      }
    }
    return fewest === undefined ? this.items : fewest.filter(item => isSelected(selector, this.labelsOf(item)));
  }
}

/** Things with selectors, found by the labels that they select without looking at all of them. */
export class SelectorIndex<T> {
  private readonly byPair = new Map<string, number[]>();
  private readonly withoutSelector: number[] = [];

  constructor(private readonly items: readonly T[], private readonly selectorOf: (item: T) => TextMap) {
    items.forEach((item, position) => {
      const selector = selectorOf(item);
      if (isEmpty(selector)) {
        this.withoutSelector.push(position);
      } else {
        const [key] = Object.keys(selector);
        append(this.byPair, pair(key, selector[key]), position);
      }
    });
  }

  /** The things that select labels, in their order; those without a selector select everything. */
  public selecting(labels: TextMap): readonly T[] {
    const positions = [...this.withoutSelector];
    for (const key in labels) {
      for (const position of this.byPair.get(pair(key, labels[key])) ?? []) {
        if (isSelected(this.selectorOf(this.items[position]), labels)) {
          positions.push(position);
        }
      }
    }
    return positions.sort((a, b) => a - b).map(position => this.items[position]);
  }
}
