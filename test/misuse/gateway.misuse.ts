import { Chart } from 'cdk8s';
import { Gateway, GatewaySelector, GatewayServer, ServerTls } from '../../lib';

const FILES = { serverCertificate: '/tls.crt', privateKey: '/tls.key' };

/** Combinations that must not compile. Compiled by the test command, never run. */
export function misuse(chart: Chart): void {
  // @ts-expect-error a gateway says which proxies it configures
  new Gateway(chart, 'A', { servers: [GatewayServer.http({ hosts: ['*'] })] });

  // @ts-expect-error a selector is made by GatewaySelector, so that none at all is said aloud
  new Gateway(chart, 'B', { selector: { istio: 'ingressgateway' } });

  // @ts-expect-error a server is made by the factory of its protocol
  new Gateway(chart, 'C', { selector: GatewaySelector.ingress(), servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] });

  // @ts-expect-error all proxies have no labels
  GatewaySelector.allProxies({ istio: 'ingressgateway' });

  // @ts-expect-error a selector of labels names some
  GatewaySelector.labels();

  // @ts-expect-error a server has hosts
  GatewayServer.http({ port: 80 });

  // @ts-expect-error the protocol is the factory's name
  GatewayServer.http({ hosts: ['*'], protocol: 'HTTP2' });

  // @ts-expect-error plain HTTP has no certificate
  GatewayServer.http({ hosts: ['*'], tls: ServerTls.simple('a') });

  // @ts-expect-error plain gRPC has no certificate
  GatewayServer.grpc({ hosts: ['*'], tls: ServerTls.simple('a') });

  // @ts-expect-error HTTPS says what it does with TLS
  GatewayServer.https({ hosts: ['*'] });

  // @ts-expect-error TLS says what it does with TLS
  GatewayServer.tls({ hosts: ['*'] });

  // @ts-expect-error only plain HTTP is redirected to https
  GatewayServer.https({ hosts: ['*'], tls: ServerTls.simple('a'), httpsRedirect: true });

  // @ts-expect-error TCP is not redirected to https
  GatewayServer.tcp({ hosts: ['*'], port: 1, httpsRedirect: true });

  // @ts-expect-error TCP has no TLS, which is GatewayServer.tls
  GatewayServer.tcp({ hosts: ['*'], port: 1, tls: ServerTls.passthrough() });

  // @ts-expect-error MongoDB in plain text has no TLS
  GatewayServer.mongo({ hosts: ['*'], port: 27017, tls: ServerTls.passthrough() });

  // @ts-expect-error TCP has no usual port
  GatewayServer.tcp({ hosts: ['*'] });

  // @ts-expect-error Istio refuses a target port on a gateway
  GatewayServer.http({ hosts: ['*'], targetPort: 8080 });

  // @ts-expect-error the mode of TLS is the factory's name
  GatewayServer.https({ hosts: ['*'], tls: { mode: 'SIMPLE', credentialName: 'a' } });

  // @ts-expect-error TLS with a certificate names its secret
  ServerTls.simple();

  // @ts-expect-error a secret and files exclude each other
  ServerTls.simple('a', { serverCertificate: '/tls.crt', privateKey: '/tls.key' });

  // @ts-expect-error files and a secret exclude each other
  ServerTls.simpleWithFiles({ ...FILES, credentialName: 'a' });

  // @ts-expect-error a second secret does not go with files
  ServerTls.simpleWithFiles(FILES, { secondCredentialName: 'b' });

  // @ts-expect-error second files do not go with a secret
  ServerTls.simple('a', { secondFiles: FILES });

  // @ts-expect-error a certificate needs its key
  ServerTls.simpleWithFiles({ serverCertificate: '/tls.crt' });

  // @ts-expect-error simple TLS does not verify clients
  ServerTls.simple('a', { caCertCredentialName: 'ca' });

  // @ts-expect-error simple TLS does not verify clients by their names
  ServerTls.simple('a', { subjectAltNames: ['a.example'] });

  // @ts-expect-error simple TLS does not verify clients by hashes
  ServerTls.simple('a', { verifyCertificateHash: [] });

  // @ts-expect-error simple TLS takes no list of revoked client certificates
  ServerTls.simpleWithFiles(FILES, { caCrl: '/ca.crl' });

  // @ts-expect-error with a secret the CA certificates are in a secret too
  ServerTls.mutual('a', { caCertificates: '/ca.crt' });

  // @ts-expect-error with a secret the list of revoked certificates is in the secret
  ServerTls.mutual('a', { caCrl: '/ca.crl' });

  // @ts-expect-error verifying by files needs CA certificates
  ServerTls.mutualWithFiles(FILES);

  // @ts-expect-error verifying by files needs CA certificates, also where clients may go without
  ServerTls.optionalMutualWithFiles(FILES, {});

  // @ts-expect-error Istio ignores hashes beside files
  ServerTls.mutualWithFiles(FILES, { caCertificates: '/ca.crt', verifyCertificateSpki: [] });

  // @ts-expect-error the mesh's own TLS has the mesh's certificates
  ServerTls.istioMutual('a');

  // @ts-expect-error the mesh's own TLS has the mesh's CA certificates
  ServerTls.istioMutual({ caCertificates: '/ca.crt' });

  // @ts-expect-error what passes through has no certificate
  ServerTls.passthrough('a');

  // @ts-expect-error what passes through has no versions
  ServerTls.autoPassthrough({ minProtocolVersion: 'TLSV1_3' });

  // @ts-expect-error a version is a member of TlsProtocol
  ServerTls.simple('a', { minProtocolVersion: 'TLSV1_3' });

  // @ts-expect-error the mesh has no namespace
  Gateway.mesh({ namespace: 'shop' });

  // @ts-expect-error attributes say the hosts
  Gateway.fromGatewayAttributes({ name: 'shop' });
}
