import { App, Chart } from 'cdk8s';
import { DestinationRule, LoadBalancer, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new DestinationRule(chart, 'Rule', {
  metadata: { name: 'reviews' },
  host: ServiceHost.fromName('reviews'),
  subsets: {
    v1: { labels: { version: 'v1' }, trafficPolicy: { loadBalancer: LoadBalancer.roundRobin() } },
    v2: { labels: { version: 'v2' }, trafficPolicy: { loadBalancer: LoadBalancer.leastRequest() } },
    v3: { labels: { version: 'v3' } },
  },
});

app.synth();
