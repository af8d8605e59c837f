import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ExternalApi, ExternalTls } from '../../lib';
import { EXAMPLES, ROOT } from '../../scripts/programs';
import { manifestsOf } from '../util';

// the tutorial's complete example with patterns beside its L2 form: where they differ, and why

type Objects = { [name: string]: any };

/** What a program of examples/ writes, by kind and name. */
function objectsOf(program: string): Objects {
  const documents = parseAllDocuments(fs.readFileSync(path.join(EXAMPLES, `${program}.yaml`), 'utf-8')).map(document => document.toJS());
  return Object.fromEntries(documents.map(object => [`${object.kind} ${object.metadata.name}`, object]));
}

const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'tutorial-with-patterns.md'), 'utf-8');
const ROUTES = 'VirtualService api-routing';
const PAYMENT_ROUTES = 'VirtualService payment-api';

const destinationsOf = (objects: Objects) =>
  objects[ROUTES].spec.http.flatMap((route: any) => route.route.map(({ destination }: any) => destination));

/** Each difference: what the page says of it, and what it does to the objects of the L2 form. */
const DIFFERENCES: [string, (objects: Objects) => void][] = [
  ['the subsets of a release are `stable` and `canary`', objects => {
    const names: { [tutorial: string]: string } = { v1: 'stable', v2: 'canary' };
    objects['DestinationRule product-service'].spec.subsets.forEach((subset: any) => subset.name = names[subset.name]);
    destinationsOf(objects).filter(({ host }: any) => host === 'product-service').forEach((each: any) => each.subset = names[each.subset]);
  }],
  ['`/api/products` no longer takes `/api/products-old`', objects => {
    for (const route of objects[ROUTES].spec.http) {
      route.match = route.match.flatMap(({ uri, ...others }: any) => [{ ...others, uri: { exact: uri.prefix } }, { ...others, uri: { prefix: `${uri.prefix}/` } }]);
    }
  }],
  ['every destination at the gateway has its port', objects => {
    destinationsOf(objects).forEach((destination: any) => destination.port = { number: 80 });
  }],
  ['routes have names, and an order that does not depend on that of the calls', objects => {
    const [products, experimental, stable] = objects[ROUTES].spec.http;
    objects[ROUTES].spec.http = [
      { name: 'api-checkout-experimental-audience', ...experimental },
      { name: 'api-checkout-stable-default', ...stable },
      { name: 'api-products-split', ...products },
    ];
  }],
  ['all objects of an API have one name', objects => {
    objects[PAYMENT_ROUTES] = { ...objects['VirtualService payment-api-vs'], metadata: { name: 'payment-api' } };
    delete objects['VirtualService payment-api-vs'];
  }],
  ['the application speaks HTTP with port 80, so that the sidecar sees requests, and timeout and retries apply', objects => {
    objects['ServiceEntry payment-api'].spec.ports = [{ name: 'http', number: 80, protocol: 'HTTP', targetPort: 443 }];
    objects[PAYMENT_ROUTES].spec.http[0] = { name: 'port-80', ...objects[PAYMENT_ROUTES].spec.http[0] };
    objects[PAYMENT_ROUTES].spec.http[0].route[0].destination.port.number = 80;
  }],
  ['the sidecar adds TLS for that port, and checks the certificate against the CAs of the system', objects => {
    const host = 'api.payment-provider.com';
    objects['DestinationRule payment-api'] = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'payment-api' },
      spec: { host, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: host, subjectAltNames: [host], caCertificates: 'system' } }] } },
    };
  }],
  ['only the own namespace sees the API, entry, rule and routes alike', objects => {
    [objects['ServiceEntry payment-api'], objects['DestinationRule payment-api'], objects[PAYMENT_ROUTES]].forEach(({ spec }) => spec.exportTo = ['.']);
  }],
  ["what is Istio's default is left out: `location: MESH_EXTERNAL`", objects => {
    delete objects['ServiceEntry payment-api'].spec.location;
  }],
];

function changed(steps: readonly ((objects: Objects) => void)[]): Objects {
  const objects = objectsOf('tutorial-18-complete-example');
  steps.forEach(change => change(objects));
  return objects;
}

const withPatterns = objectsOf('tutorial-18-with-patterns');

