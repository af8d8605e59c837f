import type { Duration } from 'cdk8s';

/**
 * Whether connections that carry HTTP/1.1 are upgraded to HTTP/2.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings-H2UpgradePolicy
 */
export enum H2UpgradePolicy {
  /** What the mesh's own setting says, which is not to upgrade unless configured. */
  DEFAULT = 'DEFAULT',

  /** The protocol stays as it is. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',

  /** The proxy speaks HTTP/2 to the destination. */
  UPGRADE = 'UPGRADE',
}

/**
 * Probes that keep an idle TCP connection open and find out that it is dead.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings-TcpKeepalive
 */
export interface TcpKeepalive {
  /**
   * How many probes stay without answer before the connection counts as dead, from 0 to 4294967295.
   * 0 is the same as leaving it out.
   *
   * @default - the operating system's, on Linux 9.
   */
  readonly probes?: number;

  /**
   * How long a connection is idle before the first probe, in whole seconds.
   *
   * @default - the operating system's, on Linux 2 hours.
   */
  readonly time?: Duration;

  /**
   * The time between two probes, in whole seconds.
   *
   * @default - the operating system's, on Linux 75 seconds.
   */
  readonly interval?: Duration;
}

/**
 * Limits of the connections to a destination, whatever they carry.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings
 */
export interface TcpConnectionPool {
  /**
   * How many connections a proxy opens to the destination, from 0 to 2147483647. 0 is the same as leaving it out.
   *
   * @default 4294967295
   */
  readonly maxConnections?: number;

  /**
   * How long the proxy waits for a connection to be made, at least 1 ms.
   *
   * @default Duration.seconds(10)
   */
  readonly connectTimeout?: Duration;

  /**
   * Probes that keep idle connections open.
   *
   * @default - none.
   */
  readonly tcpKeepalive?: TcpKeepalive;

  /**
   * How old a connection becomes before it is closed, at least 1 ms.
   *
   * @default - as old as it likes.
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * How long a connection may carry no byte before it is closed. Zero turns the timeout off.
   *
   * @default Duration.hours(1)
   */
  readonly idleTimeout?: Duration;
}

/**
 * The times of the HTTP/2 PING frames that the proxy sends.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings-ConnectionKeepalive
 */
export interface Http2KeepAlive {
  /** The time between two frames, at least 1 ms. */
  readonly interval: Duration;

  /** How long the proxy waits for the answer before it closes the connection, at least 1 ms. */
  readonly timeout: Duration;
}

/**
 * Limits of HTTP requests to a destination.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 */
export interface HttpConnectionPool {
  /**
   * How many requests wait for a connection, from 0 to 2147483647, for HTTP/1.1 and HTTP/2. 0 is the same as leaving it out.
   *
   * @default 4294967295
   */
  readonly http1MaxPendingRequests?: number;

  /**
   * How many requests are under way at once, from 0 to 2147483647, for HTTP/1.1 and HTTP/2. 0 is the same as leaving it out.
   *
   * @default 4294967295
   */
  readonly http2MaxRequests?: number;

  /**
   * How many requests a connection carries before it is closed, from 0 to 2147483647. 1 turns keep-alive off, 0 is the same as leaving it out.
   *
   * @default - any number.
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * How many retries are under way at once, from 0 to 2147483647. 0 is the same as leaving it out.
   *
   * @default 4294967295
   */
  readonly maxRetries?: number;

  /**
   * How long a connection may carry no request before it is closed, at least 1 ms.
   * Where it is given, `tcp.idleTimeout` does not count for HTTP.
   *
   * @default Duration.hours(1)
   */
  readonly idleTimeout?: Duration;

  /**
   * Whether connections that carry HTTP/1.1 are upgraded to HTTP/2.
   *
   * @default H2UpgradePolicy.DEFAULT
   */
  readonly h2UpgradePolicy?: H2UpgradePolicy;

  /**
   * Whether the proxy speaks to the destination the version of HTTP that the client spoke to the proxy.
   * Then nothing is upgraded, so that it cannot be combined with `H2UpgradePolicy.UPGRADE`.
   *
   * @default false
   */
  readonly useClientProtocol?: boolean;

  /**
   * How many requests an HTTP/2 connection carries at once, from 0 to 2147483647. 0 is the same as leaving it out.
   *
   * @default 2147483647
   */
  readonly maxConcurrentStreams?: number;

  /**
   * HTTP/2 PING frames that keep connections open and find out that they are dead.
   *
   * @default - none.
   */
  readonly http2KeepAlive?: Http2KeepAlive;
}

/**
 * Limits of connections and requests to a destination: what is over the limit is refused at once (status 503), so that
 * an overloaded destination does not stall its callers. Each proxy counts for itself.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export interface ConnectionPool {
  /**
   * Limits of connections.
   *
   * @default - Istio's own limits.
   */
  readonly tcp?: TcpConnectionPool;

  /**
   * Limits of HTTP requests.
   *
   * @default - Istio's own limits.
   */
  readonly http?: HttpConnectionPool;
}
