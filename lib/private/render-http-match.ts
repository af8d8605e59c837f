import type { HttpMatch } from '../http-route';
import type { HeaderMatch, StringMatch } from '../string-match';
import { describe } from './describe';
import { checkHeaderName } from './names';
import { renderFields } from './render-fields';
import { SOURCE } from './render-source';
import { renderStringMatch } from './render-string-match';
import { checkBoolean, checkFilledList, checkFilledMap, checkKey, checkMadeBy, checkString } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpMatch, VirtualServiceSpecHttpMatchUri } from '../../imports/networking.istio.io';

type Match = Wire<VirtualServiceSpecHttpMatch>;
type Text = Wire<VirtualServiceSpecHttpMatchUri>;

const MATCH = {
  name: checkString,
  uri: renderUri,
  ignoreUriCase: checkBoolean,
  scheme: renderStringMatch,
  method: renderStringMatch,
  authority: renderStringMatch,
  headers: renderHeaders,
  queryParams: renderQueryParams,
  queryParamsPresent: (property: string, names: string[]) => checkFilledList(property, names, checkPresentParameter),
  ...SOURCE,
  statPrefix: checkString,
};

export function renderHttpMatch(property: string, match: HttpMatch): Match {
  const { headers, queryParamsPresent, ...rendered } = renderFields(property, match, MATCH);
  checkSource(property, rendered);
  const conditions = queryParamsPresent === undefined
    ? { ...rendered, ...headers }
    : { ...rendered, ...headers, queryParams: withPresent(`${property}.queryParamsPresent`, rendered.queryParams, queryParamsPresent) };
  if (isBlank(conditions)) {
    throw new Error(`${property} must have a condition, use defaultRoute for all requests that no other route takes`);
  }
  checkIgnoreCase(`${property}.ignoreUriCase`, rendered.ignoreUriCase, rendered.uri);
  return conditions;
}

/** Whether a match says nothing, so that it would take everything. */
function isBlank(match: Match): boolean {
  for (const field in match) {
    if (field !== 'name' && field !== 'ignoreUriCase' && field !== 'statPrefix') {
      return false;
    }
  }
  return true;
}

function checkSource(property: string, source: Match): void {
  for (const ignored of ['sourceLabels', 'sourceNamespace'] as const) {
    if (source.gateways !== undefined && source[ignored] !== undefined) {
      throw new Error(`${property}.${ignored} must be left out beside gateways, Istio would ignore it, make two matches instead`);
    }
  }
}

/** The path begins with a slash and ends before the query, so that other texts can never match. */
function renderUri(property: string, uri: StringMatch): Text {
  const rendered = renderStringMatch(property, uri);
  const text = rendered.exact ?? rendered.prefix;
  if (text !== undefined && !text.startsWith('/')) {
    throw new Error(`${property} must begin with '/', no path matches ${describe(text)}`);
  }
  if (text !== undefined && /[?#]/.test(text)) {
    throw new Error(`${property} must not contain '?' or '#', because it is compared with the path alone, got ${describe(text)}, use queryParams for the query`);
  }
  return rendered;
}

function checkIgnoreCase(property: string, ignoreCase: boolean | undefined, uri: Text | undefined): void {
  if (ignoreCase === true && (uri === undefined || uri.regex !== undefined)) {
    throw new Error(`${property} has no effect ${uri === undefined ? 'without uri, leave it out' : 'on a regex, write (?i) in front of the pattern instead'}`);
  }
}

function renderHeaders(property: string, headers: { readonly [name: string]: HeaderMatch }): Pick<Match, 'headers' | 'withoutHeaders'> {
  const rendered: { headers?: { [name: string]: Text }; withoutHeaders?: { [name: string]: Text } } = {};
  checkFilledMap(property, headers, (item, header, name) => {
    checkMatchedName(`${property}: name`, name);
    checkMadeBy(item, header, '_toHeader', 'HeaderMatch, such as HeaderMatch.exact()');
    const condition = header._toHeader();
    const exclusion = header._toWithoutHeader();
    if (isClaim(name) && [condition, exclusion].some(text => text !== undefined && Object.keys(text).length === 0)) {
      throw new Error(`${item} must be compared with a text, the proxy does not take present() and absent() for claims, use HeaderMatch.regex('.+') or notRegex('.+')`);
    }
    if (condition !== undefined) {
      (rendered.headers ??= {})[name] = condition;
    }
    if (exclusion !== undefined) {
      (rendered.withoutHeaders ??= {})[name] = exclusion;
    }
  });
  return rendered;
}

function checkMatchedName(property: string, name: string): void {
  if (/^:(method|scheme|authority|path|status)$/.test(name) || isClaim(name)) {
    return;
  }
  if (name.startsWith('@')) {
    throw new Error(`${property} must be as in '@request.auth.claims.group' or '@request.auth.claims[group]' for a claim, got ${describe(name)}`);
  }
  checkHeaderName(property, name);
}

/** Whether the name of a header stands for a claim of a JSON web token. */
function isClaim(name: string): boolean {
  return name.startsWith('@') && /^@request\.auth\.claims((\.[^.]+)+|(\[[^[\]]+\])+)$/i.test(name);
}

/** Whether a match looks at claims of a JSON web token, which only a gateway can. */
export function usesClaims(match: Match): boolean {
  return hasClaim(match.headers) || hasClaim(match.withoutHeaders);
}

function hasClaim(headers: Match['headers']): boolean {
  return headers !== undefined && Object.keys(headers).some(isClaim);
}

/** The most characters that the proxy takes for the name of a query parameter. */
const LONGEST_PARAMETER = 1024;

function renderQueryParams(property: string, parameters: { readonly [name: string]: StringMatch }): { [name: string]: Text } | undefined {
  return checkFilledMap(property, parameters, (item, text, name) => {
    checkParameter(`${property}: name`, name);
    return renderStringMatch(item, text);
  });
}

function checkPresentParameter(property: string, name: string): string {
  checkParameter(property, name);
  checkKey(property, name);
  return name;
}

function withPresent(property: string, compared: { [name: string]: Text } | undefined, present: string[]): { [name: string]: Text } {
  const conditions = { ...compared };
  present.forEach((name, index) => {
    if (Object.prototype.hasOwnProperty.call(conditions, name)) {
      throw new Error(`${property}[${index}] ${describe(name)} has a condition already`);
    }
    conditions[name] = {};
  });
  return conditions;
}

function checkParameter(property: string, name: string): void {
  checkString(property, name);
  if (Buffer.byteLength(name) > LONGEST_PARAMETER) {
    throw new Error(`${property} must be at most ${LONGEST_PARAMETER} bytes, got ${describe(name)}`);
  }
}
