import { modelOf } from './corpus';
import { MeshOptions } from '../../lib/mesh/mesh-options';
import { MeshModel } from '../../lib/mesh/model';
import { effectivePolicy, hashOfDestination, hashOfService } from '../../lib/mesh/traffic-policy';

let hour = 0;

beforeEach(() => {
  hour = 0;
});

/** A rule that is younger than those before it. */
function rule(name: string, namespace: string, spec: string): string {
  const created = `creationTimestamp: '2026-01-01T${String(hour++).padStart(2, '0')}:00:00Z'`;
  return `{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: ${name}, namespace: ${namespace}, ${created}}, spec: ${spec}}\n---\n`;
}

const SERVICE = '{apiVersion: v1, kind: Service, metadata: {name: a, namespace: svc}, spec: {clusterIP: 10.0.0.1, ports: [{port: 80, name: http}]}}\n---\n';
const HOST = 'a.svc.svc.cluster.local';

const timeout = (value: string): string => `trafficPolicy: {connectionPool: {tcp: {connectTimeout: ${value}}}}`;

/** The timeout that a client finds for the service, and whose it is. */
function found(text: string, namespace: string, labels = {}, options?: MeshOptions): unknown {
  const policy = modelOf(SERVICE + text, options).sidecar({ namespace, labels }).cluster(`outbound|80||${HOST}`)!.policy;
  return policy.policy.connectionPool?.tcp?.connectTimeout;
}

describe('where a client looks for a rule', () => {
  const inThree = (): string => rule('c', 'client', `{host: ${HOST}, ${timeout('1s')}}`) + rule('s', 'svc', `{host: a, ${timeout('2s')}}`)
    + rule('r', 'istio-system', `{host: ${HOST}, ${timeout('3s')}}`) + rule('x', 'third', `{host: ${HOST}, ${timeout('9s')}}`);

  test('in its own namespace, then in that of the service', () => {
    const text = inThree();
    expect([found(text, 'client'), found(text, 'fourth'), found(text, 'third')]).toEqual(['1s', '2s', '9s']);
  });

  test('at last in the root namespace, and nowhere else', () => {
    const text = rule('r', 'istio-system', `{host: ${HOST}, ${timeout('3s')}}`) + rule('x', 'third', `{host: ${HOST}, ${timeout('9s')}}`);
    expect([found(text, 'client'), found(text, 'client', {}, { rootNamespace: 'third' })]).toEqual(['3s', '9s']);
  });

  test('a client of the root namespace takes of its own rules first only those that are private', () => {
    const text = rule('r', 'istio-system', `{host: ${HOST}, ${timeout('3s')}}`) + rule('s', 'svc', `{host: a, ${timeout('2s')}}`);
    expect(found(text, 'istio-system')).toBe('2s');
    expect(found(text + rule('p', 'istio-system', `{host: ${HOST}, ${timeout('4s')}, exportTo: [.]}`), 'istio-system')).toBe('4s');
  });

  test('the mesh can make rules private by default', () => {
    const text = rule('s', 'svc', `{host: a, ${timeout('2s')}}`);
    const options = { meshConfig: { defaultDestinationRuleExportTo: ['.'] } };
    expect([found(text, 'client', {}, options), found(text, 'svc', {}, options)]).toEqual([undefined, '2s']);
  });

  test('a short host means a service of the namespace of the rule', () => {
    expect([found(rule('s', 'client', `{host: a, ${timeout('2s')}}`), 'client'), found(rule('s', 'svc', `{host: a.svc, ${timeout('2s')}}`), 'client')])
      .toEqual([undefined, undefined]);
  });
});

