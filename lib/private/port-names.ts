/** A port that may have been given a name. */
export interface NamedPort {
  readonly name?: string;
  readonly protocol: string;
  readonly number: number;
}

/**
 * A name for each port: its own, else `<protocol>`, else `<protocol>-<number>`, else with an ordinal behind it.
 * Given names are reserved first, so that they never change.
 */
export function portNames(ports: readonly NamedPort[]): string[] {
  const taken = new Set(ports.flatMap(port => port.name ?? []));
  // many servers of a gateway share one port: the search goes on where it ended
  const ordinals = new Map<string, number>();
  return ports.map(port => {
    if (port.name !== undefined) {
      return port.name;
    }
    const protocol = port.protocol.toLowerCase().replace('_', '-');
    const numbered = `${protocol}-${port.number}`;
    let name = [protocol, numbered].find(candidate => !taken.has(candidate));
    for (let ordinal = ordinals.get(numbered) ?? 2; name === undefined; ordinal++) {
      const candidate = `${numbered}-${ordinal}`;
      name = taken.has(candidate) ? undefined : candidate;
      ordinals.set(numbered, ordinal + 1);
    }
    taken.add(name);
    return name;
  });
}
