import { ApiObject, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { EntryPort, Findings, HttpAction, networking, Resolution, ServiceEntry, ServiceHost, Traffic, VirtualService } from '../../lib';
import { testChart } from '../util';

const CANNOT = 'cannot be written as a manifest';

function containingItself() {
  const value: { [key: string]: unknown } = { name: 'a' };
  value.again = [value];
  return value;
}

function nested(levels: number) {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) {
    value = { a: value };
  }
  return value;
}

function routes(chart: Chart, id = 'Routes') {
  return new VirtualService(chart, id, { hosts: ['a'], defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('a')) } });
}

/** What `synth` says of a chart, line by line. */
function linesOf(chart: Chart): string[] {
  try {
    Testing.synth(chart);
    return [];
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split('\n  ');
    return first.startsWith('Validation failed') ? lines : [first];
  }
}

test('a generated object with values of wrong types is judged by the schema, beside the errors of others', () => {
  const chart = testChart();
  new VirtualService(chart, 'Blank', { hosts: ['a'] });
  new networking.IstioVirtualService(chart, 'L1', { spec: { hosts: 'abc', http: 5 } as never });
  expect(linesOf(chart)).toEqual([
    '[test/Blank] virtual service has no routes, set defaultRoute or call addHttpRoute(), addTlsRoute() or addTcpRoute()',
    "[test/L1] IST0106/type spec.hosts must be a list, got 'abc'",
    '[test/L1] IST0106/type spec.http must be a list, got 5',
  ]);
});

describe('a patch', () => {
  test.each<[string, JsonPatch, string]>([
    ['replaces what is below nothing', JsonPatch.replace('/spec/tls/0/name', 'a'), `spec.tls[0].name ${CANNOT}: the patch 'replace /spec/tls/0/name' cannot be applied, spec.tls does not exist`],
    ['tests for another value', JsonPatch.test('/spec/hosts/0', 'b'), `spec.hosts[0] ${CANNOT}: the patch 'test /spec/hosts/0' cannot be applied, the value there is another`],
    ['holds a function', JsonPatch.add('/spec/http/0/name', () => 'a'), `spec.http[0].name ${CANNOT}: got a function, which JSON does not have`],
    ['holds a symbol', JsonPatch.add('/spec/http/0/name', Symbol('a')), `spec.http[0].name ${CANNOT}: got a symbol, which JSON does not have`],
    ['holds an integer without a bound', JsonPatch.add('/spec/http/0/retries', { attempts: 5n }), `spec.http[0].retries.attempts ${CANNOT}: got 5n, which JSON does not have`],
    ['holds no number', JsonPatch.add('/spec/http/0/retries', { attempts: NaN }), `spec.http[0].retries.attempts ${CANNOT}: got NaN, a number that JSON does not have`],
    ['holds a value that contains itself', JsonPatch.add('/metadata/labels', containingItself()), `metadata.labels.again[0] ${CANNOT}: the value contains itself`],
    ['holds what is no plain object', JsonPatch.add('/metadata/labels', new Map()), `metadata.labels ${CANNOT}: got a value of class Map, which is no plain object`],
    ['holds thousands of levels', JsonPatch.add('/spec/http', nested(5000)), `spec ${CANNOT}: it is nested too deeply, at most 1000 levels can be read`],
  ])('that %s is an error of its construct', (_, patch, line) => {
    const chart = testChart();
    const patched = routes(chart);
    ApiObject.of(patched).addJsonPatch(JsonPatch.add('/metadata/annotations', { team: 'a' }), patch);
    new VirtualService(chart, 'Blank', { hosts: ['a'] });
    expect(linesOf(chart)).toEqual([`[test/Routes] CI0902 ${line}`, expect.stringContaining('[test/Blank] virtual service has no routes')]);
  });

  test('of a date is written as text', () => {
    const chart = testChart();
    ApiObject.of(routes(chart)).addJsonPatch(JsonPatch.add('/metadata/annotations', { at: new Date(0) }));
    expect(Testing.synth(chart)[0].metadata.annotations).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });
});

test.each<[string, unknown, string]>([
  ['contains itself', containingItself(), `spec.again[0] ${CANNOT}: the value contains itself`],
  ['is no plain object', { a: [new Map()] }, `spec.a[0] ${CANNOT}: got a value of class Map, which is no plain object`],
  ['has a function', { a: () => 1 }, `spec.a ${CANNOT}: got a function, which JSON does not have`],
  ['has thousands of levels', nested(8000), `spec ${CANNOT}: it is nested too deeply, at most 1000 levels can be read`],
])('an object of another kind whose spec %s is an error under its path', (_, spec, line) => {
  const chart = testChart();
  routes(chart);
  new ApiObject(chart, 'Other', { apiVersion: 'apps/v1', kind: 'Deployment', spec });
  expect(linesOf(chart)).toEqual([`[test/Other] CI0902 ${line}`]);
});

