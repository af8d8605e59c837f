import { asksForPresence, describeMatch, matchesText } from './text-matchers';
import type { HttpMatch, StringMatch } from '../mesh/specs';

/** A request as routes see it. */
export interface SeenRequest {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;

  /** Normalised, without query. */
  readonly path: string;

  /** With its `?`; empty where there is none. */
  readonly query: string;

  /** The lines of each header, by name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

const CLAIM = '@request.auth.claims';

/** The first condition of a match that a request does not meet, in words; undefined where it meets all. */
export function failedCondition(match: HttpMatch | undefined, request: SeenRequest): string | undefined {
  if (match === undefined) {
    return undefined;
  }
  const { path, method, authority, scheme } = request;
  return failed('uri', match.uri, path, match.ignoreUriCase === true)
    ?? failed('method', match.method, method)
    ?? failed('authority', match.authority, authority)
    ?? failed('scheme', match.scheme, scheme)
    ?? failedHeader(match, request)
    ?? failedAbsence(match, request)
    ?? failedParameter(match, request);
}

function failed(what: string, match: StringMatch | undefined, text: string, ignoreCase = false): string | undefined {
  return match === undefined || matchesText(match, text, ignoreCase) ? undefined : `${what} must be ${describeMatch(match)}, got '${text}'`;
}

function failedHeader({ headers = {} }: HttpMatch, request: SeenRequest): string | undefined {
  for (const [name, match] of Object.entries(headers)) {
    if (name.startsWith(CLAIM)) {
      return `claim ${name} needs a request with a validated token`;
    }
    const lines = request.headers.get(name.toLowerCase());
    if (lines === undefined) {
      return `header ${name} must be ${describeMatch(match)}, but the request has none`;
    }
    if (!asksForPresence(match) && !lines.some(line => matchesText(match, line))) {
      return `header ${name} must be ${describeMatch(match)}, got '${lines.join("', '")}'`;
    }
  }
  return undefined;
}

function failedAbsence({ withoutHeaders = {} }: HttpMatch, request: SeenRequest): string | undefined {
  for (const [name, match] of Object.entries(withoutHeaders)) {
    const lines = request.headers.get(name.toLowerCase());
    const isMet = name.startsWith(CLAIM)
      || (asksForPresence(match) ? lines === undefined : !(lines ?? ['']).some(line => matchesText(match, line)));
    if (!isMet) {
      return `header ${name} must not be ${describeMatch(match)}, ${lines === undefined ? 'and a missing one counts as empty' : `got '${lines.join("', '")}'`}`;
    }
  }
  return undefined;
}

function failedParameter({ queryParams = {} }: HttpMatch, request: SeenRequest): string | undefined {
  for (const [name, match] of Object.entries(queryParams)) {
    const text = firstParameter(request.query, name);
    if (text === undefined) {
      return `query parameter ${name} must be ${describeMatch(match)}, but the request has none`;
    }
    if (!asksForPresence(match) && !matchesText(match, text)) {
      return `query parameter ${name} must be ${describeMatch(match)}, got '${text}'`;
    }
  }
  return undefined;
}

function firstParameter(query: string, name: string): string | undefined {
  for (const part of query.slice(1).split('&')) {
    const equals = part.indexOf('=');
    if ((equals < 0 ? part : part.slice(0, equals)) === name && part !== '') {
      return equals < 0 ? '' : part.slice(equals + 1);
    }
  }
  return undefined;
}
