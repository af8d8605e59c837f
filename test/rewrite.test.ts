import { Rewrite } from '../lib';

test('replaces the path', () => {
  expect(Rewrite.uri('/v2')._toRewrite()).toEqual({ uri: '/v2' });
});

test('replaces the path and the authority', () => {
  expect(Rewrite.uri('/', { authority: 'legacy.example.com:8080' })._toRewrite()).toEqual({ uri: '/', authority: 'legacy.example.com:8080' });
});

test('replaces parts of the path by a pattern', () => {
  expect(Rewrite.uriRegex('^/v[0-9]+/(.*)$', '/\\1', { authority: 'a' })._toRewrite()).toEqual({
    uriRegexRewrite: { match: '^/v[0-9]+/(.*)$', rewrite: '/\\1' },
    authority: 'a',
  });
});

test('replaces only the authority', () => {
  expect(Rewrite.authority('a.example.com')._toRewrite()).toEqual({ authority: 'a.example.com' });
});

test.each<[() => Rewrite, string]>([
  [() => Rewrite.uri(''), "uri must be a string that is not empty, got ''"],
  [() => Rewrite.uri('v2'), "uri must begin with '/', got 'v2'"],
  [() => Rewrite.uri('/a b'), "uri must not contain spaces or control characters, got '/a b'"],
  [() => Rewrite.uri(undefined as never), 'uri must be given'],
  [() => Rewrite.uri('/', { authority: '' }), "authority must be a string that is not empty, got ''"],
  [() => Rewrite.uri('/', { host: 'a' } as never), "options has no property 'host', known properties: authority"],
  [() => Rewrite.authority('a\n'), "authority must not contain spaces or control characters, got 'a\n'"],
  [() => Rewrite.authority(7 as never), 'authority must be a string that is not empty, got 7'],
  [() => Rewrite.uriRegex('', '/a'), "match must be a string that is not empty, got ''"],
  [() => Rewrite.uriRegex('/(a)', ''), "replacement must be a string that is not empty, got ''"],
  [() => Rewrite.uriRegex('/(a)', '/\\2'), "replacement must use '\\' only before itself or the number of a group of the pattern, which has 1, got '/\\2'"],
  [() => Rewrite.uriRegex('/(a)', '/\\x'), "replacement must use '\\' only before itself or the number of a group of the pattern, which has 1, got '/\\x'"],
  [() => Rewrite.uriRegex('/(a)', '/\\'), "replacement must use '\\' only before itself or the number of a group of the pattern, which has 1, got '/\\'"],
])('fails on %p', (make, message) => {
  expect(make).toThrow(message);
});

test.each(['(?=a)', '(a', '\\C'])('fails on the pattern %p, which is not RE2', pattern => {
  expect(() => Rewrite.uriRegex(pattern, '/')).toThrow(/^match must be a regular expression in RE2 syntax, got/);
});

test.each([['/(a)(b)', '/\\2\\1'], ['/a', '/\\0'], ['/a', '/\\\\'], ['/(?P<n>a)', '/\\1']])('the replacement of %p may be %p', (pattern, replacement) => {
  expect(Rewrite.uriRegex(pattern, replacement)._toRewrite().uriRegexRewrite).toEqual({ match: pattern, rewrite: replacement });
});
