import { compile } from './text-matchers';
import type { HttpRule, StringMatch } from '../mesh/specs';

/** The path that the upstream gets, without query. */
export function rewrittenPath(rule: HttpRule, uri: StringMatch | undefined, path: string): string {
  const { rewrite } = rule;
  if (rewrite?.uriRegexRewrite !== undefined) {
    const { match = '', rewrite: replacement = '' } = rewrite.uriRegexRewrite;
    return compile(match)?.replaceAll(path, replacement) || path;
  }
  return rewrite?.uri ? replacePath(uri, rewrite.uri, path) : path;
}

/** Replaces what was matched of a path: the prefix, else the whole; the leading slash where no path was asked for. */
export function replacePath(uri: StringMatch | undefined, replacement: string, path: string): string {
  if (uri?.exact !== undefined || (uri?.regex !== undefined && uri.prefix === undefined)) {
    return replacement;
  }
  return replacement + path.slice((uri?.prefix ?? '/').length);
}
