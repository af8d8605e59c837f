import { newCertificate } from './envoy/certificate';
import { comparePolicies } from './envoy/compare-policy';
import { exampleMesh } from './envoy/example-mesh';
import { configsOf, judge, modelOf, Outcome, proxyIn } from './envoy/experiments';
import { randomExperiments } from './envoy/random-experiments';
import { describeOutcome } from './envoy/shrink-experiment';
import type { ProxyConfig } from './envoy/static-config';
import type { MeshProxy, RandomMesh } from './generators/mesh/mesh';
import { Random, seedOfRun } from './generators/random';
import { Oracle } from './oracle';
import type { HttpQuestion } from '../../lib/simulation/question';
import { exampleNames } from '../../scripts/programs';

const QUESTIONS_TO_EACH_PROXY = 25;
const INGRESS: MeshProxy = { type: 'router', namespace: 'istio-system', labels: { istio: 'ingressgateway' } };

function client(namespace: string, app = 'client'): MeshProxy {
  return { type: 'sidecar', namespace, labels: { app } };
}

/** A request to an example, and what its author means to happen. */
interface Meant {
  readonly example: string;
  readonly proxy: MeshProxy;
  readonly request: Partial<HttpQuestion> & { readonly authority: string; readonly target: string };
  readonly status?: number;
  readonly cluster?: string;
  readonly path?: string;
  readonly location?: string;
}

function reviews(subset: string): string {
  return `outbound|9080|${subset}|reviews.bookinfo.svc.cluster.local`;
}

const canary = { example: 'pattern-canary-release', proxy: client('bookinfo') };
const toReviews = { port: 9080, authority: 'reviews:9080', target: '/' };
const shop = { example: 'pattern-shared-host', proxy: INGRESS };
const toShop = { port: 8443, tls: true, sni: 'shop.example.com', authority: 'shop.example.com' };
const ingress = { example: 'pattern-ingress-route', proxy: INGRESS };
const checkout = { example: 'pattern-ab-test', proxy: client('shop') };
const toCheckout = { port: 8080, authority: 'checkout', target: '/' };
const complete = { example: 'tutorial-18-complete-example', proxy: INGRESS };
const toApi = { port: 8443, tls: true, sni: 'api.example.com', authority: 'api.example.com' };

const MEANT: readonly Meant[] = [
  { ...canary, request: { ...toReviews, headers: [['x-tester', '1']] }, cluster: reviews('canary') },
  { ...canary, request: { ...toReviews, headers: [['X-Tester', '']] }, cluster: reviews('canary') },
  { ...canary, proxy: client('bookinfo', 'nightly-report'), request: { ...toReviews, headers: [['x-tester', '1']] }, cluster: reviews('stable') },
  { ...canary, request: { ...toReviews, headers: [['cookie', 'a=b; reviews-bucket=1']] }, cluster: reviews('canary') },
  { ...canary, request: { ...toReviews, headers: [['cookie', 'reviews-bucket=5; a=b']] }, cluster: reviews('stable') },
  { ...shop, request: { ...toShop, target: '/search' }, cluster: 'outbound|8080||search.search.svc.cluster.local', path: '/' },
  { ...shop, request: { ...toShop, target: '/searchx' }, cluster: 'outbound|8080||frontend.web.svc.cluster.local', path: '/searchx' },
  { ...shop, request: { ...toShop, target: '/cart/checkout', method: 'POST' }, cluster: 'outbound|8080||checkout.cart.svc.cluster.local' },
  { ...shop, request: { ...toShop, target: '/cart/checkout' }, cluster: 'outbound|8080||cart.cart.svc.cluster.local' },
  { ...shop, request: { ...toShop, target: '/cartx' }, cluster: 'outbound|8080||frontend.web.svc.cluster.local' },
  { ...ingress, request: { port: 8080, authority: 'shop.example.com', target: '/a?b=c' }, status: 301, location: 'https://shop.example.com/a?b=c' },
  { ...ingress, request: { ...toShop, target: '/healthz' }, status: 200 },
  { ...ingress, request: { ...toShop, target: '/basket/7?x=1' }, status: 301, location: 'https://shop.example.com/cart/7?x=1' },
  { ...ingress, request: { ...toShop, target: '/api/orders?x=1' }, cluster: 'outbound|8080||api.shop.svc.cluster.local', path: '/orders?x=1' },
  { ...ingress, request: { ...toShop, target: '/apix' }, cluster: 'outbound|8080||frontend.shop.svc.cluster.local', path: '/apix' },
  { ...ingress, request: { ...toShop, target: '/reviews/1', random: 89 }, cluster: 'outbound|9080|stable|reviews.shop.svc.cluster.local' },
  { ...ingress, request: { ...toShop, target: '/reviews/1', random: 90 }, cluster: 'outbound|9080|canary|reviews.shop.svc.cluster.local' },
  { ...checkout, request: { ...toCheckout, headers: [['x-checkout', 'express']] }, cluster: 'outbound|8080|express|checkout.shop.svc.cluster.local' },
  { ...checkout, request: { ...toCheckout, headers: [['cookie', 'checkout-bucket=classic']] }, cluster: 'outbound|8080|classic|checkout.shop.svc.cluster.local' },
  { ...checkout, request: { ...toCheckout, random: 19 }, cluster: 'outbound|8080|express|checkout.shop.svc.cluster.local' },
  { ...checkout, request: { ...toCheckout, random: 20 }, cluster: 'outbound|8080|classic|checkout.shop.svc.cluster.local' },
  { ...complete, request: { ...toApi, target: '/api/products/1', random: 89 }, cluster: 'outbound|80|v1|product-service.default.svc.cluster.local' },
  { ...complete, request: { ...toApi, target: '/api/products/1', random: 90 }, cluster: 'outbound|80|v2|product-service.default.svc.cluster.local' },
  { ...complete, request: { ...toApi, target: '/api/checkout', headers: [['x-test-group', 'B']] }, cluster: 'outbound|80|experimental|checkout-service.default.svc.cluster.local' },
  { ...complete, request: { ...toApi, target: '/api/checkout', headers: [['x-test-group', 'b']] }, cluster: 'outbound|80|stable|checkout-service.default.svc.cluster.local' },
  { ...complete, request: { ...toApi, target: '/other' }, status: 404 },
  { example: 'tutorial-03-virtualservice-by-path', proxy: INGRESS, request: { port: 8080, authority: 'api.example.com', target: '/api/v2/x' }, cluster: 'outbound|80||service-b.default.svc.cluster.local' },
  { example: 'pattern-internal-alias', proxy: client('shop'), request: { authority: 'ledger.internal.example', target: '/' }, cluster: 'outbound|8080||ledger.finance.svc.cluster.local' },
];

