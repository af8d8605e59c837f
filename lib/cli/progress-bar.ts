import type { Console } from './console';

const WIDTH = 24;
const SHOWN_AFTER_MS = 300;
const REDRAWN_AFTER_MS = 80;
const CLEAR_LINE = '\r\u001b[2K';

/** Shows on a terminal how far long work has come. Short work, and work that nobody watches, shows nothing. */
export class ProgressBar {
  private readonly start: number;
  private drawn?: number;
  private done = 0;

  constructor(private readonly console: Console, private readonly total: number, private readonly now: () => number = Date.now) {
    this.start = now();
  }

  /** Tells that the next piece of work begins. */
  public advance(name: string): void {
    const share = this.total === 0 ? 1 : this.done / this.total;
    const filled = Math.round(WIDTH * share);
    this.show(`${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${this.done}/${this.total} ${name}`);
    this.done++;
  }

  /** Shows a line in place of the one before. */
  public show(line: string): void {
    const now = this.now();
    if (!this.console.isErrorTerminal || now - this.start < SHOWN_AFTER_MS || (this.drawn !== undefined && now - this.drawn < REDRAWN_AFTER_MS)) {
      return;
    }
    this.drawn = now;
    this.console.writeError(`${CLEAR_LINE}${line.slice(0, Math.max(this.console.errorColumns - 1, 10))}`);
  }

  /** Takes the line away. */
  public clear(): void {
    if (this.drawn !== undefined) {
      this.drawn = undefined;
      this.console.writeError(CLEAR_LINE);
    }
  }
}
