import schemas from '../../../imports/istio-schema.json';
import { checkWebhook } from '../../../lib/checks/webhook';
import { DECODE_RULES } from '../../../lib/checks/webhook/decode/decoder';
import { destinationRuleShape } from '../../../lib/checks/webhook/destination-rule/shape';
import { Report } from '../../../lib/checks/webhook/finding';
import { gatewayShape } from '../../../lib/checks/webhook/gateway/shape';
import { serviceEntryShape } from '../../../lib/checks/webhook/service-entry/shape';
import { virtualServiceShape } from '../../../lib/checks/webhook/virtual-service/shape';

const SHAPES = { Gateway: gatewayShape, VirtualService: virtualServiceShape, DestinationRule: destinationRuleShape, ServiceEntry: serviceEntryShape };

type Kind = keyof typeof SHAPES;

/** What the decoder makes of a spec, or what it says about it. */
function decode(kind: Kind, spec: unknown, asWritten = false): unknown {
  const report = new Report();
  const decoded = SHAPES[kind](spec, { report, asWritten });
  return report.findings.length === 0 ? decoded : report.findings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`);
}

function http(route: object): object {
  return { http: [route] };
}

interface Schema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly enum?: readonly string[];
}

/** A value of another type than the schema wants at each of its places. */
function wrongValues(schema: Schema): unknown[] {
  const within = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => wrongValues(property).map(value => ({ [name]: value }))),
    ...schema.items === undefined ? [] : wrongValues(schema.items).map(value => [value]),
    ...schema.additionalProperties === undefined ? [] : wrongValues(schema.additionalProperties).map(value => ({ key: value })),
  ];
  const isAnything = schema.type === undefined;
  return isAnything ? within : [schema.type === 'boolean' ? 'true' : true, ...within];
}

test.each(Object.keys(SHAPES) as Kind[])('every field of a %s that the CRD has is decoded', kind => {
  const spec = (schemas as { [kind: string]: { properties: { spec: Schema } } })[kind].properties.spec;
  const values = wrongValues(spec);
  expect(values.length).toBeGreaterThan(20);
  for (const value of values) {
    expect([value, decode(kind, value)]).toEqual([value, [expect.stringMatching(/^WH[123] /)]]);
  }
});

test('what is as it should be is not copied', () => {
  const spec = { hosts: ['a'], http: [{ match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'a' }, weight: 1 }], timeout: '5s' }] };
  expect(decode('VirtualService', spec)).toBe(spec);
});

test('what is not known is let through', () => {
  expect(decode('Gateway', { servers: [{ hosts: ['*'], unknown: [1] }], toString: 5 })).toEqual({ servers: [{ hosts: ['*'], unknown: [1] }], toString: 5 });
});

test('the manifest stays as it is', () => {
  const spec = { hosts: [], http: [{ retries: { attempts: '3' }, headers: { request: { set: { a: null } } } }, null] };
  const before = JSON.stringify(spec);
  decode('VirtualService', spec);
  expect(JSON.stringify(spec)).toBe(before);
});

test('empty lists and maps count as left out, empty objects do not', () => {
  expect(decode('VirtualService', { hosts: [], http: [{ route: [], match: [{ headers: {} }], retries: {} }] }))
    .toEqual({ hosts: undefined, http: [{ route: undefined, match: [{ headers: undefined }], retries: {} }] });
});

describe('null', () => {
  test('is an empty object or text in a list, and nothing in a field', () => {
    expect(decode('VirtualService', { hosts: [null], gateways: null, http: [null, { match: [null], timeout: null }] }))
      .toEqual({ hosts: [''], gateways: undefined, http: [{}, { match: [{}], timeout: undefined }] });
  });

  test('is dropped from maps by the API server, and an empty object or zero as written', () => {
    const spec = http({ match: [{ headers: { a: null, b: { exact: 'x' } }, sourceLabels: { a: null } }] });
    expect(decode('VirtualService', spec)).toEqual(http({ match: [{ headers: { b: { exact: 'x' } }, sourceLabels: undefined }] }));
    expect(decode('VirtualService', spec, true)).toEqual(http({ match: [{ headers: { a: {}, b: { exact: 'x' } }, sourceLabels: { a: '' } }] }));
    expect(decode('ServiceEntry', { endpoints: [{ ports: { http: null } }] }, true)).toEqual({ endpoints: [{ ports: { http: 0 } }] });
  });

  test('is nothing instead of a spec', () => {
    expect(checkWebhook({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'a' }, spec: null }).map(({ rule }) => rule)).toEqual(['GW2']);
  });
});

describe('numbers', () => {
  test.each([[5, 5], ['5', 5], [' 5 ', 5], ['-5', -5], ['-0', 0], ['null', 0], [5n, 5], [2147483647, 2147483647], [-2147483648, -2147483648], [5.0, 5]])(
    'of 32 bits may be %j', (given, expected) => {
      expect(decode('VirtualService', http({ retries: { attempts: given } }))).toEqual(http({ retries: { attempts: expected } }));
    });

  test.each([
    [5.5, '5.5'], ['5.0', "'5.0'"], ['05', "'05'"], ['+5', "'+5'"], ['', "''"], ['0x5', "'0x5'"], ['5\n', "'5\n'"], [true, 'true'], [{}, 'an empty object'], [[], 'an empty list'],
    [2147483648, '2147483648'], ['2147483648', "'2147483648'"], [NaN, 'NaN'], [1e21, '1e+21'], [2n ** 31n, '2147483648n'],
  ])('of 32 bits may not be %j', (given, described) => {
    expect(decode('VirtualService', http({ retries: { attempts: given } })))
      .toEqual([`WH1 .http[0].retries.attempts: must be an integer of 32 bits, got ${described}`]);
  });

  test.each([[0, 0], [4294967295, 4294967295], ['80', 80]])('without sign may be %j', (given, expected) => {
    expect(decode('VirtualService', http({ match: [{ port: given }] }))).toEqual(http({ match: [{ port: expected }] }));
  });

  test.each([-1, '-1', '-0', 4294967296, '4294967296'])('without sign may not be %j', given => {
    expect(decode('VirtualService', http({ match: [{ port: given }] }))).toEqual([expect.stringContaining('must be an integer from 0 to 4294967295, got ')]);
  });

  test.each([['18446744073709551615', 18446744073709552000], [1e19, 1e19], [0, 0]])('of 64 bits may be %j', (given, expected) => {
    const spec = (minimumRingSize: unknown) => ({ trafficPolicy: { loadBalancer: { consistentHash: { minimumRingSize } } } });
    expect(decode('DestinationRule', spec(given))).toEqual(spec(expected));
  });

  test.each(['18446744073709551616', 2 ** 64, '9'.repeat(1000000), -1])('of 64 bits may not be %j', given => {
    expect(decode('DestinationRule', { trafficPolicy: { loadBalancer: { consistentHash: { minimumRingSize: given } } } }))
      .toEqual([expect.stringContaining('must be an integer that is not negative, got ')]);
  });

  test.each([[0.5, 0.5], ['0.5', 0.5], ['1e2', 100], [' 5', 5], ['NaN', NaN], ['-Infinity', -Infinity], ['null', 0], [5n, 5]])('with a fraction may be %j', (given, expected) => {
    expect(decode('VirtualService', http({ mirrorPercentage: { value: given } }))).toEqual(http({ mirrorPercentage: { value: expected } }));
  });

  test.each(['1e999', '.5', '5.', '+5', 'nan', '', true, Infinity, NaN])('with a fraction may not be %j', given => {
    expect(decode('VirtualService', http({ mirrorPercentage: { value: given } }))).toEqual([expect.stringContaining('must be a number, got ')]);
  });
});

describe('words', () => {
  test('may be numbers', () => {
    expect(decode('ServiceEntry', { resolution: 2, location: 0 })).toEqual({ resolution: 'DNS', location: 'MESH_EXTERNAL' });
    expect(decode('ServiceEntry', { resolution: 9, location: -1 })).toEqual({ resolution: 9, location: -1 });
  });

  test.each(['dns', '', '2', true, 2.5, 2 ** 31])('may not be %j', resolution => {
    expect(decode('ServiceEntry', { resolution })).toEqual([expect.stringContaining('WH2 .resolution: must be one of NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS, got ')]);
  });
});

describe('durations', () => {
  test.each(['5s', '0', '1h30m', '-1.5s', '.5s', '1000\u00b5s', '2562047h47m16.854775807s'])('may be %j', timeout => {
    expect(decode('VirtualService', http({ timeout }))).toEqual(http({ timeout }));
  });

  test.each(['5', '', 's', '1 s', '5S', '1d', '2562048h'])('may not be %j', timeout => {
    expect(decode('VirtualService', http({ timeout }))).toEqual([expect.stringContaining('WH3 .http[0].timeout: must be a duration such as ')]);
  });
});

describe('bytes', () => {
  const body = (bytes: unknown) => http({ directResponse: { body: { bytes } } });

  test.each(['', 'YQ==', 'YQ==\n', 'YQ=\r\n=', 'YR==', 'YWJj', [[104, 105]], [[null]]].map(bytes => [Array.isArray(bytes) ? bytes[0] : bytes]))('may be %j', bytes => {
    expect(decode('VirtualService', body(bytes))).toEqual(body(bytes));
  });

  test.each(['YQ', 'YQ=', 'Y===', '-_-_', 'YQ==YQ==', 'Y Q=', [[256]], [['a']], 5].map(bytes => [Array.isArray(bytes) ? bytes[0] : bytes]))('may not be %j', bytes => {
    expect(decode('VirtualService', body(bytes))).toEqual([expect.stringMatching(/^WH[14] .*must be base64/)]);
  });
});

describe('names of fields', () => {
  test('in snake case count as written only, but for one that the CRD has', () => {
    const spec = http({ mirror_percent: '5', direct_response: { status: 200 } });
    expect(decode('VirtualService', spec)).toEqual(http({ mirror_percent: '5', direct_response: { status: 200 }, mirrorPercent: 5 }));
    expect(decode('VirtualService', spec, true)).toMatchObject(http({ mirrorPercent: 5, directResponse: { status: 200 } }));
    expect(decode('DestinationRule', { trafficPolicy: { outlierDetection: { consecutive_5xx_errors: 'a' } } }, true)).toEqual([
      'WH1 .trafficPolicy.outlierDetection.consecutive_5xx_errors: must be an integer from 0 to 4294967295, got \'a\'',
    ]);
  });

  test('in Istio\'s own case count more, even with null', () => {
    expect(decode('VirtualService', http({ mirror_percent: 5, mirrorPercent: 6 }))).toMatchObject(http({ mirrorPercent: 6 }));
    expect(decode('VirtualService', http({ mirror_percent: 5, mirrorPercent: null }))).toMatchObject(http({ mirrorPercent: undefined }));
  });
});

test('of fields that exclude each other the last one counts', () => {
  expect(decode('VirtualService', http({ match: [{ uri: { regex: '(', exact: 'a' } }] }))).toEqual(http({ match: [{ uri: { exact: undefined, regex: '(' } }] }));
  expect(decode('VirtualService', http({ match: [{ uri: { exact: 'a', regex: null } }] }))).toEqual(http({ match: [{ uri: { exact: 'a', regex: undefined } }] }));
});

test('a map may have the key __proto__', () => {
  const spec = JSON.parse('{"selector":{"__proto__":null,"a":null,"b":"c"}}');
  expect(JSON.stringify(decode('Gateway', spec))).toBe('{"selector":{"b":"c"}}');
  expect(JSON.stringify(decode('Gateway', spec, true))).toBe('{"selector":{"__proto__":"","a":"","b":"c"}}');
});

test('all that cannot be decoded is found at once, and nothing else is judged', () => {
  const findings = checkWebhook({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 5, labels: { a: 1 }, annotations: { 'istio.io/dry-run': 'true' } },
    spec: { hosts: 'a', http: [{ match: [{ headers: { 'x y': 5 } }], timeout: 5 }, { timeout: '5' }] },
  });
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    'WH1 metadata.name', "WH1 metadata.labels['a']", 'WH1 spec.hosts', "WH1 spec.http[0].match[0].headers['x y']", 'WH1 spec.http[0].timeout', 'WH3 spec.http[1].timeout',
  ]);
});

test('rules of the decoder have ids of their own', () => {
  expect(new Set(Object.values(DECODE_RULES)).size).toBe(5);
});
