import * as fc from 'fast-check';
import { GatewayServer, ServerTls } from '../lib';

const tls = ServerTls.simple('shop-tls');

function written(server: GatewayServer): any {
  return JSON.parse(JSON.stringify(server._toServer()));
}

describe('every protocol', () => {
  const hosts = ['shop.example.com'];
  test.each([
    ['http', GatewayServer.http({ hosts }), { number: 80, protocol: 'HTTP' }],
    ['http2', GatewayServer.http2({ hosts }), { number: 80, protocol: 'HTTP2' }],
    ['grpc', GatewayServer.grpc({ hosts }), { number: 80, protocol: 'GRPC' }],
    ['grpcWeb', GatewayServer.grpcWeb({ hosts }), { number: 80, protocol: 'GRPC-WEB' }],
    ['httpProxy', GatewayServer.httpProxy({ hosts }), { number: 80, protocol: 'HTTP_PROXY' }],
    ['tcp', GatewayServer.tcp({ hosts, port: 31400 }), { number: 31400, protocol: 'TCP' }],
    ['mongo', GatewayServer.mongo({ hosts, port: 27017 }), { number: 27017, protocol: 'MONGO' }],
    ['mysql', GatewayServer.mysql({ hosts, port: 3306 }), { number: 3306, protocol: 'MYSQL' }],
    ['redis', GatewayServer.redis({ hosts, port: 6379 }), { number: 6379, protocol: 'REDIS' }],
  ])('%s is written in Istio\'s words, without tls', (_, server, port) => {
    expect(written(server)).toEqual({ port, hosts });
  });

  test.each([
    ['https', GatewayServer.https({ hosts, tls }), { number: 443, protocol: 'HTTPS' }],
    ['tls', GatewayServer.tls({ hosts, tls }), { number: 443, protocol: 'TLS' }],
  ])('%s is written with tls', (_, server, port) => {
    expect(written(server)).toEqual({ port, hosts, tls: { mode: 'SIMPLE', credentialName: 'shop-tls' } });
  });
});

test('writes every property', () => {
  expect(written(GatewayServer.http({
    hosts: ['shop/*.example.com'], port: 8080, portName: 'web', bind: '10.0.0.1', name: 'front', defaultEndpoint: '127.0.0.1:9000', httpsRedirect: true,
  }))).toEqual({
    hosts: ['shop/*.example.com'],
    port: { number: 8080, name: 'web', protocol: 'HTTP' },
    bind: '10.0.0.1',
    name: 'front',
    defaultEndpoint: '127.0.0.1:9000',
    tls: { httpsRedirect: true },
  });
});

test('no redirect writes nothing', () => {
  expect(written(GatewayServer.http({ hosts: ['*'], httpsRedirect: false }))).not.toHaveProperty('tls');
});

test.each(['unix:///run/gateway.sock', 'unix://@gateway'])('on the Unix domain socket %s the port is 0', bind => {
  expect(written(GatewayServer.http({ hosts: ['*'], bind })).port.number).toBe(0);
  expect(written(GatewayServer.https({ hosts: ['*'], bind, tls })).port.number).toBe(0);
  expect(written(GatewayServer.tcp({ hosts: ['*'], bind, port: 0 })).port.number).toBe(0);
});

test('the hosts of the caller are copied', () => {
  const hosts = ['a.example.com'];
  const server = GatewayServer.http({ hosts });
  hosts.push('b.example.com');
  expect(server._toServer().hosts).toEqual(['a.example.com']);
});

