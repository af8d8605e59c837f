import { App, Chart } from 'cdk8s';
import { Gateway, GatewaySelector, GatewayServer, ServerTls } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new Gateway(chart, 'Gateway', {
  metadata: { name: 'https-gateway' },
  selector: GatewaySelector.ingress(),
  servers: [GatewayServer.https({ hosts: ['api.example.com'], tls: ServerTls.simple('my-tls-secret') })],
});

app.synth();
