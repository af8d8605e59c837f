import type { Console } from '../../lib/cli/console';
import { main } from '../../lib/cli/main';

/** What a command said, and the code that it ended with. */
export interface Result {
  readonly code: number;
  readonly output: string;
  readonly messages: string;
}

/** Where a command runs, and what is piped into it. */
export type Surroundings = Partial<Console> & { readonly folder: string; readonly piped?: string };

/** Runs a command in this process, where nothing is a terminal unless it is said. */
export async function runCommand(args: readonly string[], given: Surroundings): Promise<Result> {
  let output = '';
  let messages = '';
  const code = await main(args, {
    input: (async function* () { yield given.piped ?? ''; })(),
    isInputTerminal: false,
    isOutputTerminal: false,
    isErrorTerminal: false,
    errorColumns: 80,
    environment: {},
    write: text => output += text,
    writeError: text => messages += text,
    ...given,
  });
  return { code, output, messages };
}
