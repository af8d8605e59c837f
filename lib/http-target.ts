import { IConstruct } from 'constructs';
import type { HttpAction } from './http-action';
import type { DefaultRoute, HttpMatch, HttpRoute } from './http-route';

/** One of the routes that a target consists of. */
export interface HttpTargetRoute {
  /**
   * The end of the route's name, behind the name of what it is the target of.
   *
   * @default - the name of what it is the target of.
   */
  readonly name?: string;

  /**
   * What is asked of a request beside what leads to the target; one of the matches must hold.
   *
   * @default - nothing: the route is for all requests that the earlier ones left.
   */
  readonly matches?: HttpMatch[];

  /** What happens to the requests. */
  readonly action: HttpAction;
}

/** What a target consists of. */
export interface HttpTargetConfig {
  /** The routes, tried in order; the last one has no matches. */
  readonly routes: HttpTargetRoute[];

  /**
   * The constructs that must be applied before routes to this target.
   *
   * @default - none.
   */
  readonly dependencies?: IConstruct[];
}

/** What requests can be led to: an action, or a pattern that decides among several. */
export interface IHttpTarget {
  /** What this target consists of. */
  toHttpTargetConfig(): HttpTargetConfig;
}

/** Routes that are known only when the app is complete. */
export interface HttpRoutesConfig {
  /** The routes in order. */
  readonly routes: HttpRoute[];

  /**
   * What is done with requests that no route takes.
   *
   * @default - the default route of the virtual service, if any.
   */
  readonly defaultRoute?: DefaultRoute;
}

/** Where routes come from that are known only when the app is complete. */
export interface IHttpRouteSource {
  /** The routes, asked for when the app is validated and again when it is written. */
  toHttpRoutesConfig(): HttpRoutesConfig;
}
