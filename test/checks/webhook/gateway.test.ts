import { findings, found } from './util';

const HTTP = { number: 80, name: 'http', protocol: 'HTTP' };
const HTTPS = { number: 443, name: 'https', protocol: 'HTTPS' };
const FILES = { serverCertificate: '/tls.crt', privateKey: '/tls.key' };

function ofServer(server: object): string[] {
  return found('Gateway', { servers: [{ hosts: ['*'], port: HTTP, ...server }] });
}

function ofTls(tls: object): string[] {
  return ofServer({ port: HTTPS, tls });
}

test.each([
  '*', 'a.b', '*.a.b', '*.', 'a.', '10.0.0.1', '::ffff:1.2.3.4', '::1.2.3.4', 'fe80::1.2.3.4%eth0', '*/a.b', './a.b', 'ns/*', 'ns/10.0.0.1', 'A.B',
])('%j is a host of a server', host => {
  expect(ofServer({ hosts: [host] })).toEqual([]);
});

test.each([
  '', 'a', 'localhost', '::1', 'a*.b', '*a.b', '*-a.b', 'a.*.b', '/a.b', 'ns/', 'ns/a', 'n.s/a.b', '~/a.b', 'ns/a.b/c', '/', 'a..b', 'http://a.b', 'a.b:80', 'bücher.example', '1.2.3.4.5', null,
])('%j is no host of a server', host => {
  expect(ofServer({ hosts: [host] })).toEqual(['error GW6 spec.servers[0].hosts[0]']);
});

test.each([
  [undefined, ['port']], [{}, ['port.protocol', 'port.number', 'port.name']], [{ ...HTTP, number: 0 }, ['port.number']], [{ ...HTTP, number: 65536 }, ['port.number']],
  [{ ...HTTP, protocol: '' }, ['port.protocol']], [{ ...HTTP, protocol: 'SCTP' }, ['port.protocol']], [{ ...HTTP, name: '' }, ['port.name']], [{ ...HTTP, targetPort: 8080 }, ['port.targetPort']],
  [{ ...HTTP, targetPort: 0 }, []], [{ ...HTTP, name: 'any name' }, []], [{ ...HTTP, protocol: 'red\u0130s' }, []], [{ ...HTTP, number: '80' }, []],
])('port %j is refused for %j', (port, fields) => {
  expect(ofServer({ port })).toEqual(fields.map(field => `error GW7 spec.servers[0].${field}`));
});

test.each([
  ['', 80, []], ['10.0.0.1', 80, []], ['::1%eth0', 80, []], ['localhost', 80, ['bind']], ['10.0.0.0/8', 80, ['bind']], ['unix:///a', 0, []], ['unix://@a', 0, []],
  ['unix:///a', 80, ['port.number']], ['unix://a', 0, ['bind']], ['unix://', 0, ['bind']], ['unix:///a/', 0, ['bind']],
])('binding to %j with port %j is refused for %j', (bind, number, fields) => {
  expect(ofServer({ bind, port: { ...HTTP, number } })).toEqual(fields.map(field => `error GW8 spec.servers[0].${field}`));
});

test('names of ports are unique over all servers, empty ones too', () => {
  const server = (name: string) => ({ hosts: ['*'], port: { ...HTTP, name } });
  expect(found('Gateway', { servers: [server('a'), server('b'), server('a'), server('a')] })).toEqual(['error GW3 spec.servers[2].port.name', 'error GW3 spec.servers[3].port.name']);
  expect(found('Gateway', { servers: [server(''), server('')] }).filter(each => each.includes('GW3'))).toEqual(['error GW3 spec.servers[1].port.name']);
});

test.each([
  ['HTTP', { httpsRedirect: true }, []], ['HTTP', { mode: 'AUTO_PASSTHROUGH' }, []], ['HTTP', { caCertificates: '/a' }, ['GW15', 'GW10']], ['HTTP', { mode: 'ISTIO_MUTUAL' }, ['GW10']],
  ['TLS', { mode: 'PASSTHROUGH' }, []], ['HTTPS', undefined, ['GW9']], ['TLS', undefined, ['GW9']], ['TCP', { mode: 'PASSTHROUGH' }, ['GW11']], ['TCP', undefined, []],
  ['TCP', { httpsRedirect: true }, ['GW11', 'GW4']],
])('protocol %s with TLS settings %j: %j', (protocol, tls, rules) => {
  expect(findings('Gateway', { servers: [{ hosts: ['*'], port: { ...HTTP, protocol }, tls }] }).map(({ rule }) => rule)).toEqual(rules);
});

