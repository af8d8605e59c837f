import { lowerCase } from './lower-case';
import { parseProtocol } from '../../../mesh/protocols';
import type { Protocol } from '../../../mesh/protocols';

export { isHttp, isTls } from '../../../mesh/protocols';
export type { Protocol };

const TCP_FAMILY: ReadonlySet<Protocol> = new Set<Protocol>(['TCP', 'HTTPS', 'TLS', 'Mongo', 'Redis', 'MySQL']);

export const PROTOCOL_FORM = 'one of HTTP, HTTP2, GRPC, GRPC-Web, HTTPS, TLS, TCP, MONGO, REDIS, MYSQL, UDP, HTTP_PROXY';

/** What a port speaks; `unnamed` where Istio does not know the word. */
export function protocolOf(text: string | undefined): Protocol {
  return parseProtocol(text === undefined ? text : lowerCase(text));
}

/** What Istio treats as a stream of bytes when it looks for the host of a connection. */
export function isTcp(protocol: Protocol): boolean {
  return TCP_FAMILY.has(protocol);
}
