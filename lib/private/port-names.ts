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
  return ports.map(port => {
    if (port.name !== undefined) {
      return port.name;
    }
    const protocol = port.protocol.toLowerCase().replace('_', '-');
    const candidates = [protocol, `${protocol}-${port.number}`];
    let name = candidates.find(candidate => !taken.has(candidate));
    for (let ordinal = 2; name === undefined; ordinal++) {
      const candidate = `${protocol}-${port.number}-${ordinal}`;
      name = taken.has(candidate) ? undefined : candidate;
    }
    taken.add(name);
    return name;
  });
}
