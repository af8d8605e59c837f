import { Chart } from 'cdk8s';
import type { Exemption } from './exemption';
import { EntryPort, ExportTo, MeshLocation, Resolution, ServiceEntry } from '../../lib';

/** Fields of the kind that the typed API leaves out on purpose. */
export const serviceEntryExemptions: Exemption[] = [];

/** Programs that together write every field of the kind. */
export function serviceEntryPrograms(chart: Chart): void {
  new ServiceEntry(chart, 'Static', {
    hosts: ['db.example.com'],
    ports: [EntryPort.tcp(5432, { targetPort: 5433 })],
    addresses: ['10.0.0.0/8'],
    location: MeshLocation.EXTERNAL,
    subjectAltNames: ['db.example.com'],
    exportTo: ExportTo.ownNamespace(),
    resolution: Resolution.staticEndpoints([{
      address: '10.0.0.1', ports: { tcp: 5434 }, labels: { version: 'v1' }, network: 'vm', locality: 'eu/eu-1/a', weight: 2, serviceAccount: 'db',
    }]),
  });
  new ServiceEntry(chart, 'Workloads', {
    hosts: ['vm.example.com'],
    ports: [EntryPort.http(80)],
    location: MeshLocation.INTERNAL,
    resolution: Resolution.staticWorkloads({ app: 'vm' }),
  });
  new ServiceEntry(chart, 'None', { hosts: ['*.a.example.com'], ports: [EntryPort.tls(443)], resolution: Resolution.none() });
  new ServiceEntry(chart, 'Dns', { hosts: ['b.example.com'], ports: [EntryPort.tls(443)], resolution: Resolution.dns() });
  new ServiceEntry(chart, 'RoundRobin', { hosts: ['c.example.com'], ports: [EntryPort.tls(443)], resolution: Resolution.dnsRoundRobin() });
  new ServiceEntry(chart, 'Dynamic', { hosts: ['*.d.example.com'], ports: [EntryPort.tls(443)], resolution: Resolution.dynamicDns() });
}
