import { newCertificate } from './envoy/certificate';
import { compareHttp, headerIn } from './envoy/compare';
import { Envoy } from './envoy/envoy';
import { configsOf, modelOf, proxyIn } from './envoy/experiments';
import type { RandomMesh } from './generators/mesh/mesh';
import { Oracle } from './oracle';
import type { HttpQuestion } from '../../lib/simulation/question';
import { simulateHttp } from '../../lib/simulation/simulate';
import { GRPC_CASES, headersOfGrpcCase, objectsOfGrpcCase } from '../simulation/grpc-cases';

const CLIENT = { type: 'sidecar', namespace: 'default', labels: {} } as const;
const MESHES = GRPC_CASES.map((item): RandomMesh => ({ objects: objectsOfGrpcCase(item) as RandomMesh['objects'], proxies: [CLIENT] }));

describe('what gRPC clients get from the proxy itself', () => {
  let envoy: Envoy | undefined;

  beforeAll(async () => {
    const oracle = Oracle.start('proxy');
    const configs = await configsOf([oracle], MESHES);
    oracle.stop();
    envoy = await Envoy.start(configs.flat().map(config => ({ config })), newCertificate());
  });
  afterAll(() => envoy?.stop());

  test.each(GRPC_CASES.map((item, role) => [item.title, item, role] as const))('%s', async (_, item, role) => {
    const question: HttpQuestion = { port: 80, method: item.method ?? 'POST', target: '/', authority: 'api', headers: headersOfGrpcCase(item) };
    const real = (await envoy!.askHttp(role, question))();
    const [status, message] = [headerIn(real, 'grpc-status'), headerIn(real, 'grpc-message')];
    expect(status === undefined ? undefined : { status: Number(status), message }).toEqual(item.expected && { message: undefined, ...item.expected });
    const model = modelOf(MESHES[role]);
    const proxy = proxyIn(model, CLIENT);
    expect(compareHttp(proxy, model.config, question, simulateHttp(proxy, model.config, question), real)).toEqual([]);
  });
});