describe('hosts', () => {
  test.each([
    '*', '*.example.com', 'shop.example.com', 'SHOP.example.com', 'shop.example.com.', '*.', '10.0.0.1', '::ffff:1.2.3.4', 'shop/*', '*/*', './shop.example.com', '*/shop.example.com',
    'shop/*.example.com', `${'a'.repeat(63)}.example.com`,
  ])('%s is one', host => {
    expect(written(GatewayServer.http({ hosts: [host] })).hosts).toEqual([host]);
  });

  test.each<[any, string]>([
    ['shop', "hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got 'shop'"],
    ['shop/frontend', "hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got 'shop/frontend'"],
    ['shop/', "hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got 'shop/'"],
    ['::1', "hosts[0] must be '*' or a full name with a dot, as in 'shop.example.com', got '::1'"],
    ['/shop.example.com', "hosts[0] must have a namespace, '.' or '*' in front of its '/', got '/shop.example.com'"],
    ['~/shop.example.com', "hosts[0] must have a namespace, '.' or '*' in front of its '/', got '~/shop.example.com'"],
    ['a.b/shop.example.com', "hosts[0] must have a namespace, '.' or '*' in front of its '/', got 'a.b/shop.example.com'"],
    ['*shop.example.com', "hosts[0] must have its wildcard as the whole first part, as in '*.example.com', got '*shop.example.com'"],
    ['shop.*.com', "hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'shop.*.com'"],
    ['https://shop.example.com', "hosts[0] must have a namespace, '.' or '*' in front of its '/', got 'https://shop.example.com'"],
    ['shop.example.com:443', "hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'shop.example.com:443'"],
    ['münchen.example', "hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'münchen.example', write international names in their xn-- form"],
    [`${'a'.repeat(64)}.com`, `hosts[0] must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got '${'a'.repeat(64)}.com'`],
    ['', "hosts[0] must be a string that is not empty, got ''"],
    [443, 'hosts[0] must be a string that is not empty, got 443'],
    [undefined, 'hosts[0] must not be undefined, leave the item out'],
    [{ host: 'a' }, 'hosts[0] must be a string that is not empty, got an object with host'],
  ])('%p is none', (host, message) => {
    expect(() => GatewayServer.http({ hosts: [host] })).toThrow(new Error(message));
  });

  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
  const domain = fc.array(label, { minLength: 1, maxLength: 5 }).map(labels => [...labels, 'example'].join('.'));

  test('every domain name is a host, as it is, below a wildcard, and behind a namespace', () => {
    fc.assert(fc.property(domain, label, (name, namespace) => {
      const hosts = [name, `*.${name}`, `${namespace}/${name}`, `./*.${name}`];
      expect(GatewayServer.http({ hosts })._toServer().hosts).toEqual(hosts);
    }));
  });

  test('no host is a domain name with a foreign character', () => {
    fc.assert(fc.property(domain, fc.constantFrom(' ', '_', ':', '\n', 'ä', '@', '%', '\u0000', '*'), fc.nat(), (name, character, at) => {
      const position = 1 + at % (name.length - 1);
      expect(() => GatewayServer.http({ hosts: [name.slice(0, position) + character + name.slice(position)] })).toThrow(/^hosts\[0\] must /);
    }));
  });
});

describe('ports', () => {
  test('from 1 to 65535 are written', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 65535 }), port => {
      expect(written(GatewayServer.https({ hosts: ['*'], tls, port })).port.number).toBe(port);
    }));
  });

  test('of other numbers are refused', () => {
    const fraction = fc.double().filter(value => !Number.isInteger(value));
    const wrong = fc.oneof(fc.integer({ max: 0 }), fc.integer({ min: 65536 }), fraction, fc.string(), fc.constant(null));
    fc.assert(fc.property(wrong, (port: any) => {
      expect(() => GatewayServer.http({ hosts: ['*'], port })).toThrow(/^port must be an integer from 1 to 65535, got /);
    }));
  });
});

