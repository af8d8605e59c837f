import type { HttpMatch, StringMatch, TcpMatch, TlsMatch } from '../../../mesh/specs';

// texts that are equal where two matches say the same, whatever the order of their keys and whether defaults are written out

/** The name of a match does not count, nothing is matched by it. */
export function httpMatchKey(match: HttpMatch): string {
  return [
    stringMatchKey(match.uri), stringMatchKey(match.scheme), stringMatchKey(match.method), stringMatchKey(match.authority),
    stringMatchesKey(match.headers), match.port ?? 0, textsKey(match.sourceLabels), listKey(match.gateways), stringMatchesKey(match.queryParams),
    match.ignoreUriCase ?? false, stringMatchesKey(match.withoutHeaders), quote(match.sourceNamespace ?? ''), quote(match.statPrefix ?? ''),
  ].join();
}

export function tcpMatchKey(match: TcpMatch): string {
  return [
    listKey(match.destinationSubnets), match.port ?? 0, quote(match.sourceSubnet ?? ''), textsKey(match.sourceLabels), listKey(match.gateways),
    quote(match.sourceNamespace ?? ''),
  ].join();
}

export function tlsMatchKey(match: TlsMatch): string {
  return [
    listKey(match.sniHosts), listKey(match.destinationSubnets), match.port ?? 0, textsKey(match.sourceLabels), listKey(match.gateways),
    quote(match.sourceNamespace ?? ''),
  ].join();
}

// escapes whatever has a meaning in a key
function quote(text: string): string {
  return text === '' ? '' : JSON.stringify(text);
}

function stringMatchKey(match: StringMatch | undefined): string {
  if (match === undefined) {
    return '';
  }
  if (match.exact !== undefined) {
    return `e${quote(match.exact)}`;
  }
  if (match.prefix !== undefined) {
    return `p${quote(match.prefix)}`;
  }
  return match.regex === undefined ? '{}' : `r${quote(match.regex)}`;
}

function stringMatchesKey(matches: { readonly [key: string]: StringMatch | undefined } | undefined): string {
  return matches === undefined ? '' : mapKey(Object.keys(matches), key => stringMatchKey(matches[key]));
}

function textsKey(texts: { readonly [key: string]: string | undefined } | undefined): string {
  return texts === undefined ? '' : mapKey(Object.keys(texts), key => quote(texts[key]!));
}

function mapKey(keys: string[], valueOf: (key: string) => string): string {
  return `{${keys.sort().map(key => `${quote(key)}:${valueOf(key)}`).join()}}`;
}

function listKey(list: readonly string[] | undefined): string {
  return list === undefined ? '' : `[${list.map(quote).join()}]`;
}
