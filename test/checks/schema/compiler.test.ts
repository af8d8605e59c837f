import rules from '../../../imports/istio-rules.json';
import schemas from '../../../imports/istio-schema.json';
import { compileExpression } from '../../../lib/checks/schema/cel';
import { compileManifest } from '../../../lib/checks/schema/manifest';
import { compilePattern } from '../../../lib/checks/schema/pattern';
import { compileSchema } from '../../../lib/checks/schema/structural';
import { Walk } from '../../../lib/checks/schema/walk';

// what the schema of Istio's present release says is covered by the cases; here is what a later one may say

test.each(Object.entries(schemas))('the checks understand all of %s', (_, schema) => {
  expect(() => compileManifest(schema as any, rules as any)).not.toThrow();
});

test('no syntax tree is left of a rule that the schema no longer has', () => {
  expect(Object.keys(rules).filter(rule => !JSON.stringify(schemas).includes(JSON.stringify(rule)))).toEqual([]);
});

describe('a keyword that the checks do not understand is refused', () => {
  test.each([
    ['of a text', { type: 'string', pattern: '^a' }, /uses pattern/],
    ['of a number', { type: 'integer', multipleOf: 2 }, /uses multipleOf/],
    ['of an object', { type: 'object', properties: {}, minProperties: 1 }, /uses minProperties/],
    ['of a map', { type: 'object', additionalProperties: { type: 'string' }, required: ['a'] }, /uses required/],
    ['of a list', { type: 'array', items: { type: 'string' }, uniqueItems: true }, /uses uniqueItems/],
    ['of a node below', { type: 'array', items: { type: 'object', properties: { a: { type: 'boolean', default: true } } } }, /uses default/],
    ['a node of any type', { 'x-kubernetes-int-or-string': true }, /without a type/],
    ['the format of a text', { type: 'string', format: 'ipv4' }, /format ipv4/],
    ['a kind of list', { 'type': 'array', 'items': { type: 'string' }, 'x-kubernetes-list-type': 'set' }, /type set/],
    ['a choice that must be made', { type: 'object', properties: { a: { type: 'string' } }, oneOf: [{ required: ['a'] }] }, /choice/],
    ['a choice of more than fields', { type: 'object', oneOf: [{ not: { anyOf: [{ required: ['a'] }] } }, { required: ['a'], properties: {} }] }, /choice/],
    ['a choice of what may be null', { type: 'object', properties: { a: { type: 'string', nullable: true } }, oneOf: [{ not: { anyOf: [{ required: ['a'] }] } }, { required: ['a'] }] }, /excludes a/],
    ['a rule without a syntax tree', { 'type': 'string', 'x-kubernetes-validations': [{ rule: 'self == 1', message: '' }] }, /lacks the rule self == 1/],
    ['a rule with a computed message', { 'type': 'string', 'x-kubernetes-validations': [{ rule: 'self != "*"', messageExpression: '"a"' }] }, /uses messageExpression/],
    ['a rule about what may be null', {
      'type': 'object',
      'properties': { address: { type: 'string', nullable: true } },
      'x-kubernetes-validations': [{ rule: 'has(self.address) || has(self.network)', message: '' }],
    }, /uses address, which may be null/],
  ])('%s', (_, schema, message) => {
    expect(() => compileSchema(schema as any, rules as any)).toThrow(message);
  });
});

test('a list with several keys is compared by all of them', () => {
  const items = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } };
  const check = compileSchema({ 'type': 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['a', 'b'] } as any, {});
  const walk = new Walk();
  check([{ a: 'x', b: 1 }, { a: 'x', b: 2 }, { b: 1, a: 'x' }], walk);
  expect(walk.violations.map(({ path, message }) => `${path} ${message}`)).toEqual(["[2] repeats the a 'x' and the b 1 of an earlier item"]);
});

describe('a CEL expression', () => {
  const self = ['id', 'self'];
  const field = (name: string) => ['.', self, name];
  const fails = ['==', field('missing'), ['value', 1]];
  const evaluate = (expression: unknown, value: unknown) => compileExpression(expression as any)(value);

  test('has no value where a field is missing', () => {
    expect(() => evaluate(fails, {})).toThrow('no such key: missing');
    expect(() => evaluate(fails, { missing: null })).toThrow('no such key: missing');
  });

  test('needs no operand that cannot be evaluated when the other decides', () => {
    expect(evaluate(['||', fails, ['value', true]], {})).toBe(true);
    expect(evaluate(['&&', fails, ['value', false]], {})).toBe(false);
    expect(() => evaluate(['||', fails, ['value', false]], {})).toThrow('no such key');
    expect(() => evaluate(['&&', fails, ['value', true]], {})).toThrow('no such key');
  });

  test('needs no item that cannot be evaluated when another decides', () => {
    const test = ['==', ['.', ['id', 'x'], 'a'], ['value', 1]];
    expect(evaluate(['rcall', 'exists', self, [['id', 'x'], test]], [{}, { a: 1 }])).toBe(true);
    expect(evaluate(['rcall', 'all', self, [['id', 'x'], test]], [{}, { a: 2 }])).toBe(false);
    expect(() => evaluate(['rcall', 'all', self, [['id', 'x'], test]], [{}, { a: 1 }])).toThrow('no such key');
    expect(() => evaluate(['rcall', 'exists_one', self, [['id', 'x'], test]], [{}, { a: 1 }])).toThrow('no such key');
  });

  test('counts code points', () => {
    expect(evaluate(['call', 'size', [self]], 'a\u{1f600}')).toBe(2);
    expect(evaluate(['rcall', 'substring', self, [['value', 1], ['value', 2]]], '\u{1f600}\u{1f601}a')).toBe('\u{1f601}');
    expect(() => evaluate(['rcall', 'substring', self, [['value', 1], ['value', 2]]], '\u{1f600}')).toThrow('index out of range');
  });

  test('compares lists and values of other types as wholes', () => {
    expect(evaluate(['==', self, ['list', [['value', 1], ['value', 'a']]]], [1, 'a'])).toBe(true);
    expect(evaluate(['!=', self, ['value', 1]], '1')).toBe(true);
    expect(evaluate(['in', self, ['list', [['value', 1], ['value', 2]]]], 2)).toBe(true);
    expect(evaluate(['>', self, ['value', 1]], 1)).toBe(false);
  });

  test.each([
    ['a variable', ['id', 'oldSelf'], /variable oldSelf/],
    ['a function', ['call', 'isIP', [self]], /function isIP/],
    ['a method', ['rcall', 'lowerAscii', self, []], /function lowerAscii/],
    ['an operator', ['%', self, ['value', 2]], /operator %/],
    ['has() of more than a field', ['call', 'has', [self]], /has\(\)/],
    ['a computed pattern', ['rcall', 'matches', self, [self]], /matches\(\)/],
    ['a loop without a variable', ['rcall', 'all', self, [['value', 1], ['value', true]]], /all\(\)/],
  ])('is refused when it uses %s that the checks do not understand', (_, expression, message) => {
    expect(() => compileExpression(expression as any)).toThrow(message);
  });
});

test.each([
  ['^a.c$', 'abc', true],
  ['^a.c$', 'a\u{1f600}c', true],
  ['b', 'abc', true],
  ['^b', 'abc', false],
  ['(?i)ABC', 'abc', true],
  ['^\\pL+$', 'äÖ', true],
  ['(a+)+$', `${'a'.repeat(50)}b`, false],
  ['^[a]$', 'a\n', false],
])('the pattern %s is read as RE2 reads it', (pattern, text, expected) => {
  expect(compilePattern(pattern)(text)).toBe(expected);
});
