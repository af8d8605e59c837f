import { objectsOfTlsCase, UPSTREAM_TLS_CASES } from './upstream-tls-cases';
import { Traffic, TrafficClient } from '../../lib';
import { checkWebhook } from '../../lib/checks/webhook';
import { MeshModel } from '../../lib/mesh/model';

test.each(UPSTREAM_TLS_CASES.map(item => [item.title, item] as const))('%s', (_, item) => {
  const objects = objectsOfTlsCase(item) as any[];
  expect(objects.flatMap(object => checkWebhook(object)).filter(({ severity }) => severity === 'error')).toEqual([]);
  const model = new MeshModel(objects.map(manifest => ({ manifest })));
  const labels = { app: 'client' };
  const proxy = item.isGateway ? model.gateway({ namespace: 'default', labels }) : model.sidecar({ namespace: 'default', labels });
  expect(proxy.upstreamTls(item.isDynamic ? 'outbound|80||*.api.example' : 'outbound|80||api.example')).toEqual(item.expected);
});

test('of several entries for a host only the names of the youngest are kept', () => {
  const item = UPSTREAM_TLS_CASES.find(({ entryNames }) => entryNames)!;
  const [old, rule] = objectsOfTlsCase(item) as any[];
  const young = { ...old, metadata: { ...old.metadata, name: 'young', creationTimestamp: '2026-01-02T00:00:00Z' }, spec: { ...old.spec, subjectAltNames: ['young.example'] } };
  const proxy = new MeshModel([old, rule, young].map(manifest => ({ manifest }))).sidecar({ namespace: 'default' });
  expect(proxy.upstreamTls('outbound|80||api.example')).toMatchObject({ subjectAltNames: ['young.example'] });
});

test('an answer tells the TLS that the proxy adds', () => {
  const item = UPSTREAM_TLS_CASES.find(({ tls }) => 'caCrl' in tls)!;
  const client = Traffic.fromManifests(objectsOfTlsCase(item)).from(TrafficClient.sidecar());
  const answer = client.get('http://api.example/');
  expect(answer.upstreamTls()).toEqual({
    mode: 'SIMPLE', serverName: 'b.example', subjectAltNames: [], checksName: false, verifiesServer: true, caCertificates: '/etc/ca.pem', caCrl: '/etc/crl.pem',
  });
  expect(answer.upstreamTls(1)).toBeUndefined();
  expect(client.get('http://other.example/').upstreamTls()).toBeUndefined();
});
