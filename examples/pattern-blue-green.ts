import { App, Chart } from 'cdk8s';
import { BlueGreen, BlueGreenColor, Gateway, GatewaySelector, GatewayServer, ServerTls, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

const gateway = new Gateway(chart, 'Gateway', {
  selector: GatewaySelector.ingress(),
  servers: [GatewayServer.https({ hosts: ['*.example.com'], tls: ServerTls.simple('example-com-tls') })],
});

// green is ready and can be looked at; the switch is BlueGreenColor.GREEN
new BlueGreen(chart, 'Orders', {
  service: ServiceHost.fromName('orders', { namespace: 'shop', port: 8080 }),
  blue: { slot: 'blue' },
  green: { slot: 'green' },
  live: BlueGreenColor.BLUE,
  gateways: [gateway],
  hosts: ['orders.example.com'],
  previewHost: 'orders-preview.example.com',
});

app.synth();
