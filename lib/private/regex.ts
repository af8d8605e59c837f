import { describe } from './describe';
import { regexProblem } from './regex-syntax';
import { checkString } from './validation';

/** A pattern in the RE2 syntax that Envoy runs, at most 1024 bytes long. */
export function checkRegex(property: string, pattern: string): string {
  checkString(property, pattern);
  if (Buffer.byteLength(pattern) > 1024) {
    throw new Error(`${property} must be at most 1024 bytes, got ${Buffer.byteLength(pattern)}`);
  }
  const problem = regexProblem(pattern);
  if (problem !== undefined) {
    throw new Error(`${property} must be a regular expression in RE2 syntax, got ${describe(pattern)}: ${problem}`);
  }
  return pattern;
}
