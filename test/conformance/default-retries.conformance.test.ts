import { newCertificate } from './envoy/certificate';
import { compareHttp } from './envoy/compare';
import { Envoy } from './envoy/envoy';
import { configsOf, modelOf, proxyIn } from './envoy/experiments';
import { STATUS_HEADER } from './envoy/upstreams';
import type { RandomMesh } from './generators/mesh/mesh';
import { Oracle } from './oracle';
import type { HttpQuestion } from '../../lib/simulation/question';
import { simulateHttp } from '../../lib/simulation/simulate';
import { RETRY_CASES, RETRY_OBJECTS, RetryCase, titleOfRetryCase } from '../mesh/default-retries-cases';

const CLIENT = { type: 'sidecar', namespace: 'default', labels: {} } as const;

function meshOf({ policy }: RetryCase): RandomMesh {
  return { objects: RETRY_OBJECTS as RandomMesh['objects'], meshConfig: policy === undefined ? undefined : { defaultHttpRetryPolicy: policy }, proxies: [CLIENT] };
}

describe('the retries of the mesh configuration', () => {
  let envoy: Envoy | undefined;

  beforeAll(async () => {
    const oracle = Oracle.start('proxy');
    const configs = await configsOf([oracle], RETRY_CASES.map(meshOf));
    oracle.stop();
    envoy = await Envoy.start(configs.flat().map(config => ({ config })), newCertificate());
  });
  afterAll(() => envoy?.stop());

  test.each(RETRY_CASES.map((item, role) => [titleOfRetryCase(item), item, role] as const))('%s', async (_, item, role) => {
    const question: HttpQuestion = { port: 80, method: 'GET', target: '/', authority: item.service, headers: [[STATUS_HEADER, '503']] };
    const real = (await envoy!.askHttp(role, question))();
    expect(real.upstreams).toHaveLength(item.tries);
    const told = real.upstreams[0].headers.find(([name]) => name === 'x-envoy-expected-rq-timeout-ms')?.[1];
    expect(told).toBe(item.time === undefined ? undefined : String(item.time));
    const mesh = meshOf(item);
    const model = modelOf(mesh);
    const proxy = proxyIn(model, CLIENT);
    expect(compareHttp(proxy, model.config, question, simulateHttp(proxy, model.config, question), real)).toEqual([]);
  });
});
