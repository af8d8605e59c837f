import { compareConnection, compareHttp } from './compare';
import { Envoy, Observation } from './envoy';
import { modelOf, proxyIn } from './experiments';
import { inParallel } from './in-parallel';
import { choiceOf } from './static-config';
import { STATUS_HEADER } from './upstreams';
import type { HttpQuestion } from '../../../lib/simulation/question';
import { simulateConnection, simulateHttp } from '../../../lib/simulation/simulate';
import type { ExampleRequest, Meaning, Shares } from '../../example-requests';
import type { RandomMesh } from '../generators/mesh/mesh';
import { isHttp, Question } from '../generators/mesh/requests';

/** A draw for each percent. */
const DRAWS = Array.from({ length: 100 }, (_, draw) => draw);

/** So many requests that the share of those that are copied is hardly off by half. */
const COPIED = 600;

/** The ports of the gateways' pods by those of their Services. */
const GATEWAY_PORTS: { readonly [port: number]: number } = { 80: 8080, 443: 8443 };

/** The question as it arrives at the proxy. */
function questionOf({ from, ask, headers }: ExampleRequest): Question {
  const [, method = 'GET', address] = /^(?:(\S+) )?(\S+)$/.exec(ask)!;
  const url = /^(https?):\/\/([^/:]+)(?::(\d+))?(.*)$/.exec(address);
  const [host, number] = url === null ? address.split(':') : [url[2], url[3] ?? { http: 80, https: 443 }[url[1]]];
  const port = from.type === 'router' ? GATEWAY_PORTS[Number(number)] : Number(number);
  if (method === 'tcp') {
    return { port, address: host };
  }
  const tls = method === 'tls' || url?.[1] === 'https' ? { tls: true, sni: host.toLowerCase() } : {};
  // what a sidecar gets of https is what the application has encrypted
  if (url === null || (tls.tls && from.type === 'sidecar')) {
    return { port, ...tls };
  }
  return { port, ...tls, method, authority: url[3] === undefined ? host : `${host}:${url[3]}`, target: url[4], headers: Object.entries(headers) };
}

/** The same question as often as it takes to see what is meant. */
function questionsFor(request: ExampleRequest): readonly Question[] {
  const question = questionOf(request);
  if (!isHttp(question)) {
    return [question];
  }
  const { copies, tries, goesTo } = request.meant;
  if (copies !== undefined) {
    return Array.from({ length: COPIED }, () => question);
  }
  // one draw of a share is as good as another where nothing is said of shares, as long as both make the same
  const draws = typeof goesTo === 'object' ? DRAWS : DRAWS.slice(0, 1);
  const status: readonly [string, string][] = tries === undefined ? [] : [[STATUS_HEADER, '503']];
  return draws.map(random => ({ ...question, headers: [...question.headers, ...status], random }));
}

function sharesIn(seen: readonly Observation[]): Shares {
  const shares: { [cluster: string]: number } = {};
  for (const { cluster } of seen) {
    const all = choiceOf(cluster ?? 'none');
    const sum = all.reduce((total, { weight }) => total + weight, 0);
    all.forEach(each => shares[each.cluster] = (shares[each.cluster] ?? 0) + 100 * each.weight / sum / seen.length);
  }
  return Object.fromEntries(Object.entries(shares).map(([cluster, percent]) => [cluster, Math.round(percent * 1000) / 1000]));
}

function linesOf(headers: Observation['headers'] = []): string[] {
  return headers.map(([name, content]) => `${name.toLowerCase()}: ${content}`);
}

/** What happened, as far as a meaning speaks of it. */
function happened(seen: readonly Observation[], meant: Meaning): Meaning {
  const [first] = seen;
  const main = first.upstreams.find(({ cluster }) => cluster === first.cluster);
  const upstream = linesOf(main?.headers);
  const shares = sharesIn(seen);
  const isForwarded = first.connection === 'forwarded' || main !== undefined;
  const all: Meaning = {
    goesTo: !isForwarded ? undefined : typeof meant.goesTo === 'object' ? { ...withZeros(meant.goesTo), ...shares } : Object.keys(shares).join(),
    status: isForwarded ? undefined : first.status,
    location: first.headers?.find(([name]) => name === 'location')?.[1],
    path: main?.path,
    authority: main?.headers.find(([name]) => name.toLowerCase() === 'host')?.[1],
    upstreamHeaders: meant.upstreamHeaders?.filter(line => upstream.includes(line)),
    withoutHeaders: meant.withoutHeaders?.filter(name => !upstream.some(line => line.startsWith(`${name}:`))),
    clientHeaders: meant.clientHeaders?.filter(line => linesOf(first.headers).includes(line)),
    connection: first.connection === 'forwarded' ? undefined : first.connection,
    copies: meant.copies && nearly(meant.copies, seen),
    isDelayed: first.flags?.split(',').includes('DI'),
    tries: first.upstreams.length,
  };
  return Object.fromEntries(Object.keys(meant).map(name => [name, all[name as keyof Meaning]]));
}

function withZeros(shares: Shares): Shares {
  return Object.fromEntries(Object.keys(shares).map(name => [name, 0]));
}

/** The percentages that are meant, where what was counted is near them: which requests are copied is chance. */
function nearly(meant: Shares, seen: readonly Observation[]): Shares {
  return Object.fromEntries(Object.entries(meant).map(([name, percent]) => {
    const copied = seen.filter(({ upstreams, cluster }) => cluster !== name && upstreams.some(each => each.cluster === name));
    const counted = 100 * copied.length / seen.length;
    return [name, counted > percent / 2 && counted < percent * 1.5 ? percent : counted];
  }));
}

/** What a request to an example did, and in what the simulation differs. */
export interface ExampleOutcome {
  readonly happened: Meaning;
  readonly differences: readonly object[];
}

/** Puts a request to the real Envoy and to the simulation, as often as it takes to see what is meant. */
export async function judgeExample(envoy: Envoy, role: number, mesh: RandomMesh, request: ExampleRequest): Promise<ExampleOutcome> {
  const model = modelOf(mesh);
  const proxy = proxyIn(model, request.from);
  const questions = questionsFor(request);
  const answers: [Question, () => Observation][] = [];
  await inParallel(questions, 16, async question => {
    const look = isHttp(question) ? await envoy.askHttp(role, question) : await envoy.askConnection(role, question).then(real => () => real);
    answers.push([question, look]);
  });
  if (request.meant.copies !== undefined) {
    // the last copies may still be on their way
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  const seen = answers.map(([question, look]) => [question, look()] as const);
  const differences = seen.flatMap(([question, real]) => isHttp(question)
    ? compareHttp(proxy, model.config, question, simulateHttp(proxy, model.config, question as HttpQuestion), real)
    : compareConnection(simulateConnection(proxy, question), real));
  return { happened: happened(seen.map(([, real]) => real), request.meant), differences };
}
