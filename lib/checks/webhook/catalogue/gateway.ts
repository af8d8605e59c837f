import { gateway } from './rule';
import type { ExampleManifest, WebhookRule } from './rule';

const HTTP = { number: 80, name: 'http', protocol: 'HTTP' };
const HTTPS = { number: 443, name: 'https', protocol: 'HTTPS' };
const FILES = { serverCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key' };

function of(...servers: object[]): ExampleManifest {
  return gateway({ selector: { istio: 'ingressgateway' }, servers });
}

function http(server: object): ExampleManifest {
  return of({ hosts: ['www.example.com'], port: HTTP, ...server });
}

function https(tls: object): ExampleManifest {
  return of({ hosts: ['www.example.com'], port: HTTPS, tls });
}

export const GATEWAY_RULES: readonly WebhookRule[] = [
  {
    rule: 'GW1',
    severity: 'error',
    title: "The name of a Gateway is a DNS label: letters, digits and '-', but no dots.",
    wrong: { ...http({}), metadata: { name: 'public.v1' } },
    right: { ...http({}), metadata: { name: 'public-v1' } },
  },
  { rule: 'GW2', severity: 'error', title: 'A Gateway has at least one server.', wrong: of(), right: http({}) },
  {
    rule: 'GW3',
    severity: 'error',
    title: 'The names of ports are unique in a Gateway.',
    wrong: of({ hosts: ['a.example.com'], port: HTTP }, { hosts: ['b.example.com'], port: HTTP }),
    right: of({ hosts: ['a.example.com'], port: HTTP }, { hosts: ['b.example.com'], port: { ...HTTP, name: 'http-b' } }),
  },
  {
    rule: 'GW4',
    severity: 'warning',
    title: 'Only servers on a port that speaks HTTP redirect to HTTPS.',
    wrong: https({ mode: 'SIMPLE', credentialName: 'cert', httpsRedirect: true }),
    right: of({ hosts: ['www.example.com'], port: HTTP, tls: { httpsRedirect: true } }),
  },
  { rule: 'GW5', severity: 'error', title: 'A server has at least one host.', wrong: http({ hosts: [] }), right: http({ hosts: ['*'] }) },
  {
    rule: 'GW6',
    severity: 'error',
    title: "A host of a server is '*', an IP address, or a full domain name whose first part may be '*', after an optional namespace and '/'.",
    wrong: http({ hosts: ['reviews'] }),
    right: http({ hosts: ['default/reviews.example.com'] }),
  },
  {
    rule: 'GW7',
    severity: 'error',
    title: 'The port of a server has a name, a protocol that Istio knows and a number from 1 to 65535, but no targetPort.',
    wrong: http({ port: { ...HTTP, protocol: 'HTTP/1.1' } }),
    right: http({}),
  },
  {
    rule: 'GW8',
    severity: 'error',
    title: 'A server is bound to an IP address, or with port number 0 to a Unix domain socket.',
    wrong: http({ bind: 'localhost' }),
    right: http({ bind: '127.0.0.1' }),
  },
  {
    rule: 'GW9',
    severity: 'error',
    title: 'A port with protocol HTTPS or TLS has TLS settings.',
    wrong: of({ hosts: ['www.example.com'], port: HTTPS }),
    right: https({ mode: 'SIMPLE', credentialName: 'cert' }),
  },
  {
    rule: 'GW10',
    severity: 'error',
    title: 'A port that speaks plain HTTP has no other TLS settings than httpsRedirect.',
    wrong: http({ tls: { mode: 'SIMPLE', credentialName: 'cert' } }),
    right: http({ tls: { httpsRedirect: true } }),
  },
  {
    rule: 'GW11',
    severity: 'error',
    title: 'A port with another protocol has no TLS settings.',
    wrong: of({ hosts: ['*'], port: { number: 27017, name: 'mongo', protocol: 'MONGO' }, tls: { mode: 'SIMPLE', credentialName: 'cert' } }),
    right: of({ hosts: ['*'], port: { number: 27017, name: 'tls', protocol: 'TLS' }, tls: { mode: 'SIMPLE', credentialName: 'cert' } }),
  },
  {
    rule: 'GW12',
    severity: 'warning',
    title: 'TLS below version 1.2 needs a list of cipher suites.',
    wrong: https({ mode: 'SIMPLE', credentialName: 'cert', minProtocolVersion: 'TLSV1_1' }),
    right: https({ mode: 'SIMPLE', credentialName: 'cert', minProtocolVersion: 'TLSV1_1', cipherSuites: ['ECDHE-RSA-AES128-SHA'] }),
  },
  {
    rule: 'GW13',
    severity: 'warning',
    title: 'Cipher suites are among those that Istio knows, each at most once. Others are ignored.',
    wrong: https({ mode: 'SIMPLE', credentialName: 'cert', cipherSuites: ['TLS_AES_128_GCM_SHA256'] }),
    right: https({ mode: 'SIMPLE', credentialName: 'cert', cipherSuites: ['AES128-GCM-SHA256'] }),
  },
  {
    rule: 'GW14',
    severity: 'error',
    title: 'Mode ISTIO_MUTUAL takes no certificates, it uses those of the mesh.',
    wrong: https({ mode: 'ISTIO_MUTUAL', credentialName: 'cert' }),
    right: https({ mode: 'ISTIO_MUTUAL' }),
  },
  {
    rule: 'GW15',
    severity: 'warning',
    title: 'Without mode, and in modes PASSTHROUGH and AUTO_PASSTHROUGH, certificates are ignored.',
    wrong: https({ credentialName: 'cert' }),
    right: https({ mode: 'SIMPLE', credentialName: 'cert' }),
  },
  {
    rule: 'GW16',
    severity: 'error',
    title: 'A certificate comes from one place: serverCertificate and privateKey, credentialName, credentialNames or tlsCertificates.',
    wrong: https({ mode: 'SIMPLE', credentialName: 'cert', ...FILES }),
    right: https({ mode: 'SIMPLE', ...FILES }),
  },
  {
    rule: 'GW18',
    severity: 'error',
    title: 'Modes SIMPLE, MUTUAL and OPTIONAL_MUTUAL need a certificate and its key, or the name of a credential.',
    wrong: https({ mode: 'SIMPLE', serverCertificate: '/etc/certs/tls.crt' }),
    right: https({ mode: 'SIMPLE', ...FILES }),
  },
  {
    rule: 'GW19',
    severity: 'error',
    title: 'Modes MUTUAL and OPTIONAL_MUTUAL with certificates in files need caCertificates to verify clients.',
    wrong: https({ mode: 'MUTUAL', ...FILES }),
    right: https({ mode: 'MUTUAL', ...FILES, caCertificates: '/etc/certs/ca.crt' }),
  },
  {
    rule: 'GW20',
    severity: 'warning',
    title: 'A server has at most two certificates.',
    wrong: https({ mode: 'SIMPLE', tlsCertificates: [FILES, FILES, FILES] }),
    right: https({ mode: 'SIMPLE', tlsCertificates: [FILES, FILES] }),
  },
  {
    rule: 'GW21',
    severity: 'error',
    title: 'A list of revoked certificates, caCrl, needs clients that show certificates, and does not go with credentialName.',
    wrong: https({ mode: 'SIMPLE', ...FILES, caCrl: '/etc/certs/crl.pem' }),
    right: https({ mode: 'MUTUAL', ...FILES, caCertificates: '/etc/certs/ca.crt', caCrl: '/etc/certs/crl.pem' }),
  },
];
