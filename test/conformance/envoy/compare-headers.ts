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
import { pseudoHeaders, upstreamHeaders } from '../../../lib/simulation/upstream-request';

/** Headers of requests and answers that Envoy itself cares for, of which the simulation does not speak. */
const OWN = new Set([
  'host', 'x-forwarded-proto', 'x-envoy-attempt-count', 'x-forwarded-for', 'x-envoy-external-address', 'x-envoy-internal', 'content-length',
  'date', 'server', 'content-type', 'x-envoy-upstream-service-time', 'transfer-encoding', 'connection', 'location', 'x-sim-random', 'grpc-status', 'grpc-message',
]);

/** What every upstream answers with. */
const ANSWERED: readonly HeaderLine[] = [['x-up', 'orig']];

/** What Envoy makes up for each request. */
const IDENTIFIER = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The name of a cluster, behind the number that tells the proxies of one Envoy apart. */
const NUMBERED = /\d+\/(outbound\||PassthroughCluster)/g;

function told(lines: readonly HeaderLine[]): string[] {
  return lines.filter(([name]) => !OWN.has(name.toLowerCase())).map(([name, content]) => `${name.toLowerCase()}: ${content.replace(IDENTIFIER, SOME_ID).replace(NUMBERED, '$1')}`);
}

/** The request as rules find it. */
function requestBefore(config: MeshConfig, { target, authority = '' }: HttpQuestion): { readonly path: string; readonly authority: string } {
  const { path, query } = splitQuery(target);
  return { path: (normalizePath(path, normalizationOf(config)) ?? path) + query, authority };
}

/** The headers that the chosen upstream saw, in their order, as simulated and in truth. */
export function upstreamHeaderLines(
  config: MeshConfig, isGateway: boolean, question: HttpQuestion, { route }: HttpAnswer, seen: readonly HeaderLine[],
): [simulated: string[], real: string[]] {
  const before = requestBefore(config, question);
  const rule = completedRule(route, config);
  const { method, sni, tls, headers: lines } = question;
  const { cluster, spec: destination } = chosenEntry(route?.destinations ?? [], question.random) ?? {};
  const { complete } = upstreamHeaders({
    rule, destination, isGateway, tls, lines, before, method, routeName: route?.name, cluster, serverName: sni,
  });
  return [told(complete), told(seen)];
}

/** The headers that the client got, by name, as simulated and in truth. */
export function clientHeaderLines(
  config: MeshConfig, isGateway: boolean, question: HttpQuestion, { route, status }: HttpAnswer, { headers: got = [], upstreams }: Observation,
): [simulated: string[], real: string[]] {
  const rule = route?.rule?.spec ?? {};
  const simulated = requestBefore(config, question);
  const received = receivedHeaders(question.headers, isGateway);
  const headers = new Map<string, string[]>();
  received.forEach(([name, content]) => headers.set(name, [...headers.get(name) ?? [], content]));
  const isOwn = status !== undefined;
  const cors = corsHeaders(rule, question.method, headers, isOwn);
  const { cluster, spec: destination } = chosenEntry(route?.destinations ?? [], question.random) ?? {};
  // what the upstream saw is compared on its own
  const asked = isOwn ? completeHeaders(received, { isGateway, tls: question.tls }).lines : upstreams[0].headers;
  const { path = simulated.path, headers: seen = [] } = isOwn ? {} : upstreams[0];
  const authority = seen.find(([name]) => name === 'host')?.[1] ?? simulated.authority;
  const facts = {
    request: [...pseudoHeaders(question, { path, authority }), ...asked],
    routeName: route?.name,
    cluster: isOwn ? undefined : cluster,
    serverName: question.sni,
  };
  const changed = cors.isPreflight ? [] : changeHeaders('response', isOwn ? [] : ANSWERED, rule, destination, facts).lines;
  return [told([...cors.lines, ...changed]).sort(), told(got).sort()];
}

function chosenEntry(destinations: readonly RouteDestination[], random: number | undefined): RouteDestination | undefined {
  if (destinations.length < 2) {
    return destinations[0];
  }
  let left = (random ?? 0) % destinations.reduce((sum, { weight }) => sum + weight, 0);
  return destinations.find(({ weight }) => (left -= weight) < 0);
}
