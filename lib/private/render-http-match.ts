import type { HttpMatch } from '../http-route';
import type { HeaderMatch, StringMatch } from '../string-match';
import { describe } from './describe';
import { checkHeaderName } from './names';
import { isBlank, renderSource } from './render-source';
import { renderStringMatch } from './render-string-match';
import { checkBoolean, checkFilledList, checkKey, checkMadeBy, checkMap, checkString, checkStruct } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpMatch, VirtualServiceSpecHttpMatchUri } from '../../imports/networking.istio.io';

type Match = Wire<VirtualServiceSpecHttpMatch>;
type Text = Wire<VirtualServiceSpecHttpMatchUri>;

const KNOWN: (keyof HttpMatch)[] = [
  'name', 'uri', 'ignoreUriCase', 'scheme', 'method', 'authority', 'headers', 'queryParams', 'queryParamsPresent', 'port', 'sourceLabels', 'sourceNamespace', 'gateways', 'statPrefix',
];

export function renderHttpMatch(property: string, match: HttpMatch): Match {
  checkStruct(property, match, KNOWN);
  const source = renderSource(property, match);
  checkSource(property, source);
  const conditions = {
    uri: renderUri(`${property}.uri`, match.uri),
    scheme: renderStringMatch(`${property}.scheme`, match.scheme),
    method: renderStringMatch(`${property}.method`, match.method),
    authority: renderStringMatch(`${property}.authority`, match.authority),
    ...renderHeaders(`${property}.headers`, match.headers),
    queryParams: renderQuery(property, match),
    ...source,
  };
  if (isBlank(conditions)) {
    throw new Error(`${property} must have a condition, use defaultRoute for all requests that no other route takes`);
  }
  return {
    name: checkString(`${property}.name`, match.name),
    ...conditions,
    ignoreUriCase: renderIgnoreCase(`${property}.ignoreUriCase`, match.ignoreUriCase, conditions.uri),
    statPrefix: checkString(`${property}.statPrefix`, match.statPrefix),
  };
}

function checkSource(property: string, source: Match): void {
  for (const ignored of ['sourceLabels', 'sourceNamespace'] as const) {
    if (source.gateways !== undefined && source[ignored] !== undefined) {
      throw new Error(`${property}.${ignored} must be left out beside gateways, Istio would ignore it, make two matches instead`);
    }
  }
}

/** The path begins with a slash and ends before the query, so that other texts can never match. */
function renderUri(property: string, uri: StringMatch | undefined): Text | undefined {
  const rendered = renderStringMatch(property, uri);
  const text = rendered?.exact ?? rendered?.prefix;
  if (text !== undefined && !text.startsWith('/')) {
    throw new Error(`${property} must begin with '/', no path matches ${describe(text)}`);
  }
  if (text !== undefined && /[?#]/.test(text)) {
    throw new Error(`${property} must not contain '?' or '#', because it is compared with the path alone, got ${describe(text)}, use queryParams for the query`);
  }
  return rendered;
}

function renderIgnoreCase(property: string, ignoreCase: boolean | undefined, uri: Text | undefined): boolean | undefined {
  checkBoolean(property, ignoreCase);
  if (ignoreCase === true && (uri === undefined || uri.regex !== undefined)) {
    throw new Error(`${property} has no effect ${uri === undefined ? 'without uri, leave it out' : 'on a regex, write (?i) in front of the pattern instead'}`);
  }
  return ignoreCase;
}

function renderHeaders(property: string, headers: { readonly [name: string]: HeaderMatch } | undefined): Pick<Match, 'headers' | 'withoutHeaders'> {
  if (headers === undefined) {
    return {};
  }
  const conditions: [string, Text | undefined][] = [];
  const exclusions: [string, Text | undefined][] = [];
  checkMap(property, headers, (item, header, name) => {
    checkMatchedName(`${property}: name`, name);
    checkMadeBy(item, header, '_toHeader', 'HeaderMatch, such as HeaderMatch.exact()');
    const [condition, exclusion] = [header._toHeader(), header._toWithoutHeader()];
    if (isClaim(name) && [condition, exclusion].some(text => text !== undefined && Object.keys(text).length === 0)) {
      throw new Error(`${item} must be compared with a text, the proxy does not take present() and absent() for claims, use HeaderMatch.regex('.+') or notRegex('.+')`);
    }
    conditions.push([name, condition]);
    exclusions.push([name, exclusion]);
  });
  if (Object.keys(headers).length === 0) {
    throw new Error(`${property} must not be empty, leave it out instead`);
  }
  return { headers: mapOf(conditions), withoutHeaders: mapOf(exclusions) };
}

/** A map of the entries that have a value, or nothing. */
function mapOf<T>(entries: [string, T | undefined][]): { [key: string]: T } | undefined {
  const given = entries.filter((entry): entry is [string, T] => entry[1] !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
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
  return /^@request\.auth\.claims((\.[^.]+)+|(\[[^[\]]+\])+)$/i.test(name);
}

/** Whether a match looks at claims of a JSON web token, which only a gateway can. */
export function usesClaims(match: Match): boolean {
  return [match.headers, match.withoutHeaders].some(headers => headers !== undefined && Object.keys(headers).some(isClaim));
}

/** The most characters that the proxy takes for the name of a query parameter. */
const LONGEST_PARAMETER = 1024;

function renderQuery(property: string, match: HttpMatch): { [name: string]: Text } | undefined {
  const compared = match.queryParams === undefined ? {} : checkMap(`${property}.queryParams`, match.queryParams, (item, text, name) => {
    checkParameter(`${property}.queryParams: name`, name);
    return renderStringMatch(item, text);
  });
  const conditions = Object.entries<Text>(compared);
  if (match.queryParams !== undefined && conditions.length === 0) {
    throw new Error(`${property}.queryParams must not be empty, leave it out instead`);
  }
  checkFilledList(`${property}.queryParamsPresent`, match.queryParamsPresent, (item, name) => {
    checkParameter(item, name);
    checkKey(item, name);
    if (conditions.some(([other]) => other === name)) {
      throw new Error(`${item} ${describe(name)} has a condition already`);
    }
    conditions.push([name, {}]);
  });
  return mapOf(conditions);
}

function checkParameter(property: string, name: string): void {
  checkString(property, name);
  if (Buffer.byteLength(name) > LONGEST_PARAMETER) {
    throw new Error(`${property} must be at most ${LONGEST_PARAMETER} bytes, got ${describe(name)}`);
  }
}
