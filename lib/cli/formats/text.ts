import { createColors } from 'picocolors';
import { Severity } from '../../checks/finding';
import type { CheckReport, FileNote, LocatedFinding } from '../check-report';

type Colors = ReturnType<typeof createColors>;

/** What a person reads: where, how bad, which rule, what and the way out. */
export function formatText({ findings, problems }: CheckReport, useColors: boolean): string {
  const colors = createColors(useColors);
  return [
    ...problems.map(problem => `${colors.bold(placeOf(problem))}: ${colors.red('unreadable')}\n    ${problem.message}\n`),
    ...findings.map(finding => formatFinding(finding, colors)),
  ].join('\n');
}

function formatFinding(finding: LocatedFinding, colors: Colors): string {
  const name = finding.namespace === undefined ? finding.name : `${finding.namespace}/${finding.name}`;
  const template = finding.template === undefined ? '' : colors.dim(` (rendered from ${finding.template})`);
  const lines = [
    `${colors.bold(placeOf({ file: finding.file ?? '', ...finding }))}: ${severity(finding.severity, colors)} ${finding.code} `
      + `${finding.kind} ${name}${finding.propertyPath === undefined ? '' : ` ${finding.propertyPath}`}${template}`,
    `    ${finding.message}`,
    ...finding.fix === undefined ? [] : [colors.green(`    ${finding.fix}`)],
  ];
  return `${lines.join('\n')}\n`;
}

function severity(value: Severity, colors: Colors): string {
  switch (value) {
    case Severity.ERROR:
      return colors.red(value);
    case Severity.WARNING:
      return colors.yellow(value);
    default:
      return colors.cyan(value);
  }
}

/** A place as editors and terminals know it. */
export function placeOf({ file, line, column }: Pick<FileNote, 'file' | 'line' | 'column'>): string {
  return [file, line, line === undefined ? undefined : column].filter(part => part !== undefined).join(':');
}
