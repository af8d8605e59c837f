import { Severity } from '../../checks/finding';
import type { CheckReport } from '../check-report';

/** The version of the format: it changes when what is there already changes. */
const FORMAT_VERSION = 1;

/** What another program reads. */
export function formatJson({ findings, problems, skipped, files, objects }: CheckReport): string {
  const count = (severity: Severity) => findings.filter(finding => finding.severity === severity).length;
  return `${JSON.stringify({
    version: FORMAT_VERSION,
    findings: findings.map(({ code, severity, message, fix, kind, namespace, name, propertyPath, file, line, column, template, documentation }) =>
      ({ code, severity, message, fix, kind, namespace, name, propertyPath, file, line, column, template, documentation })),
    unreadable: problems,
    skipped,
    summary: {
      files,
      objects,
      errors: count(Severity.ERROR),
      warnings: count(Severity.WARNING),
      infos: count(Severity.INFO),
      unreadable: problems.length,
    },
  }, undefined, 2)}\n`;
}