describe('wrong values are refused', () => {
  test.each<[string, () => unknown, string]>([
    ['no options', () => (GatewayServer.http as any)(), 'options must be an object, got undefined'],
    ['no hosts', () => (GatewayServer.http as any)({}), 'hosts must be a list, got undefined'],
    ['an empty list of hosts', () => GatewayServer.http({ hosts: [] }), "hosts must have at least one host, '*' stands for all"],
    ['a host twice', () => GatewayServer.http({ hosts: ['a.example', 'a.example'] }), "hosts[1] 'a.example' repeats hosts[0]"],
    ['hosts that are a text', () => (GatewayServer.http as any)({ hosts: 'a.example' }), "hosts must be a list, got 'a.example'"],
    ['an address that is no text', () => (GatewayServer.http as any)({ hosts: ['*'], bind: Symbol('a') }), 'bind must be a string that is not empty, got a symbol'],
    ['a misspelt property', () => (GatewayServer.http as any)({ hosts: ['*'], redirect: true }), "options has no property 'redirect', known properties: hosts, port, portName, bind, name, defaultEndpoint, httpsRedirect"],
    ['tls on plain HTTP', () => (GatewayServer.http as any)({ hosts: ['*'], tls }), "options has no property 'tls', known properties: hosts, port, portName, bind, name, defaultEndpoint, httpsRedirect"],
    ['a redirect on TLS', () => (GatewayServer.https as any)({ hosts: ['*'], tls, httpsRedirect: true }), "options has no property 'httpsRedirect', known properties: hosts, port, portName, bind, name, defaultEndpoint, tls"],
    ['tls on TCP', () => (GatewayServer.tcp as any)({ hosts: ['*'], port: 1, tls }), "options has no property 'tls', known properties: hosts, port, portName, bind, name, defaultEndpoint"],
    ['a target port, which Istio refuses', () => (GatewayServer.tcp as any)({ hosts: ['*'], port: 1, targetPort: 2 }), "options has no property 'targetPort', known properties: hosts, port, portName, bind, name, defaultEndpoint"],
    ['https without tls', () => (GatewayServer.https as any)({ hosts: ['*'] }), "tls must be made by ServerTls, such as ServerTls.simple('secret'), got undefined"],
    ['tls that is a text', () => (GatewayServer.tls as any)({ hosts: ['*'], tls: 'PASSTHROUGH' }), "tls must be made by ServerTls, such as ServerTls.simple('secret'), got 'PASSTHROUGH'"],
    ['tcp without a port', () => (GatewayServer.tcp as any)({ hosts: ['*'] }), 'port must be given'],
    ['port 0 on an address', () => GatewayServer.tcp({ hosts: ['*'], port: 0, bind: '10.0.0.1' }), 'port must be an integer from 1 to 65535, got 0'],
    ['a port on a socket', () => GatewayServer.http({ hosts: ['*'], port: 80, bind: 'unix:///run/a.sock' }), 'port must be 0 or left out beside a Unix domain socket, got 80'],
    ['a bind that is a name', () => GatewayServer.http({ hosts: ['*'], bind: 'localhost' }), "bind must be an IP address or a Unix domain socket such as unix:///run/gateway.sock, got 'localhost'"],
    ['a bind that is a folder', () => GatewayServer.http({ hosts: ['*'], bind: 'unix:///run/' }), "bind must be an IP address or a Unix domain socket such as unix:///run/gateway.sock, got 'unix:///run/'"],
    ['a bind with a relative path', () => GatewayServer.http({ hosts: ['*'], bind: 'unix://run/a.sock' }), "bind must be an IP address or a Unix domain socket such as unix:///run/gateway.sock, got 'unix://run/a.sock'"],
    ['an empty bind', () => GatewayServer.http({ hosts: ['*'], bind: '' }), "bind must be a string that is not empty, got ''"],
    ['an empty name', () => GatewayServer.http({ hosts: ['*'], name: '' }), "name must be a string that is not empty, got ''"],
    ['an empty port name', () => GatewayServer.http({ hosts: ['*'], portName: '' }), "portName must be a string that is not empty, got ''"],
    ['an endpoint that is not a text', () => (GatewayServer.http as any)({ hosts: ['*'], defaultEndpoint: 8080 }), 'defaultEndpoint must be a string that is not empty, got 8080'],
    ['a redirect that is a text', () => (GatewayServer.http as any)({ hosts: ['*'], httpsRedirect: 'yes' }), "httpsRedirect must be true or false, got 'yes'"],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
