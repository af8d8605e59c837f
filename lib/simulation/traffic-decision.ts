import type { Duration } from 'cdk8s';
import { clientHeadersOf, destinationFact, destinationsOf, entriesOf, outcomeOf, upstreamOf } from './answer-facts';
import { completedRule } from './completed-rule';
import { Decision, forwardOf, redraw, routeOf, sharesOf } from './decision';
import { placesText } from './destination-match';
import { explain } from './explain';
import { grpcTimeout } from './grpc';
import { faultsOf, formatNotes, forwardFact, hashText, policyOf, retriesOf, routeFact, timeoutOf, tlsFact } from './route-facts';
import {
  TrafficDestination, TrafficFaults, TrafficHeader, TrafficOutcome, TrafficPolicyPart, TrafficRetries, TrafficRoute, TrafficStep, TrafficTls,
  TrafficUpstream,
} from './traffic-facts';
import type { HttpRule } from '../mesh/specs';

/** Base of the answer to a question: what becomes of a request or a connection, and why. */
export abstract class TrafficDecision {
  /** @internal */
  protected abstract readonly _decision: Decision;

  private facts?: { destinations?: TrafficDestination[]; trace?: TrafficStep[] };

  /** What becomes of it, in one word. */
  public get outcome(): TrafficOutcome {
    return outcomeOf(this._decision);
  }

  /** The status that the proxy itself answers with, always 200 to gRPC clients; undefined where the upstream answers, or there is no answer. */
  public get status(): number | undefined {
    const { connection, http } = this._decision;
    return connection !== undefined ? undefined : http?.grpc === undefined ? http?.status : 200;
  }

  /** The number of the status that a gRPC client gets from the proxy itself, such as 14 for `UNAVAILABLE`; undefined for other clients and answers. */
  public get grpcStatus(): number | undefined {
    return this._decision.http?.grpc?.status;
  }

  /** The message that a gRPC client gets from the proxy itself, percent-encoded as on the wire; undefined where there is none. */
  public get grpcMessage(): string | undefined {
    return this._decision.http?.grpc?.message || undefined;
  }

  /** The address that a redirect names. */
  public get location(): string | undefined {
    return this._decision.http?.location;
  }

  /** The body that the proxy answers with, where a route says it. */
  public get body(): string | undefined {
    const { body } = this.rule.directResponse ?? {};
    return this.outcome === TrafficOutcome.ANSWERED && this.grpcStatus === undefined ? body?.string ?? body?.bytes : undefined;
  }

  /** The route that decided; undefined where none of a virtual service did. */
  public get route(): TrafficRoute | undefined {
    const route = routeOf(this._decision);
    const forward = route === undefined ? forwardOf(this._decision) : undefined;
    return route === undefined ? forward && forwardFact(forward) : routeFact(route);
  }

  /** Where it can go, with shares; the one place where the question has a draw. Empty where it goes nowhere. */
  public get destinations(): TrafficDestination[] {
    return [...(this.facts ??= {}).destinations ??= destinationsOf(this._decision)];
  }

  /** Where copies of the request go, with the share of the requests that are copied. */
  public get mirrors(): TrafficDestination[] {
    const { via, arrival } = this._decision;
    return this.isForwarded ? (routeOf(this._decision)?.mirrors ?? []).map(({ cluster, percent }) =>
      destinationFact({ cluster, percent, exists: via.proxy.cluster(cluster) !== undefined }, arrival.port)).filter(({ exists }) => exists) : [];
  }

  /** The time that the request may take: that of the route, or of the `grpc-timeout` of a gRPC client where it is shorter; undefined for no limit. */
  public get timeout(): Duration | undefined {
    const { arrival: { http }, connection } = this._decision;
    return timeoutOf(this.rule, connection === undefined && http !== undefined ? grpcTimeout(http.headers) : undefined);
  }

  /** How often the request is tried again. Undefined where the proxy does not see requests. */
  public get retries(): TrafficRetries | undefined {
    const route = routeOf(this._decision);
    const { config } = this._decision.world.model;
    return route === undefined ? undefined : retriesOf(completedRule(route, config), route.rule?.spec.retries === undefined);
  }

  /** The faults that the route injects. */
  public get faults(): TrafficFaults {
    return faultsOf(this.rule);
  }

  /** What the upstream sees; undefined where nothing is sent, or where that depends on the destination: ask for one of them with a draw. */
  public get upstream(): TrafficUpstream | undefined {
    const all = entriesOf(this._decision).map(entry => upstreamOf(this._decision, entry));
    const seen = all.length === 0 ? [upstreamOf(this._decision, undefined)] : all;
    return seen.every(item => JSON.stringify(item) === JSON.stringify(seen[0])) ? seen[0] : undefined;
  }

  /** The headers that the client gets beside those of the upstream; undefined where that depends on the destination. */
  public get clientHeaders(): TrafficHeader[] | undefined {
    const all = entriesOf(this._decision).map(entry => clientHeadersOf(this._decision, entry));
    const got = all.length === 0 ? [clientHeadersOf(this._decision, undefined)] : all;
    return got.every(item => JSON.stringify(item) === JSON.stringify(got[0])) ? got[0] : undefined;
  }

