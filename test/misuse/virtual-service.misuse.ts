import { Chart, Duration } from 'cdk8s';
import {
  DelegateRoutes, FaultAbort, Gateway, GrpcStatus, HeaderMatch, HttpAction, HttpMethod, RedirectPath, RedirectPort, RedirectScheme,
  ResponseBody, RetryOn, RetryPolicy, Rewrite, ServiceHost, StringMatch, TcpAction, VirtualService,
} from '../../lib';

/** Combinations that must not compile. Compiled by the test command, never run. */
export function misuse(chart: Chart): void {
  const a = ServiceHost.fromName('a');
  const action = HttpAction.forward(a);
  const matches = [{ uri: StringMatch.prefix('/') }];

  // @ts-expect-error a text is compared in one way
  StringMatch.exact('/a', { prefix: '/' });

  // @ts-expect-error a match of a text is made by a factory
  new VirtualService(chart, 'A', { httpRoutes: [{ matches: [{ uri: { exact: '/a', prefix: '/', regex: '.*' } }], action }] });

  // @ts-expect-error a path is not a header
  new VirtualService(chart, 'B', { httpRoutes: [{ matches: [{ uri: HeaderMatch.absent() }], action }] });

  // @ts-expect-error what must not be there is said by HeaderMatch
  new VirtualService(chart, 'C', { httpRoutes: [{ matches: [{ withoutHeaders: { 'x-a': StringMatch.exact('a') } }], action }] });

  // @ts-expect-error a route does something
  new VirtualService(chart, 'D', { httpRoutes: [{ matches }] });

  // @ts-expect-error a route does one thing
  new VirtualService(chart, 'E', { httpRoutes: [{ matches, action: [action, action] }] });

  // @ts-expect-error a redirect beside a destination
  new VirtualService(chart, 'F', { httpRoutes: [{ matches, action, redirect: { uri: '/' } }] });

  // @ts-expect-error what happens to requests is said in the action
  new VirtualService(chart, 'G', { httpRoutes: [{ matches, action, timeout: Duration.seconds(1) }] });

  // @ts-expect-error the default route has no matches
  new VirtualService(chart, 'H', { defaultRoute: { matches, action } });

  // @ts-expect-error there is one default route
  new VirtualService(chart, 'I', { defaultRoute: [{ action }] });

  // @ts-expect-error connections have their own actions
  new VirtualService(chart, 'J', { tcpRoutes: [{ action }] });

  // @ts-expect-error requests have their own actions
  new VirtualService(chart, 'K', { defaultRoute: { action: TcpAction.forward(a) } });

  // @ts-expect-error a route for TLS has matches
  new VirtualService(chart, 'L', { tlsRoutes: [{ action: TcpAction.forward(a) }] });

  // @ts-expect-error a match for TLS names servers
  new VirtualService(chart, 'M', { tlsRoutes: [{ matches: [{ port: 443 }], action: TcpAction.forward(a) }] });

  // @ts-expect-error a connection has no path
  new VirtualService(chart, 'N', { tcpRoutes: [{ matches: [{ uri: StringMatch.prefix('/') }], action: TcpAction.forward(a) }] });

  // @ts-expect-error a gateway is a handle
  new VirtualService(chart, 'O', { gateways: ['edge'] });

  // @ts-expect-error a destination is a handle
  HttpAction.forward('reviews');

  // @ts-expect-error a destination with its parts is made by a handle
  HttpAction.forward({ host: 'reviews', subset: 'v1' });

  // @ts-expect-error a share has a weight
  HttpAction.split([{ destination: a }]);

  // @ts-expect-error shares are listed
  HttpAction.split(a);

  // @ts-expect-error a redirect has no timeout
  HttpAction.redirect({ path: RedirectPath.uri('/'), timeout: Duration.seconds(1) });

  // @ts-expect-error a redirect has no fault
  HttpAction.redirect({ path: RedirectPath.uri('/'), fault: { abort: FaultAbort.httpStatus(503, { percent: 1 }) } });

  // @ts-expect-error a redirect has no rewrite
  HttpAction.redirect({ path: RedirectPath.uri('/'), rewrite: Rewrite.uri('/') });

  // @ts-expect-error a redirect has no destination
  HttpAction.redirect(a, { path: RedirectPath.uri('/') });

  // @ts-expect-error a redirect does not forward a request whose headers could be changed
  HttpAction.redirect({ path: RedirectPath.uri('/'), headers: { request: { remove: ['x-a'] } } });

  // @ts-expect-error a redirect leads to one path or one prefix
  HttpAction.redirect({ uri: '/a', prefixRewrite: '/b' });

  // @ts-expect-error a redirect's port is given or derived
  HttpAction.redirect({ port: RedirectPort.number(80), derivePort: 'FROM_REQUEST_PORT' });

  // @ts-expect-error the port of the request is not a number
  RedirectPort.fromRequestPort(80);

  // @ts-expect-error the scheme is a member of RedirectScheme
  HttpAction.redirect({ scheme: 'https' });

  // @ts-expect-error a response has no retries
  HttpAction.respond(200, { retries: RetryPolicy.none() });

  // @ts-expect-error a response has no fault
  HttpAction.respond(200, { fault: {} });

  // @ts-expect-error a response has no rewrite
  HttpAction.respond(200, { rewrite: Rewrite.uri('/') });

  // @ts-expect-error a response has no mirrors
  HttpAction.respond(200, { mirrors: [{ destination: a }] });

  // @ts-expect-error a body is text or bytes
  HttpAction.respond(200, { body: { string: 'a', bytes: 'YQ==' } });

  // @ts-expect-error a body is one text
  ResponseBody.text('a', 'b');

  // @ts-expect-error a delegation has no destination
  HttpAction.delegateTo(DelegateRoutes.fromName('d'), { destination: a });

  // @ts-expect-error a virtual service with hosts is no delegate
  HttpAction.delegateTo(new VirtualService(chart, 'P', { hosts: ['a'] }));

  // @ts-expect-error a delegate is a handle
  HttpAction.delegateTo('d');

  // @ts-expect-error delegated routes have no hosts
  new DelegateRoutes(chart, 'Q', { hosts: ['a'] });

  // @ts-expect-error delegated routes have no gateways
  new DelegateRoutes(chart, 'R', { gateways: [Gateway.mesh()] });

  // @ts-expect-error delegated routes are for http only
  new DelegateRoutes(chart, 'S', { tcpRoutes: [] });

  // @ts-expect-error delegated routes are for http only
  new DelegateRoutes(chart, 'T', { tlsRoutes: [] });

  // @ts-expect-error no retries have no options
  RetryPolicy.none({ perTryTimeout: Duration.seconds(1) });

  // @ts-expect-error the conditions of retries are members of RetryOn
  RetryPolicy.attempts(1, { retryOn: ['5xx,reset'] });

  // @ts-expect-error statuses are numbers
  RetryPolicy.attempts(1, { retryOnStatus: [RetryOn.ANY_5XX] });

  // @ts-expect-error times are durations
  RetryPolicy.attempts(1, { perTryTimeout: '2s' });

  // @ts-expect-error a rewrite of the path is a text or a pattern
  Rewrite.uri('/', { uriRegexRewrite: { match: 'a', rewrite: 'b' } });

  // @ts-expect-error a pattern has a replacement
  Rewrite.uriRegex('/a');

  // @ts-expect-error an abort has one status
  FaultAbort.httpStatus(503, { grpcStatus: GrpcStatus.UNAVAILABLE, percent: 1 });

  // @ts-expect-error an abort hits a share of the requests
  FaultAbort.httpStatus(503);

  // @ts-expect-error an abort is made by a factory
  HttpAction.forward(a, { fault: { abort: { httpStatus: 503, grpcStatus: 'UNAVAILABLE' } } });

  // @ts-expect-error a delay hits a share of the requests
  HttpAction.forward(a, { fault: { delay: { fixedDelay: Duration.seconds(1) } } });

  // @ts-expect-error mirrors are listed in one place
  HttpAction.forward(a, { mirror: a, mirrors: [{ destination: a }] });

  // @ts-expect-error the deprecated origins
  HttpAction.forward(a, { corsPolicy: { allowOrigin: ['*'] } });

  // @ts-expect-error methods are members of HttpMethod
  HttpAction.forward(a, { corsPolicy: { allowOrigins: [StringMatch.exact('*')], allowMethods: ['get', HttpMethod.GET] } });

  // @ts-expect-error connections have no headers
  TcpAction.split([{ destination: a, weight: 1, headers: {} }]);

  // @ts-expect-error connections have no timeout
  TcpAction.forward(a, { timeout: Duration.seconds(1) });

  // @ts-expect-error the value is immutable
  HttpAction.respond(200).status = 201;

  // @ts-expect-error the scheme of a redirect is not that of a match
  new VirtualService(chart, 'U', { httpRoutes: [{ matches: [{ scheme: RedirectScheme.HTTPS }], action }] });
}
