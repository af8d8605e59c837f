import { App, Chart } from 'cdk8s';
import { Audience, CanaryRelease, HeaderMatch, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'bookinfo', { namespace: 'bookinfo', disableResourceNameHashes: true });

// a quarter of the users gets v2 and keeps it; testers always do, the nightly report never does
new CanaryRelease(chart, 'Reviews', {
  service: ServiceHost.fromName('reviews', { namespace: 'bookinfo', port: 9080 }),
  stable: { version: 'v1' },
  canary: { version: 'v2' },
  plan: [1, 5, 25, 50, 100],
  stage: 3,
  sticky: { name: 'reviews-bucket' },
  canaryFor: [Audience.header('x-tester', HeaderMatch.present())],
  stableFor: [Audience.sourceLabels({ app: 'nightly-report' })],
});

app.synth();