test('the program with patterns writes the objects of the L2 form, but for differences that have a reason each', () => {
  expect(changed(DIFFERENCES.map(([, change]) => change))).toEqual(withPatterns);
});

test.each(DIFFERENCES.map(([reason], index) => [reason, index] as const))('one difference is that %s', (reason, index) => {
  expect(PAGE).toContain(reason);
  const before = changed(DIFFERENCES.slice(0, index).map(([, change]) => change));
  const after = changed(DIFFERENCES.slice(0, index + 1).map(([, change]) => change));
  expect(after).not.toEqual(before);
});

test('what the page shows are lines of the programs', () => {
  const programs = ['tutorial-18-complete-example', 'tutorial-18-with-patterns']
    .flatMap(name => fs.readFileSync(path.join(EXAMPLES, `${name}.ts`), 'utf-8').split('\n'));
  const shown = [...PAGE.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].flatMap(match => match[1].split('\n'));
  expect(shown.length).toBeGreaterThan(80);
  expect(shown.filter(line => line !== '' && !programs.includes(line))).toEqual([]);
});

test('the program with patterns has about 40 lines', () => {
  const lines = (name: string) => fs.readFileSync(path.join(EXAMPLES, `${name}.ts`), 'utf-8').split('\n').filter(line => line.trim() !== '').length;
  expect(lines('tutorial-18-with-patterns')).toBeLessThanOrEqual(45);
  expect(lines('tutorial-18-with-patterns')).toBeLessThan(0.75 * lines('tutorial-18-complete-example'));
});

describe('what file 16 of the tutorial means', () => {
  const HOST = 'api.external.com';

  /** The ports of an entry on which applications speak TLS and the sidecar adds TLS once more. */
  function wrapped(objects: readonly any[]): number[] {
    const entry = objects.find(({ kind }) => kind === 'ServiceEntry').spec;
    const policy = objects.find(({ kind }) => kind === 'DestinationRule')?.spec.trafficPolicy;
    const addsTls = (number: number) => (policy?.portLevelSettings?.find((each: any) => each.port.number === number) ?? policy)?.tls !== undefined;
    return entry.ports.filter(({ number, protocol }: any) => ['HTTPS', 'TLS'].includes(protocol) && addsTls(number)).map(({ number }: any) => number);
  }

  function api(props: { readonly tls: ExternalTls; readonly timeout?: Duration }): any[] {
    const chart = new Chart(new App(), 'tutorial');
    new ExternalApi(chart, 'Api', { hosts: [HOST], connectionPool: { tcp: { maxConnections: 10 } }, ...props });
    return manifestsOf(chart);
  }

  test('its L2 form wraps TLS in TLS', () => {
    expect(wrapped(Object.values(objectsOf('tutorial-16-external-api')))).toEqual([443]);
  });

  test('an API to which the sidecar adds TLS has no TLS inside TLS, and its timeout and limit have effect', () => {
    const objects = api({ tls: ExternalTls.originate(), timeout: Duration.seconds(3) });
    expect(wrapped(objects)).toEqual([]);
    const [entry, rule, routes] = objects.map(({ spec }) => spec);
    expect(entry.ports).toEqual([{ name: 'http', number: 80, protocol: 'HTTP', targetPort: 443 }]);
    expect(rule.trafficPolicy.portLevelSettings).toMatchObject([{ port: { number: 80 }, connectionPool: { tcp: { maxConnections: 10 } }, tls: { mode: 'SIMPLE', sni: HOST } }]);
    expect(routes.http).toMatchObject([{ route: [{ destination: { host: HOST, port: { number: 80 } } }], timeout: '3s' }]);
  });

  test('an API with which the application speaks TLS has no TLS inside TLS, and its limit has effect', () => {
    const objects = api({ tls: ExternalTls.passthrough() });
    expect(objects.map(({ kind }) => kind)).toEqual(['ServiceEntry', 'DestinationRule']);
    expect(wrapped(objects)).toEqual([]);
    expect(objects[1].spec.trafficPolicy).toEqual({ connectionPool: { tcp: { maxConnections: 10 } } });
  });

  test('a timeout where the application speaks TLS is refused', () => {
    expect(() => api({ tls: ExternalTls.passthrough(), timeout: Duration.seconds(3) })).toThrow('[tutorial/Api] timeout must be left out with ExternalTls.passthrough()');
  });
});
