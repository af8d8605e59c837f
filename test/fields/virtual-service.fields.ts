import { Chart, Duration } from 'cdk8s';
import type { Exemption } from './exemption';
import {
  DelegateRoutes, ExportTo, FaultAbort, Gateway, GrpcStatus, HeaderMatch, HttpAction, HttpMethod, IDestination, RedirectPath, RedirectPort,
  RedirectScheme, ResponseBody, RetryOn, RetryPolicy, Rewrite, ServiceHost, StringMatch, TcpAction, UnmatchedPreflights, VirtualService,
} from '../../lib';

/** Fields of the kind that the typed API leaves out on purpose. */
export const virtualServiceExemptions: Exemption[] = [
  {
    path: 'spec.http[].corsPolicy.allowOrigin[]',
    reason: 'deprecated, and ignored beside `allowOrigins`',
    replacement: '`corsPolicy.allowOrigins` with `StringMatch.exact()`',
  },
  {
    path: 'spec.http[].fault.abort.http2Error',
    reason: 'always rejected: Istio does not support it',
    replacement: '`FaultAbort.httpStatus()` or `FaultAbort.grpcStatus()`',
  },
  {
    path: 'spec.http[].fault.delay.exponentialDelay',
    reason: 'always rejected: Istio does not support it',
    replacement: '`fault.delay.fixedDelay`',
  },
  {
    path: 'spec.http[].fault.delay.percent',
    reason: 'deprecated: whole numbers only',
    replacement: '`fault.delay.percent`, which is written as `percentage`',
  },
  {
    path: 'spec.http[].mirrorPercent',
    reason: 'deprecated: whole numbers only',
    replacement: '`mirrors[].percent`, which is written as `mirrorPercentage`',
  },
  {
    path: 'spec.http[].mirror_percent',
    reason: 'deprecated: a second spelling of `mirrorPercent`',
    replacement: '`mirrors[].percent`, which is written as `mirrorPercentage`',
  },
  {
    path: 'spec.tcp[].match[].sourceSubnet',
    reason: 'without effect: Istio hides it from its reference and ignores it, so that the route would take connections from everywhere',
    replacement: '`sourceLabels` or `sourceNamespace`',
  },
];

/** A subset by name, with a port. */
const subset: IDestination = { toDestinationConfig: () => ({ host: 'reviews', subset: 'v1', port: 9080 }) };
const texts = [StringMatch.exact('/a'), StringMatch.prefix('/a'), StringMatch.regex('/a+')];
const origins = [StringMatch.exact('https://a.example'), StringMatch.prefix('https://b'), StringMatch.regex('https://c.+')];
const headers = {
  request: { set: { 'x-a': '1' }, add: { 'x-b': '2' }, remove: ['x-c'] },
  response: { set: { 'x-a': '1' }, add: { 'x-b': '2' }, remove: ['x-c'] },
};

/** Programs that together write every field of the kind. */
export function virtualServicePrograms(chart: Chart): void {
  matching(chart);
  forwarding(chart);
  answering(chart);
  connections(chart);
}

function matching(chart: Chart): void {
  const routes = new VirtualService(chart, 'Matching', {
    hosts: ['a.example.com'],
    gateways: [Gateway.fromGatewayName('edge')],
    exportTo: ExportTo.all(),
    httpRoutes: [{
      name: 'all',
      matches: [
        {
          name: 'source',
          port: 80,
          sourceLabels: { app: 'a' },
          sourceNamespace: 'b',
          statPrefix: 'c',
          uri: StringMatch.exact('/'),
          ignoreUriCase: true,
          headers: { 'x-a': HeaderMatch.exact('a'), 'x-b': HeaderMatch.prefix('b'), 'x-c': HeaderMatch.regex('c+') },
        },
        { headers: { 'x-a': HeaderMatch.notExact('a'), 'x-b': HeaderMatch.notPrefix('b'), 'x-c': HeaderMatch.notRegex('c+') } },
        { gateways: [Gateway.fromGatewayName('edge')] },
      ],
      action: HttpAction.forward(ServiceHost.fromName('a')),
    }],
  });
  for (const text of texts) {
    routes.addHttpRoute({
      matches: [{ uri: text, scheme: text, method: text, authority: text, queryParams: { a: text } }],
      action: HttpAction.forward(ServiceHost.fromName('a')),
    });
  }
}

