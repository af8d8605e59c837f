import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  ClientTls, DestinationRule, LoadBalancer, PortTrafficPolicy, ProxyProtocolVersion, ServiceHost, TrafficPolicy, UpstreamTransport,
} from '../lib';
import { policyError, renderedPolicy } from './traffic-policies';
import { specOf, testChart } from './util';

const WHOLE: TrafficPolicy = {
  loadBalancer: LoadBalancer.random(),
  connectionPool: { tcp: { maxConnections: 100 } },
  outlierDetection: { interval: Duration.seconds(30) },
  tls: ClientTls.disable(),
  portLevelSettings: [
    { port: 80, loadBalancer: LoadBalancer.roundRobin() },
    { port: 443, connectionPool: { http: { maxRetries: 1 } }, outlierDetection: { maxEjectionPercent: 5 }, tls: ClientTls.istioMutual() },
  ],
  transport: UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V2),
  retryBudget: { percent: 10 },
};

test('every part is written', () => {
  expect(renderedPolicy(WHOLE)).toEqual({
    loadBalancer: { simple: 'RANDOM' },
    connectionPool: { tcp: { maxConnections: 100 } },
    outlierDetection: { interval: '30s' },
    tls: { mode: 'DISABLE' },
    portLevelSettings: [
      { port: { number: 80 }, loadBalancer: { simple: 'ROUND_ROBIN' } },
      { port: { number: 443 }, connectionPool: { http: { maxRetries: 1 } }, outlierDetection: { maxEjectionPercent: 5 }, tls: { mode: 'ISTIO_MUTUAL' } },
    ],
    proxyProtocol: { version: 'V2' },
    retryBudget: { percent: 10 },
  });
});

test.each(Object.keys(WHOLE) as (keyof TrafficPolicy)[])('%s alone is a policy', part => {
  expect(Object.keys(renderedPolicy({ [part]: WHOLE[part] }))).toEqual([part === 'transport' ? 'proxyProtocol' : part]);
});

test.each([{}, { tls: undefined, portLevelSettings: undefined }])('fails on a policy that says nothing: %p', policy => {
  expect(policyError(policy)).toBe(' must set at least one of loadBalancer, connectionPool, outlierDetection, tls, portLevelSettings, transport, retryBudget');
});

test.each([
  ['tunnel', { tunnel: { targetHost: 'a', targetPort: 1 } }],
  ['proxyProtocol', { proxyProtocol: { version: 'V1' } }],
  ['loadbalancer', { loadbalancer: LoadBalancer.random() }],
])('fails on the property %s, which a policy does not have', (name, policy) => {
  expect(policyError(policy))
    .toBe(` has no property '${name}', known properties: loadBalancer, connectionPool, outlierDetection, tls, portLevelSettings, transport, retryBudget`);
});

test.each([
  [null, 'null'], ['x', '\'x\''], [[], 'an empty list'], [5, '5'],
])('fails on the policy %p', (policy, got) => {
  expect(policyError(policy)).toBe(` must be an object, got ${got}`);
});

test('fails on a value of another class', () => {
  expect(policyError({ tls: LoadBalancer.random() })).toBe('.tls must be made by ClientTls, such as ClientTls.simple(), got a value of class LoadBalancer');
  expect(policyError({ loadBalancer: ClientTls.disable() }))
    .toBe('.loadBalancer must be made by LoadBalancer, such as LoadBalancer.roundRobin(), got a value of class ClientTls');
});

describe('the policy of a port', () => {
  function errorOf(...portLevelSettings: unknown[]): string {
    return policyError({ portLevelSettings });
  }

  const tls = ClientTls.disable();

  test('is for a port from 1 to 65535', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 65535 }), port => {
      expect(renderedPolicy({ portLevelSettings: [{ port, tls }] }).portLevelSettings).toEqual([{ port: { number: port }, tls: { mode: 'DISABLE' } }]);
    }), { examples: [[1], [65535]], numRuns: 10 });
    expect(errorOf({ port: 0, tls })).toBe('.portLevelSettings[0].port must be an integer from 1 to 65535, got 0');
    expect(errorOf({ port: 65536, tls })).toBe('.portLevelSettings[0].port must be an integer from 1 to 65535, got 65536');
    expect(errorOf({ port: { number: 80 }, tls })).toBe('.portLevelSettings[0].port must be an integer from 1 to 65535, got an object with number');
    expect(errorOf({ tls })).toBe('.portLevelSettings[0].port must be given');
  });

  test('stands alone for its port', () => {
    expect(errorOf({ port: 80, tls }, { port: 81, tls }, { port: 80, loadBalancer: LoadBalancer.random() }))
      .toBe('.portLevelSettings[2].port 80 has a policy already, a port has one');
  });

  test('must say something', () => {
    expect(errorOf({ port: 80 })).toBe('.portLevelSettings[0] must set at least one of loadBalancer, connectionPool, outlierDetection, tls');
    expect(errorOf()).toBe('.portLevelSettings must not be empty, leave it out instead');
    expect(errorOf(undefined)).toBe('.portLevelSettings[0] must not be undefined, leave the item out');
  });

  test.each(['retryBudget', 'transport', 'portLevelSettings'])('has no %s', name => {
    expect(errorOf({ port: 80, tls, [name]: WHOLE[name as keyof TrafficPolicy] }))
      .toBe(`.portLevelSettings[0] has no property '${name}', known properties: port, loadBalancer, connectionPool, outlierDetection, tls`);
  });

  test('has its parts checked under its own path', () => {
    expect(errorOf({ port: 80, tls }, { port: 81, connectionPool: { tcp: { maxConnections: -1 } } }))
      .toBe('.portLevelSettings[1].connectionPool.tcp.maxConnections must be an integer from 0 to 2147483647, got -1');
  });
});

test('the caller\'s objects are not kept', () => {
  const port = { port: 80, outlierDetection: { maxEjectionPercent: 5 } };
  const ports: PortTrafficPolicy[] = [port];
  const policy = { connectionPool: { tcp: { maxConnections: 1 } }, portLevelSettings: ports };
  const chart = testChart();
  new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('reviews'), trafficPolicy: policy });
  policy.connectionPool.tcp.maxConnections = 2;
  port.outlierDetection.maxEjectionPercent = 6;
  ports.push({ port: 81, tls: ClientTls.disable() });
  expect(specOf(chart, 'DestinationRule').trafficPolicy).toEqual({
    connectionPool: { tcp: { maxConnections: 1 } },
    portLevelSettings: [{ port: { number: 80 }, outlierDetection: { maxEjectionPercent: 5 } }],
  });
});
