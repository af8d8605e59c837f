import { Claim, claimOf, contradicts, destinationsLost, Lost } from './claims/claims';
import { ask, Asker, askersOf, constructed, Observation } from './claims/observe';
import { entrancesOf } from './envoy/random-experiments';
import { RandomMesh, randomMesh } from './generators/mesh/mesh';
import { randomQuestion } from './generators/mesh/requests';
import { LABELS, MeshObject, NAMESPACES } from './generators/mesh/words';
import { meshesOfRun, Random, seedOfRun } from './generators/random';
import { Oracle } from './oracle';
import { shrink } from './shrink';
import { checkManifests } from '../../lib/checks/check';
import { RULE_EXAMPLES } from '../../lib/checks/rules/catalogue';
import { MeshModel } from '../../lib/mesh/model';

const MESHES = meshesOfRun(400);
const QUESTIONS_TO_EACH_PROXY = 20;

/** The rules whose examples differ in whether requests get to routes and destinations. */
const ROUTE_CODES = new Set(['CI0006', 'CI0007', 'CI0009', 'CI0010', 'CI0011', 'CI0014', 'CI0019', 'CI0027', 'CI0029', 'CI0034', 'IST0132']);

/** What the checks say of a mesh, and what its proxies do. */
class Seen {
  public readonly model: MeshModel;
  public readonly claims: readonly Claim[];
  public readonly observations: readonly Observation[];

  constructor(
    { objects, meshConfig }: RandomMesh, questionsOf: (asker: Asker) => Parameters<typeof ask>[2][] = () => [], namespaces = [...NAMESPACES, 'istio-system'],
  ) {
    const sources = objects.map(manifest => ({ manifest }));
    this.model = new MeshModel(sources, { meshConfig });
    this.claims = checkManifests(sources, { meshConfig, closedWorld: true }).map(claimOf);
    const askers = askersOf(this.model, namespaces, LABELS);
    this.observations = askers.flatMap(asker => [
      ...constructed(this.model, asker), ...questionsOf(asker).map(question => ask(this.model, asker, question)),
    ]);
  }

  public contradiction(): Contradiction | undefined {
    for (const observation of this.observations) {
      const claim = this.claims.find(each => contradicts(each, observation, this.model));
      if (claim !== undefined) {
        return { claim, observation };
      }
    }
    return undefined;
  }

  /** A destination that a proxy was seen to send to in vain, of which nothing is said. */
  public missed(): Lost | undefined {
    return this.observations.flatMap(observation => destinationsLost(observation, this.model)).find(({ object, path }) =>
      !this.claims.some(claim => claim.object === object && claim.path.startsWith(path)));
  }
}

interface Contradiction {
  readonly claim: Claim;
  readonly observation: Observation;
}

async function smallest(mesh: RandomMesh, shows: (seen: Seen) => boolean): Promise<string> {
  const isSo = (objects: readonly MeshObject[]): boolean => {
    try {
      return shows(new Seen({ ...mesh, objects }));
    } catch {
      return false;
    }
  };
  const { objects } = await shrink({ objects: mesh.objects }, async candidates => candidates.map((candidate: any) => isSo(candidate.objects ?? [])));
  return JSON.stringify(objects, undefined, 1);
}

describe('what the checks say of routes', () => {
  const seed = seedOfRun();

  test(`is never contradicted by a request (CONFORMANCE_SEED=${seed})`, async () => {
    const random = new Random(seed);
    const counts = new Map<string, number>();
    for (let count = 0; count < MESHES; count++) {
      const mesh = randomMesh(random);
      const seen = new Seen(mesh, ({ proxy, gateways, namespace, labels }) => {
        const entrances = entrancesOf(proxy);
        const asking = { type: gateways === undefined ? 'sidecar' : 'router', namespace, labels } as const;
        return Array.from({ length: QUESTIONS_TO_EACH_PROXY }, () => randomQuestion(random, mesh, asking, entrances));
      });
      const found = seen.contradiction();
      if (found !== undefined) {
        const { claim, observation: { question, asker: { namespace, labels, gateways } } } = found;
        const objects = await smallest(mesh, other => other.contradiction()?.claim.code === claim.code);
        throw new Error(`CONFORMANCE_SEED=${seed}: ${JSON.stringify({ claim, question, namespace, labels, isGateway: gateways !== undefined })}\n${objects}`);
      }
      seen.claims.forEach(({ code }) => counts.set(code, (counts.get(code) ?? 0) + 1));
    }
    console.log(`${MESHES} meshes with seed ${seed}: ${[...counts].sort().map(([code, count]) => `${code} ${count}`).join(', ')}`);
    expect(counts.get('CI0007')).toBeGreaterThan(0);
  });

  test(`leaves out no destination that a proxy looks for in vain (CONFORMANCE_SEED=${seed})`, async () => {
    const random = new Random(seed);
    for (let count = 0; count < MESHES; count++) {
      const mesh = randomMesh(random);
      const found = new Seen(mesh).missed();
      if (found !== undefined) {
        throw new Error(`CONFORMANCE_SEED=${seed}: ${JSON.stringify(found)}\n${await smallest(mesh, other => other.missed() !== undefined)}`);
      }
    }
  });
});

describe('the examples of rules about routes', () => {
  const examples = RULE_EXAMPLES.filter(({ code, closedWorld }) => ROUTE_CODES.has(code) && closedWorld !== true).map(example =>
    [`${example.code}${example.title === undefined ? '' : `: ${example.title}`}`, example] as const);
  // sidecars listen on a port where any service has it
  const listened = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'any', namespace: 'any' }, spec: { ports: [{ name: 'http', port: 80 }] } };
  const seenIn = (objects: readonly object[]): Seen =>
    new Seen({ objects: [...objects, listened] as readonly MeshObject[], proxies: [] }, () => [], ['shop', 'books', 'edge']);

  test.each(examples)('%s: no request contradicts what is said of the wrong one', (_, { wrong }) => {
    expect(seenIn(wrong).contradiction()).toBeUndefined();
  });

  test.each(examples)('%s: requests get to every route of the right one', (_, { right }) => {
    const { model, observations } = seenIn(right);
    const used = new Set(observations.map(({ http }) => http?.route?.rule?.written));
    const routes = model.virtualServices.all.flatMap(({ http }) => http);
    expect(routes.filter(({ written }) => !used.has(written)).map(({ written }) => written)).toEqual([]);
  });
});

test('istiod crashes over the hosts of a server that are said to make it crash, and over no others', async () => {
  const { wrong, right } = RULE_EXAMPLES.find(({ code }) => code === 'CI0035')!;
  const isAnswered = async (objects: readonly object[]): Promise<boolean> => {
    const oracle = Oracle.start('proxy');
    const answer = oracle.ask<{ proxies: readonly object[] }>([{ objects, proxies: [{ type: 'router', namespace: 'istio-system', labels: { istio: 'public' } }] }]);
    const isThere = await answer.then(([{ proxies }]) => proxies.length === 1, () => false);
    oracle.stop();
    return isThere;
  };
  expect(await isAnswered(right)).toBe(true);
  expect(await isAnswered(wrong)).toBe(false);
});