function whereabouts(mesh: RandomMesh, wanted: MeshProxy): number {
  return mesh.proxies.findIndex(proxy => JSON.stringify(proxy) === JSON.stringify(wanted));
}

describe('what the examples do', () => {
  const certificate = newCertificate();
  const meshes = new Map<string, RandomMesh>();
  const configs = new Map<string, ProxyConfig[]>();

  beforeAll(async () => {
    const oracle = Oracle.start('proxy');
    for (const name of exampleNames()) {
      const mesh = exampleMesh(name);
      const further = MEANT.filter(({ example, proxy }) => example === name && whereabouts(mesh, proxy) < 0).map(({ proxy }) => proxy);
      meshes.set(name, { ...mesh, proxies: [...mesh.proxies, ...further] });
    }
    const all = await configsOf([oracle], [...meshes.values()]);
    oracle.stop();
    [...meshes.keys()].forEach((name, index) => configs.set(name, all[index]));
  });

  test('requests do what their authors mean, in truth and as simulated', async () => {
    const experiments = MEANT.map(({ example, proxy, request }) => {
      const question: HttpQuestion = { port: 80, method: 'GET', headers: [], ...request };
      return { mesh: meshes.get(example)!, proxy, questions: [question] };
    });
    const asked = MEANT.map(({ example, proxy }) => configs.get(example)![whereabouts(meshes.get(example)!, proxy)]);
    const outcomes = await judge(experiments, asked, certificate);
    const results = experiments.map(experiment => outcomes.find(outcome => outcome.experiment === experiment)!);
    expect(results.map(({ real }, index) => {
      const { request, status, cluster, path, location } = MEANT[index];
      const found = { status: real.status, cluster: real.cluster, path: real.upstreams[0]?.path, location: real.headers?.find(([name]) => name === 'location')?.[1] };
      return {
        request,
        ...status === undefined ? {} : { status: found.status },
        ...cluster === undefined ? {} : { cluster: found.cluster },
        ...path === undefined ? {} : { path: found.path },
        ...location === undefined ? {} : { location: found.location },
      };
    })).toEqual(MEANT.map(({ example, proxy, ...meant }) => meant));
    expect(results.filter(({ differences }) => differences.length > 0).map(describeOutcome)).toEqual([]);
  });

  const seed = seedOfRun();

  test(`random requests do what is simulated (CONFORMANCE_SEED=${seed})`, async () => {
    const random = new Random(seed);
    const experiments = [...meshes].flatMap(([, mesh]) => randomExperiments(random, mesh, QUESTIONS_TO_EACH_PROXY));
    const outcomes: Outcome[] = await judge(experiments, [...configs.values()].flat(), certificate);
    expect(outcomes.length).toBeGreaterThan(1000);
    expect(outcomes.filter(({ differences, real }) => differences.length > 0 || real.rejected !== undefined).map(describeOutcome)).toEqual([]);
  });

  test('the clusters and their policies are as we say', () => {
    const found = [...meshes].flatMap(([name, mesh]) => mesh.proxies.flatMap((proxy, index) =>
      comparePolicies(proxyIn(modelOf(mesh), proxy), configs.get(name)![index].clusters).map(difference => `${name}: ${difference}`)));
    expect(found).toEqual([]);
  });
});
