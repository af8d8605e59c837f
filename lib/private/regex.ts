import { describe } from './describe';
import { checkString } from './validation';

const checked = new Set<string>();

/** A pattern in the RE2 syntax that Envoy runs, at most 1024 bytes long. */
export function checkRegex(property: string, pattern: string): string {
  checkString(property, pattern);
  if (Buffer.byteLength(pattern) > 1024) {
    throw new Error(`${property} must be at most 1024 bytes, got ${Buffer.byteLength(pattern)}`);
  }
  if (!checked.has(pattern)) {
    const reason = re2Error(pattern);
    if (reason !== undefined) {
      throw new Error(`${property} must be a regular expression in RE2 syntax, got ${describe(pattern)}: ${reason}`);
    }
    checked.add(pattern);
  }
  return pattern;
}

function re2Error(pattern: string): string | undefined {
  // loaded on first use: a program without regular expressions does not pay for it
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
