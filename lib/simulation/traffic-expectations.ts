/** What is expected of the place that traffic goes to. */
export interface GoesToOptions {
  /**
   * The share of the traffic, from 0 to 100.
   *
   * @default 100
   */
  readonly percent?: number;
}

/** What is expected of a redirect. */
export interface RedirectOptions {
  /**
   * The status.
   *
   * @default - any.
   */
  readonly status?: number;
}

/** What is expected of an answer of the proxy itself. */
export interface AnsweredOptions {
  /**
   * The body.
   *
   * @default - any.
   */
  readonly body?: string;
}

/** What is expected of an injected fault. */
export interface FaultOptions {
  /**
   * The share of the requests that it hits, from 0 to 100.
   *
   * @default 100
   */
  readonly percent?: number;
}

/** What is expected of the request as the upstream sees it. */
export interface UpstreamExpectation {
  /**
   * The path with the query.
   *
   * @default - any.
   */
  readonly path?: string;

  /**
   * The `Host`.
   *
   * @default - any.
   */
  readonly authority?: string;

  /**
   * Headers that are there, with one line that says exactly this.
   *
   * @default - any.
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * Headers that are not there.
   *
   * @default - any.
   */
  readonly withoutHeaders?: string[];
}

/** What is expected of the route that decides. */
export interface RoutedByOptions {
  /**
   * The name of the route.
   *
   * @default - any route of the virtual service.
   */
  readonly routeName?: string;
}
