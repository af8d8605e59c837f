import { checkManifests } from '../../lib/checks/check';

const WARMUP = { simple: 'ROUND_ROBIN', warmup: { duration: '30s', aggression: 0.5 } };

function rule(trafficPolicy: object) {
  return { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'a', namespace: 'shop' }, spec: { host: 'a.shop.svc.cluster.local', trafficPolicy } };
}

function response(bytes: string) {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { hosts: ['a.example.com'], http: [{ directResponse: { status: 200, body: { bytes } } }] },
  };
}

function found(manifest: object, istioVersion?: string) {
  return checkManifests([{ manifest }], { istioVersion }).map(({ code, propertyPath, message }) => `${code} ${propertyPath} ${message}`);
}

test('a value that the mesh\'s release refuses and a later one takes is an error that names both', () => {
  expect(found(rule({ loadBalancer: WARMUP }), '1.28')).toEqual([
    'IST0106/minimum spec.trafficPolicy.loadBalancer.warmup.aggression must be at least 1 in Istio 1.28, which the mesh runs, got 0.5 (at least 0 since Istio 1.29)',
  ]);
  expect(found(rule({ portLevelSettings: [{ port: { number: 80 }, loadBalancer: WARMUP }] }), '1.28')).toHaveLength(1);
});

test.each(['1.29', '1.31', undefined])('a release that takes it (%s) says nothing', istioVersion => {
  expect(found(rule({ loadBalancer: WARMUP }), istioVersion)).toEqual([]);
});

test('what no release takes is told once', () => {
  const negative = rule({ loadBalancer: { ...WARMUP, warmup: { duration: '30s', aggression: -1 } } });
  expect(found(negative, '1.28')).toEqual([expect.stringMatching(/^IST0106\/minimum .* got -1/)]);
  expect(found(negative, '1.29')).toEqual([expect.stringMatching(/^IST0106\/minimum .* must be at least 0, got -1/)]);
});

test('bytes over several lines are refused since the release whose API server looks at them', () => {
  expect(found(response('aGVs\nbG8='), '1.28')).toEqual([]);
  expect(found(response('aGVs\nbG8='), '1.29')).toEqual([expect.stringContaining('IST0106/format spec.http[0].directResponse.body.bytes')]);
});
