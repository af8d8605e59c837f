import { HostIndex } from './host-index';
import type { VirtualService } from './virtual-service';

/** VirtualServices in the order in which they win, found by the hosts that they share names with. */
export class OrderedVirtualServices {
  private positions?: HostIndex<number[]>;

  /**
   * @param all in order
   * @param spell how hosts are spelt in comparisons
   */
  constructor(public readonly all: readonly VirtualService[], private readonly spell: (host: string) => string = host => host) {
  }

  /** Those that have a host in common with one of these, in order. */
  public overlapping(hosts: Iterable<string>): readonly VirtualService[] {
    const found = new Set<number>();
    for (const host of hosts) {
      for (const { value } of this.index().overlapping(host)) {
        value.forEach(position => found.add(position));
      }
    }
    return [...found].sort((a, b) => a - b).map(position => this.all[position]);
  }

  /** The first of those with the most specific host that covers a host. */
  public mostSpecific(host: string): VirtualService | undefined {
    const entry = this.index().mostSpecific(host);
    return entry === undefined ? undefined : this.all[entry.value[0]];
  }

  private index(): HostIndex<number[]> {
    if (this.positions === undefined) {
      this.positions = new HostIndex();
      for (const [position, virtualService] of this.all.entries()) {
        for (const host of virtualService.hosts) {
          this.positions.getOrSet(this.spell(host), () => []).push(position);
        }
      }
    }
    return this.positions;
  }
}
