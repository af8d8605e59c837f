import * as fs from 'fs';
import * as path from 'path';
import { objectsOfRun, Random, seedOfRun } from './generators/random';
import { Oracle } from './oracle';
import { readManifests } from '../../lib/reading/manifest-text';
import { UnreadableDocument } from '../../lib/reading/unreadable-document';
import { readYaml } from '../../lib/reading/yaml-document';

/** What the decoder of Kubernetes makes of a text. */
interface Decoded {
  readonly documents: readonly unknown[];
  readonly error?: string;
}

const EXAMPLES = path.resolve(__dirname, '..', '..', 'examples');

const WORDS = [
  'y', 'Y', 'yes', 'Yes', 'YES', 'n', 'N', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF', 'true', 'True', 'TRUE', 'tRue', 'oN',
  '~', 'null', 'Null', 'NULL', 'nULL', '', '""', "''", '.nan', '.inf', '-.inf', '+.inf', '.Inf', 'NaN', 'Infinity', '=', '<<', '!', '! 5',
  '0', '7', '-0', '+5', '010', '-010', '+010', '08', '09.5', '0o17', '0O17', '0o8', '0x1F', '0X1f', '-0x1F', '0x', '0xG', '0b101', '0B11', '-0b11', '0b', '0b2',
  '1_000', '_1', '1_', '1__0', '0x_1F', '0_1', '1_000.5', '1.', '.5', '-.5', '+.5', '.', '..', '1.5.2', '1e3', '1E3', '1e+3', '1e-3', '1e', '.5e3', '.5_0',
  '1e400', '12e03', '0.1', '100000', '1000000.0', '1e21', '0.00001', '190:20:30', '1:2', '12:30:45', '2001-01-01', '2001-1-1', '2001-01-01T10:00:00Z',
  '2001-01-01 10:00:00', '9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809',
  '18446744073709551615', '18446744073709551616', '0xFFFFFFFFFFFFFFFFFF', '0777777777777777777777777', '99999999999999999999', '"on"', "'010'", '"1_000"',
  '!!str on', '!!str 010', '!!int "3"', '!!int on', '!!int 1.5', '!!float 1', '!!float x', '!!bool "yes"', '!!bool 1', '!!null ""', '!!null x',
  '!!timestamp 2001-01-01', '!!timestamp x', '!!binary aGk=', '!!binary "a b"', '!!binary a', '!custom on', '!<tag:yaml.org,2002:str> on',
  '"a\\tb\\x41\\u00e9\\e"', '"\\/"', '"\\\\/"', '"\\\'"', '._5', '.5_', '5_.5', '.5__0', '.5e1_0', "'it''s'", 'a#b', 'a #b', 'a:b', '"a\n  b"', '|\n  a\n  b\n', '>-\n  a\n  b\n', '|+\n  a\n\n', '|2\n    a\n', '[1, on, {a: y}]', '{a, b: 1}', '- a',
];

