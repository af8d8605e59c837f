import { Chart } from 'cdk8s';
import { EntryPort, Resolution, ServiceEntry } from '../../lib';

/** Combinations that must not compile. Compiled by the test command, never run. */
export function misuse(chart: Chart): void {
  // @ts-expect-error an entry says how its endpoints are found
  new ServiceEntry(chart, 'A', { hosts: ['a.example'] });

  // @ts-expect-error endpoints belong to the resolution
  new ServiceEntry(chart, 'B', { hosts: ['a.example'], resolution: Resolution.dns(), endpoints: [{ address: '10.0.0.1' }] });

  // @ts-expect-error without resolution there are no endpoints
  Resolution.none([{ address: '10.0.0.1' }]);

  // @ts-expect-error dynamic DNS takes no endpoints
  Resolution.dynamicDns([{ address: '10.0.0.1' }]);

  // @ts-expect-error round robin takes one endpoint
  Resolution.dnsRoundRobin([{ address: 'a.example' }, { address: 'b.example' }]);

  // @ts-expect-error fixed endpoints are listed
  Resolution.staticEndpoints();

  // @ts-expect-error workloads and endpoints exclude each other
  Resolution.staticWorkloads({ app: 'db' }, [{ address: '10.0.0.1' }]);

  // @ts-expect-error the resolution is not a word
  new ServiceEntry(chart, 'C', { hosts: ['a.example'], resolution: 'DNS' });

  // @ts-expect-error the location is a member of MeshLocation
  new ServiceEntry(chart, 'D', { hosts: ['a.example'], resolution: Resolution.dns(), location: 'MESH_EXTERNAL' });

  // @ts-expect-error a port is made by the factory of its protocol
  new ServiceEntry(chart, 'E', { hosts: ['a.example'], resolution: Resolution.dns(), ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }] });

  // @ts-expect-error the protocol is the factory's name
  EntryPort.https(443, { protocol: 'HTTP' });

  // @ts-expect-error the value is immutable
  Resolution.dns().endpoints = [];
}
