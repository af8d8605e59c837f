import type { DestinationConfig, IDestination } from './destination';
import { CheckedDestination } from './private/checked-destination';
import { checkGiven, checkPort } from './private/validation';
import type { TrafficPolicy } from './traffic-policy';

/**
 * What a subset is made from.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset
 */
export interface SubsetOptions {
  /**
   * The labels that an endpoint of the host must have to belong to the subset, at least one.
   *
   * @default - all endpoints of the host belong to the subset, which then has only a policy of its own.
   */
  readonly labels?: { [key: string]: string };

  /**
   * How traffic to the subset is treated. Each property that is set replaces the rule's own as a whole.
   *
   * @default - as the rule says.
   */
  readonly trafficPolicy?: TrafficPolicy;
}

/**
 * Some of a host's endpoints, such as those of one version: what `DestinationRule.addSubset()` returns and routes send traffic to.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset
 */
export class Subset implements IDestination {
  /** @internal */
  public static _of(host: IDestination, subsetName: string): Subset {
    return new Subset(host, subsetName, undefined);
  }

  /** The name of the subset, unique in its rule. */
  public readonly subsetName: string;

  private readonly host: IDestination;
  private readonly port?: number;
  private config?: DestinationConfig;

  private constructor(host: IDestination, subsetName: string, port: number | undefined) {
    this.host = host;
    this.subsetName = subsetName;
    this.port = port;
  }

  /**
   * The same subset with a port.
   *
   * @param port the port of the service, from 1 to 65535
   * @throws when the port is not an integer in that range
   */
  public withPort(port: number): Subset {
    return new Subset(this.host, this.subsetName, checkPort('port', checkGiven('port', port)));
  }

  public toDestinationConfig(): DestinationConfig {
    if (this.config === undefined) {
      const config = this.host.toDestinationConfig();
      this.config = config instanceof CheckedDestination
        ? new CheckedDestination(config.host, config.namespace, this.subsetName, this.port, config.dependencies)
        : { host: config.host, namespace: config.namespace, dependencies: config.dependencies, subset: this.subsetName, port: this.port };
    }
    return this.config;
  }
}
