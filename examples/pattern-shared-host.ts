import { App, Chart, Duration } from 'cdk8s';
import { DelegatedPath, Gateway, GatewaySelector, GatewayServer, HttpAction, PathRewrite, PathType, ServerTls, ServiceHost, SharedHost } from 'cdk8s-istio';

const app = new App();

// the platform team owns the gateway and the host
const edge = new Chart(app, 'edge', { namespace: 'edge', disableResourceNameHashes: true });
const gateway = new Gateway(edge, 'Public', {
  selector: GatewaySelector.ingress(),
  servers: [GatewayServer.https({ hosts: ['*.example.com'], tls: ServerTls.simple('example-com-tls') })],
});
const shop = new SharedHost(edge, 'Shop', {
  hosts: ['shop.example.com'],
  gateways: [gateway],
  timeout: Duration.seconds(5),
  defaultTarget: HttpAction.forward(ServiceHost.fromName('frontend', { namespace: 'web', port: 8080 })),
});

// the search team adds its path to the platform team's virtual service
const search = new Chart(app, 'search', { namespace: 'search', disableResourceNameHashes: true });
shop.addPath(search, '/search', HttpAction.forward(ServiceHost.fromName('search', { namespace: 'search', port: 8080 })), {
  rewrite: PathRewrite.strip(),
});

// the cart team keeps its paths in its own namespace
const cart = new Chart(app, 'cart', { namespace: 'cart', disableResourceNameHashes: true });
const paths = new DelegatedPath(cart, 'Paths', { sharedHost: shop, path: '/cart' });
paths.addPath('/cart', HttpAction.forward(ServiceHost.fromName('cart', { namespace: 'cart', port: 8080 })));
paths.addPath('/cart/checkout', HttpAction.forward(ServiceHost.fromName('checkout', { namespace: 'cart', port: 8080 })), {
  pathType: PathType.EXACT,
  methods: ['POST'],
});

app.synth();
