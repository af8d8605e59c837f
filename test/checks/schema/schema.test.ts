import { manifestOf, SCHEMA_CASES } from './cases';
import schemas from '../../../imports/istio-schema.json';
import { checkSchema } from '../../../lib/checks/schema';

test.each(SCHEMA_CASES)('$kind: $title', schemaCase => {
  const violations = checkSchema(manifestOf(schemaCase));
  const refused = violations.filter(({ unknownField }) => !unknownField);
  expect(refused.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual([...schemaCase.refused].sort());
  expect(violations.filter(({ unknownField }) => unknownField).map(({ path }) => path).sort()).toEqual([...schemaCase.unknown ?? []].sort());
});

test.each(['v1beta1', 'v1alpha3'])('%s is judged by the same schema', version => {
  for (const schemaCase of SCHEMA_CASES) {
    expect(checkSchema(manifestOf(schemaCase, version))).toEqual(checkSchema(manifestOf(schemaCase)));
  }
});

test('a version that Istio does not serve', () => {
  expect(checkSchema({ apiVersion: 'networking.istio.io/v2', kind: 'Gateway', metadata: { name: 'a' } })).toEqual([{
    path: 'apiVersion',
    rule: 'apiVersion',
    message: "must be one of networking.istio.io/v1, networking.istio.io/v1beta1, networking.istio.io/v1alpha3, got 'networking.istio.io/v2'",
    value: 'networking.istio.io/v2',
  }]);
});

test.each([
  ['another kind of the group', { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', spec: 1 }],
  ['another group', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', spec: 1 }],
  ['a kind that is no text', { apiVersion: 'networking.istio.io/v1', kind: ['Gateway'], spec: 1 }],
  ['a kind that objects inherit', { apiVersion: 'networking.istio.io/v1', kind: 'constructor', spec: 1 }],
  ['a version that is no text', { apiVersion: 1, kind: 'Gateway', spec: 1 }],
  ['no object', 'Gateway'],
  ['null', null],
  ['undefined', undefined],
])('%s is not judged', (_, manifest) => {
  expect(checkSchema(manifest)).toEqual([]);
});

test('the status of a new object is dropped before it is judged, but its unknown fields are named', () => {
  const status = { anything: 1, conditions: [{ type: 5, foo: 1 }], observedGeneration: [] };
  expect(checkSchema({ ...manifestOf(SCHEMA_CASES.find(({ title }) => title === 'an empty spec')!), status }).map(({ path }) => path)).toEqual(['status.conditions[0].foo']);
});

test.each(Object.keys(schemas))('an unknown field beside the spec of a %s is named, with the one that was meant', kind => {
  const [violation] = checkSchema({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'a' }, spec: undefined, sepc: {} });
  expect(violation.message).toBe('is not a field that Istio knows, did you mean spec?: the API server drops it without a word, or refuses it under strict validation');
});

describe('what is said', () => {
  const messages = (spec: object, kind = 'VirtualService') => checkSchema(manifestOf({ title: '', kind, spec, refused: [] })).map(({ path, message }) => `${path} ${message}`);

  test.each([
    ['a text for a number', { route: [{ destination: { host: 'a' }, weight: '5' }] }, "route[0].weight must be an integer, got '5': write it without quotes"],
    ['a number for a text', { name: 5 }, 'name must be a string, got 5: put it in quotes'],
    ['a text for a boolean', { corsPolicy: { allowCredentials: 'true' } }, "corsPolicy.allowCredentials must be true or false, got 'true': write it without quotes"],
    ['a word that no text should be', { corsPolicy: { allowCredentials: 'yes' } }, "corsPolicy.allowCredentials must be true or false, got 'yes'"],
    ['a null in a list', { match: [null] }, 'match[0] must be an object, got null'],
    ['fields that exclude each other', { redirect: { port: 1, derivePort: 'FROM_REQUEST_PORT' } }, 'redirect must set at most one of port, derivePort, got port and derivePort'],
    ['a duration', { timeout: '0s' }, "timeout must be a valid duration greater than 1ms, got '0s'"],
    ['a missing field', { directResponse: {} }, 'directResponse.status is required'],
    ['a number of 32 bits', { retries: { attempts: 3e9 } }, 'retries.attempts must be an integer of 32 bits, from -2147483648 to 2147483647, got 3000000000'],
    ['a field in lower case', { timeOut: '1s' }, 'timeOut is not a field that Istio knows, did you mean timeout?: the API server drops it without a word, or refuses it under strict validation'],
    ['a field with a letter too few', { retrie: 1 }, 'retrie is not a field that Istio knows, did you mean retries?: the API server drops it without a word, or refuses it under strict validation'],
    ['a field with two letters that changed places', { nmae: 1 }, 'nmae is not a field that Istio knows, did you mean name?: the API server drops it without a word, or refuses it under strict validation'],
    ['a field that is like no other', { circuitBreaker: 1 }, 'circuitBreaker is not a field that Istio knows: the API server drops it without a word, or refuses it under strict validation'],
  ])('about %s', (_, http, expected) => {
    expect(messages({ http: [http] })).toEqual([`spec.http[0].${expected}`]);
  });

  test('about two ports of one name', () => {
    expect(messages({ hosts: ['a'], ports: [{ number: 1, name: 'http' }, { number: 2, name: 'http' }] }, 'ServiceEntry'))
      .toEqual(["spec.ports[1] repeats the name 'http' of an earlier item"]);
  });

  test('about an enum', () => {
    expect(messages({ hosts: ['a'], location: 'INTERNAL' }, 'ServiceEntry')).toEqual(["spec.location must be one of MESH_EXTERNAL, MESH_INTERNAL, got 'INTERNAL'"]);
  });

  test('with the value that is wrong', () => {
    expect(checkSchema(manifestOf({ title: '', kind: 'VirtualService', spec: { http: [{ name: 5 }] }, refused: [] }))[0].value).toBe(5);
  });

  test('with keys of maps in quotes, and long ones cut', () => {
    const labels = { [`${'a'.repeat(199)}\u{1f600}b`]: 1, "it's": 1 };
    expect(messages({ host: 'a', subsets: [{ name: 'b', labels }] }, 'DestinationRule').map(message => message.split(' must')[0]))
      .toEqual([`spec.subsets[0].labels['${'a'.repeat(199)}…']`, "spec.subsets[0].labels['it\\'s']"]);
  });
});
