import { Command, CommanderError } from 'commander';
import { checkCommand } from './check-command';
import type { Console } from './console';
import { ExitCode } from './exit-codes';
import { packageVersion } from './package-version';
import { routeCommand } from './route-command';
import { UsageError } from './usage-error';

/** Runs the command line, and gives the exit code. */
export async function main(arguments_: readonly string[], console: Console): Promise<ExitCode> {
  let code = ExitCode.CLEAN;
  const program = new Command('cdk8s-istio')
    .description('Istio traffic management that cannot be mis-wired.')
    .option('--version', 'print the version')
    .on('option:version', () => {
      console.write(`${packageVersion()}\n`);
      throw new CommanderError(ExitCode.CLEAN, 'version', '');
    });
  const { own, request } = splitRequest(arguments_);
  const done = (result: ExitCode): void => void (code = result);
  [checkCommand(console, done), routeCommand(console, request, done)].forEach(command => program.addCommand(command));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError('(--help shows what there is)')
      .configureOutput({ writeOut: text => console.write(text), writeErr: text => console.writeError(text) });
  }
  try {
    await program.parseAsync([...own], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.CLEAN : ExitCode.UNREADABLE;
    }
    if (error instanceof UsageError) {
      console.writeError(`error: ${error.message}\n`);
      return ExitCode.UNREADABLE;
    }
    throw error;
  }
}

/** What is said of the request to the command `route` is in the language of curl, and not for us to parse. */
function splitRequest(arguments_: readonly string[]): { readonly own: readonly string[]; readonly request?: readonly string[] } {
  const end = arguments_[0] === 'route' ? arguments_.indexOf('--') : -1;
  return end < 0 ? { own: arguments_ } : { own: arguments_.slice(0, end), request: arguments_.slice(end + 1) };
}
