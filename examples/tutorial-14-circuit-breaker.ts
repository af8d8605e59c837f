import { App, Chart, Duration } from 'cdk8s';
import { DestinationRule, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new DestinationRule(chart, 'Rule', {
  metadata: { name: 'reviews' },
  host: ServiceHost.fromName('reviews'),
  trafficPolicy: {
    outlierDetection: {
      consecutive5xxErrors: 5,
      interval: Duration.seconds(10),
      baseEjectionTime: Duration.seconds(30),
      maxEjectionPercent: 50,
    },
  },
});

app.synth();
