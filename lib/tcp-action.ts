import { IConstruct } from 'constructs';
import type { IDestination } from './destination';
import { brokenDestinations, checkDestination, dependenciesOf, renderDestination } from './private/render-destination';
import { checkWeighted, checkWeights } from './private/render-weights';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecTcpRoute } from '../imports/networking.istio.io';

/** One of several destinations of connections. */
export interface WeightedTcpDestination {
  /** Where the connections go. */
  readonly destination: IDestination;

  /** The share of the connections, in relation to the sum of all weights; an integer from 0 to 2147483647. */
  readonly weight: number;
}

/**
 * What a tls or tcp route does with the connections that it matches.
 *
 * @example
 * const action = TcpAction.forward(ServiceHost.fromName('mongo', { port: 27017 }));
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#RouteDestination
 */
export class TcpAction {
  /**
   * Sends connections to one destination.
   *
   * @throws when the destination is `*`, which stands for all hosts, or a ServiceEntry of several hosts, of which one must be chosen
   */
  public static forward(destination: IDestination): TcpAction {
    return new TcpAction([{ destination: checkDestination('destination', destination) }]);
  }

  /**
   * Shares connections between destinations.
   *
   * @param destinations at least one; of several at least one with a positive weight
   * @throws when the weights are all 0
   */
  public static split(destinations: WeightedTcpDestination[]): TcpAction {
    return new TcpAction(checkWeights('destinations', destinations, (item, weighted) => checkWeighted(item, weighted, ['destination', 'weight'])));
  }

  private readonly destinations: { readonly destination: IDestination; readonly weight?: number }[];

  private constructor(destinations: { readonly destination: IDestination; readonly weight?: number }[]) {
    this.destinations = destinations;
  }

  /** @internal */
  public _toTcpRoute(scope: IConstruct): Wire<VirtualServiceSpecTcpRoute>[] {
    return this.destinations.map(({ destination, weight }) => ({ destination: renderDestination(scope, destination), weight }));
  }

  /**
   * What is wrong with the handles of the action, which is only asked when a route cannot be written.
   *
   * @internal
   */
  public _brokenHandles(place: string): string[] {
    return brokenDestinations(place, this.destinations);
  }

  /**
   * The constructs that must be applied before a route with this action.
   *
   * @internal
   */
  public _dependencies(): IConstruct[] {
    return this.destinations.flatMap(({ destination }) => dependenciesOf(destination));
  }
}
