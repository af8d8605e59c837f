import { ServerTls, TlsProtocol } from '../lib';

const FILES = { serverCertificate: '/etc/tls/tls.crt', privateKey: '/etc/tls/tls.key' };
const SECOND_FILES = { serverCertificate: '/etc/tls/ecdsa.crt', privateKey: '/etc/tls/ecdsa.key' };
const HASH = 'df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a';
const SPKI = 'NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A=';

function written(tls: ServerTls): unknown {
  return JSON.parse(JSON.stringify(tls._toServerTls()));
}

describe('every mode', () => {
  test.each([
    ['simple', ServerTls.simple('a'), { mode: 'SIMPLE', credentialName: 'a' }],
    ['simple with files', ServerTls.simpleWithFiles(FILES), { mode: 'SIMPLE', ...FILES }],
    ['mutual', ServerTls.mutual('a'), { mode: 'MUTUAL', credentialName: 'a' }],
    ['mutual with files', ServerTls.mutualWithFiles(FILES, { caCertificates: '/ca.crt' }), { mode: 'MUTUAL', ...FILES, caCertificates: '/ca.crt' }],
    ['optional mutual', ServerTls.optionalMutual('a'), { mode: 'OPTIONAL_MUTUAL', credentialName: 'a' }],
    ['optional mutual with files', ServerTls.optionalMutualWithFiles(FILES, { caCertificates: '/ca.crt' }), { mode: 'OPTIONAL_MUTUAL', ...FILES, caCertificates: '/ca.crt' }],
    ['istio mutual', ServerTls.istioMutual(), { mode: 'ISTIO_MUTUAL' }],
    ['passthrough', ServerTls.passthrough(), { mode: 'PASSTHROUGH' }],
    ['auto passthrough', ServerTls.autoPassthrough(), { mode: 'AUTO_PASSTHROUGH' }],
  ])('%s writes the mode and what it needs, and no more', (_, tls, expected) => {
    expect(written(tls)).toEqual(expected);
  });
});

describe('a second certificate', () => {
  test('from a secret makes a list of two names', () => {
    expect(written(ServerTls.simple('rsa', { secondCredentialName: 'ecdsa' }))).toEqual({ mode: 'SIMPLE', credentialNames: ['rsa', 'ecdsa'] });
  });

  test('from files makes a list of two pairs', () => {
    expect(written(ServerTls.mutualWithFiles(FILES, { caCertificates: '/ca.crt', secondFiles: SECOND_FILES })))
      .toEqual({ mode: 'MUTUAL', tlsCertificates: [FILES, SECOND_FILES], caCertificates: '/ca.crt' });
  });
});

test('versions and cipher suites are written for every mode with a certificate', () => {
  const options = { minProtocolVersion: TlsProtocol.TLSV1_1, maxProtocolVersion: TlsProtocol.TLSV1_2, cipherSuites: ['AES128-SHA', '-AES256-SHA', 'ALL'] };
  const all = [
    ServerTls.simple('a', options), ServerTls.simpleWithFiles(FILES, options),
    ServerTls.mutual('a', options), ServerTls.mutualWithFiles(FILES, { ...options, caCertificates: '/ca.crt' }),
    ServerTls.optionalMutual('a', options), ServerTls.optionalMutualWithFiles(FILES, { ...options, caCertificates: '/ca.crt' }),
  ];
  for (const tls of all) {
    expect(written(tls)).toMatchObject({ minProtocolVersion: 'TLSV1_1', maxProtocolVersion: 'TLSV1_2', cipherSuites: ['AES128-SHA', '-AES256-SHA', 'ALL'] });
  }
});

test.each([
  ['mutual', ServerTls.mutual, 'MUTUAL'],
  ['optional mutual', ServerTls.optionalMutual, 'OPTIONAL_MUTUAL'],
])('%s writes how clients are verified', (_, make, mode) => {
  const tls = make('a', {
    caCertCredentialName: 'partners-ca', subjectAltNames: ['partner.example'], verifyCertificateHash: [HASH], verifyCertificateSpki: [SPKI], insecureSkipVerify: true,
  });
  expect(written(tls)).toEqual({
    mode,
    credentialName: 'a',
    caCertCredentialName: 'partners-ca',
    subjectAltNames: ['partner.example'],
    verifyCertificateHash: [HASH],
    verifyCertificateSpki: [SPKI],
    insecureSkipVerify: true,
  });
});

