import type { SchemaRule } from './catalogue';
import { destinationRule, ExampleManifest, serviceEntry, virtualService } from '../webhook/catalogue/rule';

const PORT = { number: 443, name: 'tls', protocol: 'TLS' };
const LABELS = { app: 'reviews' };

function timeout(text: string): ExampleManifest {
  return virtualService({ hosts: ['reviews'], http: [{ timeout: text, route: [{ destination: { host: 'reviews' } }] }] });
}

function selecting(matchLabels: object): ExampleManifest {
  return destinationRule({ host: 'reviews', workloadSelector: { matchLabels } });
}

function entry(fields: object): ExampleManifest {
  return serviceEntry({ hosts: ['api.example.com'], ports: [PORT], resolution: 'STATIC', ...fields });
}

function endpoint(fields: object): ExampleManifest {
  return entry({ endpoints: [fields] });
}

// not loaded when manifests are checked

/** The CEL rules of the CRDs. Those that the webhook has too are in the webhook's catalogue. */
export const CEL_EXAMPLES: readonly SchemaRule[] = [
  {
    rule: 'duration',
    title: 'A duration is a number with a unit, and 1 ms or more.',
    wrong: timeout('5'),
    right: timeout('5s'),
  },
  {
    rule: 'selector-wildcard',
    title: 'Labels that select workloads are written out, without wildcards.',
    wrong: selecting({ app: 'reviews-*' }),
    right: selecting(LABELS),
  },
  {
    rule: 'label-name',
    title: 'A label that selects workloads has a name.',
    wrong: selecting({ '': 'reviews' }),
    right: selecting(LABELS),
  },
  {
    rule: 'endpoint-address',
    title: 'An endpoint has an address, or a network whose gateways lead to it.',
    wrong: endpoint({ locality: 'eu/west' }),
    right: endpoint({ address: '10.0.0.1', locality: 'eu/west' }),
  },
  {
    rule: 'socket-ports',
    title: 'A Unix domain socket has no ports.',
    wrong: endpoint({ address: 'unix:///run/api.sock', ports: { tls: 8443 } }),
    right: endpoint({ address: 'unix:///run/api.sock' }),
  },
  {
    rule: 'socket-path',
    title: 'A Unix domain socket is named by an absolute path, or is an abstract one.',
    wrong: endpoint({ address: 'unix://run/api.sock' }),
    right: endpoint({ address: 'unix:///run/api.sock' }),
  },
  {
    rule: 'socket-file',
    title: 'A Unix domain socket is no folder.',
    wrong: endpoint({ address: 'unix:///run/api/' }),
    right: endpoint({ address: 'unix:///run/api.sock' }),
  },
  {
    rule: 'endpoint-port-name',
    title: 'The ports of an endpoint are keyed by the names of ports.',
    wrong: endpoint({ address: '10.0.0.1', ports: { tls_: 8443 } }),
    right: endpoint({ address: '10.0.0.1', ports: { tls: 8443 } }),
  },
  {
    rule: 'port-number',
    title: 'The number of a port is from 1 to 65535.',
    wrong: entry({ ports: [{ ...PORT, number: 70000 }] }),
    right: entry({ ports: [PORT] }),
  },
  {
    rule: 'host-of-all',
    title: 'The hosts of an entry are names or domains, not all hosts.',
    wrong: serviceEntry({ hosts: ['*'], ports: [PORT], resolution: 'NONE' }),
    right: serviceEntry({ hosts: ['*.example.com'], ports: [PORT], resolution: 'NONE' }),
  },
  {
    rule: 'repeated-port-number',
    title: 'The ports of an entry have different numbers.',
    wrong: entry({ ports: [PORT, { ...PORT, name: 'https' }] }),
    right: entry({ ports: [PORT, { ...PORT, number: 8443, name: 'https' }] }),
  },
].map(rule => ({ ...rule, keyword: 'cel' as const }));
