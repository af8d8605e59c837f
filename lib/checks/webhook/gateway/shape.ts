import { bool, list, mapOf, message, oneOfWords, text, uint32 } from '../decode/decoder';

const tlsCertificate = message({ serverCertificate: text, privateKey: text, caCertificates: text });

const protocolVersion = oneOfWords('TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3');

const serverTls = message({
  httpsRedirect: bool,
  mode: oneOfWords('PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'),
  serverCertificate: text,
  privateKey: text,
  caCertificates: text,
  caCrl: text,
  credentialName: text,
  credentialNames: list(text),
  caCertCredentialName: text,
  tlsCertificates: list(tlsCertificate),
  subjectAltNames: list(text),
  verifyCertificateSpki: list(text),
  verifyCertificateHash: list(text),
  minProtocolVersion: protocolVersion,
  maxProtocolVersion: protocolVersion,
  cipherSuites: list(text),
  insecureSkipVerify: bool,
});

const server = message({
  port: message({ number: uint32, protocol: text, name: text, targetPort: uint32 }),
  bind: text,
  hosts: list(text),
  tls: serverTls,
  defaultEndpoint: text,
  name: text,
});

export const gatewayShape = message({ servers: list(server), selector: mapOf(text) });
