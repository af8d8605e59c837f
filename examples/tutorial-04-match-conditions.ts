import { App, Chart } from 'cdk8s';
import { HeaderMatch, HttpAction, ServiceHost, StringMatch, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

// a path is matched in one of three ways, so three ways are three matches, of which one must hold
new VirtualService(chart, 'Routes', {
  metadata: { name: 'service-a' },
  hosts: ['service-a'],
  httpRoutes: [{
    matches: [
      { uri: StringMatch.exact('/api/users') },
      { uri: StringMatch.prefix('/api/') },
      { uri: StringMatch.regex('/api/v[0-9]+/.*') },
      { headers: { 'x-version': HeaderMatch.exact('v2'), 'cookie': HeaderMatch.regex('.*user=admin.*') } },
      { queryParams: { debug: StringMatch.exact('true') } },
      { method: StringMatch.exact('POST') },
      { sourceLabels: { app: 'frontend' } },
    ],
    action: HttpAction.forward(ServiceHost.fromName('service-a')),
  }],
});

app.synth();
