import type { StringMatch } from '../mesh/specs';

interface Compiled {
  /** Whether the whole text is as the pattern says. */
  matches(text: string): boolean;

  /** The text with every match replaced; `\0` to `\9` stand for what was matched. */
  replaceAll(text: string, replacement: string): string;
}

const CACHE_SIZE = 10_000;
const compiled = new Map<string, Compiled | undefined>();

/** A pattern in RE2 syntax, compiled once; undefined where it cannot be compiled. */
export function compile(pattern: string): Compiled | undefined {
  if (compiled.has(pattern)) {
    return compiled.get(pattern);
  }
  if (compiled.size >= CACHE_SIZE) {
    compiled.clear();
  }
  const made = tryCompile(pattern);
  compiled.set(pattern, made);
  return made;
}

function tryCompile(pattern: string): Compiled | undefined {
  // loaded on first use: a mesh without regular expressions does not pay for it
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    const regex = RE2JS.compile(pattern);
    return {
      matches: text => regex.matches(text),
      replaceAll: (text, replacement) => {
        const matcher = regex.matcher(text);
        let result = '';
        let end = 0;
        while (matcher.find()) {
          // nothing right after something does not count
          if (matcher.start() === matcher.end() && matcher.start() === end && end > 0) {
            continue;
          }
          const expanded = replacement.replace(/\\([0-9])/g, (_, group: string) =>
            Number(group) > matcher.groupCount() ? '' : matcher.group(Number(group)) ?? '');
          result += text.slice(end, matcher.start()) + expanded;
          end = matcher.end();
        }
        return result + text.slice(end);
      },
    };
  } catch {
    return undefined;
  }
}

/** Whether a text is as a match says; a match that says nothing is met by every text. */
export function matchesText(match: StringMatch, text: string, ignoreCase = false): boolean {
  const fold = (part: string): string => ignoreCase ? part.toLowerCase() : part;
  if (match.exact !== undefined) {
    return fold(text) === fold(match.exact);
  }
  if (match.prefix !== undefined) {
    return fold(text).startsWith(fold(match.prefix));
  }
  return match.regex === undefined || compile(match.regex)?.matches(text) === true;
}

/** Whether a match asks for no more than that there is something. */
export function asksForPresence({ exact, prefix, regex }: StringMatch): boolean {
  return exact === undefined && prefix === undefined && (regex === undefined || regex === '*');
}

/** A match in words. */
export function describeMatch({ exact, prefix, regex }: StringMatch): string {
  return exact !== undefined ? `exactly '${exact}'` : prefix !== undefined ? `text that begins with '${prefix}'`
    : regex !== undefined ? `text that matches the regular expression '${regex}' as a whole` : 'anything';
}
