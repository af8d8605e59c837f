import type { Duration } from 'cdk8s';
import type {
  AnsweredOptions, FaultOptions, GoesToOptions, IDestination, RedirectOptions, RoutedByOptions, UpstreamExpectation, VirtualService,
} from 'cdk8s-istio';

/** The matchers for answers of the simulation, for an `expect` that is not global: `expect.extend(trafficMatchers)`. */
export declare const trafficMatchers: {
  readonly [name: string]: (received: unknown, ...expected: readonly unknown[]) => { readonly pass: boolean; readonly message: () => string };
};

/** What `expect(answer)` can say of an answer of the simulation; of every request of a kind where the value stands for them. */
export interface TrafficMatchers<R> {
  /** All of it, or the share that `percent` says, goes to a destination. */
  toGoTo(destination: IDestination, options?: GoesToOptions): R;

  /** None of it goes to a destination, nor do copies of it. */
  toAvoid(destination: IDestination): R;

  /** The mesh does not know the host, and it passes through. */
  toPassThrough(): R;

  /** The proxy answers with another address. */
  toBeRedirectedTo(location: string, options?: RedirectOptions): R;

  /** The proxy answers itself, as a route says. */
  toBeAnsweredWith(status: number, options?: AnsweredOptions): R;

  /** No host or no route takes it: status 404. */
  toBeNotFound(): R;

  /** The proxy refuses it. */
  toBeRefused(): R;

  /** A route takes it, but what it is sent to does not exist. */
  toBeUnreachable(): R;

  /** The route is one of a virtual service. */
  toBeRoutedBy(virtualService: VirtualService, options?: RoutedByOptions): R;

  /** It may take no longer than this; of every request, at most this. */
  toHaveTimeout(timeout?: Duration): R;

  /** It is tried again at most this often. */
  toHaveRetries(attempts: number): R;

  /** It waits this long before it is sent on. */
  toBeDelayedBy(delay: Duration, options?: FaultOptions): R;

  /** It is answered with an error on purpose. */
  toBeAbortedWith(status: number, options?: FaultOptions): R;

  /** A copy of it goes to a destination. */
  toBeMirroredTo(destination: IDestination, options?: GoesToOptions): R;

  /** Clients keep the endpoint that they have by this, such as `cookie user`. */
  toHashBy(key: string): R;

  /** The upstream gets the request like this. */
  toSendUpstream(expected: UpstreamExpectation): R;

  /** The client gets these headers beside those of the upstream. */
  toSendClient(headers: { readonly [name: string]: string }): R;
}

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends TrafficMatchers<R> {}
  }
}
