import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { sprinkleAnnotations } from './generators/annotations';
import { FittingMesh } from './generators/fitting-mesh';
import type { Manifest } from './generators/from-schema';
import { RandomMesh } from './generators/mesh';
import { breakMesh } from './generators/mesh-mutants';
import { meshesOfRun, Random, seedOfRun } from './generators/random';
import { Oracle, ORACLE } from './oracle';
import { shrink } from './shrink';
import annotations from '../../imports/istio-annotations.json';
import { meshFindings } from '../../lib/checks/mesh-findings';
import { analyzed } from '../../lib/checks/rules/analyzer/analyzed-mesh';
import { ANALYZER_RULES } from '../../lib/checks/rules/analyzer-rules';
import { ISTIO_SUPPRESS } from '../../lib/checks/suppressions';
import { checkWebhook } from '../../lib/checks/webhook';
import { codeOf } from '../../lib/checks/webhook/codes';
import { MeshModel } from '../../lib/mesh/model';
import { EXAMPLES, exampleNames } from '../../scripts/programs';
import { sharedFolder } from '../shared';

const MESHES = meshesOfRun(3000);
const BATCH = 250;

/** How often Istio is asked again before a difference counts: some of its answers depend on the order of a map. */
const REPETITIONS = 300;

const SHRINKING_MS = 50_000;

/** Files of the corpora that hold something else. */
const NOT_MANIFESTS = /-mesh-cfg\.yaml$|\.fragment\.yaml$/;

const WEBHOOK_CODES = ['IST0106', 'IST0130', 'IST0131', 'IST0133'];
const CODES = new Set([...WEBHOOK_CODES, ...ANALYZER_RULES.map(({ code }) => code)]);

