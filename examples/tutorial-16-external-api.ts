import { App, Chart, Duration } from 'cdk8s';
import { Checks, ClientTls, DestinationRule, EntryPort, HttpAction, MeshLocation, Resolution, ServiceEntry, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const api = new ServiceEntry(chart, 'Api', {
  metadata: { name: 'external-api' },
  hosts: ['api.external.com'],
  location: MeshLocation.EXTERNAL,
  ports: [EntryPort.https(443)],
  resolution: Resolution.dns(),
});

// two mistakes of the tutorial, kept to the letter: on an HTTPS port the sidecar sees only TLS, so the timeout never applies ...
const routes = new VirtualService(chart, 'Routes', {
  metadata: { name: 'external-api-vs' },
  services: [api],
  defaultRoute: { action: HttpAction.forward(api.withPort(443), { timeout: Duration.seconds(3) }) },
});

// ... and the TLS of the application is wrapped in TLS once more
const rule = new DestinationRule(chart, 'Rule', {
  metadata: { name: 'external-api-dr' },
  host: api,
  trafficPolicy: {
    tls: ClientTls.simple(),
    connectionPool: { tcp: { maxConnections: 10 } },
  },
});

// both are found at synth, unless the program says that they are meant
Checks.of(routes).suppress('CI0004', 'kept as the tutorial has it');
Checks.of(rule).suppress('CI0003', 'kept as the tutorial has it');

app.synth();
