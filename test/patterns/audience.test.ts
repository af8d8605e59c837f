import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { follow } from './follow';
import { Audience, HeaderMatch, StringMatch } from '../../lib';
import { renderHttpMatch } from '../../lib/private/render-http-match';

function rendered(audience: Audience): object {
  return JSON.parse(JSON.stringify(renderHttpMatch('match', audience._toMatch())));
}

function cookieRegex(name: string, text: string): RE2JS {
  return RE2JS.compile((rendered(Audience.cookie(name, text)) as any).headers.cookie.regex);
}

test('a header is matched under its name in small letters', () => {
  expect(rendered(Audience.header('X-Tester', HeaderMatch.exact('1')))).toEqual({ headers: { 'x-tester': { exact: '1' } } });
  expect(rendered(Audience.header('x-tester', HeaderMatch.absent()))).toEqual({ withoutHeaders: { 'x-tester': {} } });
});

test('the name of a claim keeps its spelling', () => {
  expect(rendered(Audience.header('@request.auth.claims.Group', HeaderMatch.exact('a')))).toEqual({ headers: { '@request.auth.claims.Group': { exact: 'a' } } });
});

test('query parameters, labels and namespaces are matched', () => {
  expect(rendered(Audience.queryParameter('beta', StringMatch.prefix('y')))).toEqual({ queryParams: { beta: { prefix: 'y' } } });
  expect(rendered(Audience.queryParameterPresent('beta'))).toEqual({ queryParams: { beta: {} } });
  expect(rendered(Audience.sourceLabels({ app: 'web' }))).toEqual({ sourceLabels: { app: 'web' } });
  expect(rendered(Audience.sourceNamespace('qa'))).toEqual({ sourceNamespace: 'qa' });
});

