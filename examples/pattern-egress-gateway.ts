import { App, Chart, Duration } from 'cdk8s';
import { EgressGateway, ExportTo, ExternalTls, RetryPolicy } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'egress', { namespace: 'istio-system', disableResourceNameHashes: true });

const egress = new EgressGateway(chart, 'Egress', {
  exportTo: ExportTo.namespaces(['shop', 'billing']),
});

// http from the application, mutual TLS to the gateway, TLS from there on
egress.addApi('Payment', {
  hosts: ['api.payment-provider.com'],
  tls: ExternalTls.originate(),
  timeout: Duration.seconds(10),
  retries: RetryPolicy.attempts(2),
});

// TLS of the application, which passes through the gateway
egress.addApi('Mail', {
  hosts: ['smtp.mail.example'],
  tls: ExternalTls.passthrough({ port: 465 }),
});

app.synth();
