import { chainOf } from './connection';
import { FAULT_TEXT, GrpcAnswer, withGrpc } from './grpc';
import { failedCondition, SeenRequest } from './http-conditions';
import { SOME_ID } from './own-headers';
import { normalizePath, PathNormalization, splitQuery } from './path';
import type { ConnectionQuestion, HeaderLine, HttpQuestion } from './question';
import { receivedHeaders } from './received-headers';
import { redirectLocation } from './redirect-location';
import { looksLikeHttp, METHODS } from './request-line';
import { rewrittenPath } from './rewritten-path';
import { matchesText } from './text-matchers';
import { readObject, readText } from '../mesh/manifest';
import type { MeshConfig } from '../mesh/mesh-options';
import type { Proxy } from '../mesh/proxy';
import type { Route, RouteDestination } from '../mesh/routes';
import type { SidecarProxy } from '../mesh/sidecar-proxy';
import type { HttpRule } from '../mesh/specs';

/** One of the places that traffic can go to. */
export interface Share {
  readonly cluster: string;
  readonly percent: number;

  /** Whether the proxy has the cluster; what goes to one that it lacks is answered 503, a connection is closed. */
  readonly exists: boolean;
}

/** A route that was tried. */
export interface TriedRoute {
  readonly route: Route;

  /** The first condition that the request does not meet; absent on the route that took it. */
  readonly failed?: string;
}

/** What becomes of a connection. */
export interface ConnectionAnswer {
  readonly connection: 'forwarded' | 'closed' | 'refused';

  /** Whether the proxy ends TLS. */
  readonly endsTls: boolean;
  readonly destinations: readonly Share[];
}

/** What becomes of a request. */
export interface HttpAnswer {
  /** Set where the connection is not looked into, or not taken. */
  readonly connection?: ConnectionAnswer;

  /** What the proxy itself answers; absent where the upstream answers. In the place of it gRPC clients get status 200 and what is meant for them. */
  readonly status?: number;
  readonly grpc?: GrpcAnswer;

  /** What the proxy writes to the client; absent where it answers without that. */
  readonly text?: string;
  readonly location?: string;

  /** The route that decided. */
  readonly route?: Route;
  readonly routeName?: string;

  /** Where the request can go, or the one chosen where the question says how. */
  readonly destinations: readonly Share[];

  /** What the upstream sees. */
  readonly upstream?: { readonly path: string; readonly authority: string };

  /** The routes that were tried, in order. */
  readonly trace: readonly TriedRoute[];
}

/** What becomes of a connection whose content is not http in clear. */
export function simulateConnection(proxy: Proxy, question: ConnectionQuestion): ConnectionAnswer {
  return connectionAnswer(proxy, chainOf(proxy, question, false));
}

function connectionAnswer(proxy: Proxy, chain: ReturnType<typeof chainOf>): ConnectionAnswer {
  if (chain === 'refused' || chain === 'closed') {
    return { connection: chain, endsTls: false, destinations: [] };
  }
  const destinations = shares(proxy, chain.forward?.destinations ?? []);
  const isDead = destinations.every(({ exists }) => !exists);
  return { connection: isDead ? 'closed' : 'forwarded', endsTls: chain.endsTls, destinations };
}

/** What becomes of an http request, over TLS where the question says so. */
export function simulateHttp(proxy: Proxy, config: MeshConfig, question: HttpQuestion): HttpAnswer {
  const answer = answerTo(proxy, config, question);
  return answer.status === undefined ? answer : withGrpc(answer, question);
}

function answerTo(proxy: Proxy, config: MeshConfig, question: HttpQuestion): HttpAnswer {
  const isSidecar = 'outboundCluster' in proxy;
  const chain = chainOf(proxy, question, question.tls !== true && (!isSidecar || looksLikeHttp(question.method, question.target)));
  if (chain === 'refused' || chain === 'closed' || chain.routeTable === undefined) {
    return { connection: connectionAnswer(proxy, chain), destinations: [], trace: [] };
  }
  if (question.tls === true && !chain.endsTls) {
    return { connection: connectionAnswer(proxy, 'closed'), destinations: [], trace: [] };
  }
  const request = readRequest(question, config, isSidecar);
  if (!(request instanceof ReadRequest)) {
    return request;
  }
  const virtualHost = proxy.routeTable(chain.routeTable)?.find(request.authority);
  if (virtualHost === undefined) {
    return own(404);
  }
  if (virtualHost.requiresTls && question.tls !== true) {
    return { ...own(301), location: `https://${request.authority}${request.path}${request.query}` };
  }
  if (virtualHost.fallback !== undefined) {
    const cluster = (proxy as SidecarProxy).outboundCluster;
    const isBlocked = virtualHost.fallback === 'block_all';
    return {
      ...own(isBlocked ? 502 : undefined),
      routeName: virtualHost.fallback,
      destinations: isBlocked ? [] : shares(proxy, [{ cluster, weight: 1, index: 0 }]),
      upstream: isBlocked ? undefined : { path: request.path + request.query, authority: request.authority },
    };
  }
  const trace: TriedRoute[] = [];
  for (const route of virtualHost.routes) {
    const failed = failedCondition(route.match, request);
    trace.push({ route, failed });
    if (failed === undefined) {
      const { status, text, location, destinations, upstream } = act(proxy, route, request, question);
      return { status, text, location, route, routeName: route.name, destinations, upstream, trace };
    }
  }
  return { ...own(404), trace };
}

