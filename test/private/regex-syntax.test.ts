import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { countGroups, regexProblem } from '../../lib/private/regex-syntax';

test.each([
  '', 'a', '.*', '^a$', 'a|b|', '(a)(?:b)', '()', '(|a)*', '[a-z]', '[^a]', '[]a]', '[^]a]', '[a-]', '[-a]', '[[:alpha:][:^digit:]]', '[[:a]', '[[:]', '[^[:]', '[\\d\\pL]', '[a\\-z]', '\\d\\D\\w\\W\\s\\S',
  '\\b\\B\\A\\z', '\\a\\f\\n\\r\\t\\v', '\\0', '\\07', '\\12', '\\x41', '\\x{10FFFF}', '\\x{0000000041}', '\\_\\-\\/\\ ', '\\Qa+\\E*', '\\Q', '\\Q\\E', '\\pL', '\\PN', '\\p{Greek}', '\\p{^greek}',
  '\\p{Lu}', '\\p{ letter_}', '\\p{any}', '\\p{ASCII}', 'a*', 'a+?', 'a??', 'a{2}', 'a{2,}', 'a{2,3}?', 'a{1000}', 'a{,3}', 'a{01}', '{', 'a{', 'a{1', '}', ']', 'a{2}{,3}', '(?i)a', '(?i:a)',
  '(?s-m:a)', '(?)', '(?:)*', '(?P<n>a)(?P<n>b)', '(?<n_1>a)', 'a(?i)*', 'a*(?i)*', '^*', '$*', '(a{100}){10}', '((a{1000}){0}){1000}', 'é', '😀*', '[à-ü]',
])('%j compiles', pattern => {
  expect(regexProblem(pattern)).toBeUndefined();
});

test.each([
  ['(', 'a ( is not closed'], ['a)', 'a ) closes nothing'], ['[', 'a [ is not closed'], ['[]', 'a [ is not closed'], ['[a-', 'a [ is not closed'],
  ['*', 'there is nothing to repeat'], ['a|*', 'there is nothing to repeat'], ['(*a)', 'there is nothing to repeat'], ['(?i)*', 'there is nothing to repeat'], ['{2}', 'there is nothing to repeat'],
  ['a**', 'a repetition cannot be repeated, put it in a group'], ['a*+', 'a repetition cannot be repeated, put it in a group'], ['x{2}{3}', 'a repetition cannot be repeated, put it in a group'],
  ['a{1001}', '{1001} must count from the smaller to the larger number, at most 1000'], ['a{3,2}', '{3,2} must count from the smaller to the larger number, at most 1000'],
  ['a{99999999999999999999}', '{99999999999999999999} must count from the smaller to the larger number, at most 1000'],
  ['(a{100}){11}', 'repetitions in one another must not make more than 1000'], ['((a{2}){2,}){251}', 'repetitions in one another must not make more than 1000'],
  ['(?=a)', 'RE2 knows no look-ahead and look-behind'], ['(?!a)', 'RE2 knows no look-ahead and look-behind'], ['(?<=a)', 'the name of a group must be letters, digits and _'],
  ['(?P<>a)', 'the name of a group must be letters, digits and _'], ['(?P<a-b>a)', 'the name of a group must be letters, digits and _'], ['(?P<a', 'the name of a group must be letters, digits and _'],
  ['(?P=n)', 'RE2 does not know this kind of group'], ['(?#a)', 'RE2 does not know this kind of group'], ['(?>a)', 'RE2 does not know this kind of group'],
  ['(?i-)a', 'RE2 does not know this kind of group'], ['(?x)a', 'RE2 does not know this kind of group'], ['(?', 'RE2 does not know this kind of group'],
  ['[z-a]', 'a range of characters must go from the smaller to the larger one'], ['[[:foo:]]', 'there is no class [:foo:]'], ['[a-\\d]', 'RE2 does not know \\d'],
  ['\\pX', 'there is no class \\p{X}'], ['\\p{Old_Italic}', 'there is no class \\p{Old_Italic}'], ['\\p{Script=Greek}', 'there is no class \\p{Script=Greek}'], ['\\p{', 'there is no class \\p{}'],
  ['\\', 'there is nothing after the last \\'], ['\\C', 'RE2 does not know \\C'], ['\\Z', 'RE2 does not know \\Z'], ['\\1', 'RE2 does not know \\1'], ['\\8', 'RE2 does not know \\8'],
  ['\\é', 'RE2 does not know \\é'], ['\\u0041', 'RE2 does not know \\u'], ['\\x4', '\\x must be followed by two hexadecimal digits, or by some in braces, up to 10FFFF'],
  ['\\x{110000}', '\\x must be followed by two hexadecimal digits, or by some in braces, up to 10FFFF'],
])('%j does not compile', (pattern, problem) => {
  expect(regexProblem(pattern)).toBe(problem);
});

test('where there are no Unicode classes, a port of RE2 agrees', () => {
  const part = fc.constantFrom(...'a0-^$.*+?{}()[]|\\,1:<>!=iPd&é\n', '{2}', '{2,', '(?', '(?:', '(?P<a>', '\\Q', '\\E', '[:alpha:]', '[^', '\\x{41}', '{1000}');
  const compiles = (pattern: string) => {
    try {
      RE2JS.compile(pattern);
      return true;
    } catch {
      return false;
    }
  };
  // the port takes `[:]` for the name of a class, which Go does not
  const isAlike = (pattern: string) => !/\\p|\[:\]/i.test(pattern);
  fc.assert(fc.property(fc.array(part, { maxLength: 10 }).map(parts => parts.join('')).filter(isAlike), pattern => {
    expect(regexProblem(pattern) === undefined).toBe(compiles(pattern));
  }), { numRuns: 2000 });
});

test.each([['a', 0], ['(a)(b(c))', 3], ['(?:a)(?i)(?s:b)', 0], ['(?P<n>a)(?<m>b)', 2], ['\\(a\\)[(]\\Q(\\E', 0]])('%j captures %s groups', (pattern, count) => {
  expect(countGroups(pattern)).toBe(count);
});

test('no pattern of a kilobyte takes long', () => {
  const patterns = ['a{1000}'.repeat(140), '(a{1000}|b)'.repeat(90), '('.repeat(1024), '[[:'.repeat(341), '(?P<'.repeat(256), '\\p{'.repeat(341), '(?:'.repeat(300) + ')*'.repeat(60)];
  const start = process.cpuUsage().user;
  for (let repeat = 0; repeat < 100; repeat++) {
    patterns.forEach(regexProblem);
  }
  expect((process.cpuUsage().user - start) / 1000).toBeLessThan(3000);
});
