import { Severity } from '../../checks/finding';
import type { CheckReport } from '../check-report';

const LEVELS: { readonly [severity in Severity]: string } = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'notice',
};

/** Commands that make GitHub Actions show findings beside the lines of a pull request. */
export function formatGithub({ findings, problems }: CheckReport): string {
  return [
    ...problems.map(({ file, line, column, message }) => command('error', { file, line, col: column, title: 'Unreadable' }, message)),
    ...findings.map(({ code, severity, message, fix, kind, name, propertyPath, file, line, column }) => command(
      LEVELS[severity],
      { file, line, col: column, title: `${code} ${kind} ${name}` },
      [propertyPath, message].filter(part => part !== undefined).join(' ') + (fix === undefined ? '' : `\n${fix}`))),
  ].join('');
}

function command(name: string, properties: { readonly [name: string]: string | number | undefined }, message: string): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escape(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${name} ${given.join(',')}::${escape(message)}\n`;
}

function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
