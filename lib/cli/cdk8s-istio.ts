#!/usr/bin/env node
import { processConsole } from './console';
import { ExitCode } from './exit-codes';
import { main } from './main';

/** Whoever reads the results may have seen enough: a closed pipe is not an error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

main(process.argv.slice(2), processConsole()).then(
  code => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`error: this should not have happened, please report it: ${error.stack}\n`);
    process.exitCode = ExitCode.UNREADABLE;
  },
);
