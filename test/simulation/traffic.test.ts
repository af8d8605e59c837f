import { Duration } from 'cdk8s';
import { CanaryRelease, HttpAction, IngressRoute, ServerTls, ServiceHost, Traffic, TrafficClient } from '../../lib';
import { testChart } from '../util';

test('a tenth of the requests goes to the canary', () => {
  const chart = testChart({ namespace: 'shop' });
  const release = new CanaryRelease(chart, 'Reviews', {
    service: ServiceHost.fromName('reviews', { port: 9080 }), stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 10, timeout: Duration.seconds(3),
  });
  const traffic = Traffic.of(chart.node.root).from(TrafficClient.sidecar({ namespace: 'shop' }));
  const answer = traffic.get('http://reviews:9080/api').goesTo(release.canary, { percent: 10 }).goesTo(release.stable, { percent: 90 });
  answer.hasTimeout(Duration.seconds(3));
  answer.drawn(95).goesTo(release.canary);
  traffic.get('http://reviews/api').goesTo(release.canary, { percent: 10 });
  expect(() => answer.goesTo(release.canary, { percent: 20 })).toThrow('expected: 20 %');
});

test('an ingress', () => {
  const chart = testChart({ namespace: 'shop' });
  const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'], tls: ServerTls.simple('cert') });
  const api = ServiceHost.fromName('api', { port: 8080 });
  shop.addPath('/api', HttpAction.forward(api));
  const visitor = Traffic.of(chart).from(TrafficClient.gateway(shop));
  visitor.get('https://shop.example.com/api/x').goesTo(api);
  visitor.get('http://shop.example.com/api/x?y=1').isRedirectedTo('https://shop.example.com/api/x?y=1', { status: 301 });
  visitor.get('https://shop.example.com/apix').isNotFound();
});