describe('of several rules that cover the host', () => {
  const wide = (): string => rule('w', 'svc', `{host: '*.svc.cluster.local', ${timeout('9s')}}`) + rule('n', 'svc', `{host: '*.svc.svc.cluster.local', ${timeout('1s')}}`);

  test('the most specific counts', () => {
    expect(found(wide(), 'client')).toBe('1s');
    expect(found(wide() + rule('e', 'svc', `{host: a, ${timeout('2s')}}`), 'client')).toBe('2s');
  });

  test('one that is exported to others hides the broader ones from the rest', () => {
    const text = wide() + rule('e', 'svc', `{host: a, ${timeout('2s')}, exportTo: [other]}`);
    expect([found(text, 'other'), found(text, 'client')]).toEqual(['2s', undefined]);
  });

  test('one that is private hides nothing from other namespaces', () => {
    const text = wide() + rule('e', 'svc', `{host: a, ${timeout('2s')}, exportTo: [.]}`);
    expect([found(text, 'svc'), found(text, 'client')]).toEqual(['2s', '1s']);
  });
});

describe('rules of one host and namespace', () => {
  const mergedOf = (text: string, namespace = 'client') => {
    const proxy = modelOf(SERVICE + text).sidecar({ namespace });
    return proxy.ruleOf(proxy.serviceOf(HOST)!);
  };
  const subsets = (...names: string[]): string => `subsets: [${names.map(name => `{name: ${name}, labels: {version: ${name}}}`).join(', ')}]`;

  test('become one: the first policy there is, and the subsets of all', () => {
    const merged = mergedOf(rule('o', 'svc', `{host: a, ${subsets('v1', 'v2')}}`) + rule('m', 'svc', `{host: a, ${timeout('2s')}, ${subsets('v2', 'v3')}}`)
      + rule('y', 'svc', `{host: a, ${timeout('3s')}}`))!;
    expect(merged.from.map(({ name }) => name)).toEqual(['o', 'm', 'y']);
    expect(merged.trafficPolicy?.resource.name).toBe('m');
    expect(merged.subsets.map(({ name, resource, index }) => [name, resource.name, index])).toEqual([['v1', 'o', 0], ['v2', 'o', 1], ['v3', 'm', 1]]);
    expect(merged.ignoredSubsets.map(({ name, resource }) => [name, resource.name])).toEqual([['v2', 'm']]);
    expect(merged.ignoredPolicies.map(({ name }) => name)).toEqual(['y']);
  });

  test('stay apart where they are exported differently; the last that a client sees counts', () => {
    const text = rule('pub', 'svc', `{host: a, ${subsets('v1')}}`) + rule('own', 'svc', `{host: a, ${subsets('v2')}, exportTo: [.]}`);
    expect([mergedOf(text, 'svc'), mergedOf(text, 'client')].map(merged => merged?.subsets.map(({ name }) => name))).toEqual([['v2'], ['v1']]);
  });

  test('vanish in an older one that is exported to some of the same namespaces', () => {
    const text = rule('q1', 'svc', `{host: a, ${subsets('v1')}, exportTo: [x]}`) + rule('q2', 'svc', `{host: a, ${subsets('v2')}, exportTo: [x, w]}`);
    expect([mergedOf(text, 'x')?.subsets.map(({ name }) => name), mergedOf(text, 'w')]).toEqual([['v1', 'v2'], undefined]);
  });

  test('that select clients are for those of their namespace, and hide the subsets of the others', () => {
    const text = rule('all', 'svc', `{host: a, ${timeout('2s')}, ${subsets('v1')}}`)
      + rule('some', 'svc', `{host: a, ${timeout('1s')}, workloadSelector: {matchLabels: {app: c}}}`);
    expect([found(text, 'svc', { app: 'c' }), found(text, 'svc'), found(text, 'client', { app: 'c' })]).toEqual(['1s', '2s', '2s']);
    const clusters = modelOf(SERVICE + text).sidecar({ namespace: 'svc', labels: { app: 'c' } }).clusterNames();
    expect(clusters).toEqual([`outbound|80||${HOST}`]);
  });

  test('are listed as they are merged for their own namespace', () => {
    const model = modelOf(rule('o', 'svc', '{host: a}') + rule('y', 'svc', '{host: a}') + rule('w', 'svc', '{host: \'*\'}'));
    expect(model.destinationRules.mergedIn('svc').map(({ host, from }) => [host, from.length])).toEqual([[HOST, 2], ['*', 1]]);
    expect(model.destinationRules.ofHost(HOST).map(({ name }) => name)).toEqual(['o', 'y']);
    expect(model.destinationRules.covering(HOST).map(({ name }) => name)).toEqual(['o', 'y', 'w']);
  });
});

