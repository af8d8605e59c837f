import { Chart } from 'cdk8s';
import type { Exemption } from './exemption';
import { Gateway, GatewaySelector, GatewayServer, ServerTls, TlsProtocol } from '../../lib';

/** Fields of the kind that the typed API leaves out on purpose. */
export const gatewayExemptions: Exemption[] = [
  {
    path: 'spec.servers[].port.targetPort',
    reason: 'deprecated; Istio rejects it, it has no meaning on a gateway',
    replacement: 'the port of the gateway\'s own Service, whose `targetPort` Istio follows',
  },
  {
    path: 'spec.servers[].tls.tlsCertificates[].caCertificates',
    reason: 'no release reads it: clients would seem to be verified by it and are not',
    replacement: '`caCertificates` of `ServerTls.mutualWithFiles()`',
  },
];

const FILES = { serverCertificate: '/etc/tls/rsa.crt', privateKey: '/etc/tls/rsa.key' };

/** Programs that together write every field of the kind. */
export function gatewayPrograms(chart: Chart): void {
  new Gateway(chart, 'Plain', {
    selector: GatewaySelector.ingress(),
    servers: [
      GatewayServer.http({ hosts: ['a.example'], httpsRedirect: true, portName: 'web', bind: '10.0.0.1', name: 'front', defaultEndpoint: '127.0.0.1:8080' }),
    ],
  });
  new Gateway(chart, 'Secrets', {
    selector: GatewaySelector.labels({ app: 'edge' }),
    servers: [
      GatewayServer.https({ hosts: ['a.example'], tls: ServerTls.simple('rsa', { minProtocolVersion: TlsProtocol.TLSV1_0, maxProtocolVersion: TlsProtocol.TLSV1_0, cipherSuites: ['AES128-SHA'] }) }),
      GatewayServer.https({ hosts: ['b.example'], tls: ServerTls.simple('rsa', { minProtocolVersion: TlsProtocol.TLSV1_1, maxProtocolVersion: TlsProtocol.TLSV1_1, secondCredentialName: 'ecdsa' }) }),
      GatewayServer.https({ hosts: ['c.example'], tls: ServerTls.simple('rsa', { minProtocolVersion: TlsProtocol.TLSV1_2, maxProtocolVersion: TlsProtocol.TLSV1_2 }) }),
      GatewayServer.https({ hosts: ['d.example'], tls: ServerTls.simple('rsa', { minProtocolVersion: TlsProtocol.TLSV1_3, maxProtocolVersion: TlsProtocol.TLSV1_3 }) }),
      GatewayServer.https({ hosts: ['e.example'], tls: ServerTls.simple('rsa', { minProtocolVersion: TlsProtocol.TLS_AUTO, maxProtocolVersion: TlsProtocol.TLS_AUTO }) }),
      GatewayServer.https({
        hosts: ['f.example'],
        tls: ServerTls.mutual('rsa', {
          caCertCredentialName: 'ca',
          subjectAltNames: ['partner.example'],
          verifyCertificateHash: ['0'.repeat(64)],
          verifyCertificateSpki: [`${'A'.repeat(43)}=`],
          insecureSkipVerify: true,
        }),
      }),
      GatewayServer.https({ hosts: ['g.example'], tls: ServerTls.optionalMutual('rsa') }),
    ],
  });
  new Gateway(chart, 'Files', {
    selector: GatewaySelector.allProxies(),
    servers: [
      GatewayServer.https({ hosts: ['a.example'], tls: ServerTls.mutualWithFiles(FILES, { caCertificates: '/etc/tls/ca.crt', caCrl: '/etc/tls/ca.crl' }) }),
      GatewayServer.https({ hosts: ['b.example'], tls: ServerTls.simpleWithFiles(FILES, { secondFiles: { serverCertificate: '/etc/tls/ecdsa.crt', privateKey: '/etc/tls/ecdsa.key' } }) }),
    ],
  });
  new Gateway(chart, 'Mesh', {
    selector: GatewaySelector.egress(),
    servers: [
      GatewayServer.https({ hosts: ['a.example'], tls: ServerTls.istioMutual() }),
      GatewayServer.tls({ hosts: ['b.example'], tls: ServerTls.passthrough() }),
      GatewayServer.tls({ hosts: ['*.local'], tls: ServerTls.autoPassthrough(), port: 15443 }),
    ],
  });
}
