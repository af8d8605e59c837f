import { objectsOfTlsCase, UPSTREAM_TLS_CASES } from './upstream-tls-cases';
import { Traffic, TrafficClient } from '../../lib';
import { checkWebhook } from '../../lib/checks/webhook';
import { MeshModel } from '../../lib/mesh/model';
import { upstreamTls } from '../../lib/mesh/upstream-tls';

test.each(UPSTREAM_TLS_CASES.map(item => [item.title, item] as const))('%s', (_, item) => {
  const objects = objectsOfTlsCase(item) as any[];
  expect(objects.flatMap(object => checkWebhook(object)).filter(({ severity }) => severity === 'error')).toEqual([]);
  const model = new MeshModel(objects.map(manifest => ({ manifest })));
  const labels = { app: 'client' };
  const proxy = item.isGateway ? model.gateway({ namespace: 'default', labels }) : model.sidecar({ namespace: 'default', labels });
  const found = proxy.cluster(item.isDynamic ? 'outbound|80||*.api.example' : 'outbound|80||api.example')!;
  expect(upstreamTls(found, item.isGateway === true)).toEqual(item.expected);
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
