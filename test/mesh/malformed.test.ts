import * as fc from 'fast-check';
import { documents } from './corpus';
import { TextMap } from '../../lib/mesh/manifest';
import { MeshModel } from '../../lib/mesh/model';
import { specReader } from '../../lib/mesh/schemas';

const SOUND = documents(`
apiVersion: v1
kind: Service
metadata: {name: a, namespace: default, annotations: {networking.istio.io/exportTo: '*'}}
spec: {clusterIP: 10.0.0.1, selector: {app: a}, ports: [{name: http, port: 80, targetPort: web, appProtocol: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: default}
spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{ports: [{name: web, containerPort: 8080}]}]}}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: e, namespace: default}
spec:
  hosts: [e.org, '*.w.org']
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]
  resolution: STATIC
  addresses: [10.1.0.0/16]
  endpoints: [{address: 1.2.3.4, ports: {http: 8080}, labels: {v: '1'}}]
  exportTo: ['*']
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: default}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['./e.org', '*'], tls: {httpsRedirect: true}}
  - {port: {number: 443, name: tls, protocol: TLS}, hosts: ['*.w.org'], tls: {mode: PASSTHROUGH}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: default}
spec:
  hosts: [a, e.org, '*.w.org']
  gateways: [g, mesh]
  exportTo: ['.']
  http:
  - {name: d, match: [{uri: {prefix: /d}}], delegate: {name: leaf}}
  - name: r
    match: [{uri: {exact: /x}, headers: {h: {exact: '1'}}, port: 80, sourceLabels: {app: c}, gateways: [g]}]
    route: [{destination: {host: a, port: {number: 80}, subset: s}, weight: 1}, {destination: {host: e.org}, weight: 2}]
    mirror: {host: a}
    mirrors: [{destination: {host: a}, percentage: {value: 5}}]
  tls: [{match: [{sniHosts: [x.w.org], port: 443}], route: [{destination: {host: a}}]}]
  tcp: [{match: [{port: 443, destinationSubnets: [10.1.0.0/16]}], route: [{destination: {host: a}}]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: leaf, namespace: default}
spec: {http: [{match: [{uri: {prefix: /d/e}}], route: [{destination: {host: a}}]}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: r, namespace: default}
spec:
  host: a
  workloadSelector: {matchLabels: {app: c}}
  trafficPolicy: {loadBalancer: {simple: RANDOM}, portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}
  subsets: [{name: s, labels: {v: '1'}, trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}}}]
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: default}
spec:
  workloadSelector: {labels: {app: c}}
  egress: [{port: {number: 80, protocol: HTTP, name: h}, hosts: ['./*']}, {hosts: ['*/*', '~x/y']}]
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: w, namespace: default}
spec: {address: 1.1.1.1, labels: {app: a}, ports: {http: 80}}
`) as object[];

/** Puts junk in the place of some value, anywhere in an object. */
function damaged(object: object, steps: readonly number[], junk: unknown): object {
  const copy = structuredClone(object) as { [key: string]: unknown };
  let place = copy;
  for (const [depth, step] of steps.entries()) {
    const keys = Object.keys(place);
    const key = keys[step % Math.max(1, keys.length)];
    const child = key === undefined ? undefined : place[key];
    if (depth === steps.length - 1 || typeof child !== 'object' || child === null || Object.keys(child).length === 0) {
      if (key !== undefined) {
        place[key] = junk;
      }
      break;
    }
    place = child as { [key: string]: unknown };
  }
  return copy;
}

/** Asks a model everything that it can be asked. */
function askEverything(model: MeshModel): void {
  const clients: readonly TextMap[] = [{ app: 'c' }, { istio: 'ingressgateway' }, {}];
  for (const labels of clients) {
    const sidecar = model.sidecar({ namespace: 'default', labels });
    const gateway = model.gateway({ namespace: 'default', labels });
    for (const proxy of [sidecar, gateway]) {
      for (const port of proxy === gateway ? [80, 443] : [...sidecar.ports]) {
        for (const listener of proxy.listenersOn(port)) {
          for (const chain of [...listener.chains, listener.defaultChain]) {
            const table = chain?.routeTable === undefined ? undefined : proxy.routeTable(chain.routeTable);
            table?.find('a');
            table?.virtualHosts.forEach(host => host.routes.forEach(route => [route.destinations, route.mirrors, proxy.hashOf(route, 0)]));
          }
        }
      }
      proxy.clusterNames().forEach(name => proxy.cluster(name)!.endpoints.length);
    }
    for (const virtualService of model.virtualServices.all) {
      virtualService.lost.forEach(lost => lost.reason);
      sidecar.excludedMatches(virtualService, 80);
      gateway.excludedMatches(virtualService, 80, 'default/g');
    }
  }
  model.resources.gateways.forEach(gateway => model.proxiesOfGateway(gateway));
  model.workloads.all.forEach(workload => model.services.selecting(workload));
}

const junk = fc.oneof(
  fc.constantFrom(null, undefined, true, 0, -1, 1.5, NaN, '', '*', '/', 'x/y/z', '[object Object]', [], {}, [null], [[]], { a: null }, 65536, '80'),
  fc.anything({ maxDepth: 3 }),
);

test('a model can be made of anything and asked everything', () => {
  const damage = fc.record({ which: fc.nat(SOUND.length - 1), steps: fc.array(fc.nat(10), { minLength: 1, maxLength: 8 }), junk });
  fc.assert(fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), damages => {
    const objects = [...SOUND];
    for (const { which, steps, junk: value } of damages) {
      objects[which] = damaged(objects[which], steps, value);
    }
    askEverything(new MeshModel(objects.map(manifest => ({ manifest }))));
  }), { numRuns: 300 });
});

test.each([null, undefined, 1, 'text', [], {}, { kind: 1 }, { kind: 'Service', apiVersion: 1 }, { kind: 'List', items: 1 }])('a manifest that is %p is left out', manifest => {
  const model = new MeshModel([{ manifest }]);
  askEverything(model);
  expect(model.resources.services).toEqual([]);
});

describe('a spec of which something cannot be read', () => {
  const read = specReader('VirtualService');

  test('is not copied where all of it can be read', () => {
    const spec = { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }] }], unknown: 1 };
    expect(read(spec)).toBe(spec);
  });

  test('loses fields of a wrong type', () => {
    expect(read({ hosts: 'a', http: [{ name: 1, match: [{ port: '80', uri: { exact: '/' } }] }] }))
      .toEqual({ http: [{ match: [{ uri: { exact: '/' } }] }] });
  });

  test('keeps the positions of what is in a list of objects', () => {
    expect(read({ http: [null, 'x', { name: 'r' }] })).toEqual({ http: [{}, {}, { name: 'r' }] });
  });

  test('loses texts of a list that are none', () => {
    expect(read({ hosts: ['a', 1, null, 'b'] })).toEqual({ hosts: ['a', 'b'] });
  });

  test('loses map values of a wrong type', () => {
    expect(read({ http: [{ headers: { request: { set: { a: 'x', b: 1, constructor: 'y' } } } }] }))
      .toEqual({ http: [{ headers: { request: { set: { a: 'x', constructor: 'y' } } } }] });
  });

  test('comes out the same when it is read again', () => {
    fc.assert(fc.property(fc.anything(), value => {
      const once = read(value);
      expect(read(once)).toBe(once);
    }));
  });
});