const DOCUMENTS = [
  '', '# only a comment\n', 'a: 1\na: 2\n', 'a: &x {b: 1}\nc: {<<: *x, d: 2}\n', 'a: &x {b: 1}\nc: {b: 2, <<: *x}\n', 'a: &x {b: 1}\nc: {<<: *x, b: 2}\n',
  'a: &x {b: 1}\ny1: &y {b: 2, c: 3}\nz: {<<: [*x, *y]}\n', '<<: {a: 1}\nb: 2\n', '<<: 5\n', '<<: [1]\n', '"<<": {a: 1}\n', 'a: *x\n', 'a: &x [*x]\n', '&x a: *x\n',
  'a: &x 1\nb: &x 2\nc: *x\n', 'on: 1\n', '010: 1\n', '1.5: 1\n', '1e6: 1\n', '1e21: 1\n', '~: 1\n', 'null: 1\n', '[a]: 1\n', '{a: b}: 1\n', '? a\n: b\n', '.inf: 1\n', '.nan: 1\n',
  '9223372036854775807: 1\n', '9223372036854775808: 1\n', '__proto__: {a: 1}\n', 'constructor: 1\n', 'a: b: c\n', 'a:\n  b: 1\n c: 2\n', 'a: "b\n', 'a: [1, 2\n', 'a: {b: 1\n', 'a: @b\n', 'a: `b\n',
  'a: %b\n', 'a: - b\n', '- a\nb: 1\n', '\ta: 1\n', 'a:\n\tb: 1\n', 'a: 1\n\t\n', 'a: 1\n\t# comment\nb: 2\n', 'a:\t1\n', '-\ta\n', 'a: 1 \t\n', 'a:\n  - 1\n  \t\n  - 2\n', 'a: [\n\t1\n]\n', 'a: x\n  \t\nb: 2\n',
  'a: &x.y 1\n', 'a: &é 1\n', '\ufeffa: 1\n', 'a: 1\r\nb: 2\r\n', 'a: 1\rb: 2\r', 'a: \u0085\n', 'a: \u0001\n', 'a: "\\ud83d\\ude00"\n', 'a: "\\ud83d"\n', 'a: \u{1f600}\n', 'a: \u2028b\n', '%YAML 1.2\n', 'a: 1\n...\nb: 2\n',
  '"a": 1, b\n', 'a: "x" y\n', "a: 'x'y\n", '"a\n b": 1\n', 'a: !!set {x, y}\n', 'a: !!omap [x: 1]\n', '- - - a\n', 'a:\n- 1\n- 2\n', 'a:\n- b: 1\n  c: 2\n- d\n', `${'a: {'.repeat(200)}${'}'.repeat(200)}\n`,
];

/** Reasons for which this library refuses a text that Kubernetes does not: YAML forbids it, and Kubernetes reads something else than what is written. */
const STRICTER = [
  // the decoder takes the first value of a text and drops all that follows without a word
  'end of the stream or a document separator is expected', 'bad indentation of a mapping entry', 'a line break is expected',
  'named tag handle cannot contain such characters', 'duplication of a tag property', 'duplication of an anchor property', 'alias node should not have any properties', 'unknown escape sequence',
];

