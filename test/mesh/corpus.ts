import { readFileSync } from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { MeshOptions } from '../../lib/mesh/mesh-options';
import { MeshModel } from '../../lib/mesh/model';
import { Proxy } from '../../lib/mesh/proxy';
import { sharedFolder } from '../shared';

const corpus = sharedFolder('corpus/routing');

/**
 * Tests of the experiments of a file of the corpus.
 *
 * @param title what the experiments are about
 * @param judge defines the tests; not called where the corpus is absent
 */
export function describeExperiments<E extends Experiment>(title: string, file: string, judge: (experiments: readonly E[]) => void): void {
  corpus.describe(title, () => {
    // the body of a skipped group runs too, and a group needs a test
    if (corpus.describe === describe.skip) {
      test('has experiments', () => undefined);
    } else {
      judge(JSON.parse(readFileSync(path.join(corpus.path, file), 'utf8')) as E[]);
    }
  });
}

/** What an experiment of the corpus is put to: a mesh and one of its proxies. */
export interface Experiment {
  readonly id: string;
  readonly mesh: string;
  readonly proxy: { readonly kind: 'sidecar' | 'router'; readonly namespace: string; readonly labels: { [key: string]: string }; readonly env?: { [key: string]: string } };
  readonly meshConfig?: object;
}

const texts = new Map<string, unknown[]>();

export function manifestsOfMesh(file: string): unknown[] {
  let manifests = texts.get(file);
  if (manifests === undefined) {
    manifests = documents(readFileSync(path.join(corpus.path, file), 'utf8'));
    texts.set(file, manifests);
  }
  return manifests;
}

export function documents(text: string): unknown[] {
  return parseAllDocuments(text).map(document => document.toJS() as unknown).filter(document => document !== null);
}

/** A model of manifests written as YAML. */
export function modelOf(text: string, options: MeshOptions = {}): MeshModel {
  return new MeshModel(documents(text).map(manifest => ({ manifest })), options);
}

const models = new Map<string, MeshModel>();

export function modelOfExperiment({ mesh, meshConfig, proxy }: Experiment): MeshModel {
  const scopeGatewaysToNamespace = proxy.env?.PILOT_SCOPE_GATEWAY_TO_NAMESPACE === 'true';
  const key = JSON.stringify([mesh, meshConfig, scopeGatewaysToNamespace]);
  let model = models.get(key);
  if (model === undefined) {
    model = new MeshModel(manifestsOfMesh(mesh).map(manifest => ({ manifest })), { meshConfig, scopeGatewaysToNamespace });
    models.set(key, model);
  }
  return model;
}

export function proxyOfExperiment(experiment: Experiment): Proxy {
  const model = modelOfExperiment(experiment);
  return experiment.proxy.kind === 'sidecar' ? model.sidecar(experiment.proxy) : model.gateway(experiment.proxy);
}
