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

/** The headers of a request as rules find them, and which of them Envoy has put there. */
export interface CompleteHeaders {
  readonly lines: readonly HeaderLine[];
  readonly own: ReadonlySet<string>;
}

/** The headers of a client with those that Envoy adds to every request. In the place of an identifier that a gateway gets, or of an empty one, it puts its own. */
export function completeHeaders(received: readonly HeaderLine[], { isGateway, tls = false }: Entry): CompleteHeaders {
  const isReplaced = ([name, text]: HeaderLine): boolean => name === 'x-request-id' && (isGateway || text === '');
  const kept = received.map((line): HeaderLine => isReplaced(line) ? [line[0], SOME_ID] : line);
  const further: HeaderLine[] = [
    ['x-forwarded-proto', tls ? 'https' : 'http'],
    ['x-request-id', SOME_ID],
    ['x-envoy-attempt-count', '1'],
    ...isGateway ? [['x-forwarded-for', SOME_ADDRESS], ['x-envoy-external-address', SOME_ADDRESS]] as const : [],
  ];
  const added = further.filter(([name]) => !received.some(([other]) => other === name));
  return { lines: [...kept, ...added], own: new Set([...received.filter(isReplaced), ...added].map(([name]) => name)) };
}
