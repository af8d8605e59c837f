/**
 * What happens to the headers of a message: first `remove`, then `set`, then `add`.
 *
 * Values are text in which `%` begins a command of Envoy, such as `%REQ(x-user)%` or `%PROTOCOL%`; `%%` stands for `%`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers-HeaderOperations
 */
export interface HeaderChanges {
  /**
   * The headers that get a value, which replaces the one they have.
   *
   * @default - none.
   */
  readonly set?: { readonly [name: string]: string };

  /**
   * The headers that get a further value, beside those they have.
   *
   * @default - none.
   */
  readonly add?: { readonly [name: string]: string };

  /**
   * The names of the headers that are taken away.
   *
   * @default - none.
   */
  readonly remove?: string[];
}

/**
 * What happens to the headers of an answer.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers
 */
export interface ResponseHeaderOperations {
  /**
   * The changes to the answer on its way back to the client.
   *
   * @default - none.
   */
  readonly response?: HeaderChanges;
}

/**
 * What happens to the headers of a request and of its answer.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers
 */
export interface HeaderOperations extends ResponseHeaderOperations {
  /**
   * The changes to the request on its way to the destination. Setting `host` (or `:authority`) changes the authority,
   * for which `Rewrite.authority()` is the other way.
   *
   * @default - none.
   */
  readonly request?: HeaderChanges;
}
