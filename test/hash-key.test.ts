import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { GeneratedCookie, HashAlgorithm, HashKey, LoadBalancer } from '../lib';
import { renderedPolicy } from './traffic-policies';

function rendered(key: HashKey, algorithm?: HashAlgorithm): any {
  return renderedPolicy({ loadBalancer: LoadBalancer.consistentHash(key, { algorithm }) }).loadBalancer.consistentHash;
}

test.each([
  ['a header', HashKey.header('x-user'), { httpHeaderName: 'x-user' }],
  ['a pseudo header', HashKey.header(':authority'), { httpHeaderName: ':authority' }],
  ['a cookie', HashKey.cookie('user'), { httpCookie: { name: 'user' } }],
  ['a parameter of the query', HashKey.queryParameter('user'), { httpQueryParameterName: 'user' }],
  ['the source address', HashKey.sourceIp(), { useSourceIp: true }],
])('the key is %s', (_what, key, expected) => {
  expect(rendered(key)).toEqual(expected);
});

test('a cookie that the proxy makes is written with all that it has', () => {
  const attributes = [{ name: 'SameSite', value: 'Strict' }, { name: 'Secure' }, { name: 'Comment', value: '' }];
  expect(rendered(HashKey.cookie('user', { ttl: Duration.hours(1), path: '/', attributes })))
    .toEqual({ httpCookie: { name: 'user', ttl: '3600s', path: '/', attributes } });
});

test.each(['a b', 'a;b', 'a=b', 'a\n'])('no cookie is called %j', name => {
  expect(() => HashKey.cookie(name)).toThrow(new Error(`name must not contain spaces, control characters, ';' or '=', got '${name}'`));
});

test('browsers also send names that the RFC does not allow', () => {
  expect(rendered(HashKey.cookie('cart[größe]'))).toEqual({ httpCookie: { name: 'cart[größe]' } });
});

test('a session cookie lives for zero seconds', () => {
  expect(rendered(HashKey.cookie('user', { ttl: Duration.seconds(0) }))).toEqual({ httpCookie: { name: 'user', ttl: '0s' } });
});

test('the caller\'s attributes are copied', () => {
  const attributes = [{ name: 'Secure' }];
  const key = HashKey.cookie('user', { ttl: Duration.hours(1), attributes });
  attributes[0].name = 'Changed';
  attributes.push({ name: 'Added' });
  expect(rendered(key).httpCookie.attributes).toEqual([{ name: 'Secure' }]);
});

test.each([
  ['no time', { path: '/' }, 'generated.ttl must be given'],
  ['a part of a second', { ttl: Duration.millis(500) }, 'generated.ttl must be whole seconds, got 500ms, the proxies would not get the rest'],
  ['a time without unit', { ttl: 5 }, 'generated.ttl must be made by Duration, such as Duration.seconds(5), got 5'],
  ['an empty path', { ttl: Duration.hours(1), path: '' }, 'generated.path must be a string that is not empty, got \'\''],
  ['no attributes', { ttl: Duration.hours(1), attributes: [] }, 'generated.attributes must not be empty, leave it out instead'],
  ['an attribute without name', { ttl: Duration.hours(1), attributes: [{ value: 'a' }] }, 'generated.attributes[0].name must be given'],
  ['an attribute with an empty name', { ttl: Duration.hours(1), attributes: [{ name: '' }] }, 'generated.attributes[0].name must be a string that is not empty, got \'\''],
  ['an attribute twice', { ttl: Duration.hours(1), attributes: [{ name: 'a' }, { name: 'b' }, { name: 'a', value: '1' }] },
    'generated.attributes[2] repeats the name \'a\' of generated.attributes[0]'],
  ['a path that begins an attribute', { ttl: Duration.hours(1), path: '/; Domain=x' }, 'generated.path must not contain control characters or \';\', got \'/; Domain=x\''],
  ['an attribute that begins another', { ttl: Duration.hours(1), attributes: [{ name: 'a;b' }] },
    'generated.attributes[0].name must not contain spaces, control characters, \';\' or \'=\', got \'a;b\''],
  ['an attribute of two lines', { ttl: Duration.hours(1), attributes: [{ name: 'a', value: 'x\ny' }] },
    'generated.attributes[0].value must not contain control characters or \';\', got \'x\ny\''],
  ['an unknown property', { ttl: Duration.hours(1), domain: 'a' }, 'generated has no property \'domain\', known properties: ttl, path, attributes'],
])('fails on a cookie with %s', (_what, cookie, message) => {
  expect(() => HashKey.cookie('user', cookie as unknown as GeneratedCookie)).toThrow(new Error(message));
});

test.each([
  ['header', HashKey.header], ['cookie', HashKey.cookie], ['queryParameter', HashKey.queryParameter],
])('HashKey.%s needs a name', (_name, factory) => {
  expect(() => factory('')).toThrow(new Error('name must be a string that is not empty, got \'\''));
  expect(() => factory(undefined as unknown as string)).toThrow(new Error('name must be given'));
  expect(() => factory(5 as unknown as string)).toThrow(new Error('name must be a string that is not empty, got 5'));
});

test.each(['x user', ':status', 'größe'])('fails on the header %s', name => {
  expect(() => HashKey.header(name)).toThrow(new Error(`name must be the name of a header, letters, digits and '-', got '${name}'`));
});

test('a ring has a least size', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 8388608 }), size => {
    expect(rendered(HashKey.sourceIp(), HashAlgorithm.ringHash(size))).toEqual({ useSourceIp: true, ringHash: { minimumRingSize: size } });
  }), { examples: [[1], [8388608]], numRuns: 10 });
  for (const size of [0, 8388609, 1.5, NaN, '1024']) {
    expect(() => HashAlgorithm.ringHash(size as number)).toThrow('minimumRingSize must be an integer from 1 to 8388608, got ');
  }
  expect(() => HashAlgorithm.ringHash(undefined as unknown as number)).toThrow(new Error('minimumRingSize must be given'));
});

test('a table has a prime size', () => {
  for (const size of [1, 2, 3, 5, 65537, 4999999]) {
    expect(rendered(HashKey.header('x-user'), HashAlgorithm.maglev(size))).toEqual({ httpHeaderName: 'x-user', maglev: { tableSize: size } });
  }
  for (const size of [0, 4, 9, 65536, 25, 5000010, 5000011, 2 ** 53, -7, 2.5, NaN, Infinity, '7', null]) {
    expect(() => HashAlgorithm.maglev(size as number)).toThrow(/^tableSize must be (a prime number below 5000011, got .*, 65537 is a usual one|given)$/);
  }
});

test('products are not prime', () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 2000 }), fc.integer({ min: 2, max: 2000 }), (a, b) => {
    expect(() => HashAlgorithm.maglev(a * b)).toThrow(new Error(`tableSize must be a prime number below 5000011, got ${a * b}, 65537 is a usual one`));
  }));
});