describe('the policy of a port and subset', () => {
  const model: MeshModel = modelOf(`${SERVICE}{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: svc}, spec: {host: a,
    trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}, loadBalancer: {simple: RANDOM}, tunnel: {targetHost: t}, portLevelSettings: [
      {port: {number: 81}, outlierDetection: {interval: 1s}}, {port: {number: 81}, tls: {mode: SIMPLE}}, {port: {number: 82}, loadBalancer: {consistentHash: {useSourceIp: true}}}]},
    subsets: [{name: plain}, {name: part, trafficPolicy: {connectionPool: {tcp: {maxConnections: 2}}}},
      {name: ports, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: s}}, portLevelSettings: [
        {port: {number: 80}, tls: {mode: MUTUAL}}, {port: {number: 82}, loadBalancer: {consistentHash: {httpHeaderName: p}}}]}}]}}`);
  const [merged] = model.destinationRules.mergedIn('svc');
  const policyOf = (port: number, subset?: string): unknown => effectivePolicy(merged, port, subset).policy;

  test('is that of the host', () => {
    expect(policyOf(80)).toEqual({ connectionPool: { tcp: { maxConnections: 1 } }, loadBalancer: { simple: 'RANDOM' }, tunnel: { targetHost: 't' } });
    expect(policyOf(80, 'plain')).toEqual(policyOf(80));
  });

  test('is that of the port instead, where the port has one; the first of several', () => {
    expect(policyOf(81)).toEqual({ outlierDetection: { interval: '1s' } });
    expect(policyOf(81, 'plain')).toEqual({ outlierDetection: { interval: '1s' } });
  });

  test('is overridden by the subset part by part', () => {
    expect(policyOf(80, 'part')).toEqual({ connectionPool: { tcp: { maxConnections: 2 } }, loadBalancer: { simple: 'RANDOM' }, tunnel: { targetHost: 't' } });
    expect(policyOf(81, 'part')).toEqual({ connectionPool: { tcp: { maxConnections: 2 } }, outlierDetection: { interval: '1s' } });
  });

  test('is that of the port of the subset, save what a port cannot have', () => {
    expect(policyOf(80, 'ports')).toEqual({ tls: { mode: 'MUTUAL' }, tunnel: { targetHost: 't' } });
  });

  test('says where each part is written', () => {
    const { origins } = effectivePolicy(merged, 80, 'ports');
    expect(Object.entries(origins).map(([part, { resource, path }]) => [part, resource.name, path])).toEqual([
      ['tls', 'r', 'subsets[2].trafficPolicy.portLevelSettings[0].tls'], ['tunnel', 'r', 'trafficPolicy.tunnel'],
    ]);
  });

  test('is empty without a rule', () => {
    expect(effectivePolicy(undefined, 80)).toEqual({ policy: {}, origins: {} });
  });

  test.each([
    [82, 'ports', { httpHeaderName: 'p' }], [undefined, 'ports', { httpHeaderName: 's' }], [80, 'ports', { httpHeaderName: 's' }],
    [82, undefined, { useSourceIp: true }], [undefined, undefined, undefined], [82, 'plain', { useSourceIp: true }],
  ])('a destination with port %p and subset %p hashes by %p', (port, subset, expected) => {
    expect(hashOfDestination(merged, port, subset)).toEqual(expected);
  });

  test('the default route of a port hashes by the settings of the port', () => {
    expect([hashOfService(merged, 82), hashOfService(merged, 80)]).toEqual([{ useSourceIp: true }, undefined]);
  });
});
