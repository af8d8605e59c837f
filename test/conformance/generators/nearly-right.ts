import type { Random } from './random';

/** Makes values that are mostly right, and wrong in few places, so that one rule at a time decides about an object. */
export class NearlyRight {
  private wrongness: number;

  constructor(private readonly random: Random) {
    this.wrongness = random.pick([0, 0, 0.01, 0.02, 0.05, 0.15]);
  }

  /** A part that this object is about: it is often there, and wrong more often than the rest. */
  public focus<T>(make: () => T): T | undefined {
    const before = this.wrongness;
    this.wrongness = this.random.pick([before, 0.1, 0.3]);
    const made = this.maybe(0.9, make);
    this.wrongness = before;
    return made;
  }

  /** One of some right values, or seldom one of some that are at the edge or beyond. */
  public one<T, U>(right: readonly T[], odd: readonly U[]): T | U {
    return odd.length > 0 && this.isOdd() ? this.random.pick(odd) : this.random.pick(right);
  }

  public isOdd(): boolean {
    return this.random.chance(this.wrongness);
  }

  public chance(probability: number): boolean {
    return this.random.chance(probability);
  }

  public pick<T>(values: readonly T[]): T {
    return this.random.pick(values);
  }

  /** A value, or nothing. */
  public maybe<T>(probability: number, make: () => T): T | undefined {
    return this.random.chance(probability) ? make() : undefined;
  }

  /** A list; seldom empty or with the same item twice. */
  public list<T>(least: number, most: number, make: () => T): T[] {
    if (this.isOdd()) {
      const item = make();
      return this.random.pick([[], [item, item], [null as T]]);
    }
    return Array.from({ length: this.random.integer(least, most) }, make);
  }

  /** A map with some keys. */
  public map<T>(least: number, most: number, key: () => string, make: () => T): { [key: string]: T } {
    const value = () => this.isOdd() && this.chance(0.1) ? null as T : make();
    return Object.fromEntries(Array.from({ length: this.random.integer(least, most) }, () => [key(), value()]));
  }

  /** One of several ways to make a value. */
  public way<T>(...makers: readonly (() => T)[]): T {
    return this.random.pick(makers)();
  }

  public integer(least: number, most: number): number {
    return this.random.integer(least, most);
  }
}

/** The same without what is left out. */
export function compact<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(item => compact<unknown>(item)) as T;
  }
  if (typeof value === 'object' && value !== null) {
    const given = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(given.map(([key, each]) => [key, compact<unknown>(each)])) as T;
  }
  return value;
}
