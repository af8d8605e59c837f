import { comparePolicies } from './envoy/compare-policy';
import { configsOf, modelOf, proxyIn } from './envoy/experiments';
import type { RandomMesh } from './generators/mesh/mesh';
import { Oracle } from './oracle';
import { objectsOfTlsCase, UPSTREAM_TLS_CASES } from '../mesh/upstream-tls-cases';

describe('the TLS towards upstreams is what istiod writes', () => {
  const oracle: Oracle[] = [];
  beforeAll(() => oracle.push(Oracle.start('proxy')));
  afterAll(() => oracle[0].stop());

  test.each(UPSTREAM_TLS_CASES.map(item => [item.title, item] as const))('%s', async (_, item) => {
    const proxy = { type: item.isGateway ? 'router' : 'sidecar', namespace: 'default', labels: { app: 'client' } } as const;
    const mesh: RandomMesh = { objects: objectsOfTlsCase(item) as RandomMesh['objects'], proxies: [proxy] };
    const [[config]] = await configsOf(oracle, [mesh]);
    expect(config.clusters.filter(({ name }) => name.startsWith('outbound|'))).toHaveLength(1);
    expect(comparePolicies(proxyIn(modelOf(mesh), proxy), config.clusters)).toEqual([]);
  });
});