const FOUR_KINDS = new Set(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry']);
const KINDS = new Set([...FOUR_KINDS, 'Service', 'Deployment']);

/** What is said of the metadata of some other kinds too. */
const ANNOTATION_CODES = new Set(['IST0107', 'IST0108', 'IST0125', 'IST0135']);

const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

const KNOWN_KINDS = new Set([
  'v1 Namespace', 'v1 Service', 'v1 Pod', 'v1 Secret', 'apps/v1 Deployment', 'security.istio.io/v1 RequestAuthentication', 'networking.istio.io/v1 Sidecar',
  ...[...FOUR_KINDS].map(kind => `networking.istio.io/v1 ${kind}`),
]);

interface Analysis {
  readonly error?: string;
  readonly panic?: string;
  readonly messages: readonly { readonly code: string; readonly resource: string; readonly text: string }[];
}

/** `code Kind namespace/name`, each once. */
type Said = ReadonlySet<string>;

/** What we say, without what we only say to a person. */
function ours(objects: readonly Manifest[]): Said {
  const mesh = new MeshModel(objects.map(manifest => ({ manifest })));
  const together = meshFindings(mesh, {}, ANALYZER_RULES).flatMap(({ finding: { code, propertyPath }, resource }) => {
    const object = propertyPath?.startsWith('spec.template.') === true ? podOf(resource.manifest) : resource.manifest as Manifest;
    return isSuppressed(object, code) ? [] : [`${code} ${nameOf(object)}`];
  });
  // the analyzer hands the webhook's rules no labels and no annotations, and no objects of the namespaces of Kubernetes itself
  const alone = objects.filter(({ metadata }) => metadata.namespace !== 'kube-system').flatMap(object =>
    checkWebhook({ ...object, metadata: { name: object.metadata.name, namespace: object.metadata.namespace } }, { asWritten: true })
      .filter(({ rule }) => rule !== 'WH5')
      .map(finding => `${codeOf(finding).split('/')[0]} ${nameOf(object)}`));
  return new Set([...together, ...alone].filter(isCompared));
}

function theirs({ messages }: Analysis): Said {
  return new Set(messages.map(({ code, resource }) => `${code} ${resource}`).filter(isCompared));
}

function nameOf({ kind, metadata: { namespace, name } }: any): string {
  return kind === 'Namespace' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

function isSuppressed({ metadata }: any, code: string): boolean {
  const suppressed: string = metadata.annotations?.[ISTIO_SUPPRESS] ?? '';
  return suppressed.split(',').some(entry => entry === '*' || entry === code);
}

/** Istio also has these codes for kinds that are not ours. */
function isCompared(said: string): boolean {
  const [code, kind] = said.split(' ');
  const isKind = WEBHOOK_CODES.includes(code) ? FOUR_KINDS.has(kind) : KINDS.has(kind) || code === 'IST0002';
  return CODES.has(code) && (isKind || ANNOTATION_CODES.has(code));
}

function difference(a: Said, b: Said): string[] {
  return [...a].filter(said => !b.has(said));
}

/**
 * What is said of objects that name a host which several ServiceEntries have: Istio takes any one of them, the same for all
 * destinations, and we speak only of what none of them has.
 */
function isAboutSharedHosts(objects: readonly Manifest[]): (said: string) => boolean {
  const mesh = new MeshModel(objects.map(manifest => ({ manifest })));
  const { destinations, destinationRules, knownHosts } = analyzed(mesh);
  const shared = new Set<string>();
  for (const { known = [], resource: { key } } of destinations) {
    if (known.length > 1) {
      shared.add(`IST0101 VirtualService ${key}`).add(`IST0112 VirtualService ${key}`);
    }
  }
  for (const { spec, namespace, key } of destinationRules) {
    if ((knownHosts.find(spec.host ?? '', namespace, spec.exportTo) ?? []).length > 1) {
      shared.add(`IST0173 DestinationRule ${key}`);
    }
  }
  return said => shared.has(said);
}

function areSame(a: Said, b: Said): boolean {
  return a.size === b.size && difference(a, b).length === 0;
}

/** As a cluster would hold them: with the namespace, the defaults of Services, and the pods of Deployments. */
function inCluster(objects: readonly any[]): any[] {
  return objects.flatMap((object, index) => {
    const placed = object.kind === 'Namespace' || object.kind === 'Node' || object.metadata.namespace !== undefined
      ? object
      : { ...object, metadata: { ...object.metadata, namespace: 'default' } };
    if (object.kind === 'Service' && Array.isArray(object.spec?.ports)) {
      return [{ ...placed, spec: { ...object.spec, ports: object.spec.ports.map((port: object) => ({ protocol: 'TCP', ...port })) } }];
    }
    // one that is given again takes the place of the first, and of its pods
    const isLast = !objects.slice(index + 1).some(other => other.kind === 'Deployment' && nameOf(other) === nameOf(object));
    return object.kind === 'Deployment' && isLast && object.spec?.template?.metadata !== undefined ? [placed, podOf(placed)] : [placed];
  });
}

/** Whether making an object smaller has left what it cannot do without. */
function isComplete({ apiVersion, kind, metadata }: any): boolean {
  const { name = '', namespace = '' } = metadata ?? {};
  return KNOWN_KINDS.has(`${apiVersion} ${kind}`) && NAME.test(name) && (kind === 'Namespace' || NAME.test(namespace));
}

function podOf({ metadata: { name, namespace }, spec: { template } }: any): Manifest {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name: `${name}-pod`, namespace }, spec: template.spec };
}

