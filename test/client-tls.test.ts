import { ClientTls, DestinationRule, ServiceHost } from '../lib';
import { policyError, renderedPolicy } from './traffic-policies';
import { specOf, testChart } from './util';

function rendered(tls: ClientTls): any {
  return renderedPolicy({ tls }).tls;
}

const FILES = { clientCertificate: '/etc/certs/client.pem', privateKey: '/etc/certs/client.key' };
const PEER = { sni: 'api.example.com', subjectAltNames: ['api.example.com', 'www.example.com'] };
const CA = { caCertificates: '/etc/certs/ca.pem', caCrl: '/etc/certs/crl.pem' };

test.each([
  ['disable', ClientTls.disable(), { mode: 'DISABLE' }],
  ['simple', ClientTls.simple(), { mode: 'SIMPLE' }],
  ['simpleWithCredential', ClientTls.simpleWithCredential('ca'), { mode: 'SIMPLE', credentialName: 'ca' }],
  ['mutual', ClientTls.mutual('client'), { mode: 'MUTUAL', credentialName: 'client' }],
  ['mutualWithFiles', ClientTls.mutualWithFiles(FILES), { mode: 'MUTUAL', ...FILES }],
  ['istioMutual', ClientTls.istioMutual(), { mode: 'ISTIO_MUTUAL' }],
])('%s without options is the mode alone', (_name, tls, expected) => {
  expect(rendered(tls)).toEqual(expected);
});

test.each([
  ['simple', ClientTls.simple({ ...PEER, ...CA, insecureSkipVerify: false }), { mode: 'SIMPLE', ...PEER, ...CA, insecureSkipVerify: false }],
  ['simpleWithCredential', ClientTls.simpleWithCredential('ca', PEER), { mode: 'SIMPLE', credentialName: 'ca', ...PEER }],
  ['mutual', ClientTls.mutual('client', { ...PEER, insecureSkipVerify: false }), { mode: 'MUTUAL', credentialName: 'client', ...PEER, insecureSkipVerify: false }],
  ['mutualWithFiles', ClientTls.mutualWithFiles(FILES, { ...PEER, ...CA }), { mode: 'MUTUAL', ...FILES, ...PEER, ...CA }],
  ['istioMutual', ClientTls.istioMutual({ ...PEER, insecureSkipVerify: true }), { mode: 'ISTIO_MUTUAL', ...PEER, insecureSkipVerify: true }],
])('%s is written with every option', (_name, tls, expected) => {
  expect(rendered(tls)).toEqual(expected);
});

test.each([
  ['simple', ClientTls.simple({ sni: 'a', insecureSkipVerify: true }), { mode: 'SIMPLE', sni: 'a', insecureSkipVerify: true }],
  ['mutual', ClientTls.mutual('client', { sni: 'a', insecureSkipVerify: true }), { mode: 'MUTUAL', credentialName: 'client', sni: 'a', insecureSkipVerify: true }],
  ['mutualWithFiles', ClientTls.mutualWithFiles(FILES, { insecureSkipVerify: true }), { mode: 'MUTUAL', ...FILES, insecureSkipVerify: true }],
])('%s without verification names nothing to verify by', (_name, tls, expected) => {
  expect(rendered(tls)).toEqual(expected);
});

describe.each([
  ['simple', (options: object) => ClientTls.simple(options), ['caCertificates', 'caCrl', 'subjectAltNames']],
  ['mutual', (options: object) => ClientTls.mutual('client', options), ['subjectAltNames']],
  ['mutualWithFiles', (options: object) => ClientTls.mutualWithFiles(FILES, options), ['caCertificates', 'caCrl', 'subjectAltNames']],
])('%s without verification', (_name, factory, moot) => {
  test.each(moot)('does not go with %s', name => {
    expect(() => factory({ [name]: { ...PEER, ...CA }[name as 'caCrl'], insecureSkipVerify: true }))
      .toThrow(new Error(`${name} must be left out where insecureSkipVerify is true: nothing would be verified by it`));
  });
});

test.each([
  ['simpleWithCredential', (options: object) => ClientTls.simpleWithCredential('ca', options), 'insecureSkipVerify', 'sni, subjectAltNames'],
  ['mutual', (options: object) => ClientTls.mutual('client', options), 'caCertificates', 'sni, subjectAltNames, insecureSkipVerify'],
  ['simple', (options: object) => ClientTls.simple(options), 'credentialName', 'sni, subjectAltNames, insecureSkipVerify, caCertificates, caCrl'],
  ['mutualWithFiles', (options: object) => ClientTls.mutualWithFiles(FILES, options), 'credentialName', 'sni, subjectAltNames, insecureSkipVerify, caCertificates, caCrl'],
  ['istioMutual', (options: object) => ClientTls.istioMutual(options), 'caCertificates', 'sni, subjectAltNames, insecureSkipVerify'],
])('%s has no option of another mode', (_name, factory, option, known) => {
  expect(() => factory({ [option]: 'x' })).toThrow(new Error(`options has no property '${option}', known properties: ${known}`));
});

