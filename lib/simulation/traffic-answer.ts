import type { Duration } from 'cdk8s';
import { clientHeadersOf, entriesOf, upstreamOf } from './answer-facts';
import { decide, Decision, forwardOf } from './decision';
import { isNamed, namedIn, percentText, placesText } from './destination-match';
import { arrivalAtNextHop } from './next-hop';
import { TrafficClient } from './traffic-client';
import { TrafficDecision } from './traffic-decision';
import type { AnsweredOptions, FaultOptions, GoesToOptions, RedirectOptions, RoutedByOptions, UpstreamExpectation } from './traffic-expectations';
import { TrafficDestination, TrafficHeader, TrafficOutcome } from './traffic-facts';
import type { IDestination } from '../destination';
import type { IGateway } from '../gateway';
import { checkNumber, checkPercent, checkStruct } from '../private/validation';
import type { VirtualService } from '../virtual-service';

/**
 * What becomes of a request or a connection, and why. Each method that states what is expected throws an error with the expected, the actual and the
 * trace where it is not so, and returns the answer, so that expectations can be chained.
 */
export class TrafficAnswer extends TrafficDecision {
  /** @internal */
  public static _of(decision: Decision): TrafficAnswer {
    return new TrafficAnswer(decision);
  }

  /** @internal */
  protected readonly _decision: Decision;

  private constructor(decision: Decision) {
    super();
    this._decision = decision;
  }

