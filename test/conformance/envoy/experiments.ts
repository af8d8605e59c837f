import type { Certificate } from './certificate';
import { compareConnection, compareHttp, Difference } from './compare';
import { Envoy, Observation } from './envoy';
import { inParallel } from './in-parallel';
import type { ProxyConfig } from './static-config';
import { MeshModel } from '../../../lib/mesh/model';
import type { Proxy } from '../../../lib/mesh/proxy';
import { simulateConnection, simulateHttp } from '../../../lib/simulation/simulate';
import type { MeshProxy, RandomMesh } from '../generators/mesh/mesh';
import { isHttp, Question } from '../generators/mesh/requests';
import { Oracle } from '../oracle';

/** Questions to one proxy of a mesh. */
export interface Experiment {
  readonly mesh: RandomMesh;
  readonly proxy: MeshProxy;
  readonly questions: readonly Question[];
}

/** What came of a question. */
export interface Outcome {
  readonly experiment: Experiment;
  readonly question: Question;
  readonly simulated: object;
  readonly real: Observation;
  readonly differences: readonly Difference[];
}

export function modelOf({ objects, meshConfig }: RandomMesh): MeshModel {
  return new MeshModel(objects.map(manifest => ({ manifest })), { meshConfig });
}

export function proxyIn(model: MeshModel, { type, namespace, labels }: MeshProxy): Proxy {
  return type === 'router' ? model.gateway({ namespace, labels }) : model.sidecar({ namespace, labels });
}

/** What istiod makes of meshes, for all their proxies. */
export function configsOf(oracles: readonly Oracle[], meshes: readonly RandomMesh[]): Promise<ProxyConfig[][]> {
  return Promise.all(meshes.map((mesh, index) => configOf(oracles[index % oracles.length], mesh)));
}

async function configOf(oracle: Oracle, { objects, meshConfig, proxies }: RandomMesh): Promise<ProxyConfig[]> {
  const [answer] = await oracle.ask<{ proxies: ProxyConfig[]; error?: string; panic?: string }>([{ objects, meshConfig, proxies }]);
  if (answer.error !== undefined || answer.panic !== undefined) {
    throw new Error(`istiod gave up on ${JSON.stringify(objects)}: ${answer.error ?? answer.panic}`);
  }
  return answer.proxies;
}

/** Puts all questions to Envoy and to the simulation. */
export async function judge(experiments: readonly Experiment[], configs: readonly ProxyConfig[], certificate: Certificate): Promise<Outcome[]> {
  const envoy = await Envoy.start(configs.map(config => ({ config })), certificate);
  try {
    const asked = experiments.flatMap((experiment, role) => experiment.questions.map(question => ({ experiment, role, question })));
    const later: (() => Outcome)[] = [];
    const models = new Map<RandomMesh, MeshModel>();
    await inParallel(asked, 16, async ({ experiment, role, question }) => {
      const observe = isHttp(question) ? await envoy.askHttp(role, question) : await envoy.askConnection(role, question).then(real => () => real);
      later.push(() => outcomeOf(experiment, question, observe(), models));
    });
    // copies of the last requests may still be on their way
    await new Promise(resolve => setTimeout(resolve, 50));
    return later.map(look => look());
  } finally {
    await envoy.stop();
  }
}

function outcomeOf(experiment: Experiment, question: Question, real: Observation, models: Map<RandomMesh, MeshModel>): Outcome {
  const model = models.get(experiment.mesh) ?? modelOf(experiment.mesh);
  models.set(experiment.mesh, model);
  const proxy = proxyIn(model, experiment.proxy);
  if (isHttp(question)) {
    const simulated = simulateHttp(proxy, model.config, question);
    const differences = real.rejected !== undefined ? [] : compareHttp(proxy, model.config, question, simulated, real);
    return { experiment, question, simulated, real, differences };
  }
  const simulated = simulateConnection(proxy, question);
  const differences = real.rejected !== undefined ? [] : compareConnection(simulated, real);
  return { experiment, question, simulated, real, differences };
}
