import { App, Chart } from 'cdk8s';
import { ServiceHost, TrafficMirror } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

// v2 gets copies of a tenth of the searches; users see the answers of v1 only
new TrafficMirror(chart, 'Search', {
  service: ServiceHost.fromName('search', { namespace: 'shop', port: 8080 }),
  primary: { version: 'v1' },
  shadow: { version: 'v2' },
  percent: 10,
});

app.synth();