test('of a port that is refused, the protocol is not held against the TLS settings', () => {
  expect(ofServer({ port: { ...HTTPS, number: 0 } })).toEqual(['error GW7 spec.servers[0].port.number']);
});

const PLACE = 'spec.servers[0].tls';

test.each([
  [{ mode: 'SIMPLE' }, [`error GW18 ${PLACE}.serverCertificate`, `error GW18 ${PLACE}.privateKey`]],
  [{ mode: 'SIMPLE', ...FILES }, []],
  [{ mode: 'SIMPLE', credentialName: 'a' }, []],
  [{ mode: 'SIMPLE', credentialNames: ['a', 'b'] }, []],
  [{ mode: 'SIMPLE', credentialName: 'a', caCrl: '/a' }, []],
  [{ mode: 'SIMPLE', credentialName: 'a', credentialNames: ['a'] }, [`error GW16 ${PLACE}`]],
  [{ mode: 'SIMPLE', credentialName: 'a', serverCertificate: '/a' }, []],
  [{ mode: 'SIMPLE', ...FILES, caCrl: '/a' }, [`error GW21 ${PLACE}.caCrl`]],
  [{ mode: 'SIMPLE', tlsCertificates: [FILES, null] }, [`error GW18 ${PLACE}.tlsCertificates[1].serverCertificate`, `error GW18 ${PLACE}.tlsCertificates[1].privateKey`]],
  [{ mode: 'OPTIONAL_MUTUAL', ...FILES }, [`error GW19 ${PLACE}.caCertificates`]],
  [{ mode: 'MUTUAL', credentialName: 'a' }, []],
  [{ mode: 'MUTUAL', ...FILES, caCertificates: '/a', caCrl: '/a' }, []],
  [{ mode: 'ISTIO_MUTUAL', caCrl: '/a' }, []],
  [{ mode: 'ISTIO_MUTUAL', ...FILES, credentialNames: ['a'] }, [`error GW14 ${PLACE}.serverCertificate`, `error GW14 ${PLACE}.privateKey`, `error GW14 ${PLACE}.credentialNames`]],
  [{ credentialName: 'a' }, [`warning GW15 ${PLACE}`]],
  [{ mode: 'PASSTHROUGH', credentialName: 'a', caCrl: '/a' }, [`warning GW15 ${PLACE}`, `error GW21 ${PLACE}.caCrl`]],
  [{ mode: 'AUTO_PASSTHROUGH', subjectAltNames: ['a'] }, []],
  [{ minProtocolVersion: 'TLSV1_0' }, [`warning GW12 ${PLACE}.minProtocolVersion`]],
  [{ minProtocolVersion: 'TLSV1_2' }, []],
  [{ minProtocolVersion: 'TLSV1_1', cipherSuites: ['AES128-SHA'] }, []],
])('TLS settings %j: %j', (tls, expected) => {
  expect(ofTls(tls)).toEqual(expected);
});

test.each([
  ['AES128-SHA', true], ['', true], ['ALL', true], ['-ALL', true], ['+AES', true], ['!MD5', true], ['\u05d0', true], ['aes128-sha', false], ['1', false], ['ä', false], ['日', false],
])('cipher suite %j is taken: %s', (suite, taken) => {
  expect(ofTls({ cipherSuites: ['AES256-SHA', suite] })).toEqual(taken ? [] : [`warning GW13 ${PLACE}.cipherSuites[1]`]);
});

test('a cipher suite that repeats is ignored', () => {
  expect(ofTls({ cipherSuites: ['ALL', 'AES128-SHA', 'ALL'] })).toEqual([`warning GW13 ${PLACE}.cipherSuites[2]`]);
});

test('messages name what is given and what to do', () => {
  const texts = findings('Gateway', { servers: [{ hosts: ['reviews'], port: { number: 443, name: 'https', protocol: 'https' } }] }, { name: 'a.b' })
    .map(({ path, message, fix }) => `${path} ${message} -> ${fix}`);
  expect(texts).toEqual([
    "metadata.name must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got 'a.b' -> undefined",
    "spec.servers[0].hosts[0] must have a full domain name, short names are not allowed, got 'reviews' -> write the name that clients use, such as 'reviews.example.com'",
    'spec.servers[0].tls must be given for protocol https -> say where the certificate is, or mode: PASSTHROUGH',
  ]);
});
