import { Command, Option } from 'commander';
import { InputChecks } from './check-inputs';
import type { CheckReport, FileNote } from './check-report';
import type { Console } from './console';
import { ExitCode } from './exit-codes';
import { formatGithub } from './formats/github';
import { formatJson } from './formats/json';
import { formatText, placeOf } from './formats/text';
import { findInputs, readInput, readStandardInput, STANDARD_INPUT } from './inputs';
import { addMeshOptions, MeshArguments, settingsOf } from './mesh-arguments';
import { ProgressBar } from './progress-bar';
import { counted, summaryOf } from './summary';
import { Severity } from '../checks/finding';

const FORMATS: { readonly [name: string]: (report: CheckReport, useColors: boolean) => string } = {
  text: formatText,
  json: formatJson,
  // loads all examples of all rules
  sarif: report => require('./formats/sarif').formatSarif(report),
  github: formatGithub,
};

const FAIL_ON = [Severity.ERROR, Severity.WARNING, Severity.INFO, 'never'];

/** As many notes are shown one by one. */
const NOTES_SHOWN = 5;

interface CheckArguments extends MeshArguments {
  readonly format: string;
  readonly failOn: string;
  readonly color: boolean;
}

/** The command `check`. */
export function checkCommand(console: Console, done: (code: ExitCode) => void): Command {
  const command = new Command('check')
    .summary('find what Istio rejects, ignores or drops in manifests')
    .description('Finds what Istio rejects, ignores or silently drops in manifests, each by itself and all together.')
    .argument('<files...>', "YAML or JSON files, folders, patterns such as 'deploy/**/*.yaml', and - for what is piped in")
    .addOption(new Option('--format <format>', 'how findings are written').choices(Object.keys(FORMATS)).default('text'))
    .addOption(new Option('--fail-on <severity>', 'the least bad finding that makes the command fail').choices(FAIL_ON).default(Severity.ERROR))
    .option('--no-color', 'no colours, even on a terminal');
  return addMeshOptions(command)
    .addHelpText('after', `
Exit codes: 0 nothing found that --fail-on asks for, 1 something found, 2 wrong usage or something that cannot be read.

Examples:
  $ cdk8s-istio check dist/
  $ helm template shop ./chart | cdk8s-istio check -
  $ kustomize build overlays/prod | cdk8s-istio check --closed-world --fail-on warning -`)
    .action(async (files: string[], options: CheckArguments) => done(await check(files, options, console)));
}

async function check(names: readonly string[], options: CheckArguments, console: Console): Promise<ExitCode> {
  const settings = settingsOf(options, console.folder);
  const { files, unreadable } = findInputs(names, console.folder);
  const problems: FileNote[] = unreadable.map(({ file, reason }) => ({ file, message: reason }));
  const checks = new InputChecks();
  const progress = new ProgressBar(console, files.length);
  for (const file of files) {
    progress.advance(file.file);
    if (file.file === STANDARD_INPUT && console.isInputTerminal) {
      progress.clear();
      console.writeError('reading manifests from the terminal, until Ctrl-D\n');
    }
    const input = file.file === STANDARD_INPUT ? await readStandardInput(console) : readInput(file, console.folder);
    if (input !== undefined && 'reason' in input) {
      problems.push({ file: input.file, message: input.reason });
    } else if (input !== undefined) {
      checks.add(input);
    }
  }
  progress.show(`checking ${counted(checks.count, 'object')}`);
  const checked = checks.check(settings);
  progress.clear();
  const report = { ...checked, problems: [...problems, ...checked.problems] };
  const text = FORMATS[options.format](report, usesColors(options, console));
  console.write(text);
  console.writeError(messages(report, text !== '' && options.format === 'text'));
  return exitCode(report, options.failOn);
}

/** What is said beside the results. */
function messages(report: CheckReport, isBelowText: boolean): string {
  const { skipped, objects, problems } = report;
  const lines = skipped.slice(0, NOTES_SHOWN).map(note => `note: ${placeOf(note)}: ${note.message}; it is skipped`);
  if (skipped.length > NOTES_SHOWN) {
    lines.push(`note: ${counted(skipped.length - NOTES_SHOWN, 'more document is not a Kubernetes object', 'more documents are not Kubernetes objects')}`);
  }
  if (objects === 0 && problems.length === 0) {
    lines.push('error: there is no Kubernetes object to check in what was given');
  }
  lines.push(summaryOf(report));
  return `${isBelowText ? '\n' : ''}${lines.join('\n')}\n`;
}

function exitCode({ findings, problems, objects }: CheckReport, failOn: string): ExitCode {
  if (problems.length > 0 || objects === 0) {
    return ExitCode.UNREADABLE;
  }
  // the severities stand in order, the worst first
  const failing = FAIL_ON.slice(0, failOn === 'never' ? 0 : FAIL_ON.indexOf(failOn) + 1);
  return findings.some(({ severity }) => failing.includes(severity)) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function usesColors({ color }: CheckArguments, { environment, isOutputTerminal }: Console): boolean {
  if (!color || environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') {
    return false;
  }
  return environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0' || isOutputTerminal && environment.TERM !== 'dumb';
}
