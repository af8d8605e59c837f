import { Construct, IConstruct } from 'constructs';
import { at, made } from './at';
import { matchCovers, uniteMatches } from './match-sets';
import { hasCorsPolicy, withOptions } from './path-actions';
import { areEqual, compareEntries, configOf, isRest, mainKey, PathEntry, takeEntry } from './path-entry';
import { nameOf, RouteNames } from './path-names';
import { renderUriMatch, uriKey, UriMatch } from './uri-match';
import type { HttpAction } from '../../http-action';
import type { DefaultRoute, HttpMatch, HttpRoute } from '../../http-route';
import type { HttpRoutesConfig, HttpTargetRoute, IHttpRouteSource, IHttpTarget } from '../../http-target';
import { describe } from '../../private/describe';
import { applyAfter } from '../../private/render-destination';
import { HeaderMatch, StringMatch } from '../../string-match';
import type { PathDefaults, PathOptions } from '../path-options';
import { PathRedirect } from '../path-redirect';

/** Where the routes of a table are kept, which decides what they may ask for. */
export interface PathTableOptions {
  /** What is said of all paths that do not say it themselves. */
  readonly defaults: PathDefaults;

  /** Whether the routes are read at gateways alone, which do not know where in the mesh a request comes from. */
  readonly gatewaysOnly: boolean;
}

/** A part of the routes of an entry: for these conditions on the path, this is done. */
interface Part {
  readonly suffix?: string;
  readonly uris: readonly UriMatch[];
  readonly action: HttpAction;
}

interface Compiled {
  readonly routes: readonly { readonly entry: PathEntry; readonly route: HttpRoute }[];
  readonly last?: { readonly entry: PathEntry; readonly route: DefaultRoute };
  readonly problems: readonly string[];
}

/** Paths with what they lead to, as routes whose order does not depend on that of the calls. */
export class PathTable implements IHttpRouteSource {
  private readonly entries: PathEntry[] = [];
  private readonly byKey = new Map<string, PathEntry[]>();
  private readonly names = new Map<string, PathEntry>();
  private readonly keeper: Construct;
  private readonly options: PathTableOptions;

  /** @param keeper the resource that the routes are written to */
  constructor(keeper: Construct, options: PathTableOptions) {
    this.keeper = keeper;
    this.options = options;
  }

  /** @throws when the path cannot be read, or another entry certainly takes the same requests */
  public add(owner: IConstruct, path: string, target: IHttpTarget, options: PathOptions, isLeft = false): PathEntry {
    const entry = { ...takeEntry(owner, path, target, options), isLeft };
    const neighbours = this.byKey.get(mainKey(entry)) ?? [];
    const equal = neighbours.find(other => areEqual(entry, other));
    if (equal !== undefined) {
      throw new Error(`[${owner.node.path}] ${entry.text} takes the same requests as ${equal.text} of [${equal.owner.node.path}], `
        + 'tell them apart by methods, headers or queryParams, or leave one out');
    }
    const namesake = entry.name === undefined ? undefined : this.names.get(entry.name);
    if (namesake !== undefined) {
      throw new Error(`${at(owner, 'options.name')} ${describe(entry.name)} is the name of ${namesake.text} of [${namesake.owner.node.path}] already`);
    }
    this.checkTarget(entry);
    this.entries.push(entry);
    this.byKey.set(mainKey(entry), [...neighbours, entry]);
    if (entry.name !== undefined) {
      this.names.set(entry.name, entry);
    }
    return entry;
  }

  public get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** The entries in the order of the calls. */
  public list(): readonly PathEntry[] {
    return this.entries;
  }

  public toHttpRoutesConfig(): HttpRoutesConfig {
    const { routes, last } = this.compile();
    return { routes: routes.map(({ route }) => route), defaultRoute: last?.route };
  }

