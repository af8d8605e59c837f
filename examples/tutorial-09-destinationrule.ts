import { App, Chart } from 'cdk8s';
import { DestinationRule, H2UpgradePolicy, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new DestinationRule(chart, 'Rule', {
  metadata: { name: 'reviews-destination' },
  host: ServiceHost.fromName('reviews'),
  trafficPolicy: {
    connectionPool: {
      tcp: { maxConnections: 100 },
      http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE },
    },
  },
  subsets: {
    v1: { labels: { version: 'v1' } },
    v2: { labels: { version: 'v2' } },
  },
});

app.synth();
