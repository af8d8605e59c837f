import * as fc from 'fast-check';
import { checkHeaderName, checkLabels, covers, hostsOverlap, isDnsLabel, isDomainName, isWildcardDomainName } from '../../lib/private/names';

const LABEL = 'a'.repeat(63);

test.each([
  ['a', true], ['A-1', true], [LABEL, true], [`${LABEL}a`, false], ['-a', false], ['a-', false], ['a.b', false], ['', false], ['ä', false], ['a\n', false],
])('%j as a DNS label: %s', (text, expected) => {
  expect(isDnsLabel(text)).toBe(expected);
});

// istio-rules: P2 and P3 with their errata
test.each([
  ['reviews', true, true], ['a.b.c', true, true], ['a.b.', true, true], ['A.B', true, true],
  ['*', false, true], ['*.a.b', false, true], ['*a.b', false, true], ['*-a.b', false, true], ['a.*.b', false, false], ['a*.b', false, false],
  ['123', false, true], ['1.2.3.4', false, false], ['*.1', false, false], ['1.2.3.4.', false, false],
  ['a..b', false, false], ['.a', false, false], ['', false, false], ['a_b.c', false, false], ['bücher.example', false, false],
  ['a b', false, false], ['a:80', false, false], [`${LABEL}.${LABEL}.${LABEL}.${LABEL}`, true, true], [`${LABEL}.${LABEL}.${LABEL}.${LABEL}.`, false, false],
])('%j as a domain name: %s, with a wildcard: %s', (text, plain, wildcard) => {
  expect([isDomainName(text), isWildcardDomainName(text)]).toEqual([plain, wildcard]);
});

test('a domain name is made of DNS labels, and the last is not a number', () => {
  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/);
  fc.assert(fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), labels => {
    expect(isDomainName(labels.join('.'))).toBe(!/^\d+$/.test(labels[labels.length - 1]));
    expect(isWildcardDomainName(['*', ...labels].join('.'))).toBe(!/^\d+$/.test(labels[labels.length - 1]));
  }));
});

test('no text with a character outside of host names is a host', () => {
  fc.assert(fc.property(fc.string(), fc.constantFrom(' ', '_', '/', ':', '@', 'é', '\u0000', '\n'), fc.string(), (before, bad, after) => {
    expect(isWildcardDomainName(before + bad + after)).toBe(false);
  }));
});

test.each([
  ['a.com', 'a.com', true], ['*.com', 'a.com', true], ['a.com', '*.com', true], ['*.com', '*.a.com', true], ['*', '*.a.com', true],
  ['a.com', 'b.com', false], ['*.a.com', 'a.com', false], ['*.a.com', '*.b.com', false],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect(hostsOverlap(a, b)).toBe(expected);
});

test('what a host covers overlaps with it', () => {
  const host = fc.constantFrom('*', '*.com', '*.a.com', 'a.com', 'b.a.com', '*.b.a.com');
  fc.assert(fc.property(host, host, (a, b) => {
    expect(hostsOverlap(a, b)).toBe(hostsOverlap(b, a));
    expect(covers(a, b) ? hostsOverlap(a, b) : true).toBe(true);
  }));
});

test.each([
  ['x-user', true], ['Cookie', true], ['x_y!', true], ['', false], ['a b', false], ['a:b', false], ['ä', false],
])('%j as the name of a header: %s', (name, accepted) => {
  const act = () => checkHeaderName('header', name);
  accepted ? expect(act()).toBe(name) : expect(act).toThrow('header must be ');
});

test.each([
  [{ app: 'a' }, undefined], [{ 'example.com/app': '' }, undefined], [{ 'a.b_c-d': 'X_y.z-1' }, undefined],
  [{ '': 'a' }, "labels has the key '', "], [{ 'a/b/c': 'a' }, "labels has the key 'a/b/c', "], [{ '-a': 'b' }, "labels has the key '-a', "],
  [{ a: '-b' }, "labels['a'] must be letters"], [{ a: 'b'.repeat(64) }, "labels['a'] must be letters"], [{ a: null }, "labels['a'] must not be null"],
  [['a'], 'labels must be an object, got a list of 1'], [null, 'labels must be an object, got null'],
])('%j as labels', (labels, message) => {
  const act = () => checkLabels('labels', labels as never);
  message === undefined ? expect(act()).toEqual(labels) : expect(act).toThrow(message);
});
