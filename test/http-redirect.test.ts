import { HttpAction, HttpRedirectOptions, RedirectPath, RedirectPort, RedirectScheme, ResponseBody } from '../lib';
import { testChart } from './util';

function redirect(options: HttpRedirectOptions): any {
  return JSON.parse(JSON.stringify(HttpAction.redirect(options)._toHttpRoute(testChart())));
}

test('leads to another path', () => {
  expect(redirect({ path: RedirectPath.uri('/new?a=b') })).toEqual({ redirect: { uri: '/new?a=b' } });
});

test('leads to another prefix', () => {
  expect(redirect({ path: RedirectPath.prefixRewrite('/v2') })).toEqual({ redirect: { prefixRewrite: '/v2' } });
});

test('writes every option', () => {
  expect(redirect({
    path: RedirectPath.uri('/'),
    authority: 'shop.example.com',
    port: RedirectPort.number(8443),
    scheme: RedirectScheme.HTTPS,
    code: 308,
    headers: { response: { set: { 'x-moved': 'yes' } } },
  })).toEqual({
    redirect: { uri: '/', authority: 'shop.example.com', port: 8443, scheme: 'https', redirectCode: 308 },
    headers: { response: { set: { 'x-moved': 'yes' } } },
  });
});

test('the port may be that of the request or of the scheme', () => {
  expect(redirect({ port: RedirectPort.fromRequestPort() })).toEqual({ redirect: { derivePort: 'FROM_REQUEST_PORT' } });
  expect(redirect({ port: RedirectPort.fromProtocolDefault() })).toEqual({ redirect: { derivePort: 'FROM_PROTOCOL_DEFAULT' } });
});

test('the authority may have a port where no other is given', () => {
  expect(redirect({ authority: 'b.example.com:9000' })).toEqual({ redirect: { authority: 'b.example.com:9000' } });
});

test.each<[HttpRedirectOptions, string]>([
  [undefined as never, 'options must be given'],
  [{}, 'options must have path, authority, port or scheme, the redirect would lead nowhere else'],
  [{ code: 302 }, 'options must have path, authority, port or scheme, the redirect would lead nowhere else'],
  [{ scheme: RedirectScheme.HTTPS, code: 304 }, 'code must be one of 301, 302, 303, 307, 308, got 304'],
  [{ scheme: RedirectScheme.HTTPS, code: '301' as never }, "code must be one of 301, 302, 303, 307, 308, got '301'"],
  [{ scheme: 'HTTPS' as never }, "scheme must be one of http, https, got 'HTTPS'"],
  [{ authority: 'a b' }, "authority must not contain spaces or control characters, got 'a b'"],
  [{ authority: '' }, "authority must be a string that is not empty, got ''"],
  [{ authority: 'b.org:9000', port: RedirectPort.number(7000) }, "authority must not have a port beside port, got 'b.org:9000'"],
  [{ port: 8443 as never }, 'port must be made by RedirectPort, such as RedirectPort.number(), got 8443'],
  [{ path: '/new' as never }, "path must be made by RedirectPath, such as RedirectPath.uri(), got '/new'"],
  [{ path: ResponseBody.text('a') as never }, 'path must be made by RedirectPath, such as RedirectPath.uri(), got a value of class ResponseBody'],
  [{ scheme: RedirectScheme.HTTPS, headers: {} }, 'headers must have response, leave it out instead'],
  [{ scheme: RedirectScheme.HTTPS, timeout: 1 } as never, "options has no property 'timeout', known properties: path, authority, port, scheme, code, headers"],
])('fails on %p', (options, message) => {
  expect(() => HttpAction.redirect(options)).toThrow(message);
});

test.each<[() => unknown, string]>([
  [() => RedirectPath.uri(''), "uri must be a string that is not empty, got ''"],
  [() => RedirectPath.uri('/a\r\nb'), "uri must not contain spaces or control characters, got '/a\r\nb'"],
  [() => RedirectPath.prefixRewrite('v2'), "prefix must begin with '/', got 'v2'"],
  [() => RedirectPort.number(0), 'port must be an integer from 1 to 65535, got 0'],
  [() => RedirectPort.number(65536), 'port must be an integer from 1 to 65535, got 65536'],
  [() => RedirectPort.number(undefined as never), 'port must be given'],
])('a part of it fails on %p', (make, message) => {
  expect(make).toThrow(message);
});
