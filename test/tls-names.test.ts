import { testChart } from './util';
import { ClientTls, Resolution, ServerTls, ServiceEntry } from '../lib';

const SECRET = "must be the name of a secret, lower case letters, digits, '-' and '.', at most 253 characters, with an optional namespace and '/' in front, got";

test.each([
  'a', 'shop-tls', 'shop.example.com', 'istio-ingress/shop-tls', 'a'.repeat(253), 'kubernetes://shop-tls', 'kubernetes://edge/shop-tls', 'kubernetes-gateway://edge/shop-tls',
  'sds://Any_Name', 'configmap://edge/ca',
])('the secret %s is taken', name => {
  expect(ServerTls.simple(name)._toServerTls().credentialName).toBe(name);
  expect(ServerTls.mutual('a', { caCertCredentialName: name })._toServerTls().caCertCredentialName).toBe(name);
  expect(ClientTls.mutual(name)._toClientTls().credentialName).toBe(name);
  expect(ClientTls.simpleWithCredential(name)._toClientTls().credentialName).toBe(name);
});

test.each([
  'a b', 'ü', 'A', 'a_b', '-a', 'a/b/c', '/a', 'a/', 'a.b/c', 'A/b', 'a\nb', ' a', 'kubernetes://', 'kubernetes://a b', 'kubernetes://a/b/c', 'sds://a b', 'sds://ü',
])('the secret %j cannot exist', name => {
  expect(() => ServerTls.simple(name)).toThrow(new Error(`credentialName ${SECRET} '${name}'`));
  expect(() => ServerTls.simple('a', { secondCredentialName: name })).toThrow(new Error(`secondCredentialName ${SECRET} '${name}'`));
  expect(() => ServerTls.optionalMutual('a', { caCertCredentialName: name })).toThrow(new Error(`caCertCredentialName ${SECRET} '${name}'`));
  expect(() => ClientTls.mutual(name)).toThrow(new Error(`credentialName ${SECRET} '${name}'`));
});

test('a name of 254 characters is too long for a secret', () => {
  expect(() => ServerTls.simple('a'.repeat(254))).toThrow(`credentialName ${SECRET} 'aaa`);
});

const NAMES = ['api.example.com', '*.example.com', 'spiffe://cluster.local/ns/shop/sa/frontend', '10.0.0.1', '2001:db8::1', 'admin@example.com', 'xn--bcher-kva.example', 'a_b'];

test.each(NAMES)('a certificate may carry %s', name => {
  expect(ClientTls.simple({ subjectAltNames: [name] })._toClientTls().subjectAltNames).toEqual([name]);
  expect(ServerTls.mutual('a', { subjectAltNames: [name] })._toServerTls().subjectAltNames).toEqual([name]);
});

test.each([['a b', ''], ['a\n', ''], ['bücher.example', ', write international names in their xn-- form']])('no certificate carries %j', (name, hint) => {
  const message = `must be a name that a certificate can carry, ASCII without spaces, got '${name}'${hint}`;
  expect(() => ClientTls.istioMutual({ subjectAltNames: [name] })).toThrow(new Error(`subjectAltNames[0] ${message}`));
  expect(() => ServerTls.istioMutual({ subjectAltNames: ['a', name] })).toThrow(new Error(`subjectAltNames[1] ${message}`));
  const entry = (subjectAltNames: string[]) => new ServiceEntry(testChart(), 'Entry', { hosts: ['a.example'], resolution: Resolution.dns(), subjectAltNames });
  expect(() => entry([name])).toThrow(new Error(`[test/Entry] subjectAltNames[0] ${message}`));
  expect(() => entry(['a']).addSubjectAltName(name)).toThrow(new Error(`[test/Entry] name ${message}`));
});

test('a server name is what TLS can ask for', () => {
  for (const sni of ['api.example.com', 'outbound_.443_.v1_.api.example.com', 'a'.repeat(255)]) {
    expect(ClientTls.simple({ sni })._toClientTls().sni).toBe(sni);
  }
  expect(() => ClientTls.simple({ sni: 'a b ü' }))
    .toThrow(new Error("sni must be a server name, ASCII without spaces, got 'a b ü', write international names in their xn-- form"));
  expect(() => ClientTls.mutual('a', { sni: 'a'.repeat(256) })).toThrow(/^sni must be at most 255 characters, got /);
});