test.each([
  ['an empty server name', () => ClientTls.simple({ sni: '' }), 'sni must be a string that is not empty, got \'\''],
  ['an empty list of names', () => ClientTls.istioMutual({ subjectAltNames: [] }), 'subjectAltNames must not be empty, leave it out instead'],
  ['an empty name', () => ClientTls.simple({ subjectAltNames: ['a', ''] }), 'subjectAltNames[1] must be a string that is not empty, got \'\''],
  ['a text for the names', () => ClientTls.simple({ subjectAltNames: 'a' as unknown as string[] }), 'subjectAltNames must be a list, got \'a\''],
  ['an empty path', () => ClientTls.simple({ caCertificates: '' }), 'caCertificates must be a string that is not empty, got \'\''],
  ['a number for a path', () => ClientTls.simple({ caCrl: 5 as unknown as string }), 'caCrl must be a string that is not empty, got 5'],
  ['a word for a switch', () => ClientTls.istioMutual({ insecureSkipVerify: 'yes' as unknown as boolean }), 'insecureSkipVerify must be true or false, got \'yes\''],
  ['an empty secret', () => ClientTls.mutual(''), 'credentialName must be a string that is not empty, got \'\''],
  ['no secret', () => ClientTls.simpleWithCredential(undefined as unknown as string), 'credentialName must be given'],
  ['no files', () => ClientTls.mutualWithFiles(undefined as unknown as typeof FILES), 'files must be an object, got undefined'],
  ['no key', () => ClientTls.mutualWithFiles({ clientCertificate: 'a' } as typeof FILES), 'files.privateKey must be given'],
  ['an empty certificate', () => ClientTls.mutualWithFiles({ ...FILES, clientCertificate: '' }), 'files.clientCertificate must be a string that is not empty, got \'\''],
  ['options for mutual TLS that are no object', () => ClientTls.mutual('client', 'x' as unknown as object), 'options must be an object, got \'x\''],
])('fails on %s', (_what, make, message) => {
  expect(make).toThrow(new Error(message));
});

test('the caller\'s names are copied', () => {
  const subjectAltNames = ['a'];
  const tls = ClientTls.simple({ subjectAltNames });
  subjectAltNames.push('b');
  expect(rendered(tls).subjectAltNames).toEqual(['a']);
});

test('fails on settings that are not made by the class', () => {
  expect(policyError({ tls: { mode: 'SIMPLE' } })).toBe('.tls must be made by ClientTls, such as ClientTls.simple(), got an object with mode');
});

describe('a config map with CA certificates', () => {
  const tls = ClientTls.simpleWithCredential('configmap://shop/ca');

  test('stands in the namespace of the rule', () => {
    const chart = testChart({ namespace: 'shop' });
    new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('reviews'), trafficPolicy: { tls } });
    expect(specOf(chart, 'DestinationRule').trafficPolicy.tls.credentialName).toBe('configmap://shop/ca');
  });

  test('is taken where the namespace of the rule is not known', () => {
    expect(() => new DestinationRule(testChart(), 'Rule', { host: ServiceHost.fromName('reviews'), trafficPolicy: { tls } })).not.toThrow();
  });

  test.each([
    ['', { trafficPolicy: { tls } }, 'trafficPolicy.tls'],
    [' of a port', { trafficPolicy: { portLevelSettings: [{ port: 443, tls }] } }, 'trafficPolicy.portLevelSettings[0].tls'],
    [' of a subset', { subsets: { v1: { trafficPolicy: { tls } } } }, 'subsets[\'v1\'].trafficPolicy.tls'],
  ])('fails in another namespace, in the policy%s', (_where, props, property) => {
    expect(() => new DestinationRule(testChart({ namespace: 'other' }), 'Rule', { host: ServiceHost.fromName('reviews'), ...props }))
      .toThrow(new Error(`[test/Rule] ${property} must name a config map in the namespace of the rule, 'other', got 'configmap://shop/ca'`));
  });

  test.each(['configmap://', 'configmap://ca', 'configmap:///ca', 'configmap://shop/', 'configmap://shop/ca/extra'])('is not named by %s', name => {
    expect(() => ClientTls.simpleWithCredential(name)).toThrow(new Error(`credentialName must be configmap://namespace/name where it is a config map, got '${name}'`));
  });
});
