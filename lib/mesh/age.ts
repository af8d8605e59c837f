/** What the order of objects is decided by. */
export interface Aged {
  /** When the object was created, in milliseconds; absent where the manifest does not say. */
  readonly createdAt?: number;
  readonly name: string;
  readonly namespace: string;
}

/**
 * Istio's order of objects that compete: the oldest first, then by name, then by namespace.
 *
 * An object without time is yet to be created, so it is younger than those that have one.
 */
export function compareByAge(a: Aged, b: Aged): number {
  if (a.createdAt !== b.createdAt) {
    return (a.createdAt ?? Infinity) < (b.createdAt ?? Infinity) ? -1 : 1;
  }
  return compareTexts(a.name, b.name) || compareTexts(a.namespace, b.namespace);
}

/**
 * Whether the order of two objects rests on the assumption that they are created in the same second,
 * so that their names decide: neither says when it was created.
 */
export function isOrderAssumed(a: Aged, b: Aged): boolean {
  return a.createdAt === undefined && b.createdAt === undefined;
}

export function compareTexts(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** The time of a `creationTimestamp`, which YAML may have read as a date. */
export function readTime(value: unknown): number | undefined {
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
