import type { Duration } from 'cdk8s';
import { isAborted, destinationFact } from './answer-facts';
import { chainOf } from './connection';
import { connectionOf, decide, Decision } from './decision';
import { isNamed, namedIn, NamedDestination, placesText } from './destination-match';
import { isCovered, isExcluded, RequestKind, samplesOf } from './request-kind';
import { routeFact, routeText, timeoutOf } from './route-facts';
import { TrafficAnswer } from './traffic-answer';
import type { TrafficDestination } from './traffic-facts';
import type { IDestination } from '../destination';
import type { VirtualHost } from '../mesh/route-table';
import type { Route } from '../mesh/routes';

/** What is wrong with a route, in words; undefined where nothing is. */
type Complaint = (route: Route) => string | undefined;

/**
 * All requests of a kind from one client. Made by `TrafficSource.everyRequestTo()`.
 *
 * What is stated is looked for in every route that a request of the kind can reach. Where a route is not so, a request is made that it takes, and put to the
 * proxy: the error shows it. Where none can be made, the error says that it cannot be decided.
 */
export class EveryRequest {
  /** @internal */
  public static _of(example: Decision, kind: RequestKind): EveryRequest {
    return new EveryRequest(example, kind);
  }

  private readonly example: Decision;
  private readonly kind: RequestKind;

  private constructor(example: Decision, kind: RequestKind) {
    this.example = example;
    this.kind = kind;
  }

  /**
   * Every request that is sent on may take only so long. Those that the proxy answers itself are not counted.
   *
   * @param atMost the longest time allowed; any where it is left out
   * @throws when one may take longer, or it cannot be decided
   */
  public hasTimeout(atMost?: Duration): EveryRequest {
    const limit = atMost?.toMilliseconds();
    return this.check(`every request to have a timeout${limit === undefined ? '' : ` of at most ${limit} ms`}`, route => {
      const timeout = timeoutOf(route.rule?.spec ?? {})?.toMilliseconds();
      if (route.destinations.length === 0 || (timeout !== undefined && (limit === undefined || timeout <= limit))) {
        return undefined;
      }
      return timeout === undefined ? 'no timeout' : `a timeout of ${timeout} ms`;
    }, { passthrough: 'no timeout, because it passes through to an unknown host' });
  }

  /**
   * No request goes to a destination, and no copy of one.
   *
   * @throws when one does, or it cannot be decided
   */
  public avoids(destination: IDestination): EveryRequest {
    return this.check(`no request to go to ${this.named(destination).text}`, route => {
      const named = this.named(destination, route);
      const found = [...this.placesOf(route), ...this.mirrorsOf(route)].filter(place => isNamed(named, place));
      return found.length === 0 ? undefined : placesText(found);
    }, {});
  }

  /**
   * Every request goes to a destination and nowhere else. A whole host also means its subsets and all of its ports.
   *
   * @throws when one goes elsewhere or is answered by the proxy, or it cannot be decided
   */
  public goesTo(destination: IDestination): EveryRequest {
    return this.check(`every request to go to ${this.named(destination).text}`, route => {
      const named = this.named(destination, route);
      const places = this.placesOf(route);
      const isSo = places.length > 0 && places.every(place => place.exists && isNamed(named, place));
      return isSo ? undefined : places.length === 0 ? 'answered by the proxy' : placesText(places);
    }, { passthrough: 'passes through to an unknown host', untaken: 'not found: status 404' });
  }

  private check(expected: string, complaint: Complaint, others: { readonly passthrough?: string; readonly untaken?: string }): EveryRequest {
    const virtualHost = this.virtualHost();
    const isRedirected = virtualHost?.requiresTls === true && this.kind.scheme === 'http';
    if (virtualHost === undefined || virtualHost.fallback !== undefined || isRedirected) {
      const answer = TrafficAnswer._of(this.example);
      const problem = answer.destinations.length > 0 ? others.passthrough : others.untaken && answer.summary;
      if (problem !== undefined) {
        throw this.failure(expected, problem, answer);
      }
      return this;
    }
    const undecided: string[] = [];
    const routes = virtualHost.routes.filter(({ match }) => !isExcluded(match, this.kind));
    routes.forEach((route, position) => {
      const isHidden = routes.slice(0, position).some(earlier => isCovered(earlier.match, route.match, this.kind));
      const problem = isHidden ? undefined : complaint(route);
      if (problem !== undefined) {
        const witness = this.witness(route.match, answer => answer.http?.route === route);
        if (witness !== undefined) {
          throw this.failure(expected, problem, witness);
        }
        undecided.push(`${textOf(route)}: ${problem}`);
      }
    });
    this.checkUntaken(expected, routes, others.untaken, undecided);
    if (undecided.length > 0) {
      throw new Error(`cannot decide: ${expected}\n\nno request was found that these routes take, and none of them is certainly out of reach:\n  ${undecided.join('\n  ')}`);
    }
    return this;
  }

  private checkUntaken(expected: string, routes: readonly Route[], problem: string | undefined, undecided: string[]): void {
    if (problem === undefined || routes.some(route => isCovered(route.match, undefined, this.kind))) {
      return;
    }
    const witness = this.witness(undefined, answer => answer.http?.status === 404 && answer.http.route === undefined);
    if (witness !== undefined) {
      throw this.failure(expected, problem, witness);
    }
    undecided.push('no route takes everything that is left');
  }

  /** A request of the kind that meets a match and for which the proxy decides as wanted. */
  private witness(match: Route['match'], isWanted: (answer: Decision) => boolean): TrafficAnswer | undefined {
    const { worlds, world, client, arrival } = this.example;
    for (const { method, target, headers } of samplesOf(match, this.kind)) {
      const http = { ...arrival.http!, method, target, headers };
      const decision = decide(worlds, world, client, { ...arrival, http });
      if (isWanted(decision)) {
        return TrafficAnswer._of(decision);
      }
    }
    return undefined;
  }

  private failure(expected: string, problem: string, answer: TrafficAnswer): Error {
    return new Error(`expected: ${expected}\nactual:   ${problem}, for this request among others\n\n${answer.toText()}`);
  }

  private virtualHost(): VirtualHost | undefined {
    const { via, arrival } = this.example;
    const chain = chainOf(via.proxy, connectionOf(via, arrival), !arrival.tls);
    const table = typeof chain === 'string' || chain.routeTable === undefined ? undefined : via.proxy.routeTable(chain.routeTable);
    return table?.find(this.kind.authority);
  }

  private named(destination: IDestination, route?: Route): NamedDestination {
    return namedIn(route === undefined ? this.example : { ...this.example, http: { ...this.example.http!, route } }, destination);
  }

  private placesOf(route: Route): readonly TrafficDestination[] {
    const { via, arrival } = this.example;
    const sum = route.destinations.reduce((total, { weight }) => total + weight, 0);
    return isAborted(route.rule?.spec ?? {}) ? [] : route.destinations.map(({ cluster, weight }) =>
      destinationFact({ cluster, percent: 100 * weight / sum, exists: via.proxy.cluster(cluster) !== undefined }, arrival.port));
  }

  private mirrorsOf(route: Route): readonly TrafficDestination[] {
    return route.mirrors.map(({ cluster, percent }) => destinationFact({ cluster, percent, exists: true }, this.example.arrival.port));
  }
}

function textOf(route: Route): string {
  const fact = routeFact(route);
  return fact === undefined ? 'the default route of the service' : routeText(fact);
}
