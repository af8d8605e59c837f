import { App, Chart, Duration } from 'cdk8s';
import { DestinationRule, H2UpgradePolicy, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new DestinationRule(chart, 'Rule', {
  metadata: { name: 'reviews' },
  host: ServiceHost.fromName('reviews'),
  trafficPolicy: {
    connectionPool: {
      tcp: { maxConnections: 100, connectTimeout: Duration.seconds(10) },
      http: {
        h2UpgradePolicy: H2UpgradePolicy.UPGRADE,
        http1MaxPendingRequests: 100,
        http2MaxRequests: 1000,
        maxRequestsPerConnection: 10,
        maxRetries: 3,
      },
    },
  },
});

app.synth();
