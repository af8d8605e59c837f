import { App, Chart, Duration } from 'cdk8s';
import { AliasTarget, EntryPort, InternalAlias, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

// servers with static addresses
new InternalAlias(chart, 'Database', {
  host: 'database',
  addresses: ['10.0.0.100'],
  target: AliasTarget.endpoints([{ address: '10.0.0.100' }]),
  ports: [EntryPort.tcp(3306, { name: 'mysql' })],
});

// the virtual machines with a label
new InternalAlias(chart, 'Search', {
  host: 'search.internal.example',
  target: AliasTarget.workloads({ app: 'search' }),
  ports: [EntryPort.http(80, { targetPort: 8080 })],
  timeout: Duration.seconds(2),
});

// the old name of a service: routes lead to the service itself, with its encryption
new InternalAlias(chart, 'Ledger', {
  host: 'ledger.internal.example',
  target: AliasTarget.service(ServiceHost.fromName('ledger', { namespace: 'finance', port: 8080 })),
  ports: [EntryPort.http(80)],
});

app.synth();
