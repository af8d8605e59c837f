import * as fc from 'fast-check';
import { checkSchema } from '../../../lib/checks/schema';
import { KINDS } from '../../conformance/generators/from-schema';
import { randomMutant } from '../../conformance/generators/mutants';
import { Random } from '../../conformance/generators/random';

const manifest = (kind: string, spec: unknown) => ({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'a' }, spec });

/** The milliseconds of processor time that something takes. */
function costOf(action: () => void): number {
  const start = process.cpuUsage();
  action();
  return process.cpuUsage(start).user / 1000;
}

function nested(depth: number, innermost: unknown): unknown {
  let value = innermost;
  for (let level = 0; level < depth; level++) {
    value = [value, { a: 1 }];
  }
  return value;
}

test.each(KINDS)('anything may stand in a %s', kind => {
  const anything = fc.anything({
    withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true,
  });
  fc.assert(fc.property(anything, spec => {
    expect(Array.isArray(checkSchema(manifest(kind, spec)))).toBe(true);
    expect(Array.isArray(checkSchema({ ...manifest(kind, {}), metadata: spec, status: spec }))).toBe(true);
  }));
});

test.each(KINDS)('a %s is not changed, and judged by what it is written as', kind => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), seed => {
    const object = randomMutant(kind, new Random(seed));
    const written = JSON.stringify(object);
    const violations = checkSchema(object);
    expect(JSON.stringify(object)).toBe(written);
    expect(checkSchema(JSON.parse(written))).toEqual(JSON.parse(JSON.stringify(violations)));
  }), { numRuns: 200 });
});

test('an undefined field is as good as left out, a hole in a list is a null', () => {
  expect(checkSchema(manifest('VirtualService', { http: [{ name: undefined, foo: undefined, match: undefined }], hosts: undefined }))).toEqual([]);
  // eslint-disable-next-line no-sparse-arrays
  expect(checkSchema(manifest('VirtualService', { hosts: ['a', , undefined] })).map(({ path }) => path)).toEqual(['spec.hosts[1]', 'spec.hosts[2]']);
});

test('numbers that JSON does not have are no numbers', () => {
  for (const weight of [NaN, Infinity, 5n]) {
    expect(checkSchema(manifest('VirtualService', { http: [{ route: [{ destination: { host: 'a' }, weight }] }] })).map(({ rule }) => rule)).toEqual(['type']);
  }
});

test.each<[string, object]>([
  ['a megabyte of text', manifest('VirtualService', { hosts: ['a'.repeat(1e6)], http: [{ timeout: '9'.repeat(1e6), name: 1 }] })],
  ['a duration of half a million parts', manifest('VirtualService', { http: [{ timeout: '1s'.repeat(5e5) }] })],
  ['a fraction of a million digits', manifest('VirtualService', { http: [{ timeout: `0.${'0'.repeat(1e6)}1s` }] })],
  ['a megabyte of a key', manifest('DestinationRule', { host: 'a', subsets: [{ name: 'a', labels: { ['a'.repeat(1e6)]: Object.fromEntries(Array.from({ length: 1e4 }, (_, index) => [`k${index}`, 1])) } }] })],
  ['ten thousand ports of one name', manifest('ServiceEntry', { hosts: ['a'], ports: Array.from({ length: 1e4 }, () => ({ number: 1, name: 'a' })) })],
  ['256 ports, each compared with each', manifest('ServiceEntry', { hosts: ['a'], ports: Array.from({ length: 256 }, (_, index) => ({ number: index + 1, name: `n${index}` })) })],
  ['ten thousand unknown fields', manifest('VirtualService', Object.fromEntries(Array.from({ length: 1e4 }, (_, index) => [`k${index}`, 1])))],
  ['a hundred thousand wrong items', manifest('VirtualService', { hosts: Array.from({ length: 1e5 }, () => 1) })],
  ['lists in lists where a text belongs', manifest('VirtualService', { hosts: [nested(5000, 'a')] })],
  ['lists in lists where keys are compared', manifest('ServiceEntry', { hosts: ['a'], ports: [{ name: nested(5000, 'a') }, { name: nested(5000, 'a') }] })],
  ['names that take long to match', manifest('ServiceEntry', { hosts: ['a'], endpoints: [{ address: 'a', ports: { ['-'.repeat(1e6)]: 1, [`${'a'.repeat(61)}!`]: 1 } }] })],
  ['a name and labels that take long to match', { ...manifest('VirtualService', {}), metadata: { name: 'a-'.repeat(5e5), labels: { ['a.'.repeat(5e5)]: 'a_'.repeat(5e5) } } }],
])('%s does not hold up', (_, object) => {
  expect(costOf(() => checkSchema(object))).toBeLessThan(1500);
});

test('a list that contains itself', () => {
  const list: unknown[] = [{ a: 1 }];
  list.push(list, list);
  expect(checkSchema(manifest('VirtualService', { hosts: [list] })).map(({ path }) => path)).toEqual(['spec.hosts[0]', 'spec.hosts[0][0].a']);
});

test('the cost grows with the object, not faster', () => {
  const entry = (endpoints: number) => manifest('ServiceEntry', {
    hosts: ['a'], resolution: 'STATIC', endpoints: Array.from({ length: endpoints }, () => ({ address: '10.0.0.1', ports: { http: 80 }, labels: { a: 'b' } })),
  });
  const [small, large] = [entry(400), entry(4000)];
  const repeat = (object: object, times: number) => () => Array.from({ length: times }, () => checkSchema(object));
  repeat(small, 300)();
  const [one, ten] = [costOf(repeat(small, 300)), costOf(repeat(large, 30))];
  expect(ten).toBeLessThan(one * 3 + 50);
});

test('nothing is loaded before the first manifest is checked', () => {
  jest.isolateModules(() => {
    const loaded: string[] = [];
    jest.doMock('../../../lib/checks/schema/kinds', () => {
      loaded.push('kinds');
      return jest.requireActual('../../../lib/checks/schema/kinds');
    });
    const { checkSchema: check } = require('../../../lib/checks/schema') as typeof import('../../../lib/checks/schema');
    expect(loaded).toEqual([]);
    check({});
    expect(loaded).toEqual(['kinds']);
  });
});
