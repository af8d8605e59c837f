import type { FilterChain, Forward, Listener } from '../../../lib/mesh/listeners';
import { NO_LABELS, TextMap } from '../../../lib/mesh/manifest';
import type { MeshModel } from '../../../lib/mesh/model';
import type { Proxy } from '../../../lib/mesh/proxy';
import type { Route } from '../../../lib/mesh/routes';
import { UNSPECIFIED } from '../../../lib/mesh/service-addresses';
import type { StringMatch } from '../../../lib/mesh/specs';
import { chainOf } from '../../../lib/simulation/connection';
import type { ConnectionQuestion, HeaderLine, HttpQuestion } from '../../../lib/simulation/question';
import { sampleOf } from '../../../lib/simulation/regex-sample';
import { ConnectionAnswer, HttpAnswer, simulateConnection, simulateHttp } from '../../../lib/simulation/simulate';
import { matchesText } from '../../../lib/simulation/text-matchers';
import { PORTS } from '../envoy/random-experiments';
import { PATH_PATTERNS, VALUE_PATTERNS } from '../generators/mesh/words';

/** Who asks. */
export interface Asker {
  /** The Gateways of the proxy; absent for a sidecar. */
  readonly gateways?: ReadonlySet<string>;
  readonly namespace: string;
  readonly labels: TextMap;
  readonly proxy: Proxy;
}

/** A question and what the proxy does about it. */
export interface Observation {
  readonly asker: Asker;
  readonly question: HttpQuestion | ConnectionQuestion;
  readonly http?: HttpAnswer;
  readonly connection?: ConnectionAnswer;

  /** What decided about a connection that is not looked into. */
  readonly forward?: Forward;
}

/** The proxies of all Gateways, and sidecars in namespaces with labels. */
export function askersOf(mesh: MeshModel, namespaces: readonly string[], labels: readonly TextMap[]): Asker[] {
  const gateways = new Map<Proxy, Asker>();
  for (const gateway of mesh.resources.gateways) {
    for (const workload of mesh.workloadsOfGateway(gateway)) {
      const proxy = mesh.gateway(workload);
      gateways.set(proxy, { proxy, namespace: workload.namespace, labels: workload.labels, gateways: new Set(proxy.gateways.map(({ key }) => key)) });
    }
  }
  const sidecars = namespaces.flatMap(namespace => [NO_LABELS, ...labels].map(own => ({
    namespace, labels: own, proxy: mesh.sidecar({ namespace, labels: own }),
  })));
  return [...gateways.values(), ...new Map(sidecars.map(asker => [asker.proxy, asker])).values()];
}

export function ask(mesh: MeshModel, asker: Asker, question: HttpQuestion | ConnectionQuestion): Observation {
  if ('method' in question) {
    const http = simulateHttp(asker.proxy, mesh.config, question);
    return { asker, question, http, connection: http.connection, forward: http.connection === undefined ? undefined : forwardOf(asker, question) };
  }
  return { asker, question, connection: simulateConnection(asker.proxy, question), forward: forwardOf(asker, question) };
}

function forwardOf({ proxy }: Asker, question: ConnectionQuestion): Forward | undefined {
  const chain = chainOf(proxy, question, false);
  return typeof chain === 'string' ? undefined : chain.forward;
}

/** For every route and every chain that a proxy has a request or connection that is made for it. */
export function constructed(mesh: MeshModel, asker: Asker): Observation[] {
  const { proxy } = asker;
  const listeners = PORTS.flatMap(port => proxy.listenersOn(port));
  const questions = listeners.flatMap(listener => [listener.defaultChain, ...listener.chains].flatMap(chain =>
    chain === undefined ? [] : questionsFor(proxy, listener, chain)));
  return questions.map(question => ask(mesh, asker, question));
}

function questionsFor(proxy: Proxy, listener: Listener, chain: FilterChain): (HttpQuestion | ConnectionQuestion)[] {
  const address = chain.addresses?.[0]?.split('/')[0] ?? (listener.address === UNSPECIFIED ? undefined : listener.address.split('/')[0]);
  const names: readonly (string | undefined)[] = chain.sniHosts?.map(nameUnder) ?? [undefined];
  const isTls = chain.endsTls || chain.sniHosts !== undefined;
  return names.flatMap(sni => {
    const connection: ConnectionQuestion = { port: listener.port, address, tls: isTls || undefined, sni, alpn: chain.alpn };
    const table = chain.routeTable === undefined ? undefined : proxy.routeTable(chain.routeTable);
    const requests = (table?.virtualHosts ?? []).flatMap(({ domains, routes }) => domains.flatMap(domain =>
      routes.flatMap(route => requestsFor(route, nameUnder(domain)).map(request => ({ ...connection, ...request })))));
    return [connection, ...requests];
  });
}

/** A name that a domain covers. */
export function nameUnder(domain: string): string {
  return domain === '*' ? 'anything.net' : domain.replace(/^\*/, 'n');
}

type Texts = { readonly [name: string]: StringMatch | undefined };
type Request = Pick<HttpQuestion, 'method' | 'authority' | 'target' | 'headers'>;

const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH'];

/** Requests that a route is made for: of each condition some texts that meet it, of which at least one is hoped to be no earlier route's. */
function requestsFor({ match = {} }: Route, authority: string): Request[] {
  const methods = METHODS.filter(method => match.method === undefined || matchesText(match.method, method)).slice(0, 4);
  const authorities = [authority, ...textsFor(match.authority, []), `${authority}:80`];
  const scheme = textsFor(match.scheme, [])[0];
  const query = Object.entries((match.queryParams ?? {}) as Texts).map(([name, text]) => `${name}=${textsFor(text, ['1'])[0].replace(/ /g, '%20')}`).join('&');
  const headers: HeaderLine[] = [
    ...linesFor(match.headers as Texts),
    // where the empty text is unwanted, the header has to be there
    ...Object.entries((match.withoutHeaders ?? {}) as Texts).filter(([, text]) => text?.exact === '').map(([name]): HeaderLine => [name, 'else']),
    ...scheme === undefined ? [] : [['x-forwarded-proto', scheme] as const],
  ];
  return textsFor(match.uri, ['/', '/else']).flatMap(path => methods.flatMap(method => [...new Set(authorities)].map(name => ({
    authority: name, method, target: (path.startsWith('/') ? path : `/${path}`).replace(/ /g, '%20') + (query === '' ? '' : `?${query}`), headers,
  }))));
}

function linesFor(texts: Texts = {}): HeaderLine[] {
  return Object.entries(texts).map(([name, text]) => [name, textsFor(text, ['else'])[0]]);
}

function textsFor(text: StringMatch | undefined, others: readonly string[]): readonly string[] {
  if (text?.exact !== undefined) {
    return [text.exact];
  }
  if (text?.prefix !== undefined) {
    return [text.prefix, `${text.prefix}x`, `${text.prefix}/else`];
  }
  if (text?.regex === undefined) {
    return others;
  }
  return [...PATH_PATTERNS, ...VALUE_PATTERNS].find(([regex]) => regex === text.regex)?.[1] ?? [sampleOf(text.regex)];
}
