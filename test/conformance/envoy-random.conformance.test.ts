import { newCertificate } from './envoy/certificate';
import { configsOf, Experiment, judge, modelOf, Outcome, proxyIn } from './envoy/experiments';
import { describeOutcome, isStable, smallest } from './envoy/shrink-experiment';
import { randomMesh, RandomMesh } from './generators/mesh/mesh';
import { Entrance, randomQuestion } from './generators/mesh/requests';
import { Random, seedOfRun } from './generators/random';
import { Oracle } from './oracle';
import type { Proxy } from '../../lib/mesh/proxy';
import { UNSPECIFIED } from '../../lib/mesh/service-addresses';

/** How many random meshes CONFORMANCE_MESHES asks for. */
const MESHES = Number(process.env.CONFORMANCE_MESHES ?? 500);
const QUESTIONS_TO_EACH_PROXY = 9;

/** Meshes that one Envoy plays at once. */
const BATCH = 50;
const PORTS = [80, 443, 8080, 8081, 8443, 9000, 9001, 9100, 9443, 15443, 50051];

function entrancesOf(proxy: Proxy): Entrance[] {
  return PORTS.flatMap(port => proxy.listenersOn(port).map(({ address, chains, defaultChain }): Entrance => {
    const all = defaultChain === undefined ? chains : [...chains, defaultChain];
    return {
      port,
      address: address === UNSPECIFIED || address.includes(':') ? undefined : address.split('/')[0],
      isTls: all.some(({ endsTls, sniHosts }) => endsTls || sniHosts !== undefined),
      isHttp: all.some(({ routeTable }) => routeTable !== undefined),
    };
  }));
}

function experimentsIn(random: Random, mesh: RandomMesh): Experiment[] {
  const model = modelOf(mesh);
  return mesh.proxies.map(proxy => {
    const entrances = entrancesOf(proxyIn(model, proxy));
    return { mesh, proxy, questions: Array.from({ length: QUESTIONS_TO_EACH_PROXY }, () => randomQuestion(random, mesh, proxy, entrances)) };
  });
}

/** What came of a question, in a few words. */
function kindOf({ real: { rejected, connection, status, route } }: Outcome): string {
  return rejected !== undefined ? 'not asked: Envoy refuses the listener'
    : connection !== undefined ? `connection ${connection}`
      : `${status}${route === undefined ? '' : ' by a named route'}`;
}

describe('random requests in random meshes', () => {
  const seed = seedOfRun();
  const oracles: Oracle[] = [];
  beforeAll(() => oracles.push(Oracle.start('proxy'), Oracle.start('proxy')));
  afterAll(() => oracles.forEach(oracle => oracle.stop()));

  test(`are answered by Envoy as simulated (CONFORMANCE_SEED=${seed})`, async () => {
    const random = new Random(seed);
    const certificate = newCertificate();
    const batches = Array.from({ length: Math.ceil(MESHES / BATCH) }, (_, index) =>
      Array.from({ length: Math.min(BATCH, MESHES - index * BATCH) }, () => randomMesh(random)));
    const kinds = new Map<string, number>();
    const unstable: string[] = [];
    let pairs = 0;
    let next = configsOf(oracles, batches[0]);
    for (const [index, meshes] of batches.entries()) {
      const configs = await next;
      // istiod works on the next meshes while Envoy is asked about these
      next = configsOf(oracles, batches[index + 1] ?? []);
      const outcomes = await judge(meshes.flatMap(mesh => experimentsIn(random, mesh)), configs.flat(), certificate);
      for (const outcome of outcomes) {
        kinds.set(kindOf(outcome), (kinds.get(kindOf(outcome)) ?? 0) + 1);
      }
      pairs += outcomes.filter(({ real }) => real.rejected === undefined).length;
      for (const outcome of outcomes.filter(({ differences }) => differences.length > 0)) {
        await next;
        if (await isStable(oracles[0], certificate, outcome)) {
          const found = await smallest(oracles[0], certificate, outcome);
          throw new Error(`CONFORMANCE_SEED=${seed}: ${describeOutcome(found)}`);
        }
        unstable.push(describeOutcome(outcome));
      }
    }
    const sorted = [...kinds].sort(([, a], [, b]) => b - a);
    console.log(`${pairs} questions in ${MESHES} meshes with seed ${seed}:\n${sorted.map(([kind, count]) => `  ${count} ${kind}`).join('\n')}\n`
      + `  ${unstable.length} that istiod decides by chance`);
    expect(pairs).toBeGreaterThan(MESHES * 3 * QUESTIONS_TO_EACH_PROXY * 0.9);
    // what follows the order of Go's maps is rare
    expect(unstable.slice(Math.ceil(pairs / 1000))).toEqual([]);
  });
});
