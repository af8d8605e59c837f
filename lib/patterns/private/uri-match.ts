import { describe } from '../../private/describe';
import { checkUriText } from '../../private/header-values';
import { checkRegex } from '../../private/regex';
import { checkEnum, checkGiven, checkString } from '../../private/validation';
import { StringMatch } from '../../string-match';
import { PathType } from '../path-options';

/** One condition on the path of a request. */
export interface UriMatch {
  readonly type: 'exact' | 'prefix' | 'regex';
  readonly text: string;
}

/** The conditions that a path stands for: a path itself and everything below it are two. */
export function uriMatches(property: string, path: string, pathType: PathType | undefined): UriMatch[] {
  const type = checkEnum(property.replace(/path$/, 'options.pathType'), pathType, PathType) ?? PathType.PATH;
  checkString(property, checkGiven(property, path));
  if (type === PathType.REGEX) {
    return [{ type: 'regex', text: checkPattern(property, path) }];
  }
  checkPath(property, path);
  switch (type) {
    case PathType.EXACT:
      return [{ type: 'exact', text: path }];
    case PathType.PREFIX:
      return [{ type: 'prefix', text: path }];
    default:
      return path === '/' ? [{ type: 'prefix', text: '/' }] : pathAndBelow(property, path);
  }
}

export function renderUriMatch(uri: UriMatch): StringMatch {
  switch (uri.type) {
    case 'exact':
      return StringMatch.exact(uri.text);
    case 'prefix':
      return StringMatch.prefix(uri.text);
    default:
      return StringMatch.regex(uri.text);
  }
}

export function uriKey(uri: UriMatch): string {
  return `${uri.type} ${uri.text}`;
}

/** Whether every path that one condition takes is certainly taken by another. */
export function coversUri(wide: UriMatch, narrow: UriMatch): boolean {
  if (wide.type === 'prefix' && narrow.type !== 'regex') {
    return narrow.text.startsWith(wide.text);
  }
  return wide.type === narrow.type && wide.text === narrow.text;
}

/** The text that takes the place of the part of the path that a condition found. */
export function replacementOf(uri: UriMatch, path: string): string {
  return uri.type === 'prefix' && uri.text.endsWith('/') && path !== '/' ? `${path}/` : path;
}

/** A path that is put in place of another: the slash between it and the rest is the pattern's to set. */
export function checkReplacementPath(property: string, path: string): string {
  checkUriText(property, checkGiven(property, path));
  if (!path.startsWith('/') || (path.endsWith('/') && path !== '/')) {
    throw new Error(`${property} must begin with '/' and not end with it, got ${describe(path)}`);
  }
  return path;
}

function pathAndBelow(property: string, path: string): UriMatch[] {
  if (path.endsWith('/')) {
    throw new Error(`${property} must not end with '/', got ${describe(path)}: ${describe(path.replace(/\/+$/, '') || '/')} stands for the path and everything below, PathType.PREFIX for what is below alone`);
  }
  return [{ type: 'exact', text: path }, { type: 'prefix', text: `${path}/` }];
}

function checkPath(property: string, path: string): void {
  if (!path.startsWith('/')) {
    throw new Error(`${property} must begin with '/', got ${describe(path)}`);
  }
  if (/[?#]/.test(path)) {
    throw new Error(`${property} must not contain '?' or '#', got ${describe(path)}, use queryParams for the query`);
  }
}

function checkPattern(property: string, pattern: string): string {
  checkRegex(property, pattern);
  if (/^\^?\/?\.[*+]\$?$/.test(pattern)) {
    throw new Error(`${property} must not be a pattern for every path, got ${describe(pattern)}, which would come before all longer paths, use the path '/'`);
  }
  return pattern;
}
