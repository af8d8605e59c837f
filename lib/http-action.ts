import type { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import type { CorsPolicy } from './cors-policy';
import type { IDelegateRoutes } from './delegate-routes';
import type { IDestination } from './destination';
import type { HttpRespondOptions } from './direct-response';
import type { FaultInjection } from './fault-injection';
import type { HeaderOperations } from './header-operations';
import type { HttpRedirectOptions } from './http-redirect';
import type { HttpTargetConfig, IHttpTarget } from './http-target';
import { checkDestination, dependenciesOf } from './private/render-destination';
import {
  brokenHandlesOf, checkDelegate, HttpActionParts, mergeForward, renderHttpAction, renderForward, renderRedirect, renderResponse, takeWeighted,
} from './private/render-http-action';
import type { Wire } from './private/wire';
import type { RetryPolicy } from './retry-policy';
import type { Rewrite } from './rewrite';
import type { VirtualServiceSpecHttp } from '../imports/networking.istio.io';

/**
 * A copy of requests that is sent somewhere else, whose answers are thrown away.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMirrorPolicy
 */
export interface Mirror {
  /** Where the copies go. */
  readonly destination: IDestination;

  /**
   * The share of requests that are copied: 0, or from 0.0001 to 100.
   *
   * @default 100
   */
  readonly percent?: number;
}

/**
 * One of several destinations.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination
 */
export interface WeightedDestination {
  /** Where the requests go. */
  readonly destination: IDestination;

  /** The share of the requests, in relation to the sum of all weights; an integer from 0 to 2147483647. */
  readonly weight: number;

  /**
   * What happens to the headers of the requests that go there, beside what the route says. Where both set one header,
   * the route wins; but the destination does if it is the only one.
   *
   * @default - nothing.
   */
  readonly headers?: HeaderOperations;
}

/** What can be said of requests that are forwarded. */
export interface HttpForwardOptions {
  /**
   * The time until the whole answer must be there, retries included; at least 1 ms, in whole milliseconds.
   *
   * @default - no limit.
   */
  readonly timeout?: Duration;

  /**
   * Whether requests that fail are tried again.
   *
   * @default - as the mesh says: two more attempts when no connection was made or the stream was refused.
   */
  readonly retries?: RetryPolicy;

  /**
   * The change to the path or the authority.
   *
   * @default - none.
   */
  readonly rewrite?: Rewrite;

  /**
   * The copies that are sent somewhere else.
   *
   * @default - none.
   */
  readonly mirrors?: Mirror[];

  /**
   * The faults that are made on purpose.
   *
   * @default - none.
   */
  readonly fault?: FaultInjection;

  /**
   * What web pages of other origins may do.
   *
   * @default - nothing: the destination answers for itself.
   */
  readonly corsPolicy?: CorsPolicy;

  /**
   * What happens to the headers of the request and the answer.
   *
   * @default - nothing.
   */
  readonly headers?: HeaderOperations;
}

/**
 * What an http route does with the requests that it matches. Each kind takes the options that Istio honours for it.
 *
 * @example
 * const stable = ServiceHost.fromName('reviews', { port: 9080 });
 * const canary = ServiceHost.fromName('reviews-next', { port: 9080 });
 * const action = HttpAction.split([
 *   { destination: stable, weight: 90 },
 *   { destination: canary, weight: 10 },
 * ], { timeout: Duration.seconds(5) });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute
 */
export class HttpAction implements IHttpTarget {
  /**
   * Sends requests to one destination.
   *
   * @throws when an option is not one that Istio takes
   */
  public static forward(destination: IDestination, options: HttpForwardOptions = {}): HttpAction {
    return new HttpAction({ destinations: [{ destination: checkDestination('destination', destination) }], ...renderForward(options) });
  }

  /**
   * Shares requests between destinations.
   *
   * @param destinations at least one; of several at least one with a positive weight
   * @throws when the weights are all 0, or an option is not one that Istio takes
   */
  public static split(destinations: WeightedDestination[], options: HttpForwardOptions = {}): HttpAction {
    return new HttpAction(takeWeighted(renderForward(options), destinations));
  }

  /**
   * Answers with another address, where the client finds what it asks for.
   *
   * @throws when nothing says where to, or an option is not one that Istio and Envoy take
   */
  public static redirect(options: HttpRedirectOptions): HttpAction {
    return new HttpAction(renderRedirect(options));
  }

  /**
   * Answers in place of a destination.
   *
   * @param status from 200 to 599 (Istio also takes 600, which Envoy refuses)
   * @throws when the status or an option is not one that Istio and Envoy take
   */
  public static respond(status: number, options: HttpRespondOptions = {}): HttpAction {
    return new HttpAction(renderResponse(status, options));
  }

  /**
   * Leaves the decision to routes that are kept in another resource, often of another team. What the options say holds
   * for those of its routes that do not say it themselves.
   *
   * @throws when an option is not one that Istio takes
   */
  public static delegateTo(routes: IDelegateRoutes, options: HttpForwardOptions = {}): HttpAction {
    return new HttpAction({ delegate: checkDelegate('routes', routes), ...renderForward(options) });
  }

  private readonly parts: HttpActionParts;

  private constructor(parts: HttpActionParts) {
    this.parts = parts;
  }

  /**
   * The same action with more options.
   *
   * @throws when the action has one of the options already, or does not forward
   */
  public withOptions(options: HttpForwardOptions): HttpAction {
    return new HttpAction(mergeForward(this.parts, renderForward(options)));
  }

  /** The action as the only route of a target. */
  public toHttpTargetConfig(): HttpTargetConfig {
    return { routes: [{ action: this }], dependencies: this._dependencies() };
  }

  /** @internal */
  public _toHttpRoute(scope: IConstruct): Wire<VirtualServiceSpecHttp> {
    return renderHttpAction(scope, this.parts);
  }

  /**
   * The constructs that must be applied before a route with this action.
   *
   * @internal
   */
  public _dependencies(): IConstruct[] {
    const { destinations, mirrors, delegate } = this.parts;
    if (destinations?.length === 1 && mirrors === undefined) {
      return dependenciesOf(destinations[0].destination);
    }
    return [
      ...[...destinations ?? [], ...mirrors ?? []].flatMap(({ destination }) => dependenciesOf(destination)),
      ...delegate?.toDelegateRoutesConfig().dependencies ?? [],
    ];
  }

  /**
   * What is wrong with the handles of the action, which is only asked when a route cannot be written.
   *
   * @internal
   */
  public _brokenHandles(place: string): string[] {
    return brokenHandlesOf(place, this.parts);
  }

  /** @internal */
  public _isDelegation(): boolean {
    return this.parts.delegate !== undefined;
  }

  /**
   * Whether the action replaces the prefix of the path that the route's match found, so that the match must have one.
   *
   * @internal
   */
  public _needsPrefix(): boolean {
    return this.parts.route.redirect?.prefixRewrite !== undefined;
  }
}
