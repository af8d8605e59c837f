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
  return numberOf('CONFORMANCE_SEED', Math.floor(Math.random() * MODULUS));
}

/** How many objects of each kind CONFORMANCE_OBJECTS asks for. */
export function objectsOfRun(fallback = 20000): number {
  return numberOf('CONFORMANCE_OBJECTS', fallback);
}

/** How many random meshes CONFORMANCE_MESHES asks for. */
export function meshesOfRun(fallback: number): number {
  return numberOf('CONFORMANCE_MESHES', fallback);
}

/** A variable of the environment. Any other text than a number would have loops end before they begin. */
function numberOf(variable: string, fallback: number): number {
  const text = process.env[variable];
  if (text !== undefined && !/^[1-9]\d*$/.test(text)) {
    throw new Error(`${variable} must be an integer above 0, got ${JSON.stringify(text)}`);
  }
  return text === undefined ? fallback : Number(text);
}
