import type { HeaderLine } from './question';

/** In place of the identifier that Envoy makes up for a request. */
export const SOME_ID = '00000000-0000-4000-8000-000000000000';

/** In place of the address of a client outside the mesh. */
const SOME_ADDRESS = '192.0.2.1';

/** Where a request comes in, as far as Envoy's own headers depend on it. */
export interface Entry {
  readonly isGateway: boolean;

  /** Whether it comes over TLS that the proxy ends. */
  readonly tls?: boolean;
}

/** The headers of a client that stay: in the place of an identifier that a gateway gets, or of an empty one, Envoy puts its own. */
export function keptHeaders(received: readonly HeaderLine[], isGateway: boolean): readonly HeaderLine[] {
  return received.filter(([name, text]) => name !== 'x-request-id' || (!isGateway && text !== ''));
}

/** The headers that Envoy adds to every request before rules change any, as far as the client has not sent them. */
export function ownHeaders(kept: readonly HeaderLine[], { isGateway, tls = false }: Entry): HeaderLine[] {
  const own: HeaderLine[] = [
    ['x-forwarded-proto', tls ? 'https' : 'http'],
    ['x-request-id', SOME_ID],
    ['x-envoy-attempt-count', '1'],
    ...isGateway ? [['x-forwarded-for', SOME_ADDRESS], ['x-envoy-external-address', SOME_ADDRESS]] as const : [],
  ];
  return own.filter(([name]) => !kept.some(([other]) => other === name));
}

/** The headers of a request as rules find them that do not concern an upstream. */
export function completeHeaders(received: readonly HeaderLine[], entry: Entry): readonly HeaderLine[] {
  const kept = keptHeaders(received, entry.isGateway);
  return [...kept, ...ownHeaders(kept, entry)];
}
