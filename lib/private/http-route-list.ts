import { Construct, IConstruct } from 'constructs';
import type { HttpAction } from '../http-action';
import type { DefaultRoute, HttpRoute } from '../http-route';
import type { IHttpRouteSource } from '../http-target';
import { routesConfigOf } from './answers';
import { whyBroken } from './broken-handles';
import { applyAfter } from './render-destination';
import { renderHttpMatch, usesClaims } from './render-http-match';
import { checkList, checkMadeBy, checkOptionalList, checkString, checkStruct } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttp, VirtualServiceSpecHttpMatch } from '../../imports/networking.istio.io';

interface Entry {
  readonly name?: string;
  readonly match?: Wire<VirtualServiceSpecHttpMatch>[];
  readonly action: HttpAction;
}

/** Where the routes of a list are kept, which decides what they may do. */
export type HttpRouteKeeper = 'virtual service' | 'delegate';

/** The http routes of a resource, in their order; the default one comes last whenever it was added. */
export class HttpRouteList {
  private readonly routes: Entry[];
  private last?: Entry;
  private readonly sources: IHttpRouteSource[] = [];
  private readonly owner: Construct;
  private readonly keeper: HttpRouteKeeper;

  constructor(owner: Construct, keeper: HttpRouteKeeper, property: string, routes: readonly HttpRoute[] | undefined) {
    this.owner = owner;
    this.keeper = keeper;
    this.routes = checkOptionalList(property, routes, (item, route) => this.routeOf(item, route));
  }

  public get isEmpty(): boolean {
    return this.routes.length === 0 && this.last === undefined && this.entries().length === 0;
  }

  public add(property: string, route: HttpRoute): void {
    this.routes.push(this.routeOf(property, route));
  }

  /** Adds a route that is tried before all that are there. */
  public prepend(property: string, route: HttpRoute): void {
    this.routes.unshift(this.routeOf(property, route));
  }

  /** Adds routes that are known only when the app is complete. They come behind those that were added one by one. */
  public addSource(property: string, source: IHttpRouteSource): void {
    this.sources.push(checkMadeBy(property, source, 'toHttpRoutesConfig', 'a source of routes'));
  }

  public setDefault(property: string, route: DefaultRoute): void {
    if (this.last !== undefined) {
      throw new Error(`${property} must be the only one, the ${this.keeper} has a default route already, give this one matches`);
    }
    this.last = this.defaultOf(property, route);
  }

  /** What is wrong with the routes as a whole. */
  public validate(): string[] {
    if (this.sources.length === 0) {
      return [];
    }
    const defaults = this.sources.filter(source => routesConfigOf(source).defaultRoute !== undefined).length + (this.last === undefined ? 0 : 1);
    return defaults > 1 ? [`the ${this.keeper} has ${defaults} default routes, of which only one can ever be used`] : [];
  }

  /** What is wrong with the handles that the routes have, and with what the sources answer. */
  public brokenHandles(): string[] {
    return [
      ...this.sources.flatMap((source, index) => whyBroken(`sources[${index}]`, () => this.sourced(source))),
      ...this.routes.flatMap(({ action }, index) => action._brokenHandles(`httpRoutes[${index}].action`)),
      ...this.last === undefined ? [] : this.last.action._brokenHandles('defaultRoute.action'),
    ];
  }

  /** The places of the matches that look at claims of a JSON web token. */
  public claimMatches(): string[] {
    return this.entries().flatMap(({ match = [] }, route) => match.flatMap((each, index) => usesClaims(each) ? `httpRoutes[${route}].matches[${index}]` : []));
  }

  public render(scope: IConstruct): Wire<VirtualServiceSpecHttp>[] | undefined {
    const entries = this.entries();
    return entries.length === 0 ? undefined : entries.map(({ name, match, action }) => ({ name, match, ...action._toHttpRoute(scope) }));
  }

  /** All routes in the order in which they are written. */
  private entries(): readonly Entry[] {
    if (this.sources.length === 0) {
      return this.last === undefined ? this.routes : [...this.routes, this.last];
    }
    const sourced = this.sources.map(source => this.sourced(source));
    return [
      ...this.routes,
      ...sourced.flatMap(({ routes }) => routes),
      ...sourced.flatMap(({ defaultRoute }) => defaultRoute ?? []),
      ...this.last === undefined ? [] : [this.last],
    ];
  }

  private sourced(source: IHttpRouteSource): { readonly routes: readonly Entry[]; readonly defaultRoute?: Entry } {
    const config = routesConfigOf(source);
    return {
      routes: config.routes.map((route, index) => this.routeOf(`routes[${index}]`, route)),
      defaultRoute: config.defaultRoute && this.defaultOf('defaultRoute', config.defaultRoute),
    };
  }

  private routeOf(property: string, route: HttpRoute): Entry {
    checkStruct(property, route, ['name', 'matches', 'action']);
    const { name, action } = this.entryOf(property, route);
    return { name, action, match: this.renderMatches(`${property}.matches`, route, action) };
  }

  private defaultOf(property: string, route: DefaultRoute): Entry {
    checkStruct(property, route, ['name', 'action']);
    return this.entryOf(property, route);
  }

  private entryOf(property: string, route: DefaultRoute): Entry {
    const action = checkMadeBy(`${property}.action`, route.action, '_toHttpRoute', 'HttpAction, such as HttpAction.forward()');
    if (this.keeper === 'delegate' && action._isDelegation()) {
      throw new Error(`${property}.action must not delegate, Istio follows one level of delegation only`);
    }
    applyAfter(this.owner, action._dependencies());
    return { name: checkString(`${property}.name`, route.name), action };
  }

  private renderMatches(property: string, route: HttpRoute, action: HttpAction): Wire<VirtualServiceSpecHttpMatch>[] {
    const matches = checkList(property, route.matches ?? [], (item, match) => {
      const rendered = renderHttpMatch(item, match);
      if (action._needsPrefix() && rendered.uri !== undefined && rendered.uri.prefix === undefined) {
        throw new Error(`${item}.uri must be a prefix, because the redirect replaces the prefix that was matched`);
      }
      if (this.keeper === 'delegate' && usesClaims(rendered)) {
        throw new Error(`${item}.headers must not name claims of a JSON web token, Istio takes them only in a virtual service with gateways`);
      }
      return rendered;
    });
    if (matches.length === 0) {
      throw new Error(`${property} must have a match, use defaultRoute for all requests that no other route takes`);
    }
    return matches;
  }
}