test('an integer without a bound beside a construct of this library is an error of the schema', () => {
  const chart = testChart();
  routes(chart);
  new ApiObject(chart, 'Big', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', spec: { hosts: [5n], http: [{ redirect: { uri: '/' } }] } });
  expect(linesOf(chart)).toEqual(['[test/Big] IST0106/type spec.hosts[0] must be a string, got 5n']);
});

test('what a test asks for names an object that cannot be written', () => {
  const chart = testChart();
  ApiObject.of(routes(chart)).addJsonPatch(JsonPatch.test('/spec/hosts/0', 'b'));
  expect(Findings.of(chart)).toEqual([expect.objectContaining({ code: 'CI0902', kind: 'VirtualService', constructPath: 'test/Routes', propertyPath: 'spec.hosts[0]' })]);
  expect(() => Traffic.of(chart)).toThrow(`[test/Routes] spec.hosts[0] ${CANNOT}: the patch 'test /spec/hosts/0' cannot be applied`);
});

test('an integer of any size is written in objects of which no schema speaks, as YAML has such', () => {
  const chart = testChart();
  new ApiObject(chart, 'Limits', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'limits' }, data: { most: 9007199254740993n } });
  new VirtualService(chart, 'Routes', { hosts: ['a'], defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('a')) } });
  expect(Yaml.stringify(Testing.synth(chart)[0])).toContain('most: 9007199254740993\n');
});

test('what refers to an object that cannot be written is not accused of it', () => {
  const chart = testChart();
  const entry = new ServiceEntry(chart, 'Entry', { hosts: ['api.example.com'], ports: [EntryPort.https(443)], resolution: Resolution.dns() });
  ApiObject.of(entry).addJsonPatch(JsonPatch.replace('/spec/nothing/here', 1));
  new VirtualService(chart, 'Routes', { hosts: ['a'], defaultRoute: { action: HttpAction.forward(entry) } });
  expect(linesOf(chart).map(line => line.split(' ', 2).join(' '))).toEqual(['[test/Entry] CI0902']);
});

describe('whatever a program hands to objects and patches', () => {
  class Own {
    public readonly name = 'own';
  }

  const HOSTILE: { readonly [name: string]: unknown } = {
    'a function': () => 'a',
    'a symbol': Symbol('a'),
    'an integer without a bound': 5n,
    'no number': NaN,
    'a date': new Date(0),
    'a date that is none': new Date(NaN),
    'an object of a class': new Own(),
    'a map': new Map([['a', 1]]),
    'an object without a prototype': Object.create(null),
    'a number': 5,
    'a text': 'a',
    'a list': ['a'],
    'an empty list': [],
    'bytes': Buffer.from('a'),
    'true': true,
    // eslint-disable-next-line no-sparse-arrays
    'a list with holes': [, 5n, () => 1],
  };
  const KINDS: readonly [string, string][] = [
    ['networking.istio.io/v1', 'VirtualService'], ['networking.istio.io/v1', 'Sidecar'], ['apps/v1', 'Deployment'], ['v1', 'Service'], ['v1', 'Namespace'],
  ];
  const placesOf = (value: unknown): unknown[] => [
    value,
    { hosts: value, ports: value, template: value, http: [{ name: value, a: [value] }], selector: { app: value } },
  ];

  test.each(Object.entries(HOSTILE))('is written or refused with the path of the object: %s', (_, value) => {
    for (const [apiVersion, kind] of KINDS) {
      for (const placed of placesOf(value)) {
        for (const isPatch of [false, true]) {
          const chart = testChart();
          routes(chart);
          const object = new ApiObject(chart, 'Other', { apiVersion, kind, spec: isPatch ? {} : placed });
          if (isPatch) {
            object.addJsonPatch(JsonPatch.replace('/spec', placed));
          }
          const lines = linesOf(chart);
          expect(lines.filter(line => !line.startsWith('[test/Other] '))).toEqual([]);
        }
      }
    }
  });

  test('to a generated class', () => {
    for (const value of Object.values(HOSTILE)) {
      const chart = testChart();
      routes(chart);
      new networking.IstioVirtualService(chart, 'Other', { spec: { hosts: value, http: [{ route: value, timeout: value, headers: { request: { set: value } } }] } as never });
      new networking.IstioSidecar(chart, 'Other2', { spec: { egress: value, workloadSelector: { labels: value } } as never });
      expect(linesOf(chart).filter(line => !/^\[test\/Other2?\] /.test(line))).toEqual([]);
    }
  });
});
