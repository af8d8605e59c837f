import { newCertificate } from './envoy/certificate';
import { comparePolicies } from './envoy/compare-policy';
import { configsOf, judge, modelOf, Outcome, proxyIn } from './envoy/experiments';
import { randomExperiments } from './envoy/random-experiments';
import { describeOutcome, isStable, smallest } from './envoy/shrink-experiment';
import type { ProxyConfig } from './envoy/static-config';
import { randomMesh, RandomMesh } from './generators/mesh/mesh';
import { meshesOfRun, Random, seedOfRun } from './generators/random';
import { Oracle } from './oracle';

const MESHES = meshesOfRun(500);
const QUESTIONS_TO_EACH_PROXY = 9;

/** Meshes that one Envoy plays at once. */
const BATCH = 50;
/** In what the clusters of the proxies of a mesh, and their policies, differ from what istiod makes of them. */
function policyDifferences(mesh: RandomMesh, configs: readonly ProxyConfig[]): string[] {
  const model = modelOf(mesh);
  return mesh.proxies.flatMap((proxy, index) =>
    comparePolicies(proxyIn(model, proxy), configs[index].clusters).map(difference => `${proxy.type} in ${proxy.namespace}: ${difference}`));
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

  test(`are answered by Envoy as simulated, with the clusters and policies of istiod (CONFORMANCE_SEED=${seed})`, async () => {
    const random = new Random(seed);
    const certificate = newCertificate();
    const batches = Array.from({ length: Math.ceil(MESHES / BATCH) }, (_, index) =>
      Array.from({ length: Math.min(BATCH, MESHES - index * BATCH) }, () => randomMesh(random)));
    const kinds = new Map<string, number>();
    const unstable = new Map<RandomMesh, string>();
    let pairs = 0;
    let clusters = 0;
    let next = configsOf(oracles, batches[0]);
    for (const [index, meshes] of batches.entries()) {
      const configs = await next;
      // istiod works on the next meshes while Envoy is asked about these
      next = configsOf(oracles, batches[index + 1] ?? []);
      const outcomes = await judge(meshes.flatMap(mesh => randomExperiments(random, mesh, QUESTIONS_TO_EACH_PROXY)), configs.flat(), certificate);
      for (const outcome of outcomes) {
        kinds.set(kindOf(outcome), (kinds.get(kindOf(outcome)) ?? 0) + 1);
      }
      for (const [at, mesh] of meshes.entries()) {
        clusters += configs[at].reduce((sum, config) => sum + config.clusters.length, 0);
        if (policyDifferences(mesh, configs[at]).length > 0) {
          const again = await configsOf(oracles, Array.from({ length: 5 }, () => mesh));
          const found = again.map(each => policyDifferences(mesh, each));
          if (found.every(differences => differences.length > 0)) {
            throw new Error(`CONFORMANCE_SEED=${seed}: ${found[0].join('\n')}\n${JSON.stringify(mesh, undefined, 1)}`);
          }
          unstable.set(mesh, found.flat().join('\n'));
        }
      }
      pairs += outcomes.filter(({ real }) => real.rejected === undefined).length;
      for (const outcome of outcomes.filter(({ experiment, differences }) => differences.length > 0 && !unstable.has(experiment.mesh))) {
        await next;
        if (await isStable(oracles[0], certificate, outcome)) {
          const found = await smallest(oracles[0], certificate, outcome);
          throw new Error(`CONFORMANCE_SEED=${seed}: ${describeOutcome(found)}`);
        }
        unstable.set(outcome.experiment.mesh, describeOutcome(outcome));
      }
    }
    const sorted = [...kinds].sort(([, a], [, b]) => b - a);
    console.log(`${pairs} questions in ${MESHES} meshes with ${clusters} clusters, seed ${seed}:\n${sorted.map(([kind, count]) => `  ${count} ${kind}`).join('\n')}\n`
      + `  ${unstable.size} meshes in which istiod decides by chance`);
    expect(pairs).toBeGreaterThan(MESHES * 3 * QUESTIONS_TO_EACH_PROXY * 0.9);
    // what follows the order of Go's maps is rare
    expect([...unstable.values()].slice(Math.ceil(MESHES / 50))).toEqual([]);
  });
});
