import { App, Chart } from 'cdk8s';
import { DestinationRule, HeaderMatch, HttpAction, ServiceHost, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const host = ServiceHost.fromName('reviews');
const reviews = DestinationRule.fromSubsetNames(host, ['v1', 'v2']);

new VirtualService(chart, 'Routes', {
  metadata: { name: 'reviews' },
  services: [host],
  httpRoutes: [{
    matches: [{ headers: { 'x-user-type': HeaderMatch.exact('tester') } }],
    action: HttpAction.forward(reviews.subset('v2')),
  }],
  defaultRoute: { action: HttpAction.forward(reviews.subset('v1')) },
});

app.synth();