  /**
   * It goes to a destination, all of it or the share that `percent` says. A whole host also means its subsets and all of its ports.
   *
   * @throws when it does not
   */
  public goesTo(destination: IDestination, options: GoesToOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['percent']);
    const percent = checkPercent('percent', options.percent) ?? 100;
    const named = namedIn(this._decision, destination);
    const actual = this.outcome === TrafficOutcome.FORWARDED
      ? this.destinations.filter(place => place.exists && isNamed(named, place)).reduce((sum, place) => sum + place.percent, 0) : 0;
    return this.expect(Math.abs(actual - percent) < 0.005, `${percentText(percent)} to ${named.text}`);
  }

  /**
   * None of it goes to a destination, nor do copies of it.
   *
   * @throws when some does
   */
  public avoids(destination: IDestination): TrafficAnswer {
    return this.expect(this._places(destination).length === 0, `nothing to ${namedIn(this._decision, destination).text}`);
  }

  /**
   * The places that a handle means, of those that the request or a copy of it goes to.
   *
   * @internal
   */
  public _places(destination: IDestination): readonly TrafficDestination[] {
    const named = namedIn(this._decision, destination);
    return [...this.destinations, ...this.mirrors].filter(place => place.percent > 0 && isNamed(named, place));
  }

  /**
   * The mesh does not know the host, and the traffic passes through to wherever the client addressed it.
   *
   * @throws when it does not
   */
  public passesThrough(): TrafficAnswer {
    return this.expect(this.outcome === TrafficOutcome.FORWARDED && this.destinations.every(({ isPassthrough }) => isPassthrough), 'passes through');
  }

  /**
   * The proxy answers with another address.
   *
   * @param location the whole address, such as `https://shop.example.com/`
   * @throws when it does not
   */
  public isRedirectedTo(location: string, options: RedirectOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['status']);
    const isSo = this.outcome === TrafficOutcome.REDIRECTED && this.location === location
      && (options.status === undefined || options.status === this.status);
    return this.expect(isSo, `redirected${options.status === undefined ? '' : ` with status ${options.status}`} to ${location}`);
  }

  /**
   * The proxy answers itself, as a route says.
   *
   * @throws when it does not
   */
  public isAnsweredWith(status: number, options: AnsweredOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['body']);
    const isSo = this.outcome === TrafficOutcome.ANSWERED && this.status === status && (options.body === undefined || options.body === this.body);
    return this.expect(isSo, `answered with status ${status}${options.body === undefined ? '' : ` and '${options.body}'`}`);
  }

  /**
   * No host or no route takes the request: the proxy answers with status 404.
   *
   * @throws when one does
   */
  public isNotFound(): TrafficAnswer {
    return this.expect(this.outcome === TrafficOutcome.NOT_FOUND, 'status 404, because nothing takes the request');
  }

  /**
   * The proxy refuses the request, or the connection is refused or closed.
   *
   * @throws when it does not
   */
  public isRefused(): TrafficAnswer {
    return this.expect(this.outcome === TrafficOutcome.REFUSED, 'refused');
  }

  /**
   * A route takes it, but what it is sent to does not exist: status 503, or the connection is closed.
   *
   * @throws when it does
   */
  public isUnreachable(): TrafficAnswer {
    return this.expect(this.outcome === TrafficOutcome.UNREACHABLE, 'sent to what does not exist');
  }

  /**
   * The route is one of a virtual service.
   *
   * @throws when it is not
   */
  public isRoutedBy(virtualService: VirtualService, options: RoutedByOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['routeName']);
    const { route } = this;
    const isSo = [route?.virtualService, route?.delegate].some(found => found !== undefined && found.name === virtualService.name
      && (virtualService.namespace === undefined || virtualService.namespace === found.namespace))
      && (options.routeName === undefined || options.routeName === route!.routeName);
    return this.expect(isSo, `routed by [${virtualService.node.path}]${options.routeName === undefined ? '' : ` '${options.routeName}'`}`);
  }

  /**
   * The request may take no longer than this.
   *
   * @throws when it has another limit, or none
   */
  public hasTimeout(timeout: Duration): TrafficAnswer {
    return this.expect(this.timeout?.toMilliseconds() === timeout.toMilliseconds(), `a timeout of ${timeout.toMilliseconds()} ms`, this.timeoutText());
  }

  /**
   * The request may take as long as it takes.
   *
   * @throws when it has a limit
   */
  public hasNoTimeout(): TrafficAnswer {
    return this.expect(this.timeout === undefined, 'no timeout', this.timeoutText());
  }

  /**
   * The request is tried again at most this often; 0 for never.
   *
   * @throws when it is tried more often or less
   */
  public hasRetries(attempts: number): TrafficAnswer {
    const { retries } = this;
    return this.expect(retries?.attempts === attempts, `${attempts} retries`,
      retries === undefined ? 'the proxy does not see requests' : `${retries.attempts} retries${retries.isDefault ? ', the default of the mesh' : ''}`);
  }

  /**
   * Requests wait this long before they are sent on.
   *
   * @throws when they do not
   */
  public isDelayedBy(delay: Duration, options: FaultOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['percent']);
    const { delayPercent, delay: actual } = this.faults;
    const percent = options.percent ?? 100;
    return this.expect(actual?.toMilliseconds() === delay.toMilliseconds() && delayPercent === percent,
      `${percentText(percent)} delayed by ${delay.toMilliseconds()} ms`, actual === undefined ? 'no delay' : `${percentText(delayPercent)} delayed by ${actual.toMilliseconds()} ms`);
  }

  /**
   * Requests are answered with an error on purpose.
   *
   * @throws when they are not
   */
  public isAbortedWith(status: number, options: FaultOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['percent']);
    const { abortPercent, abortStatus } = this.faults;
    const percent = options.percent ?? 100;
    return this.expect(abortStatus === status && abortPercent === percent,
      `${percentText(percent)} aborted with status ${status}`, abortStatus === undefined ? 'no abort' : `${percentText(abortPercent)} aborted with status ${abortStatus}`);
  }

  /**
   * A copy of the request goes to a destination, whose answer nobody sees.
   *
   * @throws when none goes there, or the share is another one
   */
  public isMirroredTo(destination: IDestination, options: GoesToOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['percent']);
    const percent = checkPercent('percent', options.percent) ?? 100;
    const named = namedIn(this._decision, destination);
    const isSo = this.mirrors.some(place => isNamed(named, place) && Math.abs(place.percent - percent) < 0.005);
    return this.expect(isSo, `${percentText(percent)} mirrored to ${named.text}`, `mirrored: ${placesText(this.mirrors)}`);
  }

  /**
   * Nobody gets a copy of the request.
   *
   * @throws when somebody does
   */
  public isNotMirrored(): TrafficAnswer {
    return this.expect(this.mirrors.length === 0, 'not mirrored', `mirrored: ${placesText(this.mirrors)}`);
  }

  /**
   * Clients keep the endpoint that they have, by this.
   *
   * @param key such as `cookie user`, `header x-user`, `query parameter user`, `source address`
   * @throws when they do not
   */
  public hashesBy(key: string): TrafficAnswer {
    const keys = this.destinations.map((_, position) => this.hashKey(position) ?? 'nothing');
    return this.expect(keys.length > 0 && keys.every(item => item === key), `hashed by ${key}`, `hashed by ${keys.join(', ') || 'nothing'}`);
  }

  /**
   * The upstream gets the request like this, whichever destination it goes to.
   *
   * @throws when it does not
   */
  public upstreamSees(expected: UpstreamExpectation): TrafficAnswer {
    checkStruct('expected', expected, ['path', 'authority', 'headers', 'withoutHeaders']);
    const entries = entriesOf(this._decision);
    for (const entry of entries.length === 0 ? [undefined] : entries) {
      const seen = upstreamOf(this._decision, entry);
      const { path, authority, headers = {}, withoutHeaders = [] } = expected;
      const isSo = seen !== undefined && (path === undefined || seen.path === path) && (authority === undefined || seen.authority === authority)
        && Object.entries(headers).every(([name, text]) => has(seen.headers, name, text)) && !withoutHeaders.some(name => has(seen.headers, name));
      this.expect(isSo, `the upstream to see ${JSON.stringify(expected)}`, seen === undefined ? `nothing is sent: ${this.summary}`
        : JSON.stringify({ path: seen.path, authority: seen.authority, headers: seen.headers.map(({ name, text }) => `${name}: ${text}`) }));
    }
    return this;
  }

  /**
   * The client gets headers beside those of the upstream, whichever destination the request goes to.
   *
   * @param headers each with one line that says exactly this
   * @throws when it does not
   */
  public clientSees(headers: { readonly [name: string]: string }): TrafficAnswer {
    const entries = entriesOf(this._decision);
    for (const entry of entries.length === 0 ? [undefined] : entries) {
      const got = clientHeadersOf(this._decision, entry);
      this.expect(Object.entries(headers).every(([name, text]) => has(got, name, text)),
        `the client to see ${JSON.stringify(headers)}`, JSON.stringify(got.map(({ name, text }) => `${name}: ${text}`)));
    }
    return this;
  }

  /**
   * The same question, with the destination drawn.
   *
   * @param value from 0 to below 100: with shares of 90 and 10 percent, 89 falls on the first and 90 on the second
   * @throws when the value is not a number from 0 to 100
   */
  public drawn(value: number): TrafficAnswer {
    checkNumber('value', value, { min: 0, max: 100 });
    return new TrafficAnswer(this._redrawn(value));
  }

  /**
   * What a gateway makes of it that it is sent to, such as an egress gateway: the request as the gateway gets it, put to the gateway.
   *
   * @throws when it is not sent on, or to several places that the gateway would see different requests from
   */
  public atGateway(gateway: IGateway): TrafficAnswer {
    const { worlds, world } = this._decision;
    const arrival = arrivalAtNextHop(this._decision, this.upstream);
    if (typeof arrival === 'string') {
      throw new Error(`${arrival}\n\n${this.toText()}`);
    }
    return new TrafficAnswer(decide(worlds, world, TrafficClient.gateway(gateway), arrival));
  }

  private timeoutText(): string {
    const { timeout } = this;
    const reason = forwardOf(this._decision) === undefined ? '' : ', because the proxy does not look into the connection';
    return timeout === undefined ? `no timeout${reason}` : `a timeout of ${timeout.toMilliseconds()} ms`;
  }

  private expect(isSo: boolean, expected: string, actual: string = this.summary): TrafficAnswer {
    if (!isSo) {
      const notes = this.notes.map(note => `\nnote: ${note}`).join('');
      throw new Error(`expected: ${expected}\nactual:   ${actual}\n\n${this.why}${notes}`);
    }
    return this;
  }
}

function has(headers: readonly TrafficHeader[], name: string, text?: string): boolean {
  return headers.some(header => header.name === name.toLowerCase() && (text === undefined || header.text === text));
}
