import { ClientProxy, proxyOf } from './client-proxy';
import { chainOf } from './connection';
import { withGrpc } from './grpc';
import type { ConnectionQuestion, HeaderLine, HttpQuestion } from './question';
import { authorityFor, ConnectionAnswer, HttpAnswer, Share, simulateConnection, simulateHttp } from './simulate';
import type { TrafficClient } from './traffic-client';
import type { World, Worlds } from './world';
import { getOrMake } from '../mesh/collections';
import type { Forward } from '../mesh/listeners';
import type { Route, RouteDestination } from '../mesh/routes';

/** A request or a connection as it arrives at a proxy. */
export interface Arrival {
  /** Before a gateway's Service translates it. */
  readonly port: number;
  readonly address?: string;
  readonly tls: boolean;
  readonly sni?: string;
  readonly alpn?: readonly string[];

  /** Absent for a connection whose content is not http, or not known. */
  readonly http?: {
    readonly method: string;
    readonly authority: string;
    readonly target: string;
    readonly headers: readonly HeaderLine[];
  };

  /** From 0 to below 100, decides between weighted destinations; absent for the whole distribution. */
  readonly draw?: number;
}

/** What was asked, who decided, and how. */
export interface Decision {
  readonly worlds: Worlds;
  readonly world: World;
  readonly client: TrafficClient;
  readonly via: ClientProxy;
  readonly arrival: Arrival;
  readonly http?: HttpAnswer;

  /** Set where the connection is not looked into, or not taken. */
  readonly connection?: ConnectionAnswer;
}

/** Puts a request or a connection to the proxy of a client. */
export function decide(worlds: Worlds, world: World, client: TrafficClient, arrival: Arrival): Decision {
  const via = getOrMake(world.proxies, client, () => proxyOf(world.model, client));
  const question = questionOf({ via, arrival });
  if (question === undefined) {
    return { worlds, world, client, via, arrival, connection: simulateConnection(via.proxy, connectionOf(via, arrival)) };
  }
  const http = simulateHttp(via.proxy, world.model.config, question);
  const answer = arrival.draw === undefined || http.destinations.length < 2 ? http : withGrpc(drawn(http, arrival.draw), question);
  return { worlds, world, client, via, arrival, http: answer, connection: answer.connection };
}

/** The answer with the one destination that a draw falls on. */
function drawn(http: HttpAnswer, draw: number): HttpAnswer {
  const all = http.route!.destinations;
  const share = http.destinations[positionOf(draw, all)];
  const entry = all[positionOf(draw, all)];
  const destinations = [{ ...share, percent: 100 }];
  if (http.upstream === undefined) {
    return { ...http, destinations };
  }
  const authority = authorityFor(http.route!.rule?.spec ?? {}, entry, http.upstream);
  return share.exists
    ? { ...http, destinations, upstream: { ...http.upstream, authority } }
    : { ...http, destinations, status: 503, text: '', upstream: undefined };
}

/** Which of several weighted destinations a draw falls on. */
export function positionOf(draw: number, destinations: readonly RouteDestination[]): number {
  const sum = destinations.reduce((total, { weight }) => total + weight, 0);
  let left = Math.min(Math.floor(draw / 100 * sum), sum - 1);
  return destinations.findIndex(({ weight }) => (left -= weight) < 0);
}

/** The same question with another draw. */
export function redraw({ worlds, world, client, arrival }: Decision, draw: number): Decision {
  return decide(worlds, world, client, { ...arrival, draw });
}

export function connectionOf(via: ClientProxy, { port, address, tls, sni, alpn }: Arrival): ConnectionQuestion {
  return { port: via.listenerPort(port), address, tls, sni, alpn };
}

/** The question as it was put to the proxy. */
export function questionOf({ via, arrival }: Pick<Decision, 'via' | 'arrival'>): HttpQuestion | undefined {
  if (arrival.http === undefined) {
    return undefined;
  }
  const { port, address, tls, sni, alpn, http: { method, authority, target, headers } } = arrival;
  return { port: via.listenerPort(port), address, tls, sni, alpn, method, authority, target, headers };
}

/** What a connection goes to whose content is not looked into. */
export function forwardOf({ via, arrival, connection }: Decision): Forward | undefined {
  if (connection === undefined || connection.connection === 'refused') {
    return undefined;
  }
  const chain = chainOf(via.proxy, connectionOf(via, arrival), false);
  return typeof chain === 'string' ? undefined : chain.forward;
}

/** The route that decided about a request. */
export function routeOf({ http }: Decision): Route | undefined {
  return http?.route;
}

/** Where the traffic can go. */
export function sharesOf({ http, connection }: Decision): readonly Share[] {
  return connection?.destinations ?? http?.destinations ?? [];
}
