import type { SeenRequest } from './http-conditions';
import { replacePath } from './rewritten-path';
import type { Route } from '../mesh/routes';

/** The `location` of the answer of a route that redirects. */
export function redirectLocation(route: Route, request: SeenRequest): string {
  const redirect = route.rule!.spec.redirect!;
  const { authority, uri } = redirect;
  const scheme = redirect.scheme || request.scheme;
  const wanted = redirect.derivePort === 'FROM_REQUEST_PORT' ? route.context.port : redirect.port ?? 0;
  const wantedScheme = redirect.scheme || (route.context.hasTlsSettings === true ? 'https' : 'http');
  const port = isDefaultPort(wantedScheme, wanted) ? 0 : wanted;
  const host = authority || keptHost(request, scheme, port);
  const path = uri ? withSlash(uri.includes('?') ? uri : uri + request.query)
    : (redirect.prefixRewrite === undefined
      ? request.path : replacePath(route.match?.uri, redirect.prefixRewrite ?? '', request.path)) + request.query;
  return `${scheme}://${host}${port === 0 ? '' : `:${port}`}${path}`;
}

function isDefaultPort(scheme: string, port: number): boolean {
  return (scheme === 'http' && port === 80) || (scheme === 'https' && port === 443);
}

/** The host of the request, whose port stays unless the answer has another, or it is the default of a scheme that changes. */
function keptHost({ authority, scheme: before }: SeenRequest, scheme: string, port: number): string {
  const colon = authority.lastIndexOf(':');
  const isDropped = colon >= 0 && (port !== 0 || (scheme !== before && isDefaultPort(before, Number(authority.slice(colon + 1)))));
  return isDropped ? authority.slice(0, colon) : authority;
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