function forwarding(chart: Chart): void {
  const routes = new VirtualService(chart, 'Forwarding', { services: [ServiceHost.fromName('a', { namespace: 'b' })] });
  const matches = [{ uri: StringMatch.prefix('/a') }];
  routes.addHttpRoute({
    matches,
    action: HttpAction.split([{ destination: subset, weight: 1, headers }], {
      timeout: Duration.seconds(5),
      retries: RetryPolicy.attempts(3, {
        perTryTimeout: Duration.seconds(1),
        backoff: Duration.millis(100),
        retryOn: [RetryOn.RESET],
        retryOnStatus: [503],
        retryIgnorePreviousHosts: true,
        retryRemoteLocalities: true,
      }),
      rewrite: Rewrite.uri('/b', { authority: 'b' }),
      mirrors: [{ destination: subset, percent: 5 }],
      fault: { delay: { fixedDelay: Duration.seconds(1), percent: 1 }, abort: FaultAbort.httpStatus(503, { percent: 1 }) },
      corsPolicy: {
        allowOrigins: origins,
        allowMethods: [HttpMethod.GET],
        allowHeaders: ['x-a'],
        exposeHeaders: ['x-b'],
        maxAge: Duration.hours(1),
        allowCredentials: true,
        unmatchedPreflights: UnmatchedPreflights.FORWARD,
      },
      headers,
    }),
  });
  for (const unmatchedPreflights of [UnmatchedPreflights.IGNORE, UnmatchedPreflights.UNSPECIFIED]) {
    routes.addHttpRoute({ matches, action: HttpAction.forward(subset, { corsPolicy: { allowOrigins: origins, unmatchedPreflights } }) });
  }
  routes.addHttpRoute({
    matches,
    action: HttpAction.forward(subset, {
      rewrite: Rewrite.uriRegex('/(.*)', '/v2/\\1'),
      mirrors: [{ destination: subset, percent: 5 }, { destination: subset }],
      fault: { abort: FaultAbort.grpcStatus(GrpcStatus.UNAVAILABLE, { percent: 1 }) },
    }),
  });
  routes.addHttpRoute({ matches, action: HttpAction.delegateTo(DelegateRoutes.fromName('cart', { namespace: 'shop' })) });
}

function answering(chart: Chart): void {
  const routes = new VirtualService(chart, 'Answering', { hosts: ['a'] });
  const matches = [{ uri: StringMatch.prefix('/a') }];
  routes.addHttpRoute({
    matches,
    action: HttpAction.redirect({ path: RedirectPath.uri('/'), authority: 'b', port: RedirectPort.number(8443), scheme: RedirectScheme.HTTPS, code: 302 }),
  });
  routes.addHttpRoute({ matches, action: HttpAction.redirect({ path: RedirectPath.prefixRewrite('/b'), port: RedirectPort.fromRequestPort() }) });
  routes.addHttpRoute({ matches, action: HttpAction.redirect({ port: RedirectPort.fromProtocolDefault() }) });
  routes.addHttpRoute({ matches, action: HttpAction.respond(503, { body: ResponseBody.text('later') }) });
  routes.addDefaultRoute({ action: HttpAction.respond(200, { body: ResponseBody.bytes('AAEC') }) });
}

function connections(chart: Chart): void {
  const match = { destinationSubnets: ['10.0.0.0/8'], port: 443, sourceLabels: { app: 'a' }, sourceNamespace: 'b', gateways: [Gateway.mesh()] };
  new VirtualService(chart, 'Connections', {
    hosts: ['a'],
    tlsRoutes: [{ matches: [{ sniHosts: ['a'], ...match }], action: TcpAction.split([{ destination: subset, weight: 1 }]) }],
    tcpRoutes: [{ matches: [match], action: TcpAction.split([{ destination: subset, weight: 1 }]) }],
  });
}
