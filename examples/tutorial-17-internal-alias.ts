import { App, Chart } from 'cdk8s';
import { EntryPort, MeshLocation, Resolution, ServiceEntry } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

new ServiceEntry(chart, 'Alias', {
  metadata: { name: 'internal-alias' },
  hosts: ['database'],
  location: MeshLocation.INTERNAL,
  ports: [EntryPort.tcp(3306, { name: 'mysql' })],
  resolution: Resolution.staticEndpoints([{ address: '10.0.0.100' }]),
});

app.synth();
