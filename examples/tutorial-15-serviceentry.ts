import { App, Chart } from 'cdk8s';
import { EntryPort, MeshLocation, Resolution, ServiceEntry } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new ServiceEntry(chart, 'Api', {
  metadata: { name: 'external-api' },
  hosts: ['api.external.com'],
  location: MeshLocation.EXTERNAL,
  ports: [EntryPort.https(443)],
  resolution: Resolution.dns(),
});

app.synth();
