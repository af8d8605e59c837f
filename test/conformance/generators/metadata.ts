import type { Random } from './random';
import { anyKey, anyString, anything, word } from './values';

const NAMES = ['a', 'a-b', 'a.b', 'a.b-c.d', '1', 'a'.repeat(63), 'a'.repeat(253)];
const ODD_NAMES = ['A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a.', 'a.-b', 'a'.repeat(64), 'a'.repeat(254), 'ä', 'a b', 'a/b', '*', ''];
const LABEL_VALUES = ['', 'a', 'A', 'a_b.c-d', '1', 'a'.repeat(63)];
const ODD_LABEL_VALUES = ['-a', 'a-', '_', 'a b', 'a/b', 'ä', 'a'.repeat(64), '*'];
const KEYS = ['app', 'App', 'a.b/c', 'app.kubernetes.io/name', `${'a'.repeat(253)}/b`, 'a'.repeat(63)];
const ODD_KEYS = ['', '/', 'a/', '/a', 'a/b/c', 'A.b/c', 'a_b/c', '-a', 'a b', 'ä', `${'a'.repeat(254)}/b`, 'a'.repeat(64)];
const TIMES = ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+01:00'];
const ODD_TIMES = ['', '2026-01-31', '2026-13-01T12:00:00Z', '2026-01-31 12:00:00Z', 'now'];

/** The metadata of an object with something wrong in one of its fields, or with nothing. */
export function randomMetadata(random: Random): { [field: string]: unknown } {
  const odd = random.pick([...Object.keys(FIELDS), 'foo', 'Labels', 'clusterName', undefined, undefined, undefined]);
  const names = Object.keys(FIELDS).filter(name => name === 'name' || name === odd || random.chance(0.3));
  return {
    ...Object.fromEntries(names.map(name => [name, FIELDS[name](random, name === odd)])),
    ...odd === undefined || Object.hasOwn(FIELDS, odd) ? {} : { [odd]: anything(random) },
  };
}

type Field = (random: Random, odd: boolean) => unknown;

const FIELDS: { readonly [name: string]: Field } = {
  name: text(NAMES, ODD_NAMES),
  generateName: text(['a', 'a-', 'a.b-'], ['A', 'a.', 'a..', '-', 'a_', '.a-']),
  // texts only: the oracle puts the default namespace in the place of anything else
  namespace: (random, odd) => random.pick(odd ? ['a.b', 'A', 'a-', 'a'.repeat(64)] : ['a', 'a-b', '1', 'a'.repeat(63)]),
  uid: text(['a'], ['']),
  resourceVersion: text(['1'], ['']),
  generation: (random, odd) => odd ? random.pick<unknown>([-1, 1.5, '1', 1e19]) : random.pick([0, 1, null]),
  creationTimestamp: text([...TIMES, null], ODD_TIMES),
  labels: pairs(LABEL_VALUES, ODD_LABEL_VALUES),
  annotations: pairs([...LABEL_VALUES, ...ODD_LABEL_VALUES], ['a'.repeat(256 * 1024), 'a'.repeat(256 * 1024 - 10)]),
  finalizers: (random, odd) => odd ? random.pick<unknown>([[''], ['a b'], [1], {}, 'a/b', ['a/b/c']]) : ['a.b/c'],
  ownerReferences: (random, odd) => [odd ? random.pick<unknown>([{}, { ...OWNER, name: 1 }, { ...OWNER, foo: 1 }, 'a']) : OWNER],
};

const OWNER = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b' };

function text(values: readonly (string | null)[], odd: readonly string[]): Field {
  return (random, isOdd) => isOdd
    ? random.pick<() => unknown>([() => random.pick(odd), () => random.pick(odd), () => anyString(random), () => random.pick([1, true, [], {}])])()
    : random.pick(values);
}

function pairs(values: readonly string[], odd: readonly string[]): Field {
  return (random, isOdd) => {
    const entries = Array.from({ length: random.integer(0, 3) }, (): [string, unknown] =>
      [random.chance(0.7) ? random.pick(KEYS) : word(random), random.pick([...values, null])]);
    if (isOdd) {
      entries.push(random.pick<() => [string, unknown]>([
        () => [random.pick(ODD_KEYS), 'a'], () => [anyKey(random), 'a'], () => ['a', random.pick(odd)], () => ['a', anyString(random)], () => ['a', random.pick([1, true, {}])],
      ])());
    }
    return isOdd && random.chance(0.1) ? random.pick<unknown>([[], 'a', 1]) : Object.fromEntries(entries);
  };
}