  /** What is done with the requests of each entry. */
  public actions(): { readonly entry: PathEntry; readonly action: HttpAction }[] {
    const { routes, last } = this.compile();
    return [...routes, ...last === undefined ? [] : [last]].map(({ entry, route }) => ({ entry, action: route.action }));
  }

  /** What is wrong with the entries as a whole. */
  public validate(): string[] {
    return [...this.compile().problems];
  }

  private checkTarget(entry: PathEntry): void {
    const { routes, dependencies = [] } = configOf(entry);
    applyAfter(this.keeper, [...dependencies, ...routes.flatMap(({ action }) => action._dependencies())]);
    for (const route of routes) {
      this.partsOf(entry, route);
      this.conditionsOf(entry, route);
    }
  }

  private compile(): Compiled {
    const names = new RouteNames([...this.names.keys()]);
    const reached = new Reached();
    const routes: { entry: PathEntry; route: HttpRoute }[] = [];
    const problems: string[] = [];
    let last: { entry: PathEntry; route: DefaultRoute } | undefined;
    for (const entry of [...this.entries].sort(compareEntries)) {
      for (const [index, target] of configOf(entry).routes.entries()) {
        const parts = this.partsOf(entry, target).map(part => ({ ...part, matches: reached.left(entry, this.matchesOf(entry, part, target)) }));
        if (parts.every(({ matches }) => matches.length === 0)) {
          problems.push(unreachable(entry, target, index, reached.culprit!));
        }
        for (const { suffix, matches, action } of parts.filter(part => part.matches.length > 0)) {
          const end = [target.name, suffix].filter(word => word !== undefined);
          const name = end.length === 0 && entry.name !== undefined ? entry.name : names.make([entry.name ?? nameOf(entry), ...end].join('-'));
          if (isRest(entry) && (target.matches ?? []).length === 0) {
            last = { entry, route: { name, action } };
          } else {
            routes.push({ entry, route: { name, matches, action } });
          }
        }
      }
    }
    return { routes, last, problems };
  }

  private partsOf(entry: PathEntry, { action }: HttpTargetRoute): Part[] {
    const { target, rewrite, uris, owner } = entry;
    return made(at(owner, 'target: '), () => {
      const complete = (uri: UriMatch, done: HttpAction) => withOptions(this.keeper, done, entry, this.options.defaults, rewrite?._toRewriteOf(uri));
      if (target instanceof PathRedirect) {
        return uris.map((uri, index) => ({ suffix: suffixOf(index), uris: [uri], action: complete(uri, target._toActionOf(uri)) }));
      }
      if (action._needsPrefix() && uris.some(({ type }) => type !== 'prefix')) {
        throw new Error('RedirectPath.prefixRewrite() does not keep the slashes of a path right, use PathRedirect.to() as target');
      }
      const rewrites = uris.map(uri => JSON.stringify(rewrite?._toRewriteOf(uri)._toRewrite()));
      return new Set(rewrites).size === 1
        ? [{ uris, action: complete(uris[0], action) }]
        : uris.map((uri, index) => ({ suffix: suffixOf(index), uris: [uri], action: complete(uri, action) }));
    });
  }

  private matchesOf(entry: PathEntry, { uris, action }: Part, target: HttpTargetRoute): HttpMatch[] {
    const matches = this.conditionsOf(entry, target);
    const isLast = (target.matches ?? []).length === 0;
    const preflight = isLast && hasCorsPolicy(this.keeper, action) && this.takesPreflight(entry) ? [preflightMatch(entry)] : [];
    return [...matches, ...preflight].flatMap(match => uris.map(uri => ({ ...match, uri: renderUriMatch(uri) })));
  }

  /** What a route of the target asks for beside the path: both the entry's conditions and its own. */
  private conditionsOf(entry: PathEntry, target: HttpTargetRoute): HttpMatch[] {
    const { methods, conditions, owner } = entry;
    const method = methods && StringMatch[methods.length === 1 ? 'exact' : 'regex'](methods.join('|'));
    const matches = (target.matches ?? []).map(match => {
      this.checkTargetMatch(owner, entry, match);
      return { ...match, ...made(at(owner, 'target: '), () => uniteMatches(conditions, match)) };
    });
    return (matches.length === 0 ? [conditions] : matches).map(match => method === undefined ? match : { ...match, method });
  }

