import { App, Chart } from 'cdk8s';
import { DestinationRule, HttpAction, ServiceHost, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const host = ServiceHost.fromName('reviews');
const reviews = DestinationRule.fromSubsetNames(host, ['v1', 'v2']);

new VirtualService(chart, 'Routes', {
  metadata: { name: 'reviews' },
  services: [host],
  defaultRoute: {
    action: HttpAction.split([
      { destination: reviews.subset('v1'), weight: 90 },
      { destination: reviews.subset('v2'), weight: 10 },
    ]),
  },
});

app.synth();
