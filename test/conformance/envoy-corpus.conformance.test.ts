import { readFileSync } from 'fs';
import * as path from 'path';
import { isDeepStrictEqual } from 'util';
import { newCertificate } from './envoy/certificate';
import { compareConnection, compareHttp, headerIn, hostOf } from './envoy/compare';
import { Envoy, Observation, Role } from './envoy/envoy';
import { inParallel } from './envoy/in-parallel';
import type { ProxyConfig } from './envoy/static-config';
import { Oracle } from './oracle';
import type { HeaderLine, HttpQuestion } from '../../lib/simulation/question';
import { simulateConnection, simulateHttp } from '../../lib/simulation/simulate';
import { Experiment, manifestsOfMesh, modelOfExperiment, proxyOfExperiment } from '../mesh/corpus';
import { sharedFolder } from '../shared';

interface Case extends Experiment {
  readonly request: Omit<HttpQuestion, 'headers' | 'address' | 'authority' | 'target'> & {
    readonly ip?: string;
    readonly bytes?: string;
    readonly authority: string | null;
    readonly path: string;
    readonly requestTarget?: string;
    readonly headers?: { readonly [name: string]: string } | readonly HeaderLine[];
    readonly clustersWithoutEndpoints?: readonly string[];
  };
  readonly expect: {
    readonly connection?: string;
    readonly configurationRejectedByEnvoy?: string;
    readonly [property: string]: unknown;
  };
}

const corpus = sharedFolder('corpus/routing');

/** Headers that Envoy adds to every message, of which the corpus does not speak. */
const USUAL = new Set([
  'host', 'x-forwarded-proto', 'x-request-id', 'x-envoy-attempt-count', 'x-forwarded-for', 'x-envoy-external-address', 'x-envoy-internal',
  'date', 'server', 'content-length', 'content-type', 'x-envoy-upstream-service-time', 'transfer-encoding', 'connection', 'location',
  'x-sim-random',
]);

function questionOf({ request }: Case): HttpQuestion {
  const { port, ip: address, tls, sni, alpn, random, method, authority, headers = {} } = request;
  return {
    port,
    address,
    tls,
    sni,
    alpn,
    random,
    method,
    authority: authority ?? undefined,
    target: request.requestTarget ?? request.path,
    headers: Array.isArray(headers) ? headers as HeaderLine[] : Object.entries(headers as { [name: string]: string }),
  };
}

/** The lines of one list that the other lacks, by name and content. */
function without(lines: readonly HeaderLine[], others: readonly HeaderLine[]): HeaderLine[] {
  const left = others.map(([name, content]) => `${name.toLowerCase()}: ${content}`);
  return lines.filter(([name, content]) => {
    const index = left.indexOf(`${name.toLowerCase()}: ${content}`);
    left.splice(index < 0 ? left.length : index, 1);
    return index < 0;
  });
}

/** What Envoy did, in the words of the corpus. */
function answerOf(experiment: Case, real: Observation): object {
  const { expect: expected, request } = experiment;
  if (expected.configurationRejectedByEnvoy !== undefined) {
    // the corpus lacks the brackets around some messages, and had another address for the listener
    const message = expected.configurationRejectedByEnvoy.split("': ").pop()!;
    const isKnown = real.rejected?.includes(message) === true;
    return { configurationRejectedByEnvoy: isKnown ? expected.configurationRejectedByEnvoy : real.rejected };
  }
  if (expected.connection !== undefined || real.connection !== undefined) {
    const tls = request.tls !== true || real.connection !== 'forwarded' ? undefined : real.endsTls ? 'terminated' : 'passthrough';
    return withoutUndefined({ connection: real.connection, cluster: real.cluster, tls });
  }
  const { status, cluster, route, flags } = real;
  const main = real.upstreams.find(seen => seen.cluster === cluster);
  const sent = questionOf(experiment).headers;
  const ordinary = ([name]: HeaderLine): boolean => !USUAL.has(name.toLowerCase());
  const added = main === undefined ? [] : without(main.headers, sent).filter(ordinary);
  const removed = main === undefined ? [] : [...new Set(without(sent, main.headers).map(([name]) => name.toLowerCase()))].sort();
  const answered = without(real.headers!, main === undefined ? [] : [['x-up', 'orig']]).filter(ordinary);
  const lost = main !== undefined && headerIn(real, 'x-up') === undefined;
  const ofMain = real.upstreams.filter(seen => seen.cluster === cluster);
  const isHead = request.method === 'HEAD';
  // the corpus knows what the chosen upstream saw from the body of its answer, so that to HEAD all look like mirrors
  const mirrors = real.upstreams.filter(seen => seen.cluster !== cluster || isHead)
    .map(seen => ({ cluster: seen.cluster, host: hostOf(seen), path: seen.path }));
  return withoutUndefined({
    status,
    cluster,
    route: route || undefined,
    responseFlags: flags === '-' ? undefined : flags,
    location: headerIn(real, 'location'),
    body: real.body === '' ? undefined : real.body,
    upstreamPath: isHead ? undefined : main?.path,
    upstreamAuthority: main === undefined || isHead ? undefined : hostOf(main),
    upstreamHeadersAdded: added.length === 0 || isHead ? undefined : added,
    upstreamHeadersRemoved: removed.length === 0 || isHead ? undefined : removed,
    responseHeadersAdded: answered.length === 0 ? undefined : answered,
    responseHeadersRemoved: lost ? ['x-up'] : undefined,
    attempts: ofMain.length > 1 ? ofMain.length : undefined,
    mirrors: mirrors.length === 0 ? undefined : mirrors.sort((a, b) => a.cluster.localeCompare(b.cluster)),
    noRoute: flags === undefined ? true : undefined,
  });
}

