import { App, Chart, Duration } from 'cdk8s';
import { DestinationRule, HashKey, LoadBalancer, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new DestinationRule(chart, 'ByHeader', {
  metadata: { name: 'by-header' },
  host: ServiceHost.fromName('reviews'),
  trafficPolicy: { loadBalancer: LoadBalancer.consistentHash(HashKey.header('x-user-id')) },
});
new DestinationRule(chart, 'ByCookie', {
  metadata: { name: 'by-cookie' },
  host: ServiceHost.fromName('ratings'),
  trafficPolicy: { loadBalancer: LoadBalancer.consistentHash(HashKey.cookie('session-id', { ttl: Duration.hours(1) })) },
});
new DestinationRule(chart, 'BySource', {
  metadata: { name: 'by-source' },
  host: ServiceHost.fromName('details'),
  trafficPolicy: { loadBalancer: LoadBalancer.consistentHash(HashKey.sourceIp()) },
});

app.synth();
