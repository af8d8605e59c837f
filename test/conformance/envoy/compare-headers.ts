import type { Observation } from './envoy';
import type { MeshConfig } from '../../../lib/mesh/mesh-options';
import type { RouteDestination } from '../../../lib/mesh/routes';
import { completedRule } from '../../../lib/simulation/completed-rule';
import { corsHeaders } from '../../../lib/simulation/cors-headers';
import { changeHeaders } from '../../../lib/simulation/header-changes';
import { completeHeaders, SOME_ID } from '../../../lib/simulation/own-headers';
import { normalizePath, splitQuery } from '../../../lib/simulation/path';
import type { HeaderLine, HttpQuestion } from '../../../lib/simulation/question';
import { receivedHeaders } from '../../../lib/simulation/received-headers';
import { HttpAnswer, normalizationOf } from '../../../lib/simulation/simulate';
import { upstreamHeaders } from '../../../lib/simulation/upstream-request';

/** Headers of requests and answers that Envoy itself cares for, of which the simulation does not speak. */
const OWN = new Set([
  'host', 'x-forwarded-proto', 'x-envoy-attempt-count', 'x-forwarded-for', 'x-envoy-external-address', 'x-envoy-internal', 'content-length',
  'date', 'server', 'content-type', 'x-envoy-upstream-service-time', 'transfer-encoding', 'connection', 'location', 'x-sim-random', 'grpc-status', 'grpc-message',
]);

/** What every upstream answers with. */
const ANSWERED: readonly HeaderLine[] = [['x-up', 'orig']];

/** What Envoy makes up for each request. */
const IDENTIFIER = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

function told(lines: readonly HeaderLine[]): string[] {
  return lines.filter(([name]) => !OWN.has(name.toLowerCase())).map(([name, content]) => `${name.toLowerCase()}: ${content.replace(IDENTIFIER, SOME_ID)}`);
}

/** The headers that the chosen upstream saw, in their order, as simulated and in truth. */
export function upstreamHeaderLines(
  config: MeshConfig, isGateway: boolean, question: HttpQuestion, { route }: HttpAnswer, seen: readonly HeaderLine[],
): [simulated: string[], real: string[]] {
  const { path, query } = splitQuery(question.target);
  const before = { path: (normalizePath(path, normalizationOf(config)) ?? path) + query, authority: question.authority ?? '' };
  const rule = completedRule(route, config);
  const destination = chosenEntry(route?.destinations ?? [], question.random)?.spec;
  const { complete } = upstreamHeaders({ rule, destination, isGateway, tls: question.tls, lines: question.headers, before });
  return [told(complete), told(seen)];
}

/** The headers that the client got, by name, as simulated and in truth. */
export function clientHeaderLines(
  isGateway: boolean, question: HttpQuestion, { route, status }: HttpAnswer, { headers: got = [], upstreams }: Observation,
): [simulated: string[], real: string[]] {
  const rule = route?.rule?.spec ?? {};
  const received = receivedHeaders(question.headers, isGateway);
  const headers = new Map<string, string[]>();
  received.forEach(([name, content]) => headers.set(name, [...headers.get(name) ?? [], content]));
  const isOwn = status !== undefined;
  const cors = corsHeaders(rule, question.method, headers, isOwn);
  const destination = chosenEntry(route?.destinations ?? [], question.random)?.spec;
  // what the upstream saw is compared on its own
  const asked = isOwn ? completeHeaders(received, { isGateway, tls: question.tls }).lines : upstreams[0].headers;
  const changed = cors.isPreflight ? [] : changeHeaders('response', isOwn ? [] : ANSWERED, rule, destination, asked).lines;
  return [told([...cors.lines, ...changed]).sort(), told(got).sort()];
}

function chosenEntry(destinations: readonly RouteDestination[], random: number | undefined): RouteDestination | undefined {
  if (destinations.length < 2) {
    return destinations[0];
  }
  let left = (random ?? 0) % destinations.reduce((sum, { weight }) => sum + weight, 0);
  return destinations.find(({ weight }) => (left -= weight) < 0);
}