describe('a cookie', () => {
  test('is found in any position', () => {
    const regex = cookieRegex('group', 'b');
    expect(['group=b', 'a=1; group=b', 'group=b; a=1', 'a=1; group=b; c=2', 'a=1;group=b;c=2'].filter(header => !regex.matches(header))).toEqual([]);
  });

  test('is not mistaken for one whose name or value only contains it', () => {
    const regex = cookieRegex('group', 'b');
    expect(['xgroup=b', 'a=1; my-group=b', 'group=bb', 'group=b2; a=1', 'a=group=b', 'group=', 'group', 'GROUP=b'].filter(header => regex.matches(header))).toEqual([]);
  });

  test('is a text, not a pattern', () => {
    expect(cookieRegex('a.b', '1+(2)').matches('a.b=1+(2)')).toBe(true);
    expect(cookieRegex('a.b', '1+').matches('aXb=11')).toBe(false);
  });

  const name = fc.stringMatching(/^[-!#$&'*+.^_`|~0-9a-zA-Z]{1,8}$/);
  const text = fc.stringMatching(/^([!-:<-~]([ -:<-~]{0,6}[!-:<-~])?)?$/);
  test('of any name and value is found among others, and only it', () => {
    const cookies = fc.array(fc.tuple(name, text), { maxLength: 3 });
    fc.assert(fc.property(name, text, cookies, cookies, (key, value, before, after) => {
      const regex = cookieRegex(key, value);
      const others = [...before, ...after].filter(([other]) => other !== key);
      const write = (pairs: string[][]) => pairs.map(cookie => cookie.join('=')).join('; ');
      expect(regex.matches(write([...before, [key, value], ...after]))).toBe(true);
      expect(regex.matches(write(others))).toBe(false);
    }));
  });
});

describe('all of several audiences', () => {
  test('are one match', () => {
    const audience = Audience.all([
      Audience.header('x-tester', HeaderMatch.present()), Audience.cookie('a', '1'), Audience.queryParameterPresent('beta'),
      Audience.queryParameter('page', StringMatch.exact('2')), Audience.sourceLabels({ app: 'web' }), Audience.sourceNamespace('qa'),
    ]);
    expect(rendered(audience)).toEqual({
      headers: { 'x-tester': {}, 'cookie': { regex: '(.*;\\s*)?a=1(\\s*;.*)?' } },
      queryParams: { beta: {}, page: { exact: '2' } },
      sourceLabels: { app: 'web' },
      sourceNamespace: 'qa',
    });
  });

  test('may say one thing twice', () => {
    const audience = Audience.all([
      Audience.header('x-a', HeaderMatch.present()), Audience.header('x-a', HeaderMatch.prefix('b')), Audience.header('x-a', HeaderMatch.notExact('bad')),
      Audience.queryParameterPresent('q'), Audience.queryParameter('q', StringMatch.exact('1')), Audience.queryParameter('q', StringMatch.exact('1')),
      Audience.sourceLabels({ app: 'web', tier: 'edge' }), Audience.sourceLabels({ app: 'web' }),
    ]);
    expect(rendered(audience)).toEqual({
      headers: { 'x-a': { prefix: 'b' } },
      withoutHeaders: { 'x-a': { exact: 'bad' } },
      queryParams: { q: { exact: '1' } },
      sourceLabels: { app: 'web', tier: 'edge' },
    });
  });

  test.each<[string, () => Audience]>([
    ["header 'cookie'", () => Audience.all([Audience.cookie('a', '1'), Audience.cookie('b', '2')])],
    ["header 'x-a'", () => Audience.all([Audience.header('x-a', HeaderMatch.present()), Audience.header('x-a', HeaderMatch.absent())])],
    ["query parameter 'q'", () => Audience.all([Audience.queryParameter('q', StringMatch.exact('1')), Audience.queryParameter('q', StringMatch.prefix('2'))])],
    ["source label 'app'", () => Audience.all([Audience.sourceLabels({ app: 'a' }), Audience.sourceLabels({ app: 'b' })])],
    ["source namespace 'b'", () => Audience.all([Audience.sourceNamespace('a'), Audience.sourceNamespace('b')])],
  ])('fail where one match cannot say both of the %s', (subject, make) => {
    expect(make).toThrow(`audiences ask twice for the ${subject}, in ways that one match cannot say, find one condition that says both`);
  });
});

describe('an audience certainly covers', () => {
  const header = (match: HeaderMatch) => Audience.header('x-a', match);
  const { exact, prefix, regex, present, absent, notExact, notPrefix } = HeaderMatch;

  test.each<[string, Audience, Audience]>([
    ['an equal one', header(exact('a')), header(exact('a'))],
    ['an equal one in other capitals', Audience.header('X-A', exact('a')), Audience.header('x-a', exact('a'))],
    ['an equal regular expression', header(regex('a+')), header(regex('a+'))],
    ['a text that its prefix begins', header(prefix('a')), header(exact('ab'))],
    ['a longer prefix', header(prefix('a')), header(prefix('ab'))],
    ['any value of what must be there', header(present()), header(regex('.*'))],
    ['a text that it does not exclude', header(notExact('a')), header(exact('b'))],
    ['a text beside the prefix that it excludes', header(notPrefix('a')), header(exact('b'))],
    ['an equal exclusion', header(absent()), header(absent())],
    ['a narrower one', header(exact('a')), Audience.all([header(exact('a')), Audience.sourceNamespace('qa')])],
    ['a parameter with a value', Audience.queryParameterPresent('q'), Audience.queryParameter('q', StringMatch.regex('a'))],
    ['a parameter that must be there', Audience.queryParameterPresent('q'), Audience.queryParameterPresent('q')],
    ['more labels', Audience.sourceLabels({ app: 'a' }), Audience.sourceLabels({ app: 'a', tier: 'b' })],
    ['the same cookie', Audience.cookie('a', '1'), Audience.cookie('a', '1')],
  ])('%s', (_, audience, other) => {
    expect(audience.covers(other)).toBe(true);
  });

  test.each<[string, Audience, Audience]>([
    ['another text', header(exact('a')), header(exact('b'))],
    ['another header', header(present()), Audience.header('x-b', present())],
    ['a regular expression that it may cover', header(regex('a+')), header(exact('a'))],
    ['a wider prefix', header(prefix('ab')), header(prefix('a'))],
    ['a header that need not be there', header(present()), header(notExact('a'))],
    ['the text that it excludes', header(notExact('a')), header(exact('a'))],
    ['a wider one', Audience.all([header(exact('a')), Audience.sourceNamespace('qa')]), header(exact('a'))],
    ['fewer labels', Audience.sourceLabels({ app: 'a', tier: 'b' }), Audience.sourceLabels({ app: 'a' })],
    ['another cookie', Audience.cookie('a', '1'), Audience.cookie('a', '2')],
    ['a parameter of another name', Audience.queryParameterPresent('q'), Audience.queryParameterPresent('r')],
  ])('but not %s', (_, audience, other) => {
    expect(audience.covers(other)).toBe(false);
  });
});

test('what one audience covers, every request of the other has', () => {
  const short = fc.stringMatching(/^[ab]{1,2}$/);
  const header = fc.oneof(
    short.map(text => HeaderMatch.exact(text)), short.map(text => HeaderMatch.prefix(text)), short.map(text => HeaderMatch.regex(`${text}*`)),
    short.map(text => HeaderMatch.notExact(text)), short.map(text => HeaderMatch.notPrefix(text)),
    fc.constant(HeaderMatch.present()), fc.constant(HeaderMatch.absent()),
  ).map(match => Audience.header('x-a', match));
  const query = fc.oneof(short.map(text => Audience.queryParameter('q', StringMatch.prefix(text))), fc.constant(Audience.queryParameterPresent('q')));
  const audience = fc.oneof(header, query, fc.tuple(header, query).map(both => Audience.all(both)));
  const value = fc.option(short, { nil: undefined });
  fc.assert(fc.property(audience, audience, fc.array(fc.record({ 'x-a': value, 'q': value }), { minLength: 8 }), (one, other, requests) => {
    fc.pre(one.covers(other));
    const outcome = (each: Audience, request: { readonly 'x-a'?: string; readonly 'q'?: string }) => follow([
      { name: 'found', match: [rendered(each)], route: [{ destination: {} }] },
      { name: 'rest', route: [{ destination: {} }] },
    ], { headers: request as any, query: request as any }).route;
    expect(requests.filter(request => outcome(other, request) === 'found' && outcome(one, request) === 'rest')).toEqual([]);
  }));
});

describe('fails', () => {
  const untyped = Audience as any;
  test.each<[string, () => void, string]>([
    ['without a name', () => untyped.header(undefined, HeaderMatch.present()), 'name must be given'],
    ['when the name is not that of a header', () => Audience.header('a b', HeaderMatch.present()), "audience.headers: name must be the name of a header, letters, digits and '-', got 'a b'"],
    ['when the header is a text', () => untyped.header('x-a', '1'), "match must be made by HeaderMatch, such as HeaderMatch.exact(), got '1'"],
    ['when the name of a cookie has a percent sign', () => Audience.cookie('a%b', '1'), "name must be the name of a cookie, letters, digits and any of !#$&'*+-.^_`|~, got 'a%b'"],
    ['when the value of a cookie ends it', () => Audience.cookie('a', '1;2'), "text must be the value of a cookie, ASCII characters without ';' and without spaces at its ends, got '1;2'"],
    ['when the value of a cookie ends with a space', () => Audience.cookie('a', '1 '), "text must be the value of a cookie, ASCII characters without ';' and without spaces at its ends, got '1 '"],
    ['when the value of a cookie is a number', () => untyped.cookie('a', 1), 'text must be a string, got 1'],
    ['when the value of a cookie is too long', () => Audience.cookie('a', 'x'.repeat(1020)), 'regex must be at most 1024 bytes, got 1040'],
    ['without labels', () => Audience.sourceLabels({}), 'labels must not be empty, it would select every workload'],
    ['when a namespace is not one', () => Audience.sourceNamespace('a.b'), "namespaceName must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'a.b'"],
    ['when a parameter is compared with a text', () => untyped.queryParameter('q', '1'), "match must be made by StringMatch, such as StringMatch.exact(), got '1'"],
    ['without audiences', () => Audience.all([]), 'audiences must not be empty, leave it out instead'],
    ['when an audience is a header', () => untyped.all([HeaderMatch.present()]), 'audiences[0] must be made by Audience, such as Audience.header(), got a value of class HeaderMatch'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