function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, content]) => content !== undefined));
}

function expectationOf({ expect: { noRoute, ...expected } }: Case): object {
  return expected.connection !== undefined || noRoute === undefined ? expected : { ...expected, noRoute };
}

async function observe(envoy: Envoy, role: number, item: Case): Promise<Observation> {
  if (item.request.bytes !== undefined) {
    return envoy.askConnection(role, questionOf(item));
  }
  const answer = await envoy.askHttp(role, questionOf(item));
  if (item.expect.mirrors !== undefined) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return answer();
}

corpus.describe('the routing corpus', () => {
  const all = corpus.describe === describe.skip ? [] : JSON.parse(readFileSync(path.join(corpus.path, 'cases.json'), 'utf8')) as Case[];
  // settings of istiod that are environment variables need a process of their own
  const groups = [...groupBy(all, item => JSON.stringify([item.mesh, item.proxy, item.meshConfig, item.request.clustersWithoutEndpoints])).values()];
  const observations = new Map<Case, Observation>();
  let envoy: Envoy | undefined;

  beforeAll(async () => {
    const configs: ProxyConfig[] = [];
    for (const scoped of [false, true]) {
      const oracle = Oracle.start('proxy', [], scoped ? { PILOT_SCOPE_GATEWAY_TO_NAMESPACE: 'true' } : {});
      const asked = groups.filter(([{ proxy }]) => (proxy.env !== undefined) === scoped);
      const answers = await oracle.ask<{ proxies: ProxyConfig[]; error?: string; panic?: string }>(asked.map(([{ mesh, meshConfig, proxy }]) => ({
        objects: manifestsOfMesh(mesh), meshConfig, proxies: [{ type: proxy.kind, namespace: proxy.namespace, labels: proxy.labels }],
      })));
      oracle.stop();
      answers.forEach(({ proxies, error, panic }, index) => {
        if (error !== undefined || panic !== undefined) {
          throw new Error(`istiod gave up on ${asked[index][0].mesh}: ${error ?? panic}`);
        }
        configs[groups.indexOf(asked[index])] = proxies[0];
      });
    }
    const roleOf = (config: ProxyConfig, index: number): Role => ({ config, withoutEndpoints: groups[index][0].request.clustersWithoutEndpoints });
    envoy = await Envoy.start(configs.map(roleOf), newCertificate());
    const asked = groups.flatMap((cases, role) => cases.map(item => ({ item, role })));
    await inParallel(asked, 16, async ({ item, role }) => {
      // the shortest timeout of the corpus, 0.3 s, may pass on a busy machine
      for (let tries = 0; tries < 5 && !(observations.has(item) && isAsExpected(item)); tries++) {
        observations.set(item, await observe(envoy!, role, item));
      }
    });
  });
  afterAll(() => envoy?.stop());

  function isAsExpected(item: Case): boolean {
    return isDeepStrictEqual(answerOf(item, observations.get(item)!), expectationOf(item));
  }

  test.each(all.map(item => [item.id, item] as const))('%s: Envoy answers as it did, and so do we', (_, item) => {
    const real = observations.get(item)!;
    expect(answerOf(item, real)).toEqual(expectationOf(item));
    // not modelled: configuration that Envoy refuses to load, and endpoints that are absent only at run time
    if (real.rejected === undefined && item.request.clustersWithoutEndpoints === undefined) {
      const proxy = proxyOfExperiment(item);
      const { config } = modelOfExperiment(item);
      const differences = item.request.bytes !== undefined
        ? compareConnection(simulateConnection(proxy, questionOf(item)), real)
        : compareHttp(proxy, config, questionOf(item), simulateHttp(proxy, config, questionOf(item)), real);
      // the unit tests compare headers with the corpus, which has some that only unadmitted rules cause
      expect(differences.filter(({ what }) => !what.endsWith('headers'))).toEqual([]);
    }
  });
});

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
  }
  return groups;
}
