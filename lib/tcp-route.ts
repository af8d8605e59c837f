import type { IGateway } from './gateway';
import type { TcpAction } from './tcp-action';

/**
 * Conditions on a connection, of which all must hold. At least one is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes
 */
export interface TcpMatch {
  /**
   * The addresses that the client connects to, or ranges of them such as `10.0.0.0/8`. Gateways do not look at them.
   *
   * @default - any.
   */
  readonly destinationSubnets?: string[];

  /**
   * The port that the client addresses; on a gateway the port of its server; from 1 to 65535.
   *
   * @default - any.
   */
  readonly port?: number;

  /**
   * The labels of the client's pod. Gateways do not look at them.
   *
   * @default - any.
   */
  readonly sourceLabels?: { readonly [key: string]: string };

  /**
   * The namespace of the client's pod. Gateways do not look at it.
   *
   * @default - any.
   */
  readonly sourceNamespace?: string;

  /**
   * Those of the virtual service's gateways that the match is for.
   *
   * @default - all gateways of the virtual service.
   */
  readonly gateways?: IGateway[];
}

/**
 * What is done with connections of which nothing but addresses is known.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TCPRoute
 */
export interface TcpRoute {
  /**
   * The conditions, of which one must be met.
   *
   * @default - none: the route takes all connections, so that it must be the last.
   */
  readonly matches?: TcpMatch[];

  /** What is done with the connections. */
  readonly action: TcpAction;
}
