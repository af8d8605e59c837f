import { App, Chart, Duration } from 'cdk8s';
import { AbTest, Audience, CanaryRelease, ExternalApi, ExternalTls, HeaderMatch, IngressRoute, RetryPolicy, ServerTls, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const products = new CanaryRelease(chart, 'Products', {
  metadata: { name: 'product-service' },
  service: ServiceHost.fromName('product-service', { port: 80 }),
  stable: { version: 'v1' },
  canary: { version: 'v2' },
  canaryPercent: 10,
  timeout: Duration.seconds(5),
  retries: RetryPolicy.attempts(3, { perTryTimeout: Duration.seconds(2) }),
  trafficPolicy: {
    connectionPool: { http: { http2MaxRequests: 100 } },
    outlierDetection: { consecutive5xxErrors: 3, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(30) },
  },
});

const checkout = new AbTest(chart, 'Checkout', {
  metadata: { name: 'checkout-service' },
  service: ServiceHost.fromName('checkout-service', { port: 80 }),
  variants: [
    { name: 'stable', labels: { version: 'stable' } },
    { name: 'experimental', labels: { version: 'experimental' }, audiences: [Audience.header('x-test-group', HeaderMatch.exact('B'))] },
  ],
  defaultVariant: 'stable',
});

const api = new IngressRoute(chart, 'Api', {
  metadata: { name: 'api-routing' },
  gatewayMetadata: { name: 'api-gateway' },
  hosts: ['api.example.com'],
  tls: ServerTls.simple('api-tls'),
  httpsRedirect: false,
});
api.addPath('/api/products', products);
api.addPath('/api/checkout', checkout);

new ExternalApi(chart, 'Payment', {
  metadata: { name: 'payment-api' },
  hosts: ['api.payment-provider.com'],
  tls: ExternalTls.originate(),
  timeout: Duration.seconds(10),
  retries: RetryPolicy.attempts(2, { perTryTimeout: Duration.seconds(5) }),
});

app.synth();
