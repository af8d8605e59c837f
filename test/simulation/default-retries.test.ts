import { Duration } from 'cdk8s';
import { Traffic, TrafficAnswer, TrafficClient } from '../../lib';
import { RETRY_CASES, RETRY_OBJECTS, titleOfRetryCase } from '../mesh/default-retries-cases';

function ask(policy: object | undefined, name: string): TrafficAnswer {
  const meshConfig = policy === undefined ? undefined : { defaultHttpRetryPolicy: policy };
  return Traffic.fromManifests([...RETRY_OBJECTS], { meshConfig }).from(TrafficClient.sidecar()).get(`http://${name}/`);
}

test.each(RETRY_CASES.map(item => [titleOfRetryCase(item), item] as const))('%s', (_, { policy, service, tries, time }) => {
  const { retries, upstream } = ask(policy, service);
  // an upstream that answers 503 is asked again only where the policy looks at the status
  expect(1 + (retries!.retryOn.includes('5xx') ? retries!.attempts : 0)).toBe(tries);
  const told = upstream!.headers.find(({ name }) => name === 'x-envoy-expected-rq-timeout-ms')?.text;
  expect(told).toBe(time === undefined ? undefined : String(time));
});

test('a route that says nothing of retries has those of the mesh', () => {
  const policy = { attempts: 3, perTryTimeout: '5s', retryOn: '5xx' };
  expect(ask(policy, 'silent').retries).toEqual({ attempts: 3, perTryTimeout: Duration.millis(5000), retryOn: '5xx', isDefault: true });
  expect(ask(policy, 'own').retries).toMatchObject({ attempts: 1, isDefault: false });
  expect(ask(undefined, 'silent').retries).toMatchObject({ attempts: 2, isDefault: true });
  expect(() => ask(policy, 'silent').hasRetries(2)).toThrow('3 retries, the default of the mesh');
});

test('what the mesh does not know is not tried again', () => {
  expect(ask({ attempts: 3 }, 'elsewhere.example').retries).toBeUndefined();
});
