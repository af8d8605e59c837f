import { bool, bytes, double, duration, int32, list, mapOf, message, oneOfWords, text, uint32 } from '../decode/decoder';

const stringMatch = message({ exact: text, prefix: text, regex: text }, { choices: [['exact', 'prefix', 'regex']] });

const percent = message({ value: double });

const destination = message({ host: text, subset: text, port: message({ number: uint32 }) });

const headerOperations = message({ set: mapOf(text), add: mapOf(text), remove: list(text) });

const headers = message({ request: headerOperations, response: headerOperations });

const routeDestination = message({ destination, weight: int32 });

const httpMatch = message({
  name: text,
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: mapOf(stringMatch),
  port: uint32,
  sourceLabels: mapOf(text),
  gateways: list(text),
  queryParams: mapOf(stringMatch),
  ignoreUriCase: bool,
  withoutHeaders: mapOf(stringMatch),
  sourceNamespace: text,
  statPrefix: text,
});

const redirect = message({
  uri: text,
  authority: text,
  port: uint32,
  derivePort: oneOfWords('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT'),
  scheme: text,
  redirectCode: uint32,
  prefixRewrite: text,
}, { choices: [['port', 'derivePort']] });

const directResponse = message({ status: uint32, body: message({ string: text, bytes }, { choices: [['string', 'bytes']] }) });

const rewrite = message({ uri: text, authority: text, uriRegexRewrite: message({ match: text, rewrite: text }) });

const retries = message({
  attempts: int32,
  perTryTimeout: duration,
  retryOn: text,
  retryRemoteLocalities: bool,
  retryIgnorePreviousHosts: bool,
  backoff: duration,
});

const delay = message(
  { percent: int32, fixedDelay: duration, exponentialDelay: duration, percentage: percent },
  { choices: [['fixedDelay', 'exponentialDelay']] },
);

const abort = message(
  { httpStatus: int32, grpcStatus: text, http2Error: text, percentage: percent },
  { choices: [['httpStatus', 'grpcStatus', 'http2Error']] },
);

const corsPolicy = message({
  allowOrigin: list(text),
  allowOrigins: list(stringMatch),
  allowMethods: list(text),
  allowHeaders: list(text),
  exposeHeaders: list(text),
  maxAge: duration,
  allowCredentials: bool,
  unmatchedPreflights: oneOfWords('UNSPECIFIED', 'FORWARD', 'IGNORE'),
});

const httpRoute = message({
  name: text,
  match: list(httpMatch),
  route: list(message({ destination, weight: int32, headers })),
  redirect,
  directResponse,
  delegate: message({ name: text, namespace: text }),
  rewrite,
  timeout: duration,
  retries,
  fault: message({ delay, abort }),
  mirror: destination,
  mirrors: list(message({ destination, percentage: percent })),
  mirrorPercent: uint32,
  mirrorPercentage: percent,
  corsPolicy,
  headers,
}, { aliases: { mirror_percent: 'mirrorPercent' } });

const tlsMatch = message({
  sniHosts: list(text),
  destinationSubnets: list(text),
  port: uint32,
  sourceLabels: mapOf(text),
  gateways: list(text),
  sourceNamespace: text,
});

const tcpMatch = message({
  destinationSubnets: list(text),
  port: uint32,
  sourceSubnet: text,
  sourceLabels: mapOf(text),
  gateways: list(text),
  sourceNamespace: text,
});

export const virtualServiceShape = message({
  hosts: list(text),
  gateways: list(text),
  http: list(httpRoute),
  tls: list(message({ match: list(tlsMatch), route: list(routeDestination) })),
  tcp: list(message({ match: list(tcpMatch), route: list(routeDestination) })),
  exportTo: list(text),
});
