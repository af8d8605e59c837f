import type { DestinationConfig, IDestination } from '../destination';
import { checkDestination } from '../private/render-destination';
import { checkGiven } from '../private/validation';
import { Endpoint, Resolution } from '../resolution';

/**
 * What an alias stands for.
 *
 * @example
 * const target = AliasTarget.workloads({ app: 'ledger' });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry
 */
export class AliasTarget {
  /**
   * Static addresses of servers inside the mesh's network.
   *
   * @throws when there is none, or one is not an address
   */
  public static endpoints(endpoints: Endpoint[]): AliasTarget {
    return new AliasTarget(Resolution.staticEndpoints(checkGiven('endpoints', endpoints)), undefined);
  }

  /**
   * The virtual machines (WorkloadEntry) and pods that have some labels, in the namespace of the alias.
   *
   * @throws when there is no label
   */
  public static workloads(labels: { [key: string]: string }): AliasTarget {
    return new AliasTarget(Resolution.staticWorkloads(checkGiven('labels', labels)), undefined);
  }

  /**
   * A service that the mesh knows already, or a subset of it.
   *
   * @throws when it is not a destination with a port
   */
  public static service(service: IDestination): AliasTarget {
    const { port } = checkDestination('service', service).toDestinationConfig();
    if (port === undefined) {
      throw new Error('service must have a port, which is that of the alias otherwise, use withPort()');
    }
    return new AliasTarget(undefined, service);
  }

  private readonly resolution?: Resolution;
  private readonly destination?: IDestination;

  private constructor(resolution: Resolution | undefined, destination: IDestination | undefined) {
    this.resolution = resolution;
    this.destination = destination;
  }

  /**
   * How the endpoints are found; for a service not at all, because routes lead to the service itself.
   *
   * @internal
   */
  public _toAliasResolution(): Resolution | undefined {
    return this.resolution;
  }

  /** @internal */
  public _toService(): IDestination | undefined {
    return this.destination;
  }

  /**
   * Where the alias leads as a destination.
   *
   * @internal
   */
  public _toConfig(): DestinationConfig | undefined {
    return this.destination?.toDestinationConfig();
  }
}
