import type { Certificate } from './certificate';
import { configsOf, Experiment, judge, Outcome } from './experiments';
import { isAccepted } from '../generators/mesh/mesh';
import type { MeshObject } from '../generators/mesh/words';
import type { Oracle } from '../oracle';
import { shrink } from '../shrink';

/** How long a disagreement is made smaller. */
const PATIENCE = 120_000;
const BATCH = 60;

/** The outcomes of the question of an outcome in some meshes; of a mesh that istiod cannot read there is none. */
async function again(oracle: Oracle, certificate: Certificate, experiments: readonly Experiment[]): Promise<(Outcome | undefined)[]> {
  const configs = await Promise.all(experiments.map(({ mesh, proxy }) =>
    configsOf([oracle], [{ ...mesh, proxies: [proxy] }]).then(([[config]]) => config, () => undefined)));
  const asked = experiments.filter((_, index) => configs[index] !== undefined);
  const outcomes = asked.length === 0 ? [] : await judge(asked, configs.filter(config => config !== undefined), certificate);
  return experiments.map(experiment => outcomes.find(outcome => outcome.experiment === experiment));
}

function only({ experiment: { mesh, proxy }, question }: Outcome, objects: readonly MeshObject[]): Experiment {
  return { mesh: { ...mesh, objects }, proxy, questions: [question] };
}

/** Whether a disagreement is there each time, with a configuration that istiod makes anew: some of its answers follow the order of Go's maps. */
export async function isStable(oracle: Oracle, certificate: Certificate, outcome: Outcome): Promise<boolean> {
  const same = Array.from({ length: 5 }, () => only(outcome, outcome.experiment.mesh.objects));
  const outcomes = await again(oracle, certificate, same);
  return outcomes.every(each => each !== undefined && each.differences.length > 0);
}

/** The smallest mesh, and with it the question, in which the same property differs. */
export async function smallest(oracle: Oracle, certificate: Certificate, outcome: Outcome): Promise<Outcome> {
  const end = Date.now() + PATIENCE;
  let best = outcome;
  const what = outcome.differences[0].what;
  const shows = async (candidates: readonly (readonly MeshObject[])[]): Promise<boolean[]> => {
    const results: boolean[] = [];
    for (let start = 0; start < candidates.length && !results.includes(true) && Date.now() < end; start += BATCH) {
      const experiments = candidates.slice(start, start + BATCH).map(objects => only(outcome, objects));
      const accepted = experiments.filter(({ mesh }) => mesh.objects.every(isAccepted));
      const answers = await again(oracle, certificate, accepted);
      const outcomes = experiments.map(experiment => answers.find(answer => answer?.experiment === experiment));
      const found = outcomes.map(each => each?.differences.some(difference => difference.what === what) === true);
      if (found.includes(true)) {
        best = outcomes[found.indexOf(true)]!;
      }
      results.push(...found);
    }
    return results;
  };
  let objects = outcome.experiment.mesh.objects;
  for (let isSmaller = true; isSmaller;) {
    const candidates = [...halves(objects), ...objects.map((_, index) => objects.filter((__, other) => other !== index))];
    const found = (await shows(candidates)).indexOf(true);
    isSmaller = found >= 0;
    objects = isSmaller ? candidates[found] : objects;
  }
  for (const [index, object] of objects.entries()) {
    const replaced = (candidate: MeshObject): MeshObject[] => objects.map((other, at) => at === index ? candidate : other);
    const smaller = await shrink(object, candidates => shows(candidates.map(candidate => replaced(candidate as MeshObject))));
    objects = replaced(smaller);
  }
  return best;
}

function halves<T>(items: readonly T[]): T[][] {
  const half = Math.ceil(items.length / 2);
  return items.length < 4 ? [] : [items.slice(0, half), items.slice(half)];
}

/** A disagreement as a person reads it. */
export function describeOutcome({ experiment: { mesh, proxy }, question, differences, real }: Outcome): string {
  const told = { proxy, question, meshConfig: mesh.meshConfig, objects: mesh.objects, real };
  return `${differences.map(({ what, simulated, real: truth }) =>
    `${what}: simulated ${JSON.stringify(simulated)}, in truth ${JSON.stringify(truth)}`).join('\n')}\n${JSON.stringify(told, undefined, 1)}`;
}
