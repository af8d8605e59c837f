import * as fc from 'fast-check';
import { ProxyProtocolVersion, TunnelOptions, TunnelProtocol, UpstreamTransport } from '../lib';
import { policyError, renderedPolicy } from './traffic-policies';

function tunnel(options: Partial<TunnelOptions>): UpstreamTransport {
  return UpstreamTransport.tunnel({ targetHost: 'db.example.com', targetPort: 5432, ...options });
}

test('a tunnel is written with its target', () => {
  expect(renderedPolicy({ transport: tunnel({}) })).toEqual({ tunnel: { targetHost: 'db.example.com', targetPort: 5432 } });
});

test.each([TunnelProtocol.CONNECT, TunnelProtocol.POST])('a tunnel is opened by %s', protocol => {
  expect(renderedPolicy({ transport: tunnel({ protocol }) }).tunnel.protocol).toBe(protocol);
});

test.each([ProxyProtocolVersion.V1, ProxyProtocolVersion.V2])('the PROXY protocol is written with its version %s', version => {
  expect(renderedPolicy({ transport: UpstreamTransport.proxyProtocol(version) })).toEqual({ proxyProtocol: { version } });
});

test.each(['db', 'db.example.com.', '10.0.0.1', '::1', 'fe80::1%eth0', 'xn--mnchen-3ya.example'])('a tunnel leads to %s', targetHost => {
  expect(renderedPolicy({ transport: tunnel({ targetHost }) }).tunnel.targetHost).toBe(targetHost);
});

test.each([
  ['*.example.com', '\'*.example.com\''], ['300.1.1.1', '\'300.1.1.1\''], ['münchen.example', '\'münchen.example\''], ['a_b', '\'a_b\''], ['10.0.0.0/8', '\'10.0.0.0/8\''],
])('no tunnel leads to %s', (targetHost, got) => {
  expect(() => tunnel({ targetHost })).toThrow(`targetHost must be a domain name or an IP address, got ${got}`);
});

test('a tunnel leads to a port', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 65535 }), targetPort => {
    expect(renderedPolicy({ transport: tunnel({ targetPort }) }).tunnel.targetPort).toBe(targetPort);
  }), { numRuns: 10 });
  for (const targetPort of [0, 65536, 1.5, NaN, '80']) {
    expect(() => tunnel({ targetPort: targetPort as number })).toThrow('targetPort must be an integer from 1 to 65535, got ');
  }
});

test.each([
  ['no host', { targetPort: 1 }, 'targetHost must be given'],
  ['an empty host', { targetHost: '', targetPort: 1 }, 'targetHost must be a string that is not empty, got \'\''],
  ['no port', { targetHost: 'a' }, 'targetPort must be given'],
  ['another method', { targetHost: 'a', targetPort: 1, protocol: 'GET' }, 'protocol must be one of CONNECT, POST, got \'GET\''],
  ['another property', { targetHost: 'a', targetPort: 1, host: 'b' }, 'options has no property \'host\', known properties: targetHost, targetPort, protocol'],
])('fails on a tunnel with %s', (_what, options, message) => {
  expect(() => UpstreamTransport.tunnel(options as unknown as TunnelOptions)).toThrow(new Error(message));
});

test('fails on a version of the PROXY protocol that there is not', () => {
  expect(() => UpstreamTransport.proxyProtocol('V3' as ProxyProtocolVersion)).toThrow(new Error('version must be one of V1, V2, got \'V3\''));
  expect(() => UpstreamTransport.proxyProtocol(undefined as unknown as ProxyProtocolVersion)).toThrow(new Error('version must be given'));
});

test('fails on a transport that is not made by the class', () => {
  expect(policyError({ transport: { proxyProtocol: { version: 'V1' } } }))
    .toBe('.transport must be made by UpstreamTransport, such as UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V2), got an object with proxyProtocol');
});