describe('manifests are read as Kubernetes reads them', () => {
  const oracle = Oracle.start('decode');
  const seed = seedOfRun();
  const decode = (texts: readonly string[]) => oracle.ask<Decoded>(texts.map(yaml => ({ yaml })));

  beforeAll(() => console.log(`CONFORMANCE_SEED=${seed}`));
  afterAll(() => oracle.stop());

  /** What is read differently, as texts with both answers. */
  async function differences(texts: readonly string[]): Promise<object[]> {
    const answers = await decode(texts);
    return texts.map((text, index) => ({ text, ours: ours(text), theirs: theirs(answers[index]) }))
      .filter(each => each.ours.value !== each.theirs.value && !(each.theirs.value !== undefined && STRICTER.includes(each.ours.problem!)));
  }

  test('the list of scalars, as values and in lists', async () => {
    expect(await differences(WORDS.flatMap(word => [`a: ${word}\nb: 1\n`, `- ${word}\n`]))).toEqual([]);
  });

  test('the list of scalars as keys', async () => {
    expect(await differences(WORDS.filter(word => !/[\n[{]|^- |^! /.test(word)).map(word => `${word}: 1\n`))).toEqual([]);
  });

  test('the list of documents', async () => {
    expect(await differences(DOCUMENTS)).toEqual([]);
  });

  test('random scalars', async () => {
    const random = new Random(seed);
    expect(await differences(Array.from({ length: objectsOfRun(10000) }, () => randomScalar(random)))).toEqual([]);
  });

  test('the examples with random mistakes in them', async () => {
    const random = new Random(seed);
    const texts = exampleDocuments();
    expect(await differences(Array.from({ length: objectsOfRun(10000) / 2 }, () => withMistakes(random.pick(texts), random)))).toEqual([]);
  });

  test('the examples as JSON below a key, with lines indented at random', async () => {
    const random = new Random(seed);
    const texts = exampleDocuments().map(text => JSON.stringify((readYaml(text).value as any)?.spec ?? {}, undefined, 1));
    const indented = () => `kind: a\nspec: ${random.pick(texts).replace(/\n */g, () => `\n${random.pick(['', ' ', '    ', '\t', ' \t'])}`)}\nstatus: b\n`;
    expect(await differences(Array.from({ length: 1000 }, indented))).toEqual([]);
  });

  test('streams of documents, up to the first that cannot be read', async () => {
    const random = new Random(seed);
    const streams = Array.from({ length: 1000 }, () => randomStream(random));
    const answers = await decode(streams);
    const differing = streams.filter((text, index) => {
      const { documents, error } = answers[index];
      const { objects, problems } = readManifests(text);
      const manifests = objects.map(({ manifest }) => manifest);
      return sorted(manifests.slice(0, documents.length)) !== sorted(documents) || (error !== undefined) !== (problems.length > 0);
    });
    expect(differing).toEqual([]);
  });
});

function ours(text: string): { readonly value?: string; readonly problem?: string } {
  try {
    const { value } = readYaml(text);
    return { value: sorted(value) };
  } catch (error) {
    if (error instanceof UnreadableDocument) {
      return { problem: error.message };
    }
    throw error;
  }
}

function theirs({ documents, error }: Decoded): { readonly value?: string; readonly problem?: string } {
  return error === undefined ? { value: sorted(documents[0] ?? null) } : { problem: error };
}

/** JSON with the keys in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, each) => typeof each === 'object' && each !== null && !Array.isArray(each)
    ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => one < other ? -1 : 1))
    : each);
}

const PARTS = ['0', '1', '7', '8', '9', '10', '0x', '0b', '0o', '_', '.', 'e', 'E', '+', '-', 'f', 'a', 'inf', 'nan', 'y', 'n', 'on', 'off', 'Yes', 'TRUE', 'null', '~', ':', '2001-01-01', 'T10:00:00Z'];

function randomScalar(random: Random): string {
  const text = Array.from({ length: random.integer(1, 4) }, () => random.pick(PARTS)).join('');
  return random.pick([`a: ${text}\n`, `- ${text}\n- !!${random.pick(['str', 'int', 'float', 'bool', 'null', 'timestamp'])} ${text}\n`, `${text}: 1\n`]);
}

function exampleDocuments(): string[] {
  return fs.readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).flatMap(file => fs.readFileSync(path.join(EXAMPLES, file), 'utf-8').split(/^---\n/m));
}

const MISTAKES = ['\n', '\n  ', '\n- ', ': ', ':', '- ', '{', '}', '[', ']', ', ', '"', "'", ' # c', '|', '>', '\n\n', '1', 'on', '\t', '\n\t\n', '\n  \t\n', '%', '\\', ' ', '  ', '@', '`', '*', '\r\n', 'é'];

function withMistakes(text: string, random: Random): string {
  let result = text;
  for (let count = random.integer(1, 2); count > 0; count--) {
    const at = random.integer(0, result.length - 1);
    result = result.slice(0, at) + (random.chance(0.5) ? random.pick(MISTAKES) : '') + result.slice(at + (random.chance(0.5) ? 1 : 0));
  }
  // documents are compared one by one
  return result.replace(/^(---|\.\.\.)/gm, '');
}

function randomStream(random: Random): string {
  const separators = ['---\n', '--- # comment\n', '---   \n', '---\n---\n', '---\n# Source: a/templates/b.yaml\n', '---\r\n'];
  const object = () => `apiVersion: v1\nkind: Service\nmetadata:\n  name: s${random.integer(0, 99)}\n`;
  const part = () => random.chance(0.1) ? random.pick(['a: b: c\n', '\n', '# comment\n', 'a: [\n']) : object();
  const bad = random.chance(0.1) ? `---x\n${object()}` : '';
  return random.pick(['', '---\n', '# comment\n']) + Array.from({ length: random.integer(1, 4) }, part).join(random.pick(separators)) + bad;
}
