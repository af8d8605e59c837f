import { App, Chart, Duration } from 'cdk8s';
import { EntryPort, ExternalApi, ExternalTls, RetryPolicy } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

// the application calls http://api.payment-provider.com, the sidecar adds TLS: timeout and retries work
new ExternalApi(chart, 'Payment', {
  hosts: ['api.payment-provider.com'],
  tls: ExternalTls.originate(),
  // who still calls https:// speaks TLS itself, which is not wrapped once more
  furtherPorts: [EntryPort.tls(443)],
  timeout: Duration.seconds(10),
  retries: RetryPolicy.attempts(2, { perTryTimeout: Duration.seconds(5) }),
  connectionPool: { tcp: { maxConnections: 10 } },
});

// the application calls https://, the mesh sees server names alone
new ExternalApi(chart, 'Maps', {
  hosts: ['*.maps.example.com'],
  tls: ExternalTls.passthrough(),
});

app.synth();
