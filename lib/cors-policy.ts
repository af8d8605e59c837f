import type { Duration } from 'cdk8s';
import type { StringMatch } from './string-match';

/** The method of an HTTP request. */
export enum HttpMethod {
  /** Reads. */
  GET = 'GET',

  /** Reads without the body. */
  HEAD = 'HEAD',

  /** Sends data to be processed. */
  POST = 'POST',

  /** Replaces. */
  PUT = 'PUT',

  /** Changes a part. */
  PATCH = 'PATCH',

  /** Deletes. */
  DELETE = 'DELETE',

  /** Opens a tunnel. */
  CONNECT = 'CONNECT',

  /** Asks what can be done. */
  OPTIONS = 'OPTIONS',

  /** Echoes the request. */
  TRACE = 'TRACE',

  /** Any method, as far as the request carries no credentials. */
  ANY = '*',
}

/**
 * What happens to a preflight request whose origin is not an allowed one.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy-UnmatchedPreflights
 */
export enum UnmatchedPreflights {
  /** What the mesh does, which is to forward it. */
  UNSPECIFIED = 'UNSPECIFIED',

  /** It is forwarded to the destination. */
  FORWARD = 'FORWARD',

  /** It is answered with status 200 and without CORS headers. */
  IGNORE = 'IGNORE',
}

/**
 * What web pages of other origins may do. The proxy answers preflight requests itself and adds the headers to the other answers.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export interface CorsPolicy {
  /**
   * The origins that are allowed, such as `https://shop.example.com`, without a path; `StringMatch.exact('*')` allows all.
   *
   * @default - none, which only makes sense with `unmatchedPreflights`.
   */
  readonly allowOrigins?: StringMatch[];

  /**
   * The methods that a page may use.
   *
   * @default - the header is left out: GET, HEAD and POST.
   */
  readonly allowMethods?: HttpMethod[];

  /**
   * The request headers that a page may send; `*` for all.
   *
   * @default - those that need no permission.
   */
  readonly allowHeaders?: string[];

  /**
   * The answer's headers that a page may read; `*` for all.
   *
   * @default - those that need no permission.
   */
  readonly exposeHeaders?: string[];

  /**
   * How long a browser may keep the answer to a preflight request, in whole seconds, at least 1.
   *
   * @default - what the browser does, often 5 seconds.
   */
  readonly maxAge?: Duration;

  /**
   * Whether a page may send credentials such as cookies.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * What happens to a preflight request whose origin is not allowed.
   *
   * @default UnmatchedPreflights.FORWARD
   */
  readonly unmatchedPreflights?: UnmatchedPreflights;
}
