import { regexProblem } from '../../../private/regex-syntax';
import type { Report } from '../finding';
import { got } from '../got';

const MAX_BYTES = 1024;

/** A regular expression in RE2 syntax, as Envoy matches with. */
export function checkRegex(report: Report, rule: string, path: string, pattern: string): void {
  if (pattern === '') {
    report.error(rule, path, 'must not be empty', { value: pattern, fix: "write '.*' to match everything" });
  } else if (pattern.length > MAX_BYTES || Buffer.byteLength(pattern) > MAX_BYTES) {
    report.error(rule, path, `must be at most ${MAX_BYTES} bytes, got ${Buffer.byteLength(pattern)}`, { value: pattern });
  } else {
    const problem = regexProblem(pattern);
    if (problem !== undefined) {
      report.error(rule, path, `must be a regular expression in RE2 syntax${got(pattern)}: ${problem}`, { value: pattern });
    }
  }
}
