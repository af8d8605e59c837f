import { newCertificate } from './envoy/certificate';
import { Envoy } from './envoy/envoy';
import { judgeExample } from './envoy/example-experiments';
import { configsOf } from './envoy/experiments';
import { Oracle } from './oracle';
import { EXAMPLE_REQUESTS, ExampleMeshes, ExampleRequest, titleOf } from '../example-requests';

describe('requests to the examples do what their authors mean, in truth and as simulated', () => {
  const meshes = new ExampleMeshes(EXAMPLE_REQUESTS);
  const roles = meshes.all.flatMap(mesh => mesh.proxies.map(proxy => ({ mesh, proxy })));
  let envoy: Envoy | undefined;

  beforeAll(async () => {
    const oracle = Oracle.start('proxy');
    const configs = await configsOf([oracle], meshes.all);
    oracle.stop();
    envoy = await Envoy.start(configs.flat().map(config => ({ config })), newCertificate());
  });
  afterAll(() => envoy?.stop());

  function roleOf(request: ExampleRequest): number {
    const mesh = meshes.of(request);
    return roles.findIndex(role => role.mesh === mesh && JSON.stringify(role.proxy) === JSON.stringify(request.from));
  }

  test.each(EXAMPLE_REQUESTS.map(request => [titleOf(request), request] as const))('%s', async (_, request) => {
    const { happened, differences } = await judgeExample(envoy!, roleOf(request), meshes.of(request), request);
    expect(happened).toEqual(request.meant);
    expect(differences).toEqual([]);
  });
});
