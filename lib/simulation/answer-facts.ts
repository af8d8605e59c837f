import { completedRule } from './completed-rule';
import { corsHeaders } from './cors-headers';
import { Decision, forwardOf, positionOf, questionOf, routeOf, sharesOf } from './decision';
import { changeHeaders, HeaderChanges } from './header-changes';
import { completeHeaders } from './own-headers';
import { normalizePath, splitQuery } from './path';
import type { HeaderLine, HttpQuestion } from './question';
import { receivedHeaders } from './received-headers';
import { authorityFor, normalizationOf, Share } from './simulate';
import { TrafficDestination, TrafficHeader, TrafficOutcome, TrafficUpstream } from './traffic-facts';
import { pseudoHeaders, upstreamHeaders } from './upstream-request';
import { parseClusterName } from '../mesh/clusters';
import type { RouteDestination } from '../mesh/routes';
import type { HttpRule } from '../mesh/specs';

/** What became of the request, in one word. */
export function outcomeOf(decision: Decision): TrafficOutcome {
  const { http, connection } = decision;
  if (connection !== undefined) {
    if (connection.connection === 'forwarded') {
      return sharesOf(decision).some(({ cluster }) => cluster === 'BlackHoleCluster') ? TrafficOutcome.REFUSED : TrafficOutcome.FORWARDED;
    }
    const isRefused = forwardOf(decision) === undefined || sharesOf(decision).length === 0 || isBlackHole(decision);
    return isRefused ? TrafficOutcome.REFUSED : TrafficOutcome.UNREACHABLE;
  }
  const { status, destinations, location, route } = http!;
  if (location !== undefined) {
    return TrafficOutcome.REDIRECTED;
  }
  if (status === undefined) {
    return TrafficOutcome.FORWARDED;
  }
  if (route === undefined) {
    return status === 404 ? TrafficOutcome.NOT_FOUND : TrafficOutcome.REFUSED;
  }
  const isLost = status === 503 && destinations.length > 0 && destinations.every(({ exists }) => !exists) && !isAborted(route.rule?.spec ?? {});
  return isLost ? TrafficOutcome.UNREACHABLE : TrafficOutcome.ANSWERED;
}

function isBlackHole(decision: Decision): boolean {
  return sharesOf(decision).every(({ cluster }) => cluster === 'BlackHoleCluster');
}

/** Whether every request is answered with an error on purpose. */
export function isAborted({ fault }: HttpRule): boolean {
  const abort = fault?.abort;
  return (abort?.percentage?.value ?? 0) >= 100 && (!!abort?.httpStatus || abort?.grpcStatus !== undefined);
}

/** The places that the request can go to. */
export function destinationsOf(decision: Decision): TrafficDestination[] {
  const outcome = outcomeOf(decision);
  if (outcome !== TrafficOutcome.FORWARDED && outcome !== TrafficOutcome.UNREACHABLE) {
    return [];
  }
  return sharesOf(decision).map(share => destinationFact(share, decision.arrival.port));
}

export function destinationFact({ cluster, percent, exists }: Share, askedPort: number): TrafficDestination {
  const parts = parseClusterName(cluster);
  return {
    host: parts?.host ?? '',
    port: parts?.port ?? askedPort,
    subset: parts?.subset || undefined,
    percent,
    exists,
    isPassthrough: cluster === 'PassthroughCluster',
  };
}

/** The entry of the route that each of the destinations of an answer is made from. */
export function entriesOf(decision: Decision): readonly (RouteDestination | undefined)[] {
  const all = routeOf(decision)?.destinations ?? [];
  const shares = decision.http?.destinations ?? [];
  if (shares.length === all.length) {
    return all;
  }
  // of several that were drawn from, the one that was chosen
  const { draw } = decision.arrival;
  return shares.map(() => draw === undefined ? undefined : all[positionOf(draw, all)]);
}

/** The request as rules find it, before they change it. */
function requestBefore({ world }: Decision, question: HttpQuestion): { readonly path: string; readonly authority: string } {
  const { path, query } = splitQuery(question.target);
  const seen = normalizePath(path, normalizationOf(world.model.config)) ?? path;
  return { path: seen + query, authority: question.authority ?? '' };
}

function changedHeaders(decision: Decision, question: HttpQuestion, entry: RouteDestination | undefined): HeaderChanges {
  return upstreamHeaders({
    rule: completedRule(routeOf(decision), decision.world.model.config),
    destination: entry?.spec,
    isGateway: decision.via.gateway !== undefined,
    tls: question.tls,
    lines: question.headers,
    before: requestBefore(decision, question),
    method: question.method,
    routeName: routeOf(decision)?.name,
    cluster: entry?.cluster,
    serverName: question.sni,
  });
}

/** What the upstream sees where a request goes to one of the destinations. */
export function upstreamOf(decision: Decision, entry: RouteDestination | undefined): TrafficUpstream | undefined {
  const { http } = decision;
  const question = questionOf(decision);
  const rule = routeOf(decision)?.rule?.spec ?? {};
  if (question === undefined || http === undefined || http.upstream === undefined) {
    return undefined;
  }
  const headers = changedHeaders(decision, question, entry);
  return {
    method: question.method,
    path: http.upstream.path,
    authority: authorityFor(rule, entry, requestBefore(decision, question)),
    headers: headers.lines.map(headerFact),
    addedHeaders: headers.added.map(headerFact),
    removedHeaders: [...headers.removed],
  };
}

/** What the client gets beside the answer of the upstream. */
export function clientHeadersOf(decision: Decision, entry: RouteDestination | undefined): TrafficHeader[] {
  const question = questionOf(decision);
  const rule = routeOf(decision)?.rule?.spec;
  if (question === undefined || rule === undefined || decision.connection !== undefined) {
    return [];
  }
  const isGateway = decision.via.gateway !== undefined;
  const received = receivedHeaders(question.headers, isGateway);
  const headers = byName(received);
  const isAnswered = decision.http!.status !== undefined;
  const cors = corsHeaders(rule, question.method, headers, isAnswered);
  const isPreflight = cors.isPreflight;
  const asked = isAnswered ? completeHeaders(received, { isGateway, tls: question.tls }).lines : changedHeaders(decision, question, entry).complete;
  const before = requestBefore(decision, question);
  const seen = isAnswered ? before : { path: decision.http!.upstream?.path ?? before.path, authority: authorityFor(rule, entry, before) };
  const facts = {
    request: [...pseudoHeaders(question, seen), ...asked],
    routeName: routeOf(decision)?.name,
    cluster: isAnswered ? undefined : entry?.cluster,
    serverName: question.sni,
  };
  const ruled = isPreflight ? [] : changeHeaders('response', [], rule, entry?.spec, facts).added;
  return [...cors.lines, ...ruled.filter(([name]) => name !== 'server')].map(headerFact);
}

function byName(lines: readonly HeaderLine[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  lines.forEach(([name, text]) => headers.set(name, [...headers.get(name) ?? [], text]));
  return headers;
}

function headerFact([name, text]: HeaderLine): TrafficHeader {
  return { name, text };
}
