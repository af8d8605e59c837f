import { KINDS, Manifest, Schema, specOf } from './generators/from-schema';
import { randomMetadata } from './generators/metadata';
import { randomMutant } from './generators/mutants';
import { objectsOfRun, Random, seedOfRun } from './generators/random';
import { crdFile, Oracle, Verdict } from './oracle';
import { shrink } from './shrink';
import { checkSchema } from '../../lib/checks/schema';
import { manifestOf, SCHEMA_CASES } from '../checks/schema/cases';

const BATCH = 1000;

const EMPTY_GATEWAY = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', spec: {} };

/** What the two sides are compared by: the places that each holds something against. */
interface Places {
  readonly refused: readonly string[];
  readonly unknown: readonly string[];
}

/** Paths as both sides write them, without the signs in which they differ. */
function comparable(paths: readonly string[]): string[] {
  return [...new Set(paths.map(path => path.replace(/[[\]'".\\]+/g, '.').replace(/^\.|\.$/g, '')))].sort();
}

function ours(object: Manifest): Places {
  const violations = checkSchema(object).filter(({ path }) => !isMetadata(path));
  return {
    refused: comparable(violations.filter(({ unknownField }) => !unknownField).map(({ path }) => path)),
    unknown: comparable(violations.filter(({ unknownField }) => unknownField).map(({ path }) => path)),
  };
}

function isMetadata(path: string): boolean {
  return path.startsWith('metadata');
}

const PLACES = [
  // composed schemas and 32 bit integers: the path is only in the text
  /: "": "(.*)" must (?:not )?validate /s,
  /Checked value must be of type \w+ (?:with format \w+|\(default format\)) in (.*)$/s,
  /^(.*?): (?:Required|Invalid|Unsupported|Duplicate) value|^(.*?): Too (?:long|many|few)/s,
];

function pathOf(message: string): string {
  for (const pattern of PLACES) {
    const found = pattern.exec(message);
    if (found !== null) {
      return found[1] ?? found[2];
    }
  }
  throw new Error(`cannot tell the path of ${message}`);
}

function theirs(verdict: Verdict): Places {
  const unknown = (verdict.unknownFields ?? []).filter(path => !isMetadata(path));
  return { refused: comparable(verdict.schema.errors.map(pathOf)), unknown: comparable(unknown) };
}

function isSame(one: Places, other: Places): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const KEYWORDS = ['type', 'enum', 'required', 'minimum', 'maximum', 'minItems', 'maxItems', 'maxLength', 'maxProperties', 'oneOf'];

/** The keywords that a schema uses and the messages of its CEL rules. */
function rulesBelow(schema: Schema): Set<string> {
  return new Set([
    ...KEYWORDS.filter(keyword => Object.hasOwn(schema, keyword)),
    ...schema.format === 'int32' || schema.format === 'byte' ? ['format'] : [],
    ...schema['x-kubernetes-list-type'] === undefined ? [] : ['duplicate'],
    ...(schema['x-kubernetes-validations'] ?? []).map(({ message }) => message),
    ...[...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties]
      .flatMap(each => each === undefined ? [] : [...rulesBelow(each)]),
  ]);
}

describe('the cases of the unit tests', () => {
  test('the API server refuses each at the same places', async () => {
    const oracle = Oracle.start('verdict', ['--crds', crdFile()]);
    const verdicts = await oracle.ask<Verdict>(SCHEMA_CASES.map(schemaCase => ({ object: manifestOf(schemaCase) })));
    oracle.stop();
    SCHEMA_CASES.forEach(({ title, refused, unknown = [] }, index) => {
      const expected = { refused: comparable(refused.map(each => each.slice(0, each.lastIndexOf(' ')))), unknown: comparable(unknown) };
      expect({ title, ...theirs(verdicts[index]) }).toEqual({ title, ...expected });
    });
  });
});

describe.each(KINDS)('random %s objects', kind => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = Oracle.start('verdict', ['--crds', crdFile()]);
  });
  afterAll(() => oracle.stop());

  async function disagreements(objects: readonly Manifest[]): Promise<boolean[]> {
    const verdicts = await oracle.ask<Verdict>(objects.map(object => ({ object })));
    return verdicts.map((verdict, index) => verdict.schema === undefined || !isSame(ours(objects[index]), theirs(verdict)));
  }

  test('the API server holds the same against the same places', async () => {
    const seed = seedOfRun();
    const random = new Random(seed + KINDS.indexOf(kind));
    let accepted = 0;
    const missed = rulesBelow(specOf(kind));
    const total = objectsOfRun();
    for (let count = 0; count < total; count += BATCH) {
      const objects = Array.from({ length: Math.min(BATCH, total - count) }, () => randomMutant(kind, random));
      const found = (await disagreements(objects)).indexOf(true);
      if (found >= 0) {
        const object = await shrink(objects[found], disagreements);
        const [verdict] = await oracle.ask<Verdict>([{ object }]);
        throw new Error(`CONFORMANCE_SEED=${seed}: ${JSON.stringify({ object, ours: checkSchema(object), theirs: verdict }, undefined, 1)}`);
      }
      for (const object of objects) {
        accepted += ours(object).refused.length === 0 ? 1 : 0;
        checkSchema(object).forEach(({ rule, message }) => missed.delete(rule === 'cel' ? message.replace(/, got .*/s, '') : rule));
      }
    }
    console.log(`${kind}: ${total} objects with seed ${seed}, ${accepted} accepted`);
    // fewer objects may miss what is rare
    expect(total < 20000 ? [] : [...missed]).toEqual([]);
    expect(accepted).toBeGreaterThan(total * 0.1);
    expect(accepted).toBeLessThan(total * 0.9);
  });
});

describe('random metadata', () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = Oracle.start('verdict', ['--crds', crdFile()]);
  });
  afterAll(() => oracle.stop());

  async function disagreements(objects: readonly Manifest[]): Promise<boolean[]> {
    const verdicts = await oracle.ask<Verdict>(objects.map(object => ({ object })));
    return verdicts.map(({ decodeError, metadata, unknownFields = [] }, index) => {
      const violations = checkSchema(objects[index]);
      const refused = violations.some(({ unknownField }) => !unknownField);
      // the oracle does not make names, and stops at the first value of a wrong type
      const errors = metadata.errors.filter(error => !(objects[index].metadata.generateName && error.includes('generateName is required')));
      return refused !== (decodeError !== undefined || errors.length > 0)
        || (!refused && comparable(violations.map(({ path }) => path)).join() !== comparable(unknownFields).join());
    });
  }

  test('is taken and refused by both', async () => {
    const seed = seedOfRun();
    const random = new Random(seed);
    const objects = Array.from({ length: objectsOfRun() }, () => ({ ...EMPTY_GATEWAY, metadata: randomMetadata(random) }));
    const found = (await disagreements(objects)).indexOf(true);
    if (found >= 0) {
      const object = objects[found];
      const [verdict] = await oracle.ask<Verdict>([{ object }]);
      throw new Error(`CONFORMANCE_SEED=${seed}: ${JSON.stringify({ object, ours: checkSchema(object), theirs: verdict }, undefined, 1)}`);
    }
  });
});