describe("Istio's analyzer", () => {
  let oracle: Oracle;
  let random = 0;
  beforeAll(() => {
    oracle = Oracle.start('analyze');
  });
  afterAll(() => oracle.stop());

  const ask = (meshes: readonly (readonly Manifest[])[]) => oracle.ask<Analysis>(meshes.map(objects => ({ objects: inCluster(objects) })));

  /** Whether Istio says something else, each time or in a way that chance does not explain. */
  async function differs(objects: readonly Manifest[], analysis: Analysis, repetitions = REPETITIONS): Promise<boolean> {
    if ((analysis.error ?? analysis.panic) !== undefined) {
      return false;
    }
    const said = ours(objects);
    if (areSame(said, theirs(analysis))) {
      return false;
    }
    const answers: Said[] = [];
    let isChance = false;
    while (!isChance && answers.length < repetitions) {
      answers.push(...(await ask(Array.from({ length: 5 + answers.length }, () => objects))).map(theirs));
      const sometimes = new Set(answers.flatMap(answer => [...answer]));
      const always = new Set([...sometimes].filter(each => answers.every(answer => answer.has(each))));
      isChance = difference(always, said).length === 0 && difference(said, sometimes).length === 0;
    }
    if (!isChance) {
      const isShared = isAboutSharedHosts(objects);
      isChance = answers.some(answer => [...difference(answer, said), ...difference(said, answer)].every(isShared));
    }
    random += isChance ? 1 : 0;
    return !isChance;
  }

  /** Looks for the first that differs, until the time is over. */
  async function areDifferent(meshes: readonly (readonly Manifest[])[], deadline: number): Promise<boolean[]> {
    if (Date.now() > deadline) {
      return [];
    }
    const readable = meshes.map(objects => objects.every(isComplete));
    const answers = await ask(meshes.map((objects, index) => readable[index] ? objects : []));
    const different = meshes.map(() => false);
    for (const [index, objects] of meshes.entries()) {
      if (readable[index] && await differs(objects, answers[index], 15)) {
        different[index] = true;
        break;
      }
    }
    return different;
  }

  async function explain(objects: readonly Manifest[]): Promise<object> {
    const [analysis] = await ask([objects]);
    const [a, b] = [ours(objects), theirs(analysis)];
    return { objects, onlyOurs: difference(a, b), onlyTheirs: difference(b, a), messages: analysis.messages };
  }

  test('knows the annotations of imports/istio-annotations.json', () => {
    expect(JSON.parse(spawnSync(ORACLE, ['annotations'], { encoding: 'utf-8' }).stdout)).toEqual(annotations);
  });

  test.each(exampleNames())('says of the example %s what we say', async name => {
    const objects = read(path.join(EXAMPLES, `${name}.yaml`));
    const [analysis] = await ask([objects]);
    expect(analysis.error ?? analysis.panic).toBeUndefined();
    expect([...ours(inNamespace(objects))].sort()).toEqual([...theirs(analysis)].sort());
  });

  for (const folder of ['corpus/istio-analyze', 'corpus/tutorial']) {
    const corpus = sharedFolder(folder);
    corpus.describe(`on the files of ${folder}`, () => {
      const files = fs.existsSync(corpus.path) ? fs.readdirSync(corpus.path).filter(file => file.endsWith('.yaml') && !NOT_MANIFESTS.test(file)) : [];

      test.each([...files, undefined].filter(file => file !== undefined))('says of %s what we say', async file => {
        const objects = read(path.join(corpus.path, file));
        const [analysis] = await ask([objects]);
        if (await differs(inNamespace(objects), analysis)) {
          throw new Error(JSON.stringify(await explain(inNamespace(objects)), undefined, 1));
        }
      });
    });
  }

  test('says of random meshes what we say', async () => {
    const seed = seedOfRun();
    const source = new Random(seed);
    const counts = new Map<string, number>();
    let unreadable = 0;
    for (let count = 0; count < MESHES; count += BATCH) {
      const meshes = Array.from({ length: BATCH }, () => {
        // most fit together, save in a place or two; the others hardly do at all
        const mesh = source.chance(0.7) ? new FittingMesh(source) : new RandomMesh(source);
        let objects = inNamespace(sprinkleAnnotations(mesh.build(), source));
        for (let breaks = source.pick([0, 1, 1, 2]); breaks > 0; breaks--) {
          objects = breakMesh(objects, source);
        }
        return objects;
      });
      const answers = await ask(meshes);
      for (const [index, objects] of meshes.entries()) {
        unreadable += (answers[index].error ?? answers[index].panic) === undefined ? 0 : 1;
        if (await differs(objects, answers[index])) {
          const deadline = Date.now() + SHRINKING_MS;
          const shows = (candidates: readonly any[]) => areDifferent(candidates.map(candidate => candidate.objects ?? []), deadline);
          const { objects: smallest } = await shrink({ objects }, shows);
          throw new Error(`CONFORMANCE_SEED=${seed}: ${JSON.stringify(await explain(smallest), undefined, 1)}`);
        }
        new Set([...ours(objects)].map(said => said.split(' ')[0])).forEach(code => counts.set(code, (counts.get(code) ?? 0) + 1));
      }
    }
    console.log(`${MESHES} meshes with seed ${seed}, ${random} with answers that change, ${unreadable} that Istio cannot read:\n`
      + [...counts].sort().map(([code, count]) => `  ${code} ${count}`).join('\n'));
    expect(unreadable).toBeLessThan(MESHES / 10);
    // what a status says is not random, and the rest is in the corpus
    expect([...CODES].filter(code => !counts.has(code) && code !== 'IST0171')).toEqual([]);
  });
});

function read(file: string): Manifest[] {
  return parseAllDocuments(fs.readFileSync(file, 'utf-8')).map(document => document.toJS())
    .flatMap(object => object?.kind === 'List' ? object.items : object)
    .filter(object => object?.metadata !== undefined);
}

function inNamespace(objects: readonly any[]): any[] {
  return objects.map(object => object.kind === 'Namespace' || object.kind === 'Node' || object.metadata.namespace !== undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace: 'default' } });
}
