import * as fc from 'fast-check';
import { checkHeaderValue, checkUriText, isAuthority } from '../../lib/private/header-values';

// each was put to Istio's webhook and, where that took it, to Envoy
test.each([
  'plain', ' spaces kept ', 'tab\tinside', 'é', '%%', 'a%%b', '100%%', '%PROTOCOL%', '%REQ(x-user)%', '%REQ(x?y)%', '%START_TIME(%Y-%m)%', '%UPSTREAM_METADATA(["a", "b"])%',
  '%DYNAMIC_METADATA(a:b)%', '%REQ(a)% and %REQ(b)%', '%DOWNSTREAM_REMOTE_ADDRESS%%REQ(a)%', '%CEL(request.headers)%',
])('takes %p', value => {
  expect(checkHeaderValue('value', value)).toBe(value);
});

test.each(['%', '100%', 'a%b', '%REQ', '%REQ(%', '%REQ()%', '%REQ(x', '%REQ(x)', '%REQ("x")%', '%lower%', '%REQ(a(b))%', '%A(["a)%', '%%%', '%A(\\")%', '%A(\\\\)%', '%REQ(x) y%'])('fails on %p', value => {
  expect(() => checkHeaderValue('value', value)).toThrow(/^value must write '%' as '%%'/);
});

test.each(['\0', '\n', '\r', '\x1f', '\x7f', 'a\nb'])('fails on the control character in %j', value => {
  expect(() => checkHeaderValue('value', value)).toThrow(/^value must not contain control characters/);
});

test('takes every printable text once its percent signs are doubled', () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), text => {
    const value = text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ').replace(/%/g, '%%');
    expect(checkHeaderValue('value', value)).toBe(value);
  }));
});

test('the authority has two names, in any spelling', () => {
  expect(['host', 'Host', ':authority', ':Authority', ':path', 'x-host'].map(isAuthority)).toEqual([true, true, true, true, false, false]);
});

test.each(['', ' ', 'a b', 'a\n', '\0'])('%j is no part of a URI', text => {
  expect(() => checkUriText('uri', text)).toThrow(/^uri must/);
});