  /** The cookies of the request with those that the answer sets, to be sent with the next request. */
  public get cookies(): { [name: string]: string } {
    const jar: { [name: string]: string } = {};
    for (const [name, text] of this._decision.arrival.http?.headers ?? []) {
      if (name.toLowerCase() === 'cookie') {
        text.split(';').forEach(part => keep(jar, part));
      }
    }
    for (const { name, text } of this.clientHeaders ?? []) {
      if (name === 'set-cookie') {
        keep(jar, text.split(';')[0]);
      }
    }
    return jar;
  }

  /**
   * The parts of the policy that holds for a destination, each with the rule that says it.
   *
   * @param position which of the destinations, from 0
   */
  public trafficPolicy(position: number = 0): TrafficPolicyPart[] {
    const share = sharesOf(this._decision)[position];
    return share === undefined ? [] : policyOf(this._decision.via.proxy.cluster(share.cluster));
  }

  /**
   * The TLS that the proxy adds on the way to a destination because a rule says so; undefined where none does, or where Istio leaves out what a rule
   * says: a sidecar takes a secret only from a rule that selects workloads. Between workloads of the mesh Istio encrypts without a rule.
   *
   * @param position which of the destinations, from 0
   */
  public upstreamTls(position: number = 0): TrafficTls | undefined {
    const share = sharesOf(this._decision)[position];
    return share === undefined ? undefined : tlsFact(this._decision.via.proxy.upstreamTls(share.cluster));
  }

  /**
   * What decides among the endpoints of a destination so that a client keeps its own, such as `cookie user`; undefined where nothing does.
   *
   * @param position which of the destinations, from 0
   */
  public hashKey(position: number = 0): string | undefined {
    const route = routeOf(this._decision);
    const entry = entriesOf(this._decision)[position];
    return route === undefined || entry === undefined ? undefined : hashText(this._decision.via.proxy.hashOf(route, entry.index));
  }

  /** Everything that was looked at, in order: why it goes where it goes. */
  public get trace(): TrafficStep[] {
    return [...(this.facts ??= {}).trace ??= explain(this._decision)];
  }

  /** The trace as text, a step a line; the one that decided is marked with an arrow. */
  public get why(): string {
    return this.trace.map(({ text, isDecisive }) => `${isDecisive ? '->' : '  '} ${text}`).join('\n');
  }

  /** What the answer does not take into account, and what it takes for granted. */
  public get notes(): string[] {
    const { worlds, world } = this._decision;
    const places = [...this.destinations, ...this.mirrors].map(({ host }) => host);
    const asked = this._decision.arrival.http?.authority.replace(/:\d+$/, '').toLowerCase();
    const gateways = (this._decision.via.gateway?.gateways ?? []).map(({ key }) => key);
    const concerned = world.assumptions.filter(({ host, gateway }) => host === undefined
      ? gateways.includes(gateway!) : places.includes(host) || host === asked || (asked !== undefined && host.startsWith(`${asked}.`)));
    const assumed = concerned.map(({ text }) => `assumed, because it is referred to and not among the manifests: ${text}`);
    return [...assumed, ...formatNotes(this.rule), ...worlds.notes];
  }

  /** The answer in one line. */
  public get summary(): string {
    const { location, grpcStatus } = this;
    const status = `${this.status}${grpcStatus === undefined ? '' : ` and gRPC status ${grpcStatus}`}`;
    switch (this.outcome) {
      case TrafficOutcome.REDIRECTED:
        return `redirected with status ${status} to ${location}`;
      case TrafficOutcome.FORWARDED:
        return placesText(this.destinations);
      case TrafficOutcome.UNREACHABLE:
        return `${this.status === undefined ? 'connection closed' : `status ${status}`}: ${placesText(this.destinations)}`;
      case TrafficOutcome.ANSWERED:
        return `answered with status ${status}`;
      case TrafficOutcome.NOT_FOUND:
        return `not found: status ${status}`;
      default:
        return this.status === undefined ? `connection ${this._decision.connection!.connection === 'forwarded' ? 'closed' : this._decision.connection!.connection}` : `refused with status ${status}`;
    }
  }

  /** Summary, trace and notes, as people read them. */
  public toText(): string {
    const notes = this.notes.map(note => `note: ${note}`);
    return [this.summary, this.why, ...notes].join('\n');
  }

  /**
   * The answer as another draw gives it.
   *
   * @internal
   */
  protected _redrawn(draw: number): Decision {
    return redraw(this._decision, draw);
  }

  private get rule(): HttpRule {
    return routeOf(this._decision)?.rule?.spec ?? {};
  }

  private get isForwarded(): boolean {
    return this._decision.connection === undefined && this.outcome === TrafficOutcome.FORWARDED;
  }
}

function keep(jar: { [name: string]: string }, part: string): void {
  const equals = part.indexOf('=');
  if (equals > 0) {
    jar[part.slice(0, equals).trim()] = part.slice(equals + 1).trim();
  }
}
