import { App, Chart } from 'cdk8s';
import { Gateway, GatewaySelector, GatewayServer, HttpAction, IngressRoute, ServerTls, ServiceHost, TcpAction, TlsPassthroughRoute } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'edge', { namespace: 'edge', disableResourceNameHashes: true });

// one gateway for two kinds of hosts: the proxy ends TLS for the shop, and hands it on to the vault
const gateway = new Gateway(chart, 'Public', {
  selector: GatewaySelector.ingress(),
  servers: [
    GatewayServer.https({ hosts: ['shop.example.com'], tls: ServerTls.simple('shop-example-com-tls') }),
    GatewayServer.tls({ hosts: ['vault.example.com'], tls: ServerTls.passthrough() }),
  ],
});

new TlsPassthroughRoute(chart, 'Vault', {
  hosts: ['vault.example.com'],
  gateway,
  action: TcpAction.split([
    { destination: ServiceHost.fromName('vault', { namespace: 'vault', port: 8200 }), weight: 90 },
    { destination: ServiceHost.fromName('vault-next', { namespace: 'vault', port: 8200 }), weight: 10 },
  ]),
});

new IngressRoute(chart, 'Shop', {
  hosts: ['shop.example.com'],
  gateway,
  defaultTarget: HttpAction.forward(ServiceHost.fromName('frontend', { namespace: 'shop', port: 8080 })),
});

app.synth();
