import * as fc from 'fast-check';
import { hasPartialWildcard, isDomainName, isGeneratedSni, isWildcardDomainName } from '../../../../lib/checks/webhook/primitives/dns';

const LABEL = 'a'.repeat(63);

test.each([
  ['reviews', true, true], ['a.b.c', true, true], ['A-1.B', true, true], ['a.', true, true], ['a.b.', true, true],
  ['*', false, true], ['*.a', false, true], ['*a.b', false, true], ['*-a.b', false, true], ['*.', false, true], ['*-', false, false], ['**', false, false],
  ['a*', false, false], ['a.*', false, false], ['*.*', false, false],
  ['', false, false], ['.', false, false], ['.a', false, false], ['a..', false, false], ['a..b', false, false], ['*..', false, false],
  ['-a', false, false], ['a-', false, false], ['a.-b', false, false], ['a.b-', false, false], ['a_b', false, false], ['a b', false, false], ['ä', false, false],
  ['a\n', false, false], ['a:80', false, false], ['\u212a.com', false, false],
  [LABEL, true, true], [`${LABEL}a`, false, false], [`*${LABEL}`, false, false], [`a.${LABEL}`, true, true], [`a.${LABEL}a`, false, false],
  [`${'a.'.repeat(127)}a`, true, true], [`${'a.'.repeat(127)}aa`, false, false], ['a.'.repeat(128), false, false],
])('%j is a domain name: %s, with a wildcard: %s', (text, plain, wildcard) => {
  expect([isDomainName(text), isWildcardDomainName(text)]).toEqual([plain, wildcard]);
});

test.each([
  ['123', false, true], ['123.', true, true], ['foo.123', false, false], ['foo.123.', true, true], ['1.2.3.4', false, false], ['1.2.3.4.', true, true], ['*.1', false, false],
  ['*.123.', false, true], ['foo.007', false, false], ['foo.9223372036854775807', false, false], ['foo.9223372036854775808', true, true],
  ['foo.00000000000000000000000000000000000001', false, false], ['foo.99999999999999999999', true, true], ['foo.12a', true, true], ['foo.1-2', true, true],
])('with a last part of digits, %j is a domain name: %s, with a wildcard: %s', (text, plain, wildcard) => {
  expect([isDomainName(text), isWildcardDomainName(text)]).toEqual([plain, wildcard]);
});

test('a domain name is one with a wildcard as well', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z0-9.*-]{0,12}$/), text => {
    expect(isDomainName(text) && !isWildcardDomainName(text)).toBe(false);
  }));
});

test.each([
  ['*', false], ['*.a', false], ['a', false], ['*a.b', true], ['*-a.b', true], ['a.*.b', true], ['*.*', false], ['**', true],
])('%j has a wildcard for part of a label: %s', (host, expected) => {
  expect(hasPartialWildcard(host)).toBe(expected);
});

test.each([
  ['outbound_.80_._.reviews.default.svc.cluster.local', true], ['outbound_.80_.v1_.reviews', true], ['outbound_8_ä_a', true], ['outbound_80_', false],
  ['outbound_.x_._.a.b', false], ['outbound_.80_._.1.2', false], ['outbound_.80_._', false], ['inbound_.80_._.a', false], [`outbound_1_${'é'.repeat(121)}_a`, true],
  [`outbound_1_${'é'.repeat(122)}_a`, false], [`outbound_.80_._.${'a'.repeat(250)}`, false],
])('%j is a name that istiod makes up for TLS between networks: %s', (text, expected) => {
  expect(isGeneratedSni(text)).toBe(expected);
});
