import { IConstruct } from 'constructs';
import type { HttpMatch } from '../../http-route';
import type { HttpTargetConfig, IHttpTarget } from '../../http-target';
import { targetConfigOf } from '../../private/answers';
import { describe } from '../../private/describe';
import { renderForward } from '../../private/render-http-action';
import { renderHttpMatch } from '../../private/render-http-match';
import { checkFilledList, checkGiven, checkMadeBy, checkString, checkStruct, checkUnique, fail } from '../../private/validation';
import type { Wire } from '../../private/wire';
import type { HeaderMatch, StringMatch } from '../../string-match';
import { PathDefaults, PathOptions, PathType } from '../path-options';
import { PathRedirect } from '../path-redirect';
import type { PathRewrite } from '../path-rewrite';
import { at, made } from './at';
import { matchCovers } from './match-sets';
import { coversUri, uriKey, UriMatch, uriMatches } from './uri-match';
import type { VirtualServiceSpecHttpMatchUri } from '../../../imports/networking.istio.io';

/** A path with everything that was said of it. */
export interface PathEntry {
  readonly owner: IConstruct;

  /** The path and its conditions as messages show them. */
  readonly text: string;
  readonly path: string;
  readonly pathType: PathType;

  /** The conditions on the path, of which one must be met. */
  readonly uris: readonly UriMatch[];
  readonly methods?: readonly string[];

  /** The conditions beside path and method, all of which must be met. */
  readonly conditions: HttpMatch;

  /** How many conditions there are beside the path. */
  readonly count: number;

  /** The conditions as a text by which entries are sorted: what is covered by something else comes before it. */
  readonly order: string;
  readonly target: IHttpTarget;

  /** What the path says of forwarding, without the rewrite. */
  readonly forward: PathDefaults;
  readonly rewrite?: PathRewrite;
  readonly name?: string;

  /** Whether the path is left to routes of the same pattern, which say themselves what is said of all paths. */
  readonly isLeft?: boolean;
}

const OPTIONS: (keyof PathOptions)[] = [
  'pathType', 'methods', 'headers', 'queryParams', 'queryParamsPresent', 'timeout', 'retries', 'corsPolicy', 'rewrite', 'name',
];

export function takeEntry(owner: IConstruct, path: string, target: IHttpTarget, options: PathOptions): PathEntry {
  checkStruct(at(owner, 'options'), options, OPTIONS);
  const uris = uriMatches(at(owner, 'path'), path, options.pathType);
  const pathType = options.pathType ?? PathType.PATH;
  const methods = takeMethods(at(owner, 'options.methods'), options.methods);
  const conditions = takeConditions(owner, options);
  const names = conditionNames(conditions);
  const { timeout, retries, corsPolicy } = options;
  checkMadeBy(at(owner, 'target'), target, 'toHttpTargetConfig', 'HttpAction, such as HttpAction.forward(), or a pattern such as CanaryRelease');
  const entry: PathEntry = {
    owner,
    text: textOf(path, pathType, [...methods ?? [], ...names]),
    path,
    pathType,
    uris,
    methods,
    conditions,
    count: names.length + (methods === undefined ? 0 : 1),
    order: `${orderOf(conditions)} ${(methods ?? []).join(' ')}`,
    target,
    forward: checkForward(`${at(owner, 'options')}.`, { timeout, retries, corsPolicy }),
    rewrite: takeRewrite(at(owner, 'options.rewrite'), options.rewrite, uris),
    name: checkString(at(owner, 'options.name'), options.name),
  };
  checkRedirect(owner, target, uris);
  return entry;
}

/** What a target consists of, checked: only its last route is for all requests that are left. */
export function configOf(entry: PathEntry): HttpTargetConfig {
  const config = targetConfigOf(at(entry.owner, 'target'), entry.target);
  checkFilledList(at(entry.owner, 'target.routes'), checkGiven(at(entry.owner, 'target.routes'), config.routes), (item, route) => {
    checkMadeBy(`${item}.action`, route.action, '_toHttpRoute', 'HttpAction, such as HttpAction.forward()');
    if ((route.matches ?? []).length === 0 && route !== config.routes[config.routes.length - 1]) {
      throw new Error(`${item} must have matches, only the last route of a target is for all requests that are left`);
    }
  });
  return config;
}

/** Whether an entry takes all requests that are left. */
export function isRest({ uris, count }: PathEntry): boolean {
  return count === 0 && uris.length === 1 && uriKey(uris[0]) === 'prefix /';
}

/** Whether two entries certainly take the same requests, at least for one method. */
export function areEqual(one: PathEntry, other: PathEntry): boolean {
  return mainKey(one) === mainKey(other)
    && (one.methods === undefined) === (other.methods === undefined)
    && (one.methods === undefined || one.methods.some(method => other.methods!.includes(method)))
    && matchCovers(one.conditions, other.conditions) && matchCovers(other.conditions, one.conditions);
}

/** Whether an entry certainly takes every request that another one is for. */
export function coversEntry(wide: PathEntry, narrow: PathEntry): boolean {
  return narrow.uris.every(uri => wide.uris.some(other => coversUri(other, uri)))
    && (wide.methods === undefined || (narrow.methods ?? ['']).every(method => wide.methods!.includes(method)))
    && matchCovers(wide.conditions, narrow.conditions);
}

