import { randomDestinationRule } from './generators/destination-rule';
import type { Manifest } from './generators/from-schema';
import { randomGateway } from './generators/gateway';
import { mutate } from './generators/mutants';
import { objectsOfRun, Random, seedOfRun } from './generators/random';
import { randomServiceEntry } from './generators/service-entry';
import { randomVirtualService } from './generators/virtual-service';
import { crdFile, Oracle, Verdict } from './oracle';
import { shrink } from './shrink';
import { checkWebhook } from '../../lib/checks/webhook';
import { WEBHOOK_RULES } from '../../lib/checks/webhook/catalogue';
import { codeOf } from '../../lib/checks/webhook/codes';
import { describeWith } from '../shared';

const BATCH = 1000;

const GENERATORS: { readonly [kind: string]: (random: Random) => Manifest } = {
  Gateway: randomGateway,
  VirtualService: randomVirtualService,
  DestinationRule: randomDestinationRule,
  ServiceEntry: randomServiceEntry,
};

/** As a manifest is, or as the API server hands it on. */
interface Mode {
  readonly asWritten: boolean;
}

const MODES: readonly Mode[] = [{ asWritten: false }, { asWritten: true }];

interface Outcome {
  readonly isRejected: boolean;
  readonly isWarned: boolean;
  /** Istio's own answer may be the other one the next time. */
  readonly isRandom: boolean;
}

function ours(object: Manifest, { asWritten }: Mode): Outcome {
  // Istio's packages leave unknown top-level fields to the web server around them
  const findings = checkWebhook(object, { asWritten }).filter(({ rule }) => rule !== 'WH5');
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    isRejected: errors.length > 0,
    isWarned: errors.length < findings.length,
    isRandom: errors.length > 0 && errors.every(({ random }) => random),
  };
}

function disagree(object: Manifest, { webhook, error, panic, decodeError }: Verdict, mode: Mode): boolean {
  if (webhook === undefined || (error ?? panic ?? decodeError) !== undefined) {
    throw new Error(`the oracle gave up on ${JSON.stringify(object)}: ${error ?? panic ?? decodeError}`);
  }
  const { isRejected, isWarned, isRandom } = ours(object, mode);
  return isWarned !== webhook.warnings.length > 0 || (!isRandom && isRejected !== (webhook.errors.length > 0 || webhook.decodeError !== undefined));
}

const AMONG_ALL_KINDS = ['M1', 'M2', 'WH1', 'WH2', 'WH3', 'WH4'];

/** The codes that random objects of a kind must have met. */
function reachableCodes(kind: string): string[] {
  return WEBHOOK_RULES.filter(({ wrong, rule }) => wrong.kind === kind && !AMONG_ALL_KINDS.includes(rule) && rule !== 'WH5').map(codeOf);
}

describeWith(crdFile())("istiod's webhook", () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = Oracle.start('verdict', ['--crds', crdFile()]);
  });
  afterAll(() => oracle.stop());

  async function disagreements(objects: readonly Manifest[], mode: Mode): Promise<boolean[]> {
    const verdicts = await oracle.ask<Verdict>(objects.map(object => ({ object, ...mode })));
    return verdicts.map((verdict, index) => disagree(objects[index], verdict, mode));
  }

  async function failOn(object: Manifest, mode: Mode, seed: number): Promise<never> {
    const smallest = await shrink(object, objects => disagreements(objects as Manifest[], mode));
    const [{ webhook }] = await oracle.ask<Verdict>([{ object: smallest, ...mode }]);
    throw new Error(`CONFORMANCE_SEED=${seed}: ${JSON.stringify({ object: smallest, mode, ours: checkWebhook(smallest, mode), theirs: webhook }, undefined, 1)}`);
  }

  test.each(Object.keys(GENERATORS))('rejects and warns of random %s objects as we do', async kind => {
    const seed = seedOfRun();
    const random = new Random(seed + Object.keys(GENERATORS).indexOf(kind));
    const total = objectsOfRun();
    const counts = new Map<string, number>();
    for (let count = 0; count < total; count += BATCH) {
      const objects = Array.from({ length: Math.min(BATCH, total - count) }, () => {
        const object = GENERATORS[kind](random);
        return random.chance(0.1) ? mutate(object, random) : object;
      });
      for (const mode of MODES) {
        const found = (await disagreements(objects, mode)).indexOf(true);
        if (found >= 0) {
          await failOn(objects[found], mode, seed);
        }
      }
      for (const object of objects) {
        const findings = checkWebhook(object);
        const codes = new Set(findings.length === 0 ? ['accepted without warning'] : findings.map(codeOf));
        codes.forEach(code => counts.set(code, (counts.get(code) ?? 0) + 1));
      }
    }
    const sorted = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
    console.log(`${total} ${kind} objects with seed ${seed}:\n${sorted.map(([code, count]) => `  ${code} ${count}`).join('\n')}`);
    expect(reachableCodes(kind).filter(code => !counts.has(code))).toEqual([]);
    expect(counts.get('accepted without warning')).toBeGreaterThan(total * 0.1);
  });
});
