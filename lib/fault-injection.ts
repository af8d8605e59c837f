import type { Duration } from 'cdk8s';
import { checkFaultPercent } from './private/percentages';
import { checkEnum, checkGiven, checkInteger, checkStruct } from './private/validation';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecHttpFaultAbort } from '../imports/networking.istio.io';

/** The status of a gRPC answer. */
export enum GrpcStatus {
  /** Success. */
  OK = 'OK',

  /** The caller gave up. */
  CANCELLED = 'CANCELLED',

  /** An error without a name. */
  UNKNOWN = 'UNKNOWN',

  /** The caller's argument is wrong whatever the state of the server. */
  INVALID_ARGUMENT = 'INVALID_ARGUMENT',

  /** It took too long. */
  DEADLINE_EXCEEDED = 'DEADLINE_EXCEEDED',

  /** What was asked for is not there. */
  NOT_FOUND = 'NOT_FOUND',

  /** What was to be created is there already. */
  ALREADY_EXISTS = 'ALREADY_EXISTS',

  /** The caller is known but may not do this. */
  PERMISSION_DENIED = 'PERMISSION_DENIED',

  /** A quota or resource is used up. */
  RESOURCE_EXHAUSTED = 'RESOURCE_EXHAUSTED',

  /** The server is not in the state that the operation needs. */
  FAILED_PRECONDITION = 'FAILED_PRECONDITION',

  /** The operation was stopped, such as by a conflict. */
  ABORTED = 'ABORTED',

  /** The operation went past the valid range. */
  OUT_OF_RANGE = 'OUT_OF_RANGE',

  /** The server does not have this operation. */
  UNIMPLEMENTED = 'UNIMPLEMENTED',

  /** Something in the server is broken. */
  INTERNAL = 'INTERNAL',

  /** The server is not there at present. */
  UNAVAILABLE = 'UNAVAILABLE',

  /** Data is lost for good. */
  DATA_LOSS = 'DATA_LOSS',

  /** The caller is not known. */
  UNAUTHENTICATED = 'UNAUTHENTICATED',
}

/**
 * A pause before requests are forwarded. It does not count against the route's timeout.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection-Delay
 */
export interface FaultDelay {
  /** How long requests wait; at least 1 ms, in whole milliseconds. */
  readonly fixedDelay: Duration;

  /** The share of requests that wait: 0, or from 0.0001 to 100. Istio delays nothing unless it is said. */
  readonly percent: number;
}

/**
 * How many requests a fault hits.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection-Abort
 */
export interface FaultAbortOptions {
  /** The share of requests that are answered by the fault: 0, or from 0.0001 to 100. Istio aborts nothing unless it is said. */
  readonly percent: number;
}

/**
 * An answer that the proxy gives itself, instead of forwarding the request.
 *
 * @example
 * const outage = FaultAbort.httpStatus(503, { percent: 10 });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection-Abort
 */
export class FaultAbort {
  /**
   * An HTTP status.
   *
   * @param status from 200 to 599 (Istio also takes 600, which Envoy refuses)
   * @throws when the status or the percentage is out of range
   */
  public static httpStatus(status: number, options: FaultAbortOptions): FaultAbort {
    return new FaultAbort({ httpStatus: checkInteger('status', checkGiven('status', status), { min: 200, max: 599 }), percentage: renderPercentage(options) });
  }

  /**
   * A gRPC status, for callers that speak gRPC. Others get an empty answer 200.
   *
   * @throws when the percentage is out of range
   */
  public static grpcStatus(status: GrpcStatus, options: FaultAbortOptions): FaultAbort {
    return new FaultAbort({ grpcStatus: checkEnum('status', checkGiven('status', status), GrpcStatus), percentage: renderPercentage(options) });
  }

  private readonly abort: Wire<VirtualServiceSpecHttpFaultAbort>;

  private constructor(abort: Wire<VirtualServiceSpecHttpFaultAbort>) {
    this.abort = abort;
  }

  /** @internal */
  public _toAbort(): Wire<VirtualServiceSpecHttpFaultAbort> {
    return this.abort;
  }
}

/**
 * Faults that are made on purpose, to see how callers cope: a delay, an abort, or both, of which each hits its own share of requests.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection
 */
export interface FaultInjection {
  /**
   * The pause before requests are forwarded.
   *
   * @default - none.
   */
  readonly delay?: FaultDelay;

  /**
   * The answer that is given instead of forwarding.
   *
   * @default - none.
   */
  readonly abort?: FaultAbort;
}

function renderPercentage(options: FaultAbortOptions): Wire<VirtualServiceSpecHttpFaultAbort>['percentage'] {
  checkStruct('options', checkGiven('options', options), ['percent']);
  return { value: checkFaultPercent('percent', checkGiven('percent', options.percent)) };
}
