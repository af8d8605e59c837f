import { Duration } from 'cdk8s';
import { CorsPolicy, HttpAction, HttpMethod, ServiceHost, StringMatch, UnmatchedPreflights } from '../lib';
import { renderCorsPolicy } from '../lib/private/render-cors-policy';

const allowOrigins = [StringMatch.exact('https://shop.example.com')];

test('writes every option', () => {
  expect(renderCorsPolicy('corsPolicy', {
    allowOrigins: [...allowOrigins, StringMatch.regex('https://[a-z]+\\.example\\.com')],
    allowMethods: [HttpMethod.GET, HttpMethod.ANY],
    allowHeaders: ['x-user', '*'],
    exposeHeaders: ['x-total'],
    maxAge: Duration.hours(24),
    allowCredentials: false,
    unmatchedPreflights: UnmatchedPreflights.IGNORE,
  })).toEqual({
    allowOrigins: [{ exact: 'https://shop.example.com' }, { regex: 'https://[a-z]+\\.example\\.com' }],
    allowMethods: ['GET', '*'],
    allowHeaders: ['x-user', '*'],
    exposeHeaders: ['x-total'],
    maxAge: '86400s',
    allowCredentials: false,
    unmatchedPreflights: 'IGNORE',
  });
});

test('no origin is needed where other preflights are answered', () => {
  expect(renderCorsPolicy('corsPolicy', { unmatchedPreflights: UnmatchedPreflights.IGNORE })).toEqual({ unmatchedPreflights: 'IGNORE' });
});

test.each<[CorsPolicy, string]>([
  [{}, "corsPolicy.allowOrigins must be given, without it no origin is allowed, use StringMatch.exact('*') for all"],
  [{ allowMethods: [HttpMethod.GET] }, "corsPolicy.allowOrigins must be given, without it no origin is allowed, use StringMatch.exact('*') for all"],
  [{ allowOrigins: [] }, 'corsPolicy.allowOrigins must not be empty, leave it out instead'],
  [{ allowOrigins: [StringMatch.exact('')] }, 'corsPolicy.allowOrigins[0] must not be empty'],
  ...['shop.example.com', 'https://shop.example.com/', 'https://shop.example.com/a', 'shop ü', 'https://bücher.example', ' https://a.example', 'https://a.example https://b.example']
    .map((text): [CorsPolicy, string] => [
      { allowOrigins: [StringMatch.exact(text)] },
      `corsPolicy.allowOrigins[0] must be an origin without a path, as in 'https://shop.example.com' or 'http://localhost:8080', or '*' or 'null', got '${text}'`,
    ]),
  [{ allowOrigins: [StringMatch.prefix('https://shop ü')] },
    "corsPolicy.allowOrigins[0] must be the beginning of an origin such as 'https://shop.example.com', got 'https://shop ü'"],
  [{ allowOrigins: ['https://a.example' as never] }, "corsPolicy.allowOrigins[0] must be made by StringMatch, such as StringMatch.exact(), got 'https://a.example'"],
  [{ allowOrigins, allowMethods: ['get' as never] }, "corsPolicy.allowMethods[0] must be one of GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE, *, got 'get'"],
  [{ allowOrigins, allowMethods: [] }, 'corsPolicy.allowMethods must not be empty, leave it out instead'],
  [{ allowOrigins, allowHeaders: ['x-a,x-b'] }, "corsPolicy.allowHeaders[0] must be the name of a header, letters, digits and '-', got 'x-a,x-b'"],
  [{ allowOrigins, exposeHeaders: [''] }, "corsPolicy.exposeHeaders[0] must be a string that is not empty, got ''"],
  [{ allowOrigins, maxAge: Duration.millis(1500) }, 'corsPolicy.maxAge must be whole seconds, got 1500ms, the proxies would not get the rest'],
  [{ allowOrigins, maxAge: Duration.seconds(0) }, 'corsPolicy.maxAge must be a whole number of milliseconds, at least 1, got 0 ms'],
  [{ allowOrigins, allowCredentials: 'true' as never }, "corsPolicy.allowCredentials must be true or false, got 'true'"],
  [{ allowOrigins, unmatchedPreflights: 'DROP' as never }, "corsPolicy.unmatchedPreflights must be one of UNSPECIFIED, FORWARD, IGNORE, got 'DROP'"],
  [{ allowOrigin: ['*'] } as never, "corsPolicy has no property 'allowOrigin', known properties: allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials, unmatchedPreflights"],
])('fails on %p', (corsPolicy, message) => {
  expect(() => HttpAction.forward(ServiceHost.fromName('a'), { corsPolicy })).toThrow(message);
});

test.each(['*', 'null', 'https://shop.example.com', 'http://localhost:8080', 'http://[::1]:8080', 'capacitor://localhost', 'file://', 'chrome-extension://abc'])(
  'a page may come from %s', text => {
    expect(renderCorsPolicy('corsPolicy', { allowOrigins: [StringMatch.exact(text)] })).toEqual({ allowOrigins: [{ exact: text }] });
  });
