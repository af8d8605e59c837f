import { grpcTimeout, isGrpc } from './grpc';
import { changeHeaders, HeaderChanges } from './header-changes';
import { completeHeaders, Entry } from './own-headers';
import type { HeaderLine } from './question';
import { receivedHeaders } from './received-headers';
import { hostOf } from './simulate';
import { parseDuration } from '../checks/schema/duration';
import type { HttpDestination, HttpRule } from '../mesh/specs';

/** A request on its way through a proxy, once its route and destination are chosen. */
export interface RoutedRequest extends Entry {
  readonly rule: HttpRule;
  readonly destination?: HttpDestination;
  /** As the client sent them. */
  readonly lines: readonly HeaderLine[];
  readonly before: { readonly path: string; readonly authority: string };

  /** @default 'GET' */
  readonly method?: string;
  readonly routeName?: string;
  readonly cluster?: string;
  readonly serverName?: string;
}

/**
 * The headers that the upstream gets, in the order in which they are sent. Of those that Envoy adds to every request only what a rule changes is told:
 * `x-forwarded-proto`, `x-request-id`, `x-envoy-attempt-count`, and at gateways `x-forwarded-for`, `x-envoy-external-address`, `x-envoy-internal`.
 */
export function upstreamHeaders(request: RoutedRequest): HeaderChanges {
  const { rule, destination, isGateway, tls, lines, before, routeName, cluster, serverName } = request;
  const arrived = completeHeaders(receivedHeaders(lines, isGateway), { isGateway, tls });
  const kept = new Set(arrived.lines.map(([name]) => name).filter(name => !arrived.own.has(name)));
  const removed = new Set(lines.map(([name]) => name.toLowerCase()).filter(name => !kept.has(name)));
  const timeout = expectedTimeout(rule, grpcTimeout(lines));
  const own: HeaderLine[] = timeout === undefined ? [] : [['x-envoy-expected-rq-timeout-ms', String(timeout)]];
  // in the place of that of the client
  const told: HeaderLine[] = timeout === undefined || !isGrpc(lines) ? [] : [['grpc-timeout', `${timeout}m`]];
  const arrivedLines = told.length === 0 ? arrived.lines : arrived.lines.map((line): HeaderLine => line[0] === 'grpc-timeout' ? told[0] : line);
  own.push(...told.filter(([name]) => !kept.has(name)));
  const ruled = changeHeaders('request', [...arrivedLines, ...own], rule, destination, { request: pseudoHeaders(request, before), routeName, cluster, serverName }, arrived.own);
  const last: HeaderLine[] = [];
  // of several entries the chosen one sets the host like any other header, before the route looks at it
  const ofEntry = hostOf(destination?.headers?.request);
  const isSplit = (rule.route ?? []).length > 1;
  const seen = isSplit ? ofEntry ?? before.authority : before.authority;
  // also where the host stays the same
  if (rule.rewrite?.authority || hostOf(rule.headers?.request) || (!isSplit && ofEntry)) {
    last.push(['x-envoy-original-host', seen]);
  }
  if (rule.rewrite?.uri || rule.rewrite?.uriRegexRewrite !== undefined) {
    last.push(['x-envoy-original-path', before.path]);
  }
  const replaced = new Map(last);
  const stays = ([name]: HeaderLine): boolean => !replaced.has(name);
  // one that is there already keeps its place
  const finish = (sent: readonly HeaderLine[]): HeaderLine[] => {
    const present = new Set(sent.map(([name]) => name));
    return [...sent.map(([name, text]): HeaderLine => [name, replaced.get(name) ?? text]), ...last.filter(([name]) => !present.has(name))];
  };
  return {
    lines: finish(ruled.lines),
    complete: finish(ruled.complete),
    added: [...own, ...ruled.added.filter(stays), ...last],
    removed: [...removed, ...ruled.removed],
  };
}

/** What a request is asked for, as header rules refer to it. */
export function pseudoHeaders({ method = 'GET', tls }: Pick<RoutedRequest, 'method' | 'tls'>, { path, authority }: RoutedRequest['before']): HeaderLine[] {
  return [[':method', method], [':scheme', tls ? 'https' : 'http'], [':path', path], [':authority', authority], ['host', authority]];
}

/** The time in milliseconds that Envoy tells the upstream to have: the smaller one of the route's and that of a single attempt. */
function expectedTimeout({ timeout, retries }: HttpRule, ofClient: number | undefined): number | undefined {
  const times = [milliseconds(timeout), milliseconds(retries?.perTryTimeout), ofClient].filter(time => time !== undefined && time > 0) as number[];
  return times.length === 0 ? undefined : Math.min(...times);
}

/** A duration as Istio writes it, in milliseconds. */
export function milliseconds(text: string | undefined): number | undefined {
  const nanoseconds = text === undefined ? undefined : parseDuration(text);
  return nanoseconds === undefined ? undefined : Math.floor(Number(nanoseconds) / 1e6);
}
