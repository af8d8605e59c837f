import { App, Chart } from 'cdk8s';
import { Gateway, GatewaySelector, GatewayServer } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new Gateway(chart, 'Gateway', {
  metadata: { name: 'my-gateway', namespace: 'default' },
  selector: GatewaySelector.ingress(),
  servers: [GatewayServer.http({ hosts: ['api.example.com'] })],
});

app.synth();
