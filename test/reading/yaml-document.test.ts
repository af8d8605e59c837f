import { UnreadableDocument } from '../../lib/reading/unreadable-document';
import { readYaml } from '../../lib/reading/yaml-document';

// what Kubernetes' decoder makes of each text is asked in test/conformance/yaml.conformance.test.ts

function problemOf(text: string): { message: string; offset: number } {
  try {
    readYaml(text);
  } catch (error) {
    if (error instanceof UnreadableDocument) {
      return { message: error.message, offset: error.offset };
    }
    throw error;
  }
  throw new Error('the text can be read');
}

describe('scalars', () => {
  test.each([
    ['on', true], ['y', true], ['Off', false], ['oN', 'oN'], ['010', 8], ['08', 8], ['0o17', 15], ['1_000', 1000], ['0x1F', 31], ['-0b11', -3],
    ['1e3', 1000], ['.5', 0.5], ['12:30:45', '12:30:45'], ['2001-01-01', '2001-01-01'], ['~', null], ['', null], ["'on'", 'on'], ['"010"', '010'],
    ['!!str 010', '010'], ['!!int "3"', 3], ['!custom on', 'on'], ['99999999999999999999', 1e20], ['1e400', '1e400'],
  ])('%s is read as by YAML 1.1', (text, value) => {
    expect(readYaml(`a: ${text}\n`).value).toEqual({ a: value });
  });

  test('keys are text, whatever they look like', () => {
    expect(readYaml('on: 1\n010: 2\n1e6: 3\n"x": 4\n9223372036854775807: 5\n').value)
      .toEqual({ 'true': 1, '8': 2, '1e+06': 3, 'x': 4, '9223372036854775807': 5 });
  });

  test('a key named __proto__ is an entry like any other', () => {
    expect(Object.keys(readYaml('__proto__: {polluted: 1}\n').value as object)).toEqual(['__proto__']);
  });
});

describe('anchors and merges', () => {
  test('what is written later wins, be it the merge or the entry', () => {
    expect(readYaml('x: &x {a: 1}\nfirst: {<<: *x, a: 2}\nlast: {a: 2, <<: *x}\n').value)
      .toEqual({ x: { a: 1 }, first: { a: 2 }, last: { a: 1 } });
  });

  test('of several objects to merge, the first has precedence', () => {
    expect(readYaml('x: &x {a: 1}\ny: &y {a: 2, b: 3}\nz: {<<: [*x, *y]}\n').value).toMatchObject({ z: { a: 1, b: 3 } });
  });

  test('aliases that would fill the memory are refused', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level}: &l${level} [${level === 0 ? '1' : Array(9).fill(`*l${level - 1}`).join(', ')}]\n`);
    expect(problemOf(levels.join('')).message).toBe('the document contains excessive aliasing');
  });

  test('an alias of what is not there, or of itself, is refused where it stands', () => {
    expect(problemOf('a: *x\n')).toEqual({ message: "the anchor 'x' is not defined", offset: 4 });
    expect(problemOf('a: &x [*x]\n')).toEqual({ message: "the value of the anchor 'x' contains itself", offset: 8 });
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a: b: c\n', 'bad indentation of a mapping entry', 4],
    ['a: .nan\n', '.nan is a number that JSON does not have', 3],
    ['~: 1\n', 'a key must be text, a number or a boolean, got null or a number too large', 0],
    ['{a: b}: 1\n', 'a key must be text, a number or a boolean, got an object or a list', 0],
    ['<<: 5\n', 'a merge (<<) takes an object or a list of objects', 4],
    ['a: !!int x\n', '"x" is not a value of the type !!int', 9],
    ['a: 1\n\t\nb: 2\n', 'a tab stands where a line is indented: Kubernetes takes only spaces there', 5],
    ['a: "\\/"\n', 'Kubernetes does not know the escape sequence \\/: write the slash alone', 4],
  ])('%j', (text, message, offset) => {
    expect(problemOf(text)).toEqual({ message, offset });
  });

  test('tabs are fine inside of lists in brackets, behind plain text and in quotes', () => {
    expect(readYaml('a: [\n\t1\n]\nb:\t"\t"\nc: x \t\n').value).toEqual({ a: [1], b: '\t', c: 'x' });
  });
});

test('what stands in brackets or quotes over several lines may be indented as one likes', () => {
  expect(readYaml('a: [\n  x,\n{\n  b: 1\n}\n]\nc:\n  d: "one\n two"\ne: 1\ne: 2\n'))
    .toMatchObject({ value: { a: ['x', { b: 1 }], c: { d: 'one two' }, e: 2 }, repeatedKeys: [{ key: 'e', offset: 47 }] });
});

test('a key that is written twice is named where it stands the second time, and the last one counts', () => {
  expect(readYaml('a: 1\nb: 2\na: 3\n')).toMatchObject({ value: { a: 3, b: 2 }, repeatedKeys: [{ key: 'a', offset: 10 }] });
});

test('an entry beside a merge of the same name is no repetition', () => {
  expect(readYaml('x: &x {a: 1}\ny: {<<: *x, a: 2}\n').repeatedKeys).toEqual([]);
});
