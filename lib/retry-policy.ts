import type { Duration } from 'cdk8s';
import { describe } from './private/describe';
import { checkBoolean, checkEnum, checkFilledList, checkGiven, checkInteger, checkStruct, checkUnique, INT32_MAX, renderDuration } from './private/validation';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecHttpRetries } from '../imports/networking.istio.io';

/**
 * What makes an attempt worth another one.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export enum RetryOn {
  /** Any 5xx answer, or none at all: the connection broke, was reset or timed out. */
  ANY_5XX = '5xx',

  /** An answer 502, 503 or 504. */
  GATEWAY_ERROR = 'gateway-error',

  /** The destination closed the connection, or the attempt timed out. */
  RESET = 'reset',

  /** The destination closed the connection before the request was sent to it. */
  RESET_BEFORE_REQUEST = 'reset-before-request',

  /** No connection could be made, or not in time. */
  CONNECT_FAILURE = 'connect-failure',

  /** An answer 4xx that may succeed later, which at present is 409. */
  RETRIABLE_4XX = 'retriable-4xx',

  /** The destination refused the HTTP/2 or HTTP/3 stream. */
  REFUSED_STREAM = 'refused-stream',

  /** An answer with a status that the request itself lists, in `x-envoy-retriable-status-codes`. */
  RETRIABLE_STATUS_CODES = 'retriable-status-codes',

  /** An answer with a header that the request itself lists, in `x-envoy-retriable-header-names`. */
  RETRIABLE_HEADERS = 'retriable-headers',

  /** An answer with the header `x-envoy-ratelimited`. */
  ENVOY_RATELIMITED = 'envoy-ratelimited',

  /** HTTP/3 failed after the connection was made: the attempt goes over HTTP/2. */
  HTTP3_POST_CONNECT_FAILURE = 'http3-post-connect-failure',

  /** A gRPC answer `CANCELLED`. */
  CANCELLED = 'cancelled',

  /** A gRPC answer `DEADLINE_EXCEEDED`. */
  DEADLINE_EXCEEDED = 'deadline-exceeded',

  /** A gRPC answer `INTERNAL`. */
  INTERNAL = 'internal',

  /** A gRPC answer `RESOURCE_EXHAUSTED`. */
  RESOURCE_EXHAUSTED = 'resource-exhausted',

  /** A gRPC answer `UNAVAILABLE`. */
  UNAVAILABLE = 'unavailable',
}

/** How a request is tried again. */
export interface RetryPolicyOptions {
  /**
   * The time that each attempt may take, the first one included; at least 1 ms, in whole milliseconds.
   *
   * @default - the route's timeout.
   */
  readonly perTryTimeout?: Duration;

  /**
   * The conditions for another attempt, any of which is enough.
   *
   * @default - what the mesh says: connect-failure, refused-stream, unavailable, cancelled.
   */
  readonly retryOn?: RetryOn[];

  /**
   * The HTTP statuses that make another attempt, beside `retryOn`: numbers from 100 to 511 that are assigned to a status, such as 503.
   *
   * @default - none.
   */
  readonly retryOnStatus?: number[];

  /**
   * The least time between two attempts, which grows with each; at least 1 ms, in whole milliseconds.
   *
   * @default - 25 ms.
   */
  readonly backoff?: Duration;

  /**
   * Whether attempts may go to endpoints of other localities.
   *
   * @default - what the load balancer says.
   */
  readonly retryRemoteLocalities?: boolean;

  /**
   * Whether further attempts avoid the endpoints that were tried already.
   *
   * @default true
   */
  readonly retryIgnorePreviousHosts?: boolean;
}

/**
 * Whether and how requests that fail are tried again. A route without a policy gets the mesh's: two further attempts.
 *
 * @example
 * const retries = RetryPolicy.attempts(3, {
 *   perTryTimeout: Duration.seconds(2),
 *   retryOn: [RetryOn.RESET, RetryOn.CONNECT_FAILURE],
 *   retryOnStatus: [503],
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export class RetryPolicy {
  /** No further attempts: the mesh's own policy is switched off. */
  public static none(): RetryPolicy {
    return new RetryPolicy({ attempts: 0 });
  }

  /**
   * At most that many further attempts after the first one.
   *
   * @param attempts at least 1
   * @throws when a value is not one that Istio takes
   */
  public static attempts(attempts: number, options: RetryPolicyOptions = {}): RetryPolicy {
    if (attempts === 0) {
      throw new Error('attempts must be at least 1, got 0, use RetryPolicy.none()');
    }
    checkStruct('options', options, ['perTryTimeout', 'retryOn', 'retryOnStatus', 'backoff', 'retryRemoteLocalities', 'retryIgnorePreviousHosts']);
    return new RetryPolicy({
      attempts: checkInteger('attempts', checkGiven('attempts', attempts), { min: 1, max: INT32_MAX }),
      perTryTimeout: renderDuration('perTryTimeout', options.perTryTimeout),
      retryOn: renderConditions(options),
      backoff: renderDuration('backoff', options.backoff),
      retryRemoteLocalities: checkBoolean('retryRemoteLocalities', options.retryRemoteLocalities),
      retryIgnorePreviousHosts: checkBoolean('retryIgnorePreviousHosts', options.retryIgnorePreviousHosts),
    });
  }

  private readonly retries: Wire<VirtualServiceSpecHttpRetries>;

  private constructor(retries: Wire<VirtualServiceSpecHttpRetries>) {
    this.retries = retries;
  }

  /** @internal */
  public _toRetries(): Wire<VirtualServiceSpecHttpRetries> {
    return this.retries;
  }
}

function renderConditions(options: RetryPolicyOptions): string | undefined {
  const conditions: string[] = checkFilledList('retryOn', options.retryOn, (item, condition) => checkEnum(item, condition, RetryOn)) ?? [];
  const statuses = checkFilledList('retryOnStatus', options.retryOnStatus, checkKnownStatus) ?? [];
  checkUnique('retryOn', conditions);
  checkUnique('retryOnStatus', statuses);
  return conditions.length + statuses.length === 0 ? undefined : [...conditions, ...statuses].join(',');
}

/** The statuses that Istio knows by name, as pairs of first and last. */
const KNOWN_STATUSES = [
  [100, 103], [200, 208], [226, 226], [300, 305], [307, 308], [400, 418], [421, 426], [428, 429], [431, 431], [451, 451], [500, 508], [510, 511],
];

function checkKnownStatus(property: string, status: number): string {
  checkInteger(property, status);
  if (!KNOWN_STATUSES.some(([first, last]) => status >= first && status <= last)) {
    throw new Error(`${property} must be an HTTP status that Istio knows, such as 503, got ${describe(status)}`);
  }
  return String(status);
}
