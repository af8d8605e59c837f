/** What a gateway is called in a manifest. */
export interface GatewayConfig {
  /** The name of the gateway; `mesh` stands for all sidecars. */
  readonly name: string;

  /**
   * The namespace of the gateway, where it is known.
   *
   * @default - unknown: the reference is rendered without one.
   */
  readonly namespace?: string;

  /**
   * The hosts that the gateway's servers take, each as in `GatewayServer`.
   *
   * @default - unknown.
   */
  readonly hosts?: string[];
}

/** Something that routes can be bound to: a Gateway, or the sidecars of the mesh. */
export interface IGateway {
  /** What this gateway is called in a manifest. */
  toGatewayConfig(): GatewayConfig;
}
