import type { HeaderLine } from './question';
import { abortStatus } from './simulate';
import { matchesText } from './text-matchers';
import { milliseconds } from './upstream-request';
import type { HttpRule } from '../mesh/specs';

/** The CORS headers of an answer. */
export interface CorsHeaders {
  readonly lines: readonly HeaderLine[];

  /** Whether the proxy answers the browser's question itself. */
  readonly isPreflight: boolean;
}

const NONE: CorsHeaders = { lines: [], isPreflight: false };

/**
 * What Envoy adds to an answer so that a browser shows it to a page of another origin.
 *
 * @param isAnswered whether the proxy answers itself
 */
export function corsHeaders(rule: HttpRule, method: string, headers: ReadonlyMap<string, readonly string[]>, isAnswered: boolean): CorsHeaders {
  const { corsPolicy, redirect, directResponse } = rule;
  const origin = headers.get('origin')?.[0];
  // an abort answers before anything looks at the origin, and only for routes that forward anything does
  if (corsPolicy === undefined || !origin || abortStatus(rule) !== undefined || redirect !== undefined || directResponse !== undefined) {
    return NONE;
  }
  const isPreflight = isAnswered && method === 'OPTIONS' && !!headers.get('access-control-request-method')?.[0];
  const { allowOrigins = [], allowOrigin = [] } = corsPolicy;
  const matches = allowOrigins.length > 0 ? allowOrigins : allowOrigin.map(exact => ({ exact }));
  if (!matches.some(match => match.exact === '*' || matchesText(match, origin))) {
    return { lines: [], isPreflight };
  }
  const listed = (texts: readonly string[] | undefined): string | undefined => texts?.join(',');
  const maxAge = milliseconds(corsPolicy.maxAge);
  const all: [string, string | undefined, boolean][] = [
    ['access-control-allow-origin', origin, true],
    ['access-control-allow-credentials', corsPolicy.allowCredentials === true ? 'true' : undefined, true],
    ['access-control-allow-methods', listed(corsPolicy.allowMethods), isPreflight],
    ['access-control-allow-headers', listed(corsPolicy.allowHeaders), isPreflight],
    ['access-control-max-age', maxAge === undefined ? undefined : String(Math.floor(maxAge / 1000)), isPreflight],
    ['access-control-expose-headers', listed(corsPolicy.exposeHeaders), true],
  ];
  return { lines: all.flatMap(([name, text, isSent]): HeaderLine[] => isSent && text ? [[name, text]] : []), isPreflight };
}