/** What entries have in common that could take the same requests. The exact half of a path is not looked at: it gives way to an exact path. */
export function mainKey({ uris }: PathEntry): string {
  return uriKey(uris[uris.length - 1]);
}

/** The order of entries: exact, patterns, the longest prefix, more conditions before fewer, and then a canonical one. */
export function compareEntries(one: PathEntry, other: PathEntry): number {
  const [a, b] = [one, other].map(({ uris }) => uris[uris.length - 1]);
  const byCount = other.count - one.count;
  return RANKS[a.type] - RANKS[b.type]
    || (a.type === 'prefix' ? b.text.length - a.text.length : 0)
    || (a.type === 'regex' ? byCount || b.text.length - a.text.length : 0)
    || compareTexts(a.text, b.text)
    || byCount
    || compareTexts(one.order, other.order);
}

const RANKS = { exact: 0, regex: 1, prefix: 2 };

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function takeMethods(property: string, methods: readonly string[] | undefined): string[] | undefined {
  const taken = checkFilledList(property, methods, (item, method) => {
    if (typeof method !== 'string' || !/^[A-Z]+(-[A-Z]+)*$/.test(method)) {
      fail(item, 'a method in capitals, such as GET', method);
    }
    return method;
  });
  checkUnique(property, taken ?? []);
  return taken?.sort();
}

function takeConditions(owner: IConstruct, { headers, queryParams, queryParamsPresent }: PathOptions): HttpMatch {
  if (headers === undefined && queryParams === undefined && queryParamsPresent === undefined) {
    return {};
  }
  renderHttpMatch(at(owner, 'options'), { headers, queryParams, queryParamsPresent });
  const named = Object.entries(headers ?? {}).map(([name, header]): [string, HeaderMatch] => [lowerName(name), header]);
  checkUnique(at(owner, 'options.headers'), named.map(([name]) => name));
  return {
    headers: headers && Object.fromEntries(named),
    queryParams: queryParams && { ...queryParams },
    queryParamsPresent: queryParamsPresent && [...queryParamsPresent].sort(),
  };
}

/** Names of headers are compared without regard to capitals, those of claims are not. */
function lowerName(name: string): string {
  return name.startsWith('@') ? name : name.toLowerCase();
}

function takeRewrite(property: string, rewrite: PathRewrite | undefined, uris: readonly UriMatch[]): PathRewrite | undefined {
  if (rewrite === undefined) {
    return undefined;
  }
  checkMadeBy(property, rewrite, '_toRewriteOf', 'PathRewrite, such as PathRewrite.strip()');
  const problem = rewrite._problemWith(uris);
  if (problem !== undefined) {
    throw new Error(`${property} ${problem}`);
  }
  made(`${property}: `, () => uris.forEach(uri => rewrite._toRewriteOf(uri)));
  return rewrite;
}

function checkRedirect(owner: IConstruct, target: IHttpTarget, uris: readonly UriMatch[]): void {
  const problem = target instanceof PathRedirect ? target._problemWith(uris) : undefined;
  if (problem !== undefined) {
    throw new Error(`${at(owner, 'target')} ${problem}`);
  }
}

/** What is said of forwarding, as a copy. */
export function checkForward<T extends PathDefaults>(start: string, { timeout, retries, corsPolicy }: T): PathDefaults {
  const forward = { timeout, retries, corsPolicy };
  made(start, () => renderForward(forward));
  return forward;
}

const KINDS = { PATH: 'path', EXACT: 'exact path', PREFIX: 'prefix', REGEX: 'pattern' };

function textOf(path: string, pathType: PathType, conditions: readonly string[]): string {
  return `${KINDS[pathType]} ${describe(path)}${conditions.length === 0 ? '' : ` (${conditions.join(', ')})`}`;
}

export function conditionNames({ headers = {}, queryParams = {}, queryParamsPresent = [] }: HttpMatch): string[] {
  return [...Object.keys(headers), ...Object.keys(queryParams), ...queryParamsPresent].sort();
}

function orderOf({ headers = {}, queryParams = {}, queryParamsPresent = [] }: HttpMatch): string {
  return [
    ...Object.entries(headers).map(([name, header]) => `header ${name} ${headerOrder(header)}`),
    ...Object.entries(queryParams).map(([name, text]) => `query ${name} ${textOrder(text)}`),
    ...queryParamsPresent.map(name => `query ${name} 9`),
  ].sort(compareTexts).join('\n');
}

function headerOrder(header: HeaderMatch): string {
  const [condition, exclusion] = [header._toHeader(), header._toWithoutHeader()];
  return `${condition === undefined ? 8 : wireOrder(condition)} ${exclusion === undefined ? 9 : wireOrder(exclusion)}`;
}

function textOrder(text: StringMatch): string {
  return wireOrder(text._toStringMatch());
}

/** What is narrower comes first: texts, patterns, long prefixes, short ones, presence. */
function wireOrder({ exact, regex, prefix }: Wire<VirtualServiceSpecHttpMatchUri>): string {
  if (exact !== undefined) {
    return `0${exact}`;
  }
  if (regex !== undefined) {
    return `1${regex}`;
  }
  return prefix === undefined ? '7' : `2${String(LONGEST - prefix.length).padStart(8, '0')}${prefix}`;
}

const LONGEST = 99_999_999;
