import * as fc from 'fast-check';
import { HeaderMatch, StringMatch } from '../lib';

test('a text is matched in one of three ways', () => {
  expect(StringMatch.exact('')._toStringMatch()).toEqual({ exact: '' });
  expect(StringMatch.prefix('/api')._toStringMatch()).toEqual({ prefix: '/api' });
  expect(StringMatch.regex('/v[0-9]+')._toStringMatch()).toEqual({ regex: '/v[0-9]+' });
});

test('a header condition that is made by something else is refused', () => {
  expect(() => HeaderMatch.both(undefined as never, HeaderMatch.notExact('a'))).toThrow(/^condition must be made by HeaderMatch, such as .*, got undefined$/);
  expect(() => HeaderMatch.both(HeaderMatch.present(), StringMatch.exact('a') as never)).toThrow(/^exclusion must be made by HeaderMatch, such as .*, got a value of class StringMatch$/);
});

test('a header is matched by what it is, by what it is not, or by both', () => {
  const both = (match: HeaderMatch) => [match._toHeader(), match._toWithoutHeader()];
  expect(both(HeaderMatch.exact('a'))).toEqual([{ exact: 'a' }, undefined]);
  expect(both(HeaderMatch.prefix('a'))).toEqual([{ prefix: 'a' }, undefined]);
  expect(both(HeaderMatch.regex('a+'))).toEqual([{ regex: 'a+' }, undefined]);
  expect(both(HeaderMatch.present())).toEqual([{}, undefined]);
  expect(both(HeaderMatch.absent())).toEqual([undefined, {}]);
  expect(both(HeaderMatch.notExact('a'))).toEqual([undefined, { exact: 'a' }]);
  expect(both(HeaderMatch.notPrefix('a'))).toEqual([undefined, { prefix: 'a' }]);
  expect(both(HeaderMatch.notRegex('a+'))).toEqual([undefined, { regex: 'a+' }]);
  expect(both(HeaderMatch.both(HeaderMatch.present(), HeaderMatch.notExact('a')))).toEqual([{}, { exact: 'a' }]);
});

const BOTH = 'HeaderMatch.both() takes one of exact, prefix, regex, present and then one of notExact, notPrefix, notRegex';
test.each([
  ['an empty prefix', () => StringMatch.prefix(''), "prefix must be a string that is not empty, got ''"],
  ['a number', () => StringMatch.exact(1 as never), 'exact must be a string, got 1'],
  ['nothing', () => StringMatch.exact(undefined as never), 'exact must be given'],
  ['an empty pattern', () => StringMatch.regex(''), "regex must be a string that is not empty, got ''"],
  ['a long pattern', () => StringMatch.regex('ä'.repeat(513)), 'regex must be at most 1024 bytes, got 1026'],
  ['two conditions', () => HeaderMatch.both(HeaderMatch.exact('a'), HeaderMatch.exact('b')), BOTH],
  ['two exclusions', () => HeaderMatch.both(HeaderMatch.notExact('a'), HeaderMatch.notExact('b')), BOTH],
  ['a pair in a pair', () => HeaderMatch.both(HeaderMatch.both(HeaderMatch.present(), HeaderMatch.notExact('a')), HeaderMatch.notExact('b')), BOTH],
])('fails for %s', (_title, act, message) => {
  expect(act).toThrow(new Error(message));
});

test.each(['(?=a)', '(a', 'a**', '\\1', '(?<!b)a', '\\C', 'x{2000}'])('fails for the pattern %s, which RE2 does not have', pattern => {
  expect(() => HeaderMatch.regex(pattern)).toThrow(`regex must be a regular expression in RE2 syntax, got '${pattern}': `);
});

test('any text that is quoted is a pattern', () => {
  const quoted = fc.string({ minLength: 1, maxLength: 50 }).map(text => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  fc.assert(fc.property(quoted, pattern => {
    expect(StringMatch.regex(pattern)._toStringMatch()).toEqual({ regex: pattern });
  }));
});