test('mutual with files writes how clients are verified', () => {
  const tls = ServerTls.mutualWithFiles(FILES, { caCertificates: '/ca.crt', caCrl: '/ca.crl', subjectAltNames: ['partner.example'], insecureSkipVerify: false });
  expect(written(tls)).toEqual({
    mode: 'MUTUAL', ...FILES, caCertificates: '/ca.crt', caCrl: '/ca.crl', subjectAltNames: ['partner.example'], insecureSkipVerify: false,
  });
});

test('istio mutual writes which identities are let in', () => {
  const identity = 'spiffe://cluster.local/ns/shop/sa/frontend';
  expect(written(ServerTls.istioMutual({ subjectAltNames: [identity], caCrl: '/ca.crl', insecureSkipVerify: true })))
    .toEqual({ mode: 'ISTIO_MUTUAL', subjectAltNames: [identity], caCrl: '/ca.crl', insecureSkipVerify: true });
});

test('the lists of the caller are copied', () => {
  const subjectAltNames = ['a.example'];
  const tls = ServerTls.mutual('a', { subjectAltNames });
  subjectAltNames.push('b.example');
  expect(tls._toServerTls().subjectAltNames).toEqual(['a.example']);
});

describe('hashes', () => {
  test('may have colons and capital digits', () => {
    const colons = HASH.toUpperCase().replace(/..(?!$)/g, '$&:');
    expect(ServerTls.mutual('a', { verifyCertificateHash: [colons] })._toServerTls().verifyCertificateHash).toEqual([colons]);
  });

  test.each([HASH.slice(1), `${HASH}0`, HASH.replace(/^../, '$&:'), 'z'.repeat(64), '', 7, SPKI])('of certificates are not %p', (hash: any) => {
    expect(() => ServerTls.mutual('a', { verifyCertificateHash: [hash] }))
      .toThrow(/^verifyCertificateHash\[0\] must be a SHA-256 hash in 64 hexadecimal digits, with or without colons between pairs, got /);
  });

  test.each([SPKI.slice(1), SPKI.slice(0, -1), HASH, '', 7])('of keys are not %p', (hash: any) => {
    expect(() => ServerTls.mutual('a', { verifyCertificateSpki: [hash] }))
      .toThrow(/^verifyCertificateSpki\[0\] must be a SHA-256 hash in base64, 44 characters, got /);
  });
});

describe('versions', () => {
  const order = [TlsProtocol.TLSV1_0, TlsProtocol.TLSV1_1, TlsProtocol.TLSV1_2, TlsProtocol.TLSV1_3];
  const pairs = order.flatMap(min => order.map(max => [min, max] as const));

  test.each(pairs)('from %s to %s are refused exactly when the greatest is below the least', (min, max) => {
    const make = () => ServerTls.simple('a', { minProtocolVersion: min, maxProtocolVersion: max });
    if (order.indexOf(max) < order.indexOf(min)) {
      expect(make).toThrow(new Error(`maxProtocolVersion must not be below minProtocolVersion (${min}), got ${max}`));
    } else {
      expect(written(make())).toMatchObject({ minProtocolVersion: min, maxProtocolVersion: max });
    }
  });

  test('a greatest version below 1.2 needs a least one, which is 1.2 otherwise', () => {
    const message = 'maxProtocolVersion must not be below minProtocolVersion (TLSV1_2 unless given), got TLSV1_1';
    expect(() => ServerTls.simple('a', { maxProtocolVersion: TlsProtocol.TLSV1_1 })).toThrow(new Error(message));
    expect(() => ServerTls.simple('a', { minProtocolVersion: TlsProtocol.TLS_AUTO, maxProtocolVersion: TlsProtocol.TLSV1_1 })).toThrow(new Error(message));
  });

  test('the proxy may choose either', () => {
    expect(written(ServerTls.simple('a', { minProtocolVersion: TlsProtocol.TLSV1_3, maxProtocolVersion: TlsProtocol.TLS_AUTO })))
      .toEqual({ mode: 'SIMPLE', credentialName: 'a', minProtocolVersion: 'TLSV1_3', maxProtocolVersion: 'TLS_AUTO' });
  });
});

