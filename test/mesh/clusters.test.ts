import { modelOf } from './corpus';
import { Cluster } from '../../lib/mesh/clusters';
import { MeshModel } from '../../lib/mesh/model';

const entry = (name: string, spec: string, namespace = 'default'): string =>
  `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: ${name}, namespace: ${namespace}}, spec: ${spec}}\n---\n`;

const rule = (host: string, rest: string): string =>
  `{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: ${host.replace(/\W/g, '')}, namespace: default}, spec: {host: '${host}', ${rest}}}\n---\n`;

const HTTP = 'ports: [{number: 80, name: http, protocol: HTTP}]';

const endpointsOf = (cluster: Cluster | undefined): string[] | undefined =>
  cluster?.endpoints.map(({ address, port, workload }) => `${address ?? workload!.resource.name}:${port}`);

describe('the endpoints of a Kubernetes Service', () => {
  const model = modelOf(`
{apiVersion: v1, kind: Service, metadata: {name: a, namespace: default}, spec: {selector: {app: a}, ports: [{port: 80, name: http, targetPort: web}, {port: 53, name: dns, protocol: UDP}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: d1, namespace: default}, spec: {template: {metadata: {labels: {app: a, version: v1}}, spec: {containers: [{ports: [{name: web, containerPort: 8080}]}]}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: d2, namespace: default}, spec: {template: {metadata: {labels: {app: a, version: v2}}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: far, namespace: other}, spec: {template: {metadata: {labels: {app: a, version: v2}}}}}
---
{apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: vm, namespace: default}, spec: {address: 10.0.0.9, labels: {app: a, version: v3}, ports: {http: 9999}}}
---
{apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: named, namespace: default}, spec: {address: vm.org, labels: {app: a}}}
---
${rule('a', 'subsets: [{name: v1, labels: {version: v1}}, {name: gone, labels: {version: v9}}, {name: all}, {name: pass, trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}}]')}`);
  const cluster = (name: string): Cluster | undefined => model.sidecar({ namespace: 'default' }).cluster(name);
  const named = (subset: string): Cluster | undefined => cluster(`outbound|80|${subset}|a.default.svc.cluster.local`);

  test('are its workloads, on the target port where a container has it', () => {
    expect(endpointsOf(named(''))).toEqual(['d1:8080', 'd2:web', '10.0.0.9:9999']);
  });

  test('of a subset are those with its labels, which may be none', () => {
    expect([named('v1'), named('gone'), named('all')].map(item => endpointsOf(item)?.length)).toEqual([1, 0, 3]);
  });

  test('there are none where the policy passes requests through', () => {
    expect([named('pass')!.type, named('pass')!.endpoints]).toEqual(['ORIGINAL_DST', []]);
  });

  test.each(['outbound|81||a.default.svc.cluster.local', 'outbound|80|v9|a.default.svc.cluster.local', 'outbound|53||a.default.svc.cluster.local', 'outbound|80||a.default', 'inbound|80||', ''])('there is no cluster %p', name => {
    expect(cluster(name)).toBeUndefined();
  });
});

describe('the clusters of an entry', () => {
  const text = entry('none', `{hosts: [none.org], ${HTTP}}`) + entry('dyn', '{hosts: [\'*.dyn.org\'], resolution: DYNAMIC_DNS, ports: [{number: 80, name: h, protocol: HTTP}, {number: 443, name: s, protocol: HTTPS}]}')
    + entry('static', '{hosts: [static.org], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}], endpoints: [{address: 1.1.1.1, ports: {http: 9999}}, {address: \'unix:///var/x.sock\'}, {address: 1.1.1.2, labels: {v: \'1\'}}]}')
    + entry('dns', `{hosts: [dns.org], resolution: DNS, ${HTTP}}`) + entry('dnsep', `{hosts: [dnsep.org], resolution: DNS, ${HTTP}, endpoints: [{address: e1.org, labels: {v: '1'}}, {address: e2.org}]}`)
    + entry('rr', `{hosts: [rr.org], resolution: DNS_ROUND_ROBIN, ${HTTP}, endpoints: [{address: e1.org}, {address: e2.org}]}`)
    + entry('empty', `{hosts: [empty.org], resolution: DNS, ${HTTP}, workloadSelector: {labels: {app: none}}}`)
    + rule('*.org', 'subsets: [{name: one, labels: {v: \'1\'}}, {name: two, labels: {v: \'2\'}}]');
  const model: MeshModel = modelOf(text);

  test.each([
    ['none.org', 'ORIGINAL_DST', []],
    ['static.org', 'EDS', ['1.1.1.1:9999', '/var/x.sock:undefined', '1.1.1.2:8080']],
    ['dns.org', 'STRICT_DNS', ['dns.org:80']],
    ['dnsep.org', 'STRICT_DNS', ['e1.org:80', 'e2.org:80']],
    ['rr.org', 'LOGICAL_DNS', ['e1.org:80']],
    ['*.dyn.org', 'DYNAMIC_FORWARD_PROXY', []],
  ])('to %s is of type %s with the endpoints %p', (host, type, endpoints) => {
    const cluster = model.sidecar({ namespace: 'default' }).cluster(`outbound|80||${host}`)!;
    expect([cluster.type, endpointsOf(cluster)]).toEqual([type, endpoints]);
  });

  test('that passes requests on has no address to pass on at a gateway', () => {
    expect(model.gateway({ namespace: 'default' }).cluster('outbound|80||none.org')!.type).toBe('EDS');
  });

  test('exist without endpoints, unless DNS is asked for them', () => {
    const has = (name: string): boolean => model.sidecar({ namespace: 'default' }).cluster(name) !== undefined;
    expect(['outbound|80|two|static.org', 'outbound|80|one|dnsep.org', 'outbound|80|two|dnsep.org', 'outbound|80||empty.org'].map(has)).toEqual([true, true, false, false]);
  });

  test('forward dynamically without subsets and not for https', () => {
    expect(['outbound|80|one|*.dyn.org', 'outbound|443||*.dyn.org'].map(name => model.sidecar({ namespace: 'default' }).cluster(name))).toEqual([undefined, undefined]);
  });
});

test('entries of one host share endpoints by port, and a proxy lists the clusters that it has', () => {
  const model = modelOf(entry('a', `{hosts: [x.org], resolution: STATIC, ${HTTP}, endpoints: [{address: 1.1.1.1}]}`)
    + entry('b', '{hosts: [x.org], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP}, {number: 81, name: b, protocol: HTTP}], endpoints: [{address: 1.1.1.2}]}')
    + entry('c', `{hosts: [x.org], resolution: STATIC, ${HTTP}, endpoints: [{address: 1.1.1.3}]}`, 'other'));
  const proxy = model.sidecar({ namespace: 'default' });
  expect(proxy.clusterNames().map(name => [name, endpointsOf(proxy.cluster(name))])).toEqual([
    ['outbound|80||x.org', ['1.1.1.1:80', '1.1.1.2:80']], ['outbound|81||x.org', ['1.1.1.2:81']],
  ]);
});
