import type { IGateway } from './gateway';
import type { HttpAction } from './http-action';
import type { HeaderMatch, StringMatch } from './string-match';

/**
 * Conditions on a request, of which all must hold. At least one is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface HttpMatch {
  /**
   * The name of the match, which metrics and access logs show behind the route's.
   *
   * @default - none.
   */
  readonly name?: string;

  /**
   * The path, without the query, after normalisation. A prefix is text: `/api` also takes `/apix`.
   *
   * @default - any.
   */
  readonly uri?: StringMatch;

  /**
   * Whether `uri` takes capitals for small letters; not for patterns, which say so with `(?i)`.
   *
   * @default false
   */
  readonly ignoreUriCase?: boolean;

  /**
   * The scheme, `http` or `https`.
   *
   * @default - any.
   */
  readonly scheme?: StringMatch;

  /**
   * The method, such as `GET`, in capitals.
   *
   * @default - any.
   */
  readonly method?: StringMatch;

  /**
   * The authority (`Host` header) as it was sent: with its port, and in the client's spelling.
   *
   * @default - any that the virtual service's hosts take.
   */
  readonly authority?: StringMatch;

  /**
   * The headers. Names are `:method`, `:scheme`, `:authority`, `:path`, any ordinary one, or
   * `@request.auth.claims.<claim>` for a claim of a validated JSON web token (only on gateways).
   *
   * @default - any.
   */
  readonly headers?: { readonly [name: string]: HeaderMatch };

  /**
   * The query parameters: the first value of each, as it is written in the request.
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
   * The port that the client addresses; on a gateway the port of its server; from 1 to 65535.
   *
   * @default - any.
   */
  readonly port?: number;

  /**
   * The labels of the client's pod, or of the gateway's.
   *
   * @default - any.
   */
  readonly sourceLabels?: { readonly [key: string]: string };

  /**
   * The namespace of the client's pod, or of the gateway's.
   *
   * @default - any.
   */
  readonly sourceNamespace?: string;

  /**
   * Those of the virtual service's gateways that the match is for. With it Istio ignores
   * `sourceLabels` and `sourceNamespace`, so that they are not taken beside it.
   *
   * @default - all gateways of the virtual service.
   */
  readonly gateways?: IGateway[];

  /**
   * The prefix of the route's own metrics.
   *
   * @default - none: the route has no metrics of its own.
   */
  readonly statPrefix?: string;
}

/** What is done with requests that need not meet any condition. */
export interface DefaultRoute {
  /**
   * The name of the route, which metrics and access logs show.
   *
   * @default - none.
   */
  readonly name?: string;

  /** What is done with the requests. */
  readonly action: HttpAction;
}

/**
 * What is done with requests that meet a condition.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute
 */
export interface HttpRoute extends DefaultRoute {
  /**
   * The conditions, of which one must be met.
   *
   * @default - none, which is refused: the route for all other requests is `defaultRoute`.
   */
  readonly matches?: HttpMatch[];
}
