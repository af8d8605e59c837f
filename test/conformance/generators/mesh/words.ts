import type { Random } from '../random';

// the words of random meshes: few, so that their parts meet, and requests meet them

export const NAMESPACES = ['default', 'shop', 'other'];
export const SERVICE_NAMES = ['a', 'b', 'c', 'd'];
export const ENTRY_HOSTS = ['ext.org', 'api.ext.org', '*.wild.org', 'b.org'];
export const GATEWAY_HOSTS = ['a.com', 'a.com', 'b.com', 'x.a.com', '*.a.com', '*.com', 'b.org', '*.org', '*'];
export const PATHS = ['/', '/foo', '/foo', '/foo/', '/foo/bar', '/Foo', '/api', '/api/v1', '/f', '/a%20b', '/foo/bar/baz'];
export const QUERIES = ['q', 'v', 'Q'];
export const VALUES = ['alice', 'bob', 'Alice', 'ali', '1', 'a b', 'v1'];
export const HEADERS = ['x-user', 'x-env', 'X-Mixed', 'cookie', 'user-agent', 'accept', 'referer', 'end-user', 'x-empty'];
export const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'];
export const LABELS: readonly { readonly [key: string]: string }[] = [{ app: 'client' }, { app: 'client', version: 'v1' }, { app: 'other' }];

/** Regular expressions, with texts that they match. */
export const PATH_PATTERNS: readonly (readonly [string, readonly string[]])[] = [
  ['/foo/.*', ['/foo/', '/foo/bar', '/foo/x/y']],
  ['/api/v[0-9]+', ['/api/v1', '/api/v23']],
  ['/(foo|api)(/.*)?', ['/foo', '/api/', '/api/v1']],
  ['/[^/]+/bar', ['/foo/bar', '/x/bar']],
  ['(?i)/foo', ['/foo', '/FOO']],
  ['/f.o', ['/foo', '/f-o']],
  ['.*', ['/', '/anything']],
  ['/.*', ['/', '/anything']],
  ['/foo\\.html?', ['/foo.htm', '/foo.html']],
];
export const VALUE_PATTERNS: readonly (readonly [string, readonly string[]])[] = [
  ['al.*', ['alice', 'al']],
  ['alice|bob', ['alice', 'bob']],
  ['[a-z]+', ['alice', 'x']],
  ['.*', ['', 'anything']],
  ['.+', ['x', 'anything']],
  ['^(.*?;)?(user=alice)(;.*)?$', ['user=alice', 'x=1;user=alice', 'x=1;user=alice;y=2']],
  ['(?i)ALICE', ['alice', 'Alice']],
  ['\\d+', ['1', '23']],
];

/** How often something is left out, so that most objects are simple. */
export function maybe<T>(random: Random, probability: number, make: () => T): T | undefined {
  return random.chance(probability) ? make() : undefined;
}

export function some<T>(random: Random, least: number, most: number, make: (index: number) => T): T[] {
  return Array.from({ length: random.integer(least, most) }, (_, index) => make(index));
}

/** Some of the given values, in their order. */
export function subset<T>(random: Random, values: readonly T[], probability: number): T[] {
  return values.filter(() => random.chance(probability));
}

export interface Placed {
  readonly name: string;
  readonly namespace: string;
}

export interface MeshObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Placed & { readonly [key: string]: unknown };
  readonly spec: any;
}

/** An object without what is undefined. Ages seldom agree, so that what depends on age is seen. */
export function meshObject(random: Random, apiVersion: string, kind: string, place: Placed, spec: object, metadata: object = {}): MeshObject {
  const second = String(random.integer(0, 59)).padStart(2, '0');
  const minute = String(random.integer(0, random.chance(0.3) ? 0 : 59)).padStart(2, '0');
  return JSON.parse(JSON.stringify({
    apiVersion, kind, metadata: { ...place, creationTimestamp: `2026-01-01T00:${minute}:${second}Z`, ...metadata }, spec,
  }));
}

export const NETWORKING = 'networking.istio.io/v1';
