/** A header line as it is sent. */
export type HeaderLine = readonly [name: string, content: string];

/** A connection that a client opens to a proxy. */
export interface ConnectionQuestion {
  /** The port of the listener: on a gateway the port of its pods. */
  readonly port: number;

  /** The address that the client called; absent for one that belongs to no service. */
  readonly address?: string;

  /** Whether the client speaks TLS. */
  readonly tls?: boolean;

  /** The name of the server that a TLS client asks for. */
  readonly sni?: string;
  readonly alpn?: readonly string[];
}

/** A request on such a connection. */
export interface HttpQuestion extends ConnectionQuestion {
  readonly method: string;

  /** The `Host`; absent where the client sends none. */
  readonly authority?: string;

  /** The path with the query, or a whole URL. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];

  /** Decides between weighted destinations, modulo the sum of their weights. */
  readonly random?: number;
}
