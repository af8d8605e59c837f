import { serviceEntry } from './rule';
import type { ExampleManifest, WebhookRule } from './rule';

const HTTP = { number: 80, name: 'http', protocol: 'HTTP' };
const TCP = { number: 5432, name: 'tcp', protocol: 'TCP' };
const TLS = { number: 443, name: 'tls', protocol: 'TLS' };

function of(spec: object): ExampleManifest {
  return serviceEntry({ hosts: ['api.example.com'], ports: [HTTP], ...spec });
}

/** An entry whose addresses are listed. */
function fixed(...endpoints: object[]): ExampleManifest {
  return of({ resolution: 'STATIC', endpoints });
}

export const SERVICE_ENTRY_RULES: readonly WebhookRule[] = [
  {
    rule: 'SE1',
    severity: 'error',
    title: 'Labels that select workloads are not empty and have no wildcards.',
    wrong: of({ resolution: 'STATIC', workloadSelector: { labels: { '': 'api' } } }),
    right: of({ resolution: 'STATIC', workloadSelector: { labels: { app: 'api' } } }),
  },
  {
    rule: 'SE1',
    severity: 'warning',
    title: 'A workloadSelector has labels. Without, it selects every workload of the namespace.',
    wrong: of({ resolution: 'STATIC', workloadSelector: {} }),
    right: of({ resolution: 'STATIC', workloadSelector: { labels: { app: 'api' } } }),
  },
  {
    rule: 'SE2',
    severity: 'error',
    title: 'An entry has endpoints or a workloadSelector, not both.',
    wrong: of({ resolution: 'STATIC', workloadSelector: { labels: { app: 'api' } }, endpoints: [{ address: '10.0.0.1' }] }),
    right: of({ resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }] }),
  },
  {
    rule: 'SE3',
    severity: 'error',
    title: "An entry has hosts: domain names with a wildcard at most in front, but not '*'. They are no addresses.",
    wrong: of({ hosts: ['10.0.0.1'] }),
    right: of({ addresses: ['10.0.0.1'] }),
  },
  {
    rule: 'SE4',
    severity: 'warning',
    title: 'A wildcard stands for whole parts of a host, unless resolution is DYNAMIC_DNS.',
    wrong: of({ hosts: ['*api.example.com'] }),
    right: of({ hosts: ['*.example.com'] }),
  },
  {
    rule: 'SE5',
    severity: 'error',
    title: 'Addresses are IP addresses; with resolution NONE or STATIC also ranges.',
    wrong: of({ addresses: ['10.0.0.0/8'], resolution: 'DNS' }),
    right: of({ addresses: ['10.0.0.0/8'] }),
  },
  {
    rule: 'SE6',
    severity: 'error',
    title: 'Ports have unique names and numbers, and a protocol that Istio knows or none.',
    wrong: of({ ports: [{ number: 80, name: 'http', protocol: 'HTTP/2' }] }),
    right: of({ ports: [{ number: 80, name: 'http', protocol: 'HTTP2' }] }),
  },
  {
    rule: 'SE7',
    severity: 'error',
    title: 'An entry with resolution NONE, which is the default, has no endpoints.',
    wrong: of({ endpoints: [{ address: '10.0.0.1' }] }),
    right: of({ resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }] }),
  },
  {
    rule: 'SE7',
    severity: 'warning',
    title: 'A workloadSelector has no effect with resolution NONE.',
    wrong: of({ workloadSelector: { labels: { app: 'api' } } }),
    right: of({ resolution: 'STATIC', workloadSelector: { labels: { app: 'api' } } }),
  },
  {
    rule: 'SE8',
    severity: 'error',
    title: 'Endpoints of resolution STATIC have an IP address or a Unix domain socket, ports of the entry, and labels in their proper form.',
    wrong: fixed({ address: 'api.internal' }),
    right: fixed({ address: '10.0.0.1' }),
  },
  {
    rule: 'SE8',
    severity: 'warning',
    title: 'An endpoint with a network but without address is reached through the gateways of that network only.',
    wrong: fixed({ network: 'east' }),
    right: fixed({ network: 'east', address: '10.0.0.1' }),
  },
  {
    rule: 'SE9',
    severity: 'error',
    title: 'Hosts that are looked up in DNS have no wildcard.',
    wrong: of({ hosts: ['*.example.com'], resolution: 'DNS' }),
    right: of({ hosts: ['*.example.com'], resolution: 'DNS', endpoints: [{ address: 'api.example.com' }] }),
  },
  {
    rule: 'SE10',
    severity: 'error',
    title: 'An entry with resolution DNS_ROUND_ROBIN has at most one endpoint.',
    wrong: of({ resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a.example.com' }, { address: 'b.example.com' }] }),
    right: of({ resolution: 'DNS', endpoints: [{ address: 'a.example.com' }, { address: 'b.example.com' }] }),
  },
  {
    rule: 'SE11',
    severity: 'error',
    title: 'Endpoints of resolutions DNS and DNS_ROUND_ROBIN have an IP address or a domain name, ports of the entry, and labels in their proper form.',
    wrong: of({ resolution: 'DNS', endpoints: [{ address: 'unix:///run/api.sock' }] }),
    right: of({ resolution: 'DNS', endpoints: [{ address: 'api.example.com' }] }),
  },
  {
    rule: 'SE12',
    severity: 'warning',
    title: 'An entry of resolution DNS with addresses and a port of TCP or TLS has one host.',
    wrong: of({ hosts: ['a.example.com', 'b.example.com'], addresses: ['10.0.0.1'], ports: [TLS], resolution: 'DNS' }),
    right: of({ addresses: ['10.0.0.1'], ports: [TLS], resolution: 'DNS' }),
  },
  {
    rule: 'SE13',
    severity: 'error',
    title: 'An entry with resolution DYNAMIC_DNS has wildcard hosts, ports with HTTP, HTTP2, GRPC or TLS, neither addresses nor endpoints, and no waypoint inside the mesh.',
    wrong: of({ resolution: 'DYNAMIC_DNS' }),
    right: of({ hosts: ['*.example.com'], resolution: 'DYNAMIC_DNS' }),
  },
  {
    rule: 'SE14',
    severity: 'warning',
    title: 'A port of TCP or without protocol needs addresses, where istiod gives the entry none: with resolution NONE, or where a label turns that off.',
    wrong: of({ ports: [TCP] }),
    right: of({ ports: [TCP], addresses: ['10.0.0.1'] }),
  },
  {
    rule: 'SE15',
    severity: 'error',
    title: 'An entry with several hosts has ports of HTTP or TLS only, unless resolution is NONE.',
    wrong: of({ hosts: ['a.example.com', 'b.example.com'], ports: [TCP], resolution: 'DNS' }),
    right: of({ hosts: ['a.example.com', 'b.example.com'], ports: [TLS], resolution: 'DNS' }),
  },
  {
    rule: 'SE16',
    severity: 'error',
    title: "An entry is exported to '*', to no one with '~', or to namespaces, each once.",
    wrong: of({ exportTo: ['~', '.'] }),
    right: of({ exportTo: ['.'] }),
  },
  {
    rule: 'SE17',
    severity: 'error',
    title: 'The resolution, when a number stands for the word, is from 0 to 4.',
    wrong: of({ resolution: 5 }),
    right: of({ resolution: 'DNS' }),
  },
  {
    rule: 'SE18',
    severity: 'error',
    title: 'The location of an entry with resolution DYNAMIC_DNS, when a number stands for the word, is 0 or 1.',
    wrong: of({ hosts: ['*.example.com'], resolution: 'DYNAMIC_DNS', location: 2 }),
    right: of({ hosts: ['*.example.com'], resolution: 'DYNAMIC_DNS', location: 'MESH_EXTERNAL' }),
  },
];
