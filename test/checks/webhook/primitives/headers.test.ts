import * as fc from 'fast-check';
import { isAuthority, isClaimKey, isHeaderToken, plainHeaderProblem, requestHeaderProblem } from '../../../../lib/checks/webhook/primitives/header-names';
import { headerValueProblem } from '../../../../lib/checks/webhook/primitives/header-values';

test.each([
  ['x-user', true], ["!#$%&'*+-.^_`|~", true], ['a,b', true], ['', false], ['a b', false], ['a:b', false], ['a/b', false], ['ä', false], ['a\n', false], ['(a)', false],
])('%j is the name of a header: %s', (name, expected) => {
  expect(isHeaderToken(name)).toBe(expected);
});

test.each([
  ['@request.auth.claims.group', true], ['@request.auth.claims[a][b]', true], ['@REQUEST.Auth.claims.a', true], ['@request.auth.claims.\n', true], ['@request.auth.claims[]]', true],
  ['@request.auth.claims', false], ['@request.auth.claims.', false], ['@request.auth.claims[]', false], ['@request.auth.claims[a', false], ['@request.auth.claimsa', false],
  ['@request.auth.cla\u0130ms.a', false], ['request.auth.claims.a', false],
])('%j matches a claim: %s', (name, expected) => {
  expect(isClaimKey(name)).toBe(expected);
});

test.each([['host', true], ['HOST', true], ['ho\u017ft', true], [':authority', true], [':Authority', true], ['hosts', false], ['authority', false], [':host', false]])(
  '%j is the authority: %s', (name, expected) => {
    expect(isAuthority(name)).toBe(expected);
  });

test.each([
  ['x-a', undefined], ['a b', undefined], ['host', undefined], [':authority', undefined], ['', 'must have the name of a header as its key, got an empty one'],
  [':path', "must not change the pseudo header ':path', only ':authority'"],
])('setting request header %j: %s', (name, expected) => {
  expect(requestHeaderProblem(name)).toBe(expected);
});

test.each([
  ['x-a', undefined], ['a b', undefined], ['Host', "must not be the 'host' header"], [':authority', "must not be a pseudo header, got ':authority'"],
  ['', 'must be the name of a header, got an empty one'],
])('removing header %j: %s', (name, expected) => {
  expect(plainHeaderProblem(name)).toBe(expected);
});

test.each([
  '', 'a', 'tab\there', 'é', '100%%', '%%', '%START_TIME%', 'a %A% b %B%', '%A(b)%', '%A()x)%', '%A(["a"])%', '%A( [ "a" , "b" ] ) %', '%A(["a\\"]b"])%', '%A(b\\)c)%', '%A("a)%', '% %',
])('%j is the value of a header', value => {
  expect(headerValueProblem(value)).toBeUndefined();
});

test.each([
  ['a\nb', 'must not contain control characters or line breaks'], ['\u007f', 'must not contain control characters or line breaks'],
  ['%', "must not end with a single '%', write '%%' for a percent sign"], ['10%', "must not end with a single '%', write '%%' for a percent sign"],
  ['%a', "must end its last variable with '%', write '%%' for a percent sign"], ['%A(b)', "must end its last variable with '%', write '%%' for a percent sign"],
  ['%A()%', "must end its last variable with '%', write '%%' for a percent sign"],
  ['%A(["a\\', "must not end with a single '\\'"], ['%A("a")%', "must have ',' or ']' at character 7, as the arguments of a variable between two '%' go on"],
  ['%A([a])%', "must have '\"' at character 5, as the arguments of a variable between two '%' go on"],
  ['%A(["a"]x)%', "must have ')' at character 9, as the arguments of a variable between two '%' go on"],
  ['%A(["a"])x%', "must have '%' at character 10, as the arguments of a variable between two '%' go on"],
])('%j is no value of a header: %s', (value, problem) => {
  expect(headerValueProblem(value)).toBe(problem);
});

test('texts without percent signs and control characters are values of headers, and so are all with doubled percent signs', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter(text => !/[\x00-\x1f\x7f]/.test(text)), text => {
    expect(headerValueProblem(text.replace(/%/g, '%%'))).toBeUndefined();
  }));
});
