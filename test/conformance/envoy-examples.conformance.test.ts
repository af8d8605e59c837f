import { newCertificate } from './envoy/certificate';
import { comparePolicies } from './envoy/compare-policy';
import { configsOf, judge, modelOf, Outcome, proxyIn } from './envoy/experiments';
import { randomExperiments } from './envoy/random-experiments';
import { describeOutcome } from './envoy/shrink-experiment';
import type { ProxyConfig } from './envoy/static-config';
import type { RandomMesh } from './generators/mesh/mesh';
import { Random, seedOfRun } from './generators/random';
import { Oracle } from './oracle';
import { exampleNames } from '../../scripts/programs';
import { exampleMesh } from '../example-requests/example-mesh';

const QUESTIONS_TO_EACH_PROXY = 25;

describe('what the examples do', () => {
  const certificate = newCertificate();
  const meshes = new Map<string, RandomMesh>();
  const configs = new Map<string, ProxyConfig[]>();

  beforeAll(async () => {
    const oracle = Oracle.start('proxy');
    exampleNames().forEach(name => meshes.set(name, exampleMesh(name)));
    const all = await configsOf([oracle], [...meshes.values()]);
    oracle.stop();
    [...meshes.keys()].forEach((name, index) => configs.set(name, all[index]));
  });

  const seed = seedOfRun();

  test(`random requests do what is simulated (CONFORMANCE_SEED=${seed})`, async () => {
    const random = new Random(seed);
    const experiments = [...meshes].flatMap(([, mesh]) => randomExperiments(random, mesh, QUESTIONS_TO_EACH_PROXY));
    const outcomes: Outcome[] = await judge(experiments, [...configs.values()].flat(), certificate);
    expect(outcomes.length).toBeGreaterThan(1000);
    expect(outcomes.filter(({ differences, real }) => differences.length > 0 || real.rejected !== undefined).map(describeOutcome)).toEqual([]);
  });

  test('the clusters and their policies are as we say', () => {
    const found = [...meshes].flatMap(([name, mesh]) => mesh.proxies.flatMap((proxy, index) =>
      comparePolicies(proxyIn(modelOf(mesh), proxy), configs.get(name)![index].clusters).map(difference => `${name}: ${difference}`)));
    expect(found).toEqual([]);
  });
});
