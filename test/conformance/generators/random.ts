const MODULUS = 2147483647;
const MULTIPLIER = 48271;

/** A small generator of numbers that only depend on the seed. */
export class Random {
  private state: number;

  constructor(public readonly seed: number) {
    this.state = 1 + Math.abs(Math.trunc(seed)) % (MODULUS - 1);
    // neighbouring seeds start out alike
    for (let step = 0; step < 5; step++) {
      this.next();
    }
  }

  /** A number from 0, below 1. */
  public next(): number {
    this.state = this.state * MULTIPLIER % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }

  /** An integer from `least` to `most`, both included. */
  public integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)];
  }
}

/** The seed that CONFORMANCE_SEED names, or another one each time. */
export function seedOfRun(): number {
  return Number(process.env.CONFORMANCE_SEED ?? Math.floor(Math.random() * MODULUS));
}

/** How many objects of each kind CONFORMANCE_OBJECTS asks for. */
export function objectsOfRun(fallback = 20000): number {
  return Number(process.env.CONFORMANCE_OBJECTS ?? fallback);
}
