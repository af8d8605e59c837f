import * as fc from 'fast-check';
import { found } from './util';

const ROUTE = [{ destination: { host: 'a' } }];

function ofHttp(...matches: (object[] | undefined)[]): string[] {
  return found('VirtualService', { hosts: ['a'], http: matches.map(match => ({ match, route: ROUTE })) });
}

test('after a route without match, no other is used', () => {
  expect(ofHttp([{ uri: { exact: '/' } }], undefined)).toEqual([]);
  expect(ofHttp(undefined, [{ uri: { exact: '/' } }], [], undefined)).toEqual([1, 2, 3].map(index => `warning VS30 spec.http[${index}]`));
});

test.each(['tcp', 'tls'])('%s routes are looked at in the same way', field => {
  const match = { sniHosts: ['a'], port: 80, destinationSubnets: ['::'], sourceLabels: { a: 'b', c: 'd' } };
  const again = { sniHosts: ['a'], sourceLabels: { c: 'd', a: 'b' }, destinationSubnets: ['::'], port: '80', gateways: [], sourceNamespace: '' };
  const other = { ...match, port: 81 };
  const routes = (...matches: object[]) => ({ hosts: ['a'], [field]: matches.map(each => ({ match: [each], route: ROUTE })) });
  expect(found('VirtualService', routes(match, other))).toEqual([]);
  expect(found('VirtualService', routes(match, other, again))).toEqual([`warning VS32 spec.${field}[2].match[0]`, `warning VS31 spec.${field}[2]`]);
});

test('a match that repeats is not used, whatever its name and however its defaults are written', () => {
  const match = { uri: { exact: '/' }, headers: { a: { exact: 'b' }, c: {} } };
  const again = { name: 'x', headers: { c: null, a: { exact: 'b' } }, uri: { exact: '/' }, port: 0, ignoreUriCase: false, queryParams: {}, gateways: [], statPrefix: '' };
  expect(ofHttp([match], [{ ...again, headers: match.headers }])).toEqual(['warning VS32 spec.http[1].match[0]', 'warning VS31 spec.http[1]']);
  expect(ofHttp([match, again], [{ uri: { exact: '/b' } }])).toEqual([]);
  expect(ofHttp([match, { ...match, name: 'x' }])).toEqual(['warning VS32 spec.http[0].match[1]']);
  expect(ofHttp([match], [{ ...match, statPrefix: 'a' }])).toEqual([]);
  expect(ofHttp([{ headers: { a: {} } }], [{ headers: { a: { exact: '' } } }])).toEqual([]);
});

test.each([
  [{ uri: { prefix: '/a' } }, { uri: { prefix: '/ab' } }, true],
  [{ uri: { prefix: '/ab' } }, { uri: { prefix: '/a' } }, false],
  [{ uri: { prefix: '/a' } }, { uri: { exact: '/ab' } }, false],
  [{ uri: { prefix: '' } }, { uri: { prefix: '/ab' } }, false],
  [{ uri: { prefix: '/a' }, port: 80 }, { uri: { prefix: '/ab' } }, false],
  [{ uri: { prefix: '/a' }, method: { exact: 'GET' } }, { uri: { prefix: '/ab' } }, true],
  [{ uri: { prefix: '/a' }, method: { exact: 'POST' } }, { uri: { prefix: '/ab' } }, false],
  [{ uri: { prefix: '/a' }, authority: { exact: 'abc' } }, { uri: { prefix: '/ab' }, authority: { exact: 'ab' } }, true],
  [{ uri: { prefix: '/a' }, authority: { exact: 'ab' } }, { uri: { prefix: '/ab' }, authority: { exact: 'abc' } }, false],
  [{ uri: { prefix: '/a' }, authority: { exact: 'ab' } }, { uri: { prefix: '/ab' }, authority: { prefix: 'ab' } }, false],
  [{ uri: { prefix: '/a' }, headers: { x: { exact: 'a' } } }, { uri: { prefix: '/ab' } }, false],
  [{ uri: { prefix: '/a' }, headers: { x: { exact: 'a' } } }, { uri: { prefix: '/ab' }, headers: { x: { regex: 'b' } } }, true],
  [{ uri: { prefix: '/a' }, headers: { x: {} } }, { uri: { prefix: '/ab' }, queryParams: { x: {} } }, false],
  [{ uri: { prefix: '/a' }, sourceLabels: { a: 'b' }, scheme: { exact: 'http' }, ignoreUriCase: true }, { uri: { prefix: '/ab' } }, true],
])('%j covers %j: %s', (earlier, later, expected) => {
  expect(ofHttp([earlier], [later])).toEqual(expected ? ['warning VS32 spec.http[1].match[0]'] : []);
  expect(ofHttp([earlier, later])).toEqual(expected ? ['warning VS32 spec.http[0].match[1]'] : []);
});

interface Match {
  readonly uri?: { readonly exact?: string; readonly prefix?: string; readonly regex?: string };
  readonly port?: number;
  readonly method?: Match['uri'];
  readonly headers?: { readonly [name: string]: Match['uri'] };
}

/** The definition, each match compared with each before it. */
function isCovered(matches: readonly Match[], index: number): boolean {
  const encode = (match: Match['uri']) => match?.exact ? `exact:${match.exact}` : match?.prefix ? `prefix:${match.prefix}` : '';
  const values = ({ method, headers = {} }: Match) => [encode(method) || 'exact:GET', ...Object.keys(headers).sort().map(name => encode(headers[name]))];
  const names = ({ headers = {} }: Match) => Object.keys(headers).sort().join();
  const narrow = matches[index];
  return matches.slice(0, index).some(wide => wide.uri?.prefix && narrow.uri?.prefix && wide.uri.prefix !== narrow.uri.prefix
    && narrow.uri.prefix.startsWith(wide.uri.prefix) && (wide.port ?? 0) === (narrow.port ?? 0) && names(wide) === names(narrow)
    && values(wide).every((value, axis) => value.startsWith(values(narrow)[axis])));
}

const text = fc.constantFrom('a', 'ab', 'abc', 'b');
const stringMatch = fc.oneof(fc.record({ exact: text }), fc.record({ prefix: text }), fc.constant({ regex: 'a' }));
const match: fc.Arbitrary<Match> = fc.record({
  uri: fc.oneof({ arbitrary: fc.record({ prefix: fc.stringMatching(/^[ab]{1,4}$/) }), weight: 5 }, { arbitrary: stringMatch, weight: 1 }),
  port: fc.constantFrom(0, 80),
  method: stringMatch,
  headers: fc.dictionary(fc.constantFrom('x', 'y'), stringMatch),
}, { requiredKeys: ['uri'] });

test('few matches and many are covered by the same definition', () => {
  fc.assert(fc.property(fc.array(match, { minLength: 1, maxLength: 60, size: 'max' }), matches => {
    const expected = matches.flatMap((_, index) => isCovered(matches, index) ? [`warning VS32 spec.http[${index}].match[0]`] : []);
    // no two matches are the same, but cover is blind to what makes them differ
    const distinct = matches.map((each, index) => [{ ...each, statPrefix: `${index}` }]);
    expect(ofHttp(...distinct).sort()).toEqual(expected.sort());
  }), { numRuns: 500 });
});
