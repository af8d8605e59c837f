import type { HeaderLine } from './question';

/** Headers that no client gets past a proxy: those of the connection alone, and those that would steer Envoy. */
const DROPPED = new Set([
  'connection', 'keep-alive', 'proxy-connection', 'te', 'x-forwarded-client-cert',
  'x-envoy-expected-rq-timeout-ms', 'x-envoy-force-trace', 'x-envoy-hedge-on-per-try-timeout', 'x-envoy-internal', 'x-envoy-ip-tags', 'x-envoy-max-retries',
  'x-envoy-original-url', 'x-envoy-retriable-header-names', 'x-envoy-retriable-status-codes', 'x-envoy-retry-grpc-on', 'x-envoy-retry-on',
  'x-envoy-upstream-alt-stat-name', 'x-envoy-upstream-rq-per-try-timeout-ms', 'x-envoy-upstream-rq-timeout-alt-response', 'x-envoy-upstream-rq-timeout-ms',
]);

/** Headers that a gateway does not believe clients, who come from outside. */
const DROPPED_BY_GATEWAYS = new Set([
  'x-envoy-decorator-operation', 'x-envoy-downstream-service-cluster', 'x-envoy-downstream-service-node', 'x-envoy-original-host', 'x-envoy-original-path',
  'x-forwarded-proto',
]);

/** Headers that Envoy keeps as one line. */
export const JOINED: ReadonlySet<string> = new Set([
  'accept', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method', 'access-control-request-private-network', 'authorization',
  'cache-control', 'content-encoding', 'content-type', 'expect', 'grpc-timeout', 'if-match', 'if-modified-since', 'if-none-match', 'if-range',
  'if-unmodified-since', 'origin', 'pragma', 'referer', 'user-agent', 'via', 'x-client-trace-id', 'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster', 'x-envoy-downstream-service-node', 'x-envoy-external-address', 'x-envoy-is-timeout-retry', 'x-envoy-original-host',
  'x-envoy-original-path', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-request-id',
]);

/** The headers of a client as routes see them, with names in lower case. */
export function receivedHeaders(lines: readonly HeaderLine[], isGateway: boolean): readonly HeaderLine[] {
  const received: HeaderLine[] = [];
  for (const [name, text] of lines) {
    const lower = name.toLowerCase();
    const content = text.trim();
    const first = JOINED.has(lower) ? received.findIndex(([other]) => other === lower) : -1;
    if (DROPPED.has(lower) || (isGateway && DROPPED_BY_GATEWAYS.has(lower))) {
      continue;
    } else if (first >= 0) {
      received[first] = [lower, joinLines(received[first][1], content)];
    } else {
      received.push([lower, content]);
    }
  }
  return received.filter(([name, content]) => name !== 'referer' || isReferer(content));
}

/** Two lines of a header that is kept as one. */
export function joinLines(text: string, further: string): string {
  return [text, further].filter(part => part !== '').join(',');
}

const SAME_SITE = /^[\w\-.~%!$&'()*+,;=@?]*(\/[\w\-.~%!$&'()*+,;=:@/?]*)?$/;
const OTHER_SITE = /^[a-z]+:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?([/?][!"$-~]*)?$/i;

/** Whether Envoy takes a text for the address of a page; it drops the header otherwise. */
function isReferer(text: string): boolean {
  return SAME_SITE.test(text) || OTHER_SITE.test(text);
}