const NO_TRACE: readonly TriedRoute[] = [];

function own(status: number | undefined, text: string | undefined = status === undefined ? undefined : ''): HttpAnswer {
  return { status, text, destinations: [], trace: NO_TRACE };
}

function lost(destinations: readonly Share[]): HttpAnswer {
  return { status: 503, text: '', destinations, trace: NO_TRACE };
}

/** What the proxy answers that does not get so far as to see what kind of a request it is. */
function unread(status: number): HttpAnswer {
  return { ...own(status), text: undefined };
}

/** The request as routes see it, or what the proxy answers that refuses to read it. */
function readRequest(question: HttpQuestion, config: MeshConfig, isSidecar: boolean): ReadRequest | HttpAnswer {
  const url = /^(https?):\/\/([^/?]+)(.*)$/i.exec(question.target);
  const authority = url === null ? question.authority : url[2];
  const target = url === null ? question.target : url[3] || '/';
  const isSecure = question.tls === true;
  if (!METHODS.has(question.method)) {
    return unread(400);
  }
  if (authority === undefined || target.includes('#')) {
    return own(400);
  }
  if (question.method === 'CONNECT') {
    return unread(target.startsWith('/') ? 400 : 404);
  }
  if (!target.startsWith('/')) {
    return url !== null || (question.method === 'OPTIONS' && /^\*(\?|$)/.test(target)) ? own(404) : unread(400);
  }
  if (url !== null && url[1].toLowerCase() === 'https' && !isSecure && !isSidecar) {
    return unread(403);
  }
  const { path: rawPath, query } = splitQuery(target);
  const path = normalizePath(rawPath, normalizationOf(config));
  if (path === undefined) {
    return own(400);
  }
  const received = question.headers.length === 0 ? question.headers : receivedHeaders(question.headers, !isSidecar);
  const forwarded = received.find(([name]) => name === 'x-forwarded-proto')?.[1];
  const protocol = forwarded?.toLowerCase();
  const told = protocol === 'http' || protocol === 'https' ? protocol : undefined;
  // without a protocol Envoy finds no route
  if (forwarded === '') {
    return own(404);
  }
  const scheme = url?.[1].toLowerCase() ?? told ?? (isSecure ? 'https' : 'http');
  return new ReadRequest(question.method, scheme, authority, path, query, received, isSidecar);
}

/** A request whose headers are indexed only where a route asks for one. */
class ReadRequest implements SeenRequest {
  private indexed?: ReadonlyMap<string, readonly string[]>;

  constructor(
    public readonly method: string, public readonly scheme: string, public readonly authority: string,
    public readonly path: string, public readonly query: string,
    private readonly received: readonly HeaderLine[], private readonly isSidecar: boolean,
  ) {
  }

  public get headers(): ReadonlyMap<string, readonly string[]> {
    return this.indexed ??= this.index();
  }

  private index(): ReadonlyMap<string, readonly string[]> {
    const headers = new Map<string, readonly string[]>();
    for (const [name, content] of this.received) {
      headers.set(name, [...headers.get(name) ?? [], content]);
    }
    if (!headers.has('x-forwarded-proto')) {
      headers.set('x-forwarded-proto', [this.scheme]);
    }
    if (!this.isSidecar || !headers.get('x-request-id')?.[0]) {
      headers.set('x-request-id', [SOME_ID]);
    }
    headers.set('host', [this.authority]);
    headers.set(':authority', [this.authority]);
    headers.set(':method', [this.method]);
    headers.set(':path', [this.path + this.query]);
    headers.set(':scheme', [this.scheme]);
    return headers;
  }
}

/** How the proxies of a mesh normalise paths. */
export function normalizationOf(config: MeshConfig): PathNormalization {
  const mode = readText(readObject(config.given.pathNormalization).normalization);
  return mode === 'NONE' || mode === 'MERGE_SLASHES' || mode === 'DECODE_AND_MERGE_SLASHES' ? mode : 'BASE';
}

