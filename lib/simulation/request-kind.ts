import type { SeenRequest } from './http-conditions';
import { sampleOf } from './regex-sample';
import { asksForPresence, matchesText } from './text-matchers';
import type { HttpMatch, StringMatch } from '../mesh/specs';

/** Requests of a kind: all that these conditions leave open may be anything. */
export interface RequestKind {
  readonly authority: string;

  /** Undefined at sidecars, where a header of the request says it. */
  readonly scheme?: string;

  /** What the path begins with, as plain text. */
  readonly pathPrefix: string;
  readonly method?: string;

  /** Headers that are there, with one line that says exactly this; by name in lower case. */
  readonly headers: ReadonlyMap<string, string>;

  /** Headers that are not there, in lower case. */
  readonly absent: ReadonlySet<string>;
}

type Matches = { readonly [name: string]: StringMatch | undefined };

/** Whether no request of a kind meets a match: certain where it is true. */
export function isExcluded(match: HttpMatch | undefined, kind: RequestKind): boolean {
  if (match === undefined) {
    return false;
  }
  return !mayMeetPath(match, kind.pathPrefix)
    || (match.method !== undefined && kind.method !== undefined && !matchesText(match.method, kind.method))
    || (match.authority !== undefined && !matchesText(match.authority, kind.authority))
    || (match.scheme !== undefined && kind.scheme !== undefined && !matchesText(match.scheme, kind.scheme))
    || entriesOf(match.headers).some(([name, condition]) => name.startsWith('@') || kind.absent.has(name)
      || (kind.headers.has(name) && !meets(condition, kind.headers.get(name)!)))
    || entriesOf(match.withoutHeaders).some(([name, condition]) => (kind.headers.has(name) && meets(condition, kind.headers.get(name)!))
      || (kind.absent.has(name) && !asksForPresence(condition) && matchesText(condition, '')));
}

function mayMeetPath({ uri, ignoreUriCase }: HttpMatch, start: string): boolean {
  const fold = (text: string): string => ignoreUriCase === true ? text.toLowerCase() : text;
  if (uri?.exact !== undefined) {
    return fold(uri.exact).startsWith(fold(start));
  }
  return uri?.prefix === undefined || fold(uri.prefix).startsWith(fold(start)) || fold(start).startsWith(fold(uri.prefix));
}

/** Whether every request of a kind that meets a match also meets an earlier one: certain where it is true. */
export function isCovered(earlier: HttpMatch | undefined, later: HttpMatch | undefined, kind: RequestKind): boolean {
  if (earlier === undefined) {
    return true;
  }
  return coversPath(earlier, later, kind.pathPrefix)
    && coversText(earlier.method, later?.method, kind.method)
    && coversText(earlier.authority, undefined, kind.authority)
    && coversText(earlier.scheme, later?.scheme, kind.scheme)
    && entriesOf(earlier.headers).every(([name, condition]) => coversHeader(name, condition, later, kind))
    && entriesOf(earlier.withoutHeaders).every(([name, condition]) => coversAbsence(name, condition, later, kind))
    && entriesOf(earlier.queryParams).every(([name, condition]) => isSame(condition, later?.queryParams?.[name])
      || (asksForPresence(condition) && later?.queryParams?.[name] !== undefined));
}

function coversPath(earlier: HttpMatch, later: HttpMatch | undefined, start: string): boolean {
  const { uri } = earlier;
  if (uri === undefined) {
    return true;
  }
  const ignoresCase = earlier.ignoreUriCase === true;
  if (later?.ignoreUriCase === true && !ignoresCase) {
    return false;
  }
  const fold = (text: string): string => ignoresCase ? text.toLowerCase() : text;
  if (later?.uri?.exact !== undefined) {
    return matchesText(uri, later.uri.exact, ignoresCase);
  }
  if (uri.prefix !== undefined) {
    return fold(start).startsWith(fold(uri.prefix)) || (later?.uri?.prefix !== undefined && fold(later.uri.prefix).startsWith(fold(uri.prefix)));
  }
  return uri.exact === undefined && (uri.regex === '.*' || uri.regex === '/.*' || (isSame(uri, later?.uri) && later?.ignoreUriCase !== true));
}

function coversText(earlier: StringMatch | undefined, later: StringMatch | undefined, known: string | undefined): boolean {
  const text = known ?? later?.exact;
  return earlier === undefined || (text === undefined ? isSame(earlier, later) : matchesText(earlier, text));
}

function coversHeader(name: string, condition: StringMatch, later: HttpMatch | undefined, kind: RequestKind): boolean {
  const known = kind.headers.get(name);
  if (known !== undefined) {
    return meets(condition, known);
  }
  const own = new Map(entriesOf(later?.headers)).get(name);
  if (own === undefined || name.startsWith('@')) {
    return false;
  }
  return asksForPresence(condition) || isSame(condition, own) || (own.exact !== undefined && matchesText(condition, own.exact))
    || (own.prefix !== undefined && condition.prefix !== undefined && own.prefix.startsWith(condition.prefix));
}

function coversAbsence(name: string, condition: StringMatch, later: HttpMatch | undefined, kind: RequestKind): boolean {
  if (name.startsWith('@') || isSame(condition, new Map(entriesOf(later?.withoutHeaders)).get(name))) {
    return true;
  }
  const known = kind.headers.get(name);
  return known !== undefined ? !meets(condition, known) : kind.absent.has(name) && (asksForPresence(condition) || !matchesText(condition, ''));
}

/** Requests of a kind that are likely to meet a match. Whoever uses them makes sure that they do. */
export function samplesOf(match: HttpMatch | undefined, kind: RequestKind): readonly SampleRequest[] {
  const headers = new Map(kind.headers);
  entriesOf(match?.headers).forEach(([name, condition]) => {
    if (!headers.has(name)) {
      headers.set(name, sampleText(condition));
    }
  });
  const query = Object.entries((match?.queryParams ?? {}) as Matches).map(([name, condition]) => `${name}=${sampleText(condition ?? {})}`).join('&');
  const method = kind.method ?? (match?.method === undefined ? 'GET' : sampleText(match.method));
  return samplePaths(match?.uri, kind.pathPrefix).map(path => ({
    method,
    target: `${path.startsWith('/') ? path : `/${path}`}${query === '' ? '' : `?${query}`}`,
    headers: [...headers],
  }));
}

export interface SampleRequest extends Pick<SeenRequest, 'method'> {
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
}

function samplePaths(uri: StringMatch | undefined, start: string): readonly string[] {
  if (uri?.exact !== undefined) {
    return [uri.exact];
  }
  if (uri?.regex !== undefined && uri.prefix === undefined) {
    return [sampleOf(uri.regex), start];
  }
  const base = (uri?.prefix ?? '').length > start.length ? uri!.prefix! : start;
  return [base, `${base}some-other-path`, `${base.endsWith('/') ? base : `${base}/`}some/other-path`];
}

function sampleText({ exact, prefix, regex }: StringMatch): string {
  return exact ?? prefix ?? (regex === undefined || regex === '*' ? 'anything' : sampleOf(regex));
}

function entriesOf(matches: object | undefined): readonly (readonly [string, StringMatch])[] {
  return Object.entries((matches ?? {}) as Matches).map(([name, condition]) => [name.toLowerCase(), condition ?? {}] as const);
}

function meets(condition: StringMatch, text: string): boolean {
  return asksForPresence(condition) || matchesText(condition, text);
}

function isSame(one: StringMatch | undefined, other: StringMatch | undefined): boolean {
  return one !== undefined && other !== undefined && one.exact === other.exact && one.prefix === other.prefix && one.regex === other.regex;
}
