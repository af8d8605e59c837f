import { App, Chart, Duration } from 'cdk8s';
import {
  Checks, DestinationRule, EntryPort, Gateway, GatewaySelector, GatewayServer, HeaderMatch, HttpAction, MeshLocation, Resolution, RetryPolicy,
  ServerTls, ServiceEntry, ServiceHost, StringMatch, VirtualService,
} from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'api-gateway' },
  selector: GatewaySelector.ingress(),
  servers: [GatewayServer.https({ hosts: ['api.example.com'], tls: ServerTls.simple('api-tls') })],
});

const products = new DestinationRule(chart, 'Products', {
  metadata: { name: 'product-service' },
  host: ServiceHost.fromName('product-service'),
  trafficPolicy: {
    connectionPool: { http: { http2MaxRequests: 100 } },
    outlierDetection: { consecutive5xxErrors: 3, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(30) },
  },
  subsets: { v1: { labels: { version: 'v1' } }, v2: { labels: { version: 'v2' } } },
});

const checkout = new DestinationRule(chart, 'Checkout', {
  metadata: { name: 'checkout-service' },
  host: ServiceHost.fromName('checkout-service'),
  subsets: { stable: { labels: { version: 'stable' } }, experimental: { labels: { version: 'experimental' } } },
});

new VirtualService(chart, 'Routes', {
  metadata: { name: 'api-routing' },
  hosts: ['api.example.com'],
  gateways: [gateway],
  httpRoutes: [
    {
      matches: [{ uri: StringMatch.prefix('/api/products') }],
      action: HttpAction.split([
        { destination: products.subset('v1'), weight: 90 },
        { destination: products.subset('v2'), weight: 10 },
      ], {
        timeout: Duration.seconds(5),
        retries: RetryPolicy.attempts(3, { perTryTimeout: Duration.seconds(2) }),
      }),
    },
    {
      matches: [{ uri: StringMatch.prefix('/api/checkout'), headers: { 'x-test-group': HeaderMatch.exact('B') } }],
      action: HttpAction.forward(checkout.subset('experimental')),
    },
    {
      matches: [{ uri: StringMatch.prefix('/api/checkout') }],
      action: HttpAction.forward(checkout.subset('stable')),
    },
  ],
});

const payment = new ServiceEntry(chart, 'Payment', {
  metadata: { name: 'payment-api' },
  hosts: ['api.payment-provider.com'],
  location: MeshLocation.EXTERNAL,
  ports: [EntryPort.https(443)],
  resolution: Resolution.dns(),
});

// a mistake of the tutorial, kept to the letter: on an HTTPS port the sidecar sees only TLS, so timeout and retries never apply
const paymentRoutes = new VirtualService(chart, 'PaymentRoutes', {
  metadata: { name: 'payment-api-vs' },
  services: [payment],
  defaultRoute: {
    action: HttpAction.forward(payment.withPort(443), {
      timeout: Duration.seconds(10),
      retries: RetryPolicy.attempts(2, { perTryTimeout: Duration.seconds(5) }),
    }),
  },
});

// it is found at synth, unless the program says that it is meant
Checks.of(paymentRoutes).suppress('CI0004', 'kept as the tutorial has it');

app.synth();