  private checkTargetMatch(owner: IConstruct, { methods }: PathEntry, match: HttpMatch): void {
    if (match.uri !== undefined || (match.method !== undefined && methods !== undefined)) {
      throw new Error(`${at(owner, 'target')} has a match for the ${match.uri === undefined ? 'method' : 'path'}, which the path's own options decide, leave it out of one`);
    }
    if (this.options.gatewaysOnly && (match.sourceLabels !== undefined || match.sourceNamespace !== undefined)) {
      throw new Error(`${at(owner, 'target')} has a match for ${match.sourceLabels === undefined ? 'sourceNamespace' : 'sourceLabels'}, which at a gateway is the gateway's own, leave it out`);
    }
  }

  /** A preflight carries none of the headers that an entry may ask for, so that an entry without headers for the same path answers it first. */
  private takesPreflight(entry: PathEntry): boolean {
    const { methods, conditions } = entry;
    if (methods === undefined || methods.includes('OPTIONS')) {
      return false;
    }
    return conditions.headers === undefined || !this.byKey.get(mainKey(entry))!.some(other =>
      other.conditions.headers === undefined && (other.methods === undefined || other.methods.some(method => methods.includes(method))));
  }
}

/** The requests by which browsers ask beforehand whether a page may use a method. */
function preflightMatch({ methods, conditions }: PathEntry): HttpMatch {
  const asked = methods!.length === 1 ? HeaderMatch.exact(methods![0]) : HeaderMatch.regex(methods!.join('|'));
  return { ...conditions, method: StringMatch.exact('OPTIONS'), headers: { 'access-control-request-method': asked } };
}

/** Of the two conditions of a path, the first is for the path itself, the second for what is below. */
function suffixOf(index: number): string | undefined {
  return index === 0 ? undefined : 'below';
}

function unreachable(entry: PathEntry, { name }: HttpTargetRoute, index: number, culprit: PathEntry): string {
  const route = name === undefined ? index === 0 ? '' : `, route ${index + 1} of its target,` : `, route ${describe(name)} of its target,`;
  return `${entry.text} of [${entry.owner.node.path}]${route} never gets a request, because ${culprit.text} of [${culprit.owner.node.path}] comes first and takes them all`;
}

/** The matches of the routes that come first. */
class Reached {
  public culprit?: PathEntry;
  private readonly byUri = new Map<string, { readonly entry: PathEntry; readonly match: HttpMatch }[]>();

  /** The matches that no earlier one covers, which from then on are earlier ones. */
  public left(entry: PathEntry, matches: readonly HttpMatch[]): HttpMatch[] {
    return matches.filter(match => {
      const [[type, text]] = Object.entries(match.uri!._toStringMatch());
      const key = uriKey({ type: type as UriMatch['type'], text: text as string });
      const earlier = this.byUri.get(key) ?? [];
      const cover = earlier.find(other => covers(other.match, match));
      if (cover !== undefined) {
        this.culprit = cover.entry;
        return false;
      }
      this.byUri.set(key, [...earlier, { entry, match }]);
      return true;
    });
  }
}

const FIELDS_OF_SETS = ['uri', 'method', 'name', 'statPrefix', 'headers', 'queryParams', 'queryParamsPresent', 'sourceLabels', 'sourceNamespace'];

function covers(wide: HttpMatch, narrow: HttpMatch): boolean {
  const [one, other] = [wide, narrow].map(match => match.method?._toStringMatch());
  return (one === undefined || (one.exact === other?.exact && one.regex === other?.regex))
    && Object.entries(wide).every(([field, condition]) => condition === undefined || FIELDS_OF_SETS.includes(field))
    && matchCovers(wide, narrow);
}
