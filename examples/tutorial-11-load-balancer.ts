import { App, Chart } from 'cdk8s';
import { DestinationRule, LoadBalancer, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new DestinationRule(chart, 'Rule', {
  metadata: { name: 'reviews' },
  host: ServiceHost.fromName('reviews'),
  trafficPolicy: { loadBalancer: LoadBalancer.roundRobin() },
});

app.synth();