function act(proxy: Proxy, route: Route, request: SeenRequest, question: HttpQuestion): HttpAnswer {
  const rule = route.rule?.spec ?? {};
  const aborted = abortStatus(rule);
  if (aborted !== undefined) {
    return { ...own(aborted, FAULT_TEXT), destinations: chosen(proxy, route.destinations, question.random) };
  }
  if (rule.redirect !== undefined) {
    return { ...own(rule.redirect.redirectCode || 301), location: redirectLocation(route, request) };
  }
  if (rule.directResponse !== undefined) {
    const { status, body } = rule.directResponse;
    return own(status ?? 200, body?.string ?? Buffer.from(body?.bytes ?? '', 'base64').toString());
  }
  if (isAnsweredPreflight(rule, request)) {
    // by the filter for CORS, which does not ask whether it is gRPC
    return unread(200);
  }
  const destinations = chosen(proxy, route.destinations, question.random);
  const isLost = destinations.length > 0 && destinations.every(({ exists }) => !exists);
  const path = rewrittenPath(rule, route.match?.uri, request.path) + request.query;
  const only = destinations.length === 1 ? route.destinations.find(({ cluster }) => cluster === destinations[0].cluster) : undefined;
  return isLost ? lost(destinations) : { destinations, upstream: { path, authority: authorityFor(rule, only, request) }, trace: NO_TRACE };
}

/** The status of an abort that every request gets. */
export function abortStatus({ fault }: HttpRule): number | undefined {
  const abort = fault?.abort;
  if ((abort?.percentage?.value ?? 0) < 100) {
    return undefined;
  }
  return abort!.httpStatus || (abort!.grpcStatus === undefined ? undefined : 200);
}

/** The `Host` that the upstream gets. */
export function authorityFor(rule: HttpRule, destination: RouteDestination | undefined, { authority }: Pick<SeenRequest, 'authority'>): string {
  const { rewrite, headers } = rule;
  return rewrite?.authority || hostOf(headers?.request) || hostOf(destination?.spec?.headers?.request) || authority;
}

/** What a rule does with headers. */
export interface Operations {
  readonly set?: { readonly [name: string]: string };
  readonly add?: { readonly [name: string]: string };
}

/** The `Host` that operations on headers set. */
export function hostOf(operations: Operations | undefined): string | undefined {
  return operations === undefined ? undefined : hostAmong(operations.set) ?? hostAmong(operations.add);
}

function hostAmong(texts: Operations['set']): string | undefined {
  for (const name in texts) {
    const lower = name.toLowerCase();
    if ((lower === 'host' || lower === ':authority') && texts[name] !== '') {
      return texts[name];
    }
  }
  return undefined;
}

function isAnsweredPreflight({ corsPolicy }: HttpRule, request: SeenRequest): boolean {
  if (corsPolicy === undefined || request.method !== 'OPTIONS') {
    return false;
  }
  const { headers } = request;
  const origin = headers.get('origin')?.[0];
  if (!origin || !headers.get('access-control-request-method')?.[0]) {
    return false;
  }
  const { allowOrigins = [], allowOrigin = [] } = corsPolicy;
  const allowed = allowOrigins.length > 0 ? allowOrigins : allowOrigin.map(exact => ({ exact }));
  return corsPolicy.unmatchedPreflights === 'IGNORE' || allowed.some(match => match.exact === '*' || matchesText(match, origin));
}

function chosen(proxy: Proxy, destinations: readonly RouteDestination[], random: number | undefined): readonly Share[] {
  const all = shares(proxy, destinations);
  if (random === undefined || all.length < 2) {
    return all;
  }
  let left = random % destinations.reduce((sum, { weight }) => sum + weight, 0);
  const index = destinations.findIndex(({ weight }) => (left -= weight) < 0);
  return [{ ...all[index], percent: 100 }];
}

/** The shares of lists of destinations, each of which belongs to one proxy. */
const knownShares = new WeakMap<readonly RouteDestination[], readonly Share[]>();

function shares(proxy: Proxy, destinations: readonly RouteDestination[]): readonly Share[] {
  const known = knownShares.get(destinations) ?? findShares(proxy, destinations);
  knownShares.set(destinations, known);
  return known;
}

function findShares(proxy: Proxy, destinations: readonly RouteDestination[]): readonly Share[] {
  const sum = destinations.reduce((total, { weight }) => total + weight, 0);
  return destinations.map(({ cluster, weight }) => ({
    cluster,
    percent: 100 * weight / sum,
    exists: cluster === 'PassthroughCluster' || proxy.cluster(cluster) !== undefined,
  }));
}
