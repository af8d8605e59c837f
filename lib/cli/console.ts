/** Where a command reads from and writes to. */
export interface Console {
  /** What is piped into the command. */
  readonly input: AsyncIterable<Buffer | string>;

  /** Whether a person types the input. */
  readonly isInputTerminal: boolean;

  /** Whether a person reads the results. */
  readonly isOutputTerminal: boolean;

  /** Whether a person reads the messages. */
  readonly isErrorTerminal: boolean;

  /** The columns of the terminal that messages are shown on. */
  readonly errorColumns: number;

  /** The folder that relative paths begin at. */
  readonly folder: string;

  readonly environment: { readonly [name: string]: string | undefined };

  /** Writes results. */
  write(text: string): void;

  /** Writes messages. */
  writeError(text: string): void;
}

/** The console of this process. */
export function processConsole(): Console {
  return {
    input: process.stdin,
    isInputTerminal: process.stdin.isTTY === true,
    isOutputTerminal: process.stdout.isTTY === true,
    isErrorTerminal: process.stderr.isTTY === true,
    errorColumns: process.stderr.columns ?? 80,
    folder: process.cwd(),
    environment: process.env,
    write: text => void process.stdout.write(text),
    writeError: text => void process.stderr.write(text),
  };
}
