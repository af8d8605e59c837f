import type { Duration } from 'cdk8s';

/**
 * When an endpoint that keeps failing is ejected, that is, gets no traffic for a while. For TCP, connections that fail or
 * time out count as errors.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export interface OutlierDetection {
  /**
   * After how many answers 5xx in a row an endpoint is ejected, from 0 to 4294967295. 0 turns this off.
   *
   * @default 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * After how many answers 502, 503 or 504 in a row an endpoint is ejected, from 0 to 4294967295. Only a number below
   * `consecutive5xxErrors` has an effect, because these answers are counted there too.
   *
   * @default 0
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Whether failures on the proxy's side, such as a connection that cannot be made, are counted apart from
   * the errors that the endpoint answers.
   *
   * @default false
   */
  readonly splitExternalLocalOriginErrors?: boolean;

  /**
   * After how many failures on the proxy's side in a row an endpoint is ejected, from 0 to 4294967295.
   * A number above 0 needs `splitExternalLocalOriginErrors`.
   *
   * @default 5
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * The time between two sweeps that eject and bring back endpoints, at least 1 ms.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * How long an endpoint stays ejected the first time, at least 1 ms. It is multiplied by the number of ejections.
   *
   * @default Duration.seconds(30)
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Which percentage of the endpoints can be ejected at once, an integer from 0 to 100. 0 is the same as leaving it out.
   *
   * @default 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * Below which percentage of healthy endpoints ejection is ignored and all endpoints get traffic, an integer from 0 to 100.
   *
   * @default 0
   */
  readonly minHealthPercent?: number;

  /**
   * The status codes that count as errors in place of 5xx, each from 100 to 599. The API takes the field from Istio 1.31 on,
   * but istiod 1.31 does not pass it to the proxies yet.
   *
   * @default - 500 to 599.
   */
  readonly outlierDetectionHttpErrorCodes?: number[];
}
