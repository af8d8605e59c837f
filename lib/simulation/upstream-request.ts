import { changeHeaders, HeaderChanges } from './header-changes';
import type { HeaderLine } from './question';
import { hostOf } from './simulate';
import { parseDuration } from '../checks/schema/duration';
import type { HttpDestination, HttpRule } from '../mesh/specs';

/** A request on its way through a proxy, once its route and destination are chosen. */
export interface RoutedRequest {
  readonly rule: HttpRule;
  readonly destination?: HttpDestination;
  readonly isGateway: boolean;

  /** As the client sent them. */
  readonly lines: readonly HeaderLine[];
  readonly before: { readonly path: string; readonly authority: string };
  readonly after: { readonly path: string; readonly authority: string };
}

/** Headers by which clients steer Envoy: it reads them and does not pass them on. */
const CONTROLS = [
  'x-envoy-max-retries', 'x-envoy-retry-on', 'x-envoy-retry-grpc-on', 'x-envoy-retriable-header-names', 'x-envoy-retriable-status-codes',
  'x-envoy-hedge-on-per-try-timeout', 'x-envoy-upstream-alt-stat-name',
  'x-envoy-upstream-rq-timeout-alt-response', 'x-envoy-upstream-rq-timeout-ms', 'x-envoy-upstream-rq-per-try-timeout-ms',
];

/** Headers that a gateway does not believe clients. */
const UNTRUSTED = [
  ...CONTROLS, 'x-envoy-decorator-operation', 'x-envoy-downstream-service-cluster', 'x-envoy-downstream-service-node',
  'x-envoy-expected-rq-timeout-ms', 'x-envoy-force-trace', 'x-envoy-internal', 'x-envoy-ip-tags', 'x-envoy-original-path', 'x-envoy-original-url',
  'x-forwarded-proto',
];

/** Headers of which Envoy makes one line. */
const JOINED = ['accept'];

/**
 * The headers that the upstream gets, in the order in which they are sent. Left out are those that Envoy adds to every request:
 * `x-forwarded-proto`, `x-request-id`, `x-envoy-attempt-count`, and at gateways `x-forwarded-for`, `x-envoy-external-address`, `x-envoy-internal`.
 */
export function upstreamHeaders({ rule, destination, isGateway, lines, before, after }: RoutedRequest): HeaderChanges {
  const dropped = new Set(isGateway ? UNTRUSTED : CONTROLS);
  const kept: HeaderLine[] = [];
  const removed = new Set<string>();
  for (const [name, text] of lines) {
    const lower = name.toLowerCase();
    const first = JOINED.includes(lower) ? kept.findIndex(([other]) => other === lower) : -1;
    if (dropped.has(lower)) {
      removed.add(lower);
    } else if (first >= 0) {
      kept[first] = [lower, `${kept[first][1]},${text.trim()}`];
    } else {
      kept.push([lower, text.trim()]);
    }
  }
  const timeout = expectedTimeout(rule);
  const own: HeaderLine[] = timeout === undefined ? [] : [['x-envoy-expected-rq-timeout-ms', String(timeout)]];
  const headers = new Map<string, string[]>([[':path', [before.path]], [':authority', [before.authority]], ['host', [before.authority]]]);
  kept.forEach(([name, text]) => headers.set(name, [...headers.get(name) ?? [], text]));
  const ruled = changeHeaders('request', [...kept, ...own], rule, destination, { headers });
  const last: HeaderLine[] = [];
  // of several entries the chosen one sets the host like any other header, before the route looks at it
  const seen = (rule.route ?? []).length > 1 ? hostOf(destination?.headers?.request) ?? before.authority : before.authority;
  if (after.authority !== seen) {
    last.push(['x-envoy-original-host', seen]);
  }
  if (rule.rewrite?.uri || rule.rewrite?.uriRegexRewrite !== undefined) {
    last.push(['x-envoy-original-path', before.path]);
  }
  const replaced = new Set(last.map(([name]) => name));
  const stays = ([name]: HeaderLine): boolean => !replaced.has(name);
  return {
    lines: [...ruled.lines.filter(stays), ...last],
    added: [...own, ...ruled.added.filter(stays), ...last],
    removed: [...removed, ...ruled.removed],
  };
}

/** The time in milliseconds that Envoy tells the upstream to have: the smaller one of the route's and that of a single attempt. */
function expectedTimeout({ timeout, retries }: HttpRule): number | undefined {
  const times = [timeout, retries?.perTryTimeout].map(milliseconds).filter(time => time !== undefined && time > 0) as number[];
  return times.length === 0 ? undefined : Math.min(...times);
}

/** A duration as Istio writes it, in milliseconds. */
export function milliseconds(text: string | undefined): number | undefined {
  const nanoseconds = text === undefined ? undefined : parseDuration(text);
  return nanoseconds === undefined ? undefined : Math.floor(Number(nanoseconds) / 1e6);
}
