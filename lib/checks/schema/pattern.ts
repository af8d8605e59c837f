/** Tells whether some part of a text matches a pattern in RE2 syntax, as `matches()` of CEL does. */
export function compilePattern(pattern: string): (text: string) => boolean {
  if (isPlain(pattern)) {
    const regex = new RegExp(pattern, 'u');
    return text => regex.test(text);
  }
  // loaded only when a rule needs it
  const { RE2JS } = require('re2js') as typeof import('re2js');
  const regex = RE2JS.compile(pattern);
  return text => regex.matcher(text).find();
}

/** Whether a pattern means the same to JavaScript as to RE2, and cannot make it backtrack without end: no escapes, no flags, no repeated groups. */
function isPlain(pattern: string): boolean {
  return !/\\|\(\?(?!:)|\)[*+{]|\[\[|\[\^?\]/.test(pattern);
}
