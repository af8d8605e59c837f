/** The methods that Envoy knows; it answers 400 to any other. */
export const METHODS: ReadonlySet<string> = new Set([
  'ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'MSEARCH',
  'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE', 'UNBIND',
  'UNLINK', 'UNLOCK', 'UNSUBSCRIBE',
]);

/**
 * Whether a sidecar, which looks at the first bytes of a connection, takes them for http.
 *
 * @param target the second word of the first line
 */
export function looksLikeHttp(method: string, target: string): boolean {
  if (/^[/*]/.test(target)) {
    return /^[\t\f!-~]*$/.test(target);
  }
  return method === 'CONNECT' ? /^[^/?]+/.test(target) : /^[a-z][a-z0-9+.-]*:\/\/[\t\f!-~]*$/i.test(target);
}
