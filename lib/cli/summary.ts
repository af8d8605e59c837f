import type { CheckReport } from './check-report';
import { Severity } from '../checks/finding';

/** How much was found in how much, in one line. */
export function summaryOf({ findings, problems, files, objects }: CheckReport): string {
  const counts = [
    ...[Severity.ERROR, Severity.WARNING, Severity.INFO].map(severity =>
      [findings.filter(finding => finding.severity === severity).length, severity === Severity.INFO ? 'hint' : severity] as const),
    [problems.length, 'part that cannot be read', 'parts that cannot be read'] as const,
  ].filter(([count]) => count > 0);
  const found = counts.length === 0 ? 'nothing found' : counts.map(([count, one, many]) => counted(count, one, many)).join(', ');
  return `${found} in ${counted(objects, 'object')} of ${counted(files, 'file')}`;
}

/** A number of things. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
