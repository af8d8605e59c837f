import type { TcpAction } from './tcp-action';
import type { TcpMatch } from './tcp-route';

/**
 * Conditions on a connection that carries TLS, of which all must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes
 */
export interface TlsMatch extends TcpMatch {
  /** The server names (SNI) that the client asks for, one of which is enough. The hosts of the virtual service must cover each of them. */
  readonly sniHosts: string[];
}

/**
 * What is done with connections that carry TLS which the proxy does not open: it sees only the server name.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSRoute
 */
export interface TlsRoute {
  /** The conditions, of which one must be met. */
  readonly matches: TlsMatch[];

  /** What is done with the connections. */
  readonly action: TcpAction;
}
