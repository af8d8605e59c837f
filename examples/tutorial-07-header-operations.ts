import { App, Chart } from 'cdk8s';
import { HttpAction, ServiceHost, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const serviceA = ServiceHost.fromName('service-a');

new VirtualService(chart, 'Routes', {
  metadata: { name: 'service-a' },
  services: [serviceA],
  defaultRoute: {
    action: HttpAction.forward(serviceA, {
      headers: {
        request: { add: { 'x-request-id': 'abc123' }, remove: ['x-internal-token'] },
        response: { add: { 'x-served-by': 'istio' } },
      },
    }),
  },
});

app.synth();
