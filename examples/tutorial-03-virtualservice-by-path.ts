import { App, Chart } from 'cdk8s';
import { Gateway, HttpAction, ServiceHost, StringMatch, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new VirtualService(chart, 'Routes', {
  metadata: { name: 'my-virtualservice' },
  hosts: ['api.example.com'],
  gateways: [Gateway.fromGatewayName('my-gateway')],
  httpRoutes: [
    {
      matches: [{ uri: StringMatch.prefix('/api/v1') }],
      action: HttpAction.forward(ServiceHost.fromName('service-a', { port: 80 })),
    },
    {
      matches: [{ uri: StringMatch.prefix('/api/v2') }],
      action: HttpAction.forward(ServiceHost.fromName('service-b', { port: 80 })),
    },
  ],
});

app.synth();