describe('what the mode cannot take, or Istio would ignore, is refused', () => {
  const KNOWN_SIMPLE = 'secondCredentialName, minProtocolVersion, maxProtocolVersion, cipherSuites';
  test.each<[string, () => unknown, string]>([
    ['no secret', () => (ServerTls.simple as any)(), 'credentialName must be given'],
    ['an empty secret', () => ServerTls.simple(''), "credentialName must be a string that is not empty, got ''"],
    ['a secret that is not a text', () => (ServerTls.mutual as any)({ name: 'a' }), 'credentialName must be a string that is not empty, got an object with name'],
    ['one secret twice', () => ServerTls.simple('a', { secondCredentialName: 'a' }), "secondCredentialName must name another secret than credentialName, got 'a' for both"],
    ['an empty second secret', () => ServerTls.simple('a', { secondCredentialName: '' }), "secondCredentialName must be a string that is not empty, got ''"],
    ['no options', () => (ServerTls.simple as any)('a', null), 'options must be an object, got null'],
    ['CA certificates without verification', () => (ServerTls.simple as any)('a', { caCertificates: '/ca.crt' }), `options has no property 'caCertificates', known properties: ${KNOWN_SIMPLE}`],
    ['a revocation list beside a secret', () => (ServerTls.mutual as any)('a', { caCrl: '/ca.crl' }), `options has no property 'caCrl', known properties: caCertCredentialName, subjectAltNames, verifyCertificateHash, verifyCertificateSpki, insecureSkipVerify, ${KNOWN_SIMPLE}`],
    ['hashes beside files', () => (ServerTls.mutualWithFiles as any)(FILES, { caCertificates: '/ca.crt', verifyCertificateHash: [HASH] }), "options has no property 'verifyCertificateHash', known properties: caCertificates, caCrl, subjectAltNames, insecureSkipVerify, secondFiles, minProtocolVersion, maxProtocolVersion, cipherSuites"],
    ['versions of the mesh\'s own TLS', () => (ServerTls.istioMutual as any)({ minProtocolVersion: 'TLSV1_3' }), "options has no property 'minProtocolVersion', known properties: subjectAltNames, caCrl, insecureSkipVerify"],
    ['no files', () => (ServerTls.simpleWithFiles as any)(), 'files must be an object, got undefined'],
    ['a certificate without a key', () => (ServerTls.simpleWithFiles as any)({ serverCertificate: '/a' }), 'files.privateKey must be given'],
    ['a key without a certificate', () => (ServerTls.simpleWithFiles as any)(FILES, { secondFiles: { privateKey: '/a' } }), 'secondFiles.serverCertificate must be given'],
    ['CA certificates of a pair, which nobody reads', () => (ServerTls.simpleWithFiles as any)({ ...FILES, caCertificates: '/ca.crt' }), "files has no property 'caCertificates', known properties: serverCertificate, privateKey"],
    ['verification by files without CA certificates', () => (ServerTls.mutualWithFiles as any)(FILES, {}), 'caCertificates must be given'],
    ['verification by files without options', () => (ServerTls.optionalMutualWithFiles as any)(FILES), 'options must be an object, got undefined'],
    ['an empty path', () => ServerTls.mutualWithFiles(FILES, { caCertificates: '/ca.crt', caCrl: '' }), "caCrl must be a string that is not empty, got ''"],
    ['no names', () => ServerTls.mutual('a', { subjectAltNames: [] }), 'subjectAltNames must not be empty, leave it out instead'],
    ['an undefined name', () => (ServerTls.mutual as any)('a', { subjectAltNames: ['a', undefined] }), 'subjectAltNames[1] must not be undefined, leave the item out'],
    ['a flag that is a text', () => (ServerTls.mutual as any)('a', { insecureSkipVerify: 'true' }), "insecureSkipVerify must be true or false, got 'true'"],
    ['a version that is not Istio\'s word', () => (ServerTls.simple as any)('a', { minProtocolVersion: '1.3' }), "minProtocolVersion must be one of TLS_AUTO, TLSV1_0, TLSV1_1, TLSV1_2, TLSV1_3, got '1.3'"],
    ['no cipher suites', () => ServerTls.simple('a', { cipherSuites: [] }), 'cipherSuites must not be empty, leave it out instead'],
    ['a cipher suite twice', () => ServerTls.simple('a', { cipherSuites: ['AES128-SHA', 'AES128-SHA'] }), "cipherSuites[1] 'AES128-SHA' repeats cipherSuites[0]"],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test('a cipher suite that Istio does not know, which it would leave out', () => {
    expect(() => ServerTls.simple('a', { cipherSuites: ['TLS_AES_128_GCM_SHA256'] }))
      .toThrow(/^cipherSuites\[0\] must be one of ECDHE-ECDSA-AES128-GCM-SHA256, .*DES-CBC3-SHA, got 'TLS_AES_128_GCM_SHA256'$/);
  });
});
