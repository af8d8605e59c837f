import type { Duration } from 'cdk8s';
import type { CorsPolicy } from '../cors-policy';
import type { RetryPolicy } from '../retry-policy';
import type { HeaderMatch, StringMatch } from '../string-match';
import type { PathRewrite } from './path-rewrite';

/** How a path is read. */
export enum PathType {
  /** As a path: `/api` takes `/api` and everything below, as `/api/orders`, but not `/apix`. */
  PATH = 'PATH',

  /** As one path: `/api` takes only `/api`. */
  EXACT = 'EXACT',

  /** As text: `/api` takes everything that begins so, `/apix` too. */
  PREFIX = 'PREFIX',

  /** As a regular expression in RE2 syntax that the whole path must match. */
  REGEX = 'REGEX',
}

/** What can be said of all paths of a pattern. */
export interface PathDefaults {
  /**
   * The time until the whole answer must be there, retries included, where neither the path nor its target says so.
   *
   * @default - no limit.
   */
  readonly timeout?: Duration;

  /**
   * Whether requests that fail are tried again, where neither the path nor its target says so.
   *
   * @default - as the mesh says: two more attempts when no connection was made or the stream was refused.
   */
  readonly retries?: RetryPolicy;

  /**
   * What web pages of other origins may do, where neither the path nor its target says so.
   *
   * @default - nothing: the destination answers for itself.
   */
  readonly corsPolicy?: CorsPolicy;
}

/** What can be said of a path. */
export interface PathOptions extends PathDefaults {
  /**
   * How the path is read.
   *
   * @default PathType.PATH
   */
  readonly pathType?: PathType;

  /**
   * The methods that are taken, in capitals. Where there is a CORS policy, the browser's preflight requests for these methods are taken too.
   *
   * @default - all.
   */
  readonly methods?: string[];

  /**
   * The headers that are asked for; all of them must fit.
   *
   * @default - any.
   */
  readonly headers?: { readonly [name: string]: HeaderMatch };

  /**
   * The query parameters that are asked for; all of them must fit.
   *
   * @default - any.
   */
  readonly queryParams?: { readonly [name: string]: StringMatch };

  /**
   * The query parameters that must be there, with any value.
   *
   * @default - none.
   */
  readonly queryParamsPresent?: string[];

  /**
   * How the path is changed before the request is forwarded.
   *
   * @default - not at all.
   */
  readonly rewrite?: PathRewrite;

  /**
   * The name of the route, which metrics and access logs show.
   *
   * @default - made from the path and the conditions, such as `api-orders-get`.
   */
  readonly name?: string;
}
