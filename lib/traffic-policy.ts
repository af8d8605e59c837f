import type { ClientTls } from './client-tls';
import type { ConnectionPool } from './connection-pool';
import type { LoadBalancer } from './load-balancer';
import type { OutlierDetection } from './outlier-detection';
import type { RetryBudget } from './retry-budget';
import type { UpstreamTransport } from './upstream-transport';

/**
 * How traffic to one port of a destination is treated. What is left out has Istio's own default there:
 * nothing is taken over from the policy that the port belongs to.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy
 */
export interface PortTrafficPolicy {
  /** The port of the service, from 1 to 65535. */
  readonly port: number;

  /**
   * How requests and connections are spread over the endpoints.
   *
   * @default - least request.
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * Limits of connections and requests.
   *
   * @default - Istio's own limits.
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When endpoints that keep failing are ejected.
   *
   * @default - never.
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * Whether and how the proxy speaks TLS to the endpoints.
   *
   * @default - mutual TLS to endpoints inside the mesh, what the application sends to others.
   */
  readonly tls?: ClientTls;
}

/**
 * How traffic to a destination is treated, after routing has chosen it.
 *
 * In a subset each property that is set replaces the rule's own as a whole, and the others stay the rule's.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export interface TrafficPolicy {
  /**
   * How requests and connections are spread over the endpoints.
   *
   * @default - least request.
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * Limits of connections and requests.
   *
   * @default - Istio's own limits.
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When endpoints that keep failing are ejected.
   *
   * @default - never.
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * Whether and how the proxy speaks TLS to the endpoints.
   *
   * @default - mutual TLS to endpoints inside the mesh, what the application sends to others.
   */
  readonly tls?: ClientTls;

  /**
   * The policies of single ports, at most one for each. They replace this policy on their port as a whole, so that a port
   * with a policy of its own takes nothing over from here.
   *
   * @default - all ports are treated alike.
   */
  readonly portLevelSettings?: PortTrafficPolicy[];

  /**
   * A tunnel or the PROXY protocol's header, ahead of the traffic on each connection.
   *
   * @default - none.
   */
  readonly transport?: UpstreamTransport;

  /**
   * How many retries may be under way, in proportion to the requests under way.
   *
   * @default - any number, up to `connectionPool.http.maxRetries`.
   */
  readonly retryBudget?: RetryBudget;
}
