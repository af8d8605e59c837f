import { ExternalProtocol, ExternalTls, ExternalTlsOriginateOptions } from '../../lib';

const portOf = (tls: ExternalTls) => tls._toEntryPort()._toServicePort();
const clientTlsOf = (options: ExternalTlsOriginateOptions, host = 'api.example.com') => ExternalTls.originate(options)._toClientTlsOf(host)!._toClientTls();

test('with passthrough the application speaks TLS to port 443, and the proxy adds none', () => {
  expect(portOf(ExternalTls.passthrough())).toEqual({ number: 443, protocol: 'TLS' });
  expect(portOf(ExternalTls.passthrough({ port: 8443 })).number).toBe(8443);
  expect(ExternalTls.passthrough()._toClientTlsOf('api.example.com')).toBeUndefined();
});

test('with originate the application speaks http to port 80, and the proxy TLS to port 443', () => {
  expect(portOf(ExternalTls.originate())).toEqual({ number: 80, protocol: 'HTTP', targetPort: 443 });
  expect(portOf(ExternalTls.originate({ port: 8080, targetPort: 9443, protocol: ExternalProtocol.GRPC }))).toEqual({ number: 8080, protocol: 'GRPC', targetPort: 9443 });
  expect(portOf(ExternalTls.originate({ protocol: ExternalProtocol.HTTP2 })).protocol).toBe('HTTP2');
});

test('with none the application speaks http, and so does the proxy', () => {
  expect(portOf(ExternalTls.none())).toEqual({ number: 80, protocol: 'HTTP' });
  expect(portOf(ExternalTls.none({ port: 50051, protocol: ExternalProtocol.GRPC }))).toEqual({ number: 50051, protocol: 'GRPC' });
  expect(ExternalTls.none()._toClientTlsOf('api.example.com')).toBeUndefined();
});

test('the server is verified by the CA certificates of the system, because releases that verify nothing without them exist', () => {
  expect(clientTlsOf({})).toMatchObject({ mode: 'SIMPLE', caCertificates: 'system' });
});

test('the name of the server is verified, because Istio verifies none where an SNI is set without one', () => {
  expect(clientTlsOf({})).toMatchObject({ sni: 'api.example.com', subjectAltNames: ['api.example.com'] });
  expect(clientTlsOf({ sni: 'edge.example.net' })).toMatchObject({ sni: 'edge.example.net', subjectAltNames: ['edge.example.net'] });
  expect(clientTlsOf({ subjectAltNames: ['a.example.com', 'b.example.com'] })).toMatchObject({ sni: 'api.example.com', subjectAltNames: ['a.example.com', 'b.example.com'] });
});

test('for a wildcard the SNI and the name are those of each request, which Istio takes where neither is set', () => {
  expect(clientTlsOf({}, '*.example.com')).toEqual({ mode: 'SIMPLE', caCertificates: 'system' });
});

test.each<[string, ExternalTlsOriginateOptions, object]>([
  ['CA certificates from a file', { caCertificates: '/ca.pem', caCrl: '/crl.pem' }, { mode: 'SIMPLE', caCertificates: '/ca.pem', caCrl: '/crl.pem' }],
  ['CA certificates from a secret', { caCredentialName: 'partner-ca' }, { mode: 'SIMPLE', credentialName: 'partner-ca' }],
  ['a client certificate from files', { clientCertificate: { clientCertificate: '/c.pem', privateKey: '/k.pem' } },
    { mode: 'MUTUAL', clientCertificate: '/c.pem', privateKey: '/k.pem', caCertificates: 'system' }],
  ['a client certificate from a secret', { credentialName: 'partner' }, { mode: 'MUTUAL', credentialName: 'partner' }],
])('%s', (_, options, expected) => {
  expect(clientTlsOf(options)).toEqual({ ...expected, sni: 'api.example.com', subjectAltNames: ['api.example.com'] });
});

test('a server that is not verified has no names and no CA certificates to be verified by', () => {
  expect(clientTlsOf({ insecureSkipVerify: true })).toEqual({ mode: 'SIMPLE', sni: 'api.example.com', insecureSkipVerify: true });
});

test.each<[any, string]>([
  [{ sni: '' }, "sni must be a string that is not empty, got ''"],
  [{ port: 0 }, 'port must be an integer from 1 to 65535, got 0'],
  [{ targetPort: 70000 }, 'targetPort must be an integer from 1 to 65535, got 70000'],
  [{ protocol: 'TCP' }, "protocol must be one of HTTP, HTTP2, GRPC, got 'TCP'"],
  [{ subjectAltNames: [] }, 'subjectAltNames must not be empty, leave it out instead'],
  [{ verify: true }, "options has no property 'verify', known properties: port, targetPort, protocol, sni, subjectAltNames, caCertificates, caCrl, clientCertificate, credentialName, caCredentialName, insecureSkipVerify"],
  [{ credentialName: 'a', caCredentialName: 'b' }, 'caCredentialName must be left out beside credentialName, one of them says where certificates come from'],
  [{ credentialName: 'a', caCertificates: '/ca.pem' }, 'caCertificates must be left out beside credentialName, whose secret holds the CA certificates'],
  [{ insecureSkipVerify: true, caCertificates: '/ca.pem' }, 'caCertificates must be left out where insecureSkipVerify is true: nothing would be verified by it'],
  [{ insecureSkipVerify: true, caCredentialName: 'ca' }, 'caCredentialName must be left out where insecureSkipVerify is true: nothing would be verified by it'],
  [{ insecureSkipVerify: 'yes' }, "insecureSkipVerify must be true or false, got 'yes'"],
  [{ clientCertificate: { clientCertificate: '/c.pem' } }, 'clientCertificate.privateKey must be given'],
])('originate refuses %j', (options, message) => {
  expect(() => ExternalTls.originate(options)).toThrow(new Error(message));
});

test('the others refuse ports that are none, and options of their siblings', () => {
  expect(() => ExternalTls.passthrough({ port: 1.5 })).toThrow(new Error('port must be an integer from 1 to 65535, got 1.5'));
  expect(() => ExternalTls.passthrough({ sni: 'x' } as any)).toThrow(new Error("options has no property 'sni', known properties: port"));
  expect(() => ExternalTls.none({ targetPort: 443 } as any)).toThrow(new Error("options has no property 'targetPort', known properties: port, protocol"));
});

test('what is changed after it was handed in has no effect', () => {
  const names = ['a.example.com'];
  const tls = ExternalTls.originate({ subjectAltNames: names });
  names.push('b.example.com');
  expect(tls._toClientTlsOf('api.example.com')!._toClientTls().subjectAltNames).toEqual(['a.example.com']);
});
