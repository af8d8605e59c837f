/** A host and what is kept for it. */
export interface HostEntry<T> {
  readonly host: string;
  readonly value: T;
}

/**
 * Values by host, where a host may begin with a wildcard.
 *
 * A wildcard covers every name that ends with its rest, as Istio compares hosts: `*.a.org`, but also `*-x.a.org` and `*`.
 * No lookup looks at all hosts: a wildcard is found by the ends of a name of the lengths that occur.
 */
export class HostIndex<T> {
  private readonly names = new Map<string, HostEntry<T>>();
  private readonly wildcards = new Map<string, HostEntry<T>>();
  private lengths?: readonly number[];
  private backwards?: readonly { readonly key: string; readonly entry: HostEntry<T> }[];

  /** How many hosts there are. */
  public get size(): number {
    return this.names.size + this.wildcards.size;
  }

  /** All hosts, names before wildcards, each in the order in which they came. */
  public *entries(): Iterable<HostEntry<T>> {
    yield* this.names.values();
    yield* this.wildcards.values();
  }

  /** What is kept for exactly this host, wildcard or not. */
  public get(host: string): T | undefined {
    return (host.startsWith('*') ? this.wildcards.get(host.slice(1)) : this.names.get(host))?.value;
  }

  public set(host: string, value: T): void {
    this.backwards = undefined;
    if (host.startsWith('*')) {
      this.lengths = undefined;
      this.wildcards.set(host.slice(1), { host, value });
    } else {
      this.names.set(host, { host, value });
    }
  }

  /** What is kept for a host, made first where there is nothing. */
  public getOrSet(host: string, make: () => T): T {
    const found = this.get(host);
    if (found !== undefined) {
      return found;
    }
    const made = make();
    this.set(host, made);
    return made;
  }

  /** The entry of the host itself, else of the longest wildcard that covers it. */
  public mostSpecific(host: string): HostEntry<T> | undefined {
    const isWildcard = host.startsWith('*');
    return (isWildcard ? undefined : this.names.get(host)) ?? this.longestWildcard(isWildcard ? host.slice(1) : host, 0);
  }

  /** As Envoy looks up a domain: a wildcard other than `*` itself stands for at least one character. */
  public mostSpecificDomain(name: string): HostEntry<T> | undefined {
    return this.names.get(name) ?? this.longestWildcard(name, 1);
  }

  /** The entries that cover all of a host, the most specific first. */
  public *covering(host: string): Iterable<HostEntry<T>> {
    const isWildcard = host.startsWith('*');
    const named = isWildcard ? undefined : this.names.get(host);
    if (named !== undefined) {
      yield named;
    }
    const text = isWildcard ? host.slice(1) : host;
    for (const length of this.wildcardLengths()) {
      if (length <= text.length) {
        const found = this.wildcards.get(text.slice(text.length - length));
        if (found !== undefined) {
          yield found;
        }
      }
    }
  }

  /** The entries that share a name with a host: those that cover it, then those that it covers. */
  public *overlapping(host: string): Iterable<HostEntry<T>> {
    yield* this.covering(host);
    if (host.startsWith('*')) {
      for (const entry of this.under(host)) {
        if (entry.host !== host) {
          yield entry;
        }
      }
    }
  }

  public overlaps(host: string): boolean {
    return this.overlapping(host)[Symbol.iterator]().next().done !== true;
  }

  /** The entries that a wildcard covers, itself among them. */
  public *under(wildcard: string): Iterable<HostEntry<T>> {
    const sorted = this.sortedBackwards();
    const prefix = reverse(wildcard.slice(1));
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (sorted[middle].key < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < sorted.length && sorted[low].key.startsWith(prefix); low++) {
      yield sorted[low].entry;
    }
  }

  private longestWildcard(text: string, atLeast: number): HostEntry<T> | undefined {
    for (const length of this.wildcardLengths()) {
      if (length === 0 || length + atLeast <= text.length) {
        const found = this.wildcards.get(length === 0 ? '' : text.slice(text.length - length));
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  }

  private wildcardLengths(): readonly number[] {
    return this.lengths ??= [...new Set([...this.wildcards.keys()].map(suffix => suffix.length))].sort((a, b) => b - a);
  }

  private sortedBackwards(): readonly { readonly key: string; readonly entry: HostEntry<T> }[] {
    return this.backwards ??= [
      ...[...this.names].map(([name, entry]) => ({ key: reverse(name), entry })),
      ...[...this.wildcards].map(([suffix, entry]) => ({ key: reverse(suffix), entry })),
    ].sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  }
}

function reverse(text: string): string {
  let reversed = '';
  for (let index = text.length - 1; index >= 0; index--) {
    reversed += text[index];
  }
  return reversed;
}
