import { App, Chart, Duration } from 'cdk8s';
import { EntryPort, ExternalTcpService, ExternalTls } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

// connections to this address go there, 50 of them from each proxy at most
new ExternalTcpService(chart, 'Orders', {
  host: 'orders-db.example.com',
  addresses: ['10.20.0.5'],
  ports: [EntryPort.tcp(5432)],
  connectionPool: { maxConnections: 50, connectTimeout: Duration.seconds(2) },
});

// the application speaks plain text to a virtual address, the sidecar TLS to the servers behind it
new ExternalTcpService(chart, 'Cache', {
  host: 'cache.example.com',
  addresses: ['240.10.0.1'],
  endpoints: [{ address: 'cache-1.example.com' }, { address: 'cache-2.example.com' }],
  ports: [EntryPort.redis(6379)],
  tls: ExternalTls.originate(),
});

// TLS names its host, so that no address is needed
new ExternalTcpService(chart, 'Events', {
  host: 'broker.example.com',
  ports: [EntryPort.tls(9093)],
});

app.synth();
