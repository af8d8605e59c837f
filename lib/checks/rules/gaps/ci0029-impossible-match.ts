import { MESH_GATEWAY } from '../../../mesh/names';
import type { HttpMatch, VirtualServiceSpec } from '../../../mesh/specs';
import { covers } from '../../../private/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const IMPOSSIBLE_MATCH: Rule = {
  code: 'CI0029',
  severity: Severity.WARNING,
  title: 'A match is one that some request can meet: paths begin with a slash and have no query, methods are in capitals, the authority is one of the hosts.',
  check: impossibleMatches,
};

function* impossibleMatches({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).httpMatches) {
    const reason = reasonOf(placed.match) ?? authorityReason(placed.match, placed.resource.spec);
    if (reason !== undefined) {
      const { path, ...rest } = reason;
      yield { resource: placed.resource, path: `${placed.path}.${path}`, ...rest };
    }
  }
}

interface Reason {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

function reasonOf({ uri, method, withoutHeaders, queryParams }: HttpMatch): Reason | undefined {
  for (const kind of ['exact', 'prefix'] as const) {
    const text = uri?.[kind];
    if (text && /[?#]/.test(text)) {
      return { path: `uri.${kind}`, message: `is never met: it is compared with the path without query, got '${text}'`, fix: 'match the query with queryParams' };
    }
    if (text && /\s/.test(text)) {
      return notInUrl(`uri.${kind}`, 'the path', text);
    }
    // `*` is what OPTIONS may ask for
    if (text && !text.startsWith('/') && text !== '*') {
      return { path: `uri.${kind}`, message: `is never met, a path begins with '/', got '${text}'`, fix: `write '/${text}'` };
    }
  }
  for (const name in queryParams) {
    for (const kind of ['exact', 'prefix'] as const) {
      const text = queryParams[name]?.[kind];
      if (text && /[\s#&]/.test(text)) {
        return notInUrl(`queryParams['${name}'].${kind}`, 'a parameter', text);
      }
    }
  }
  if (method?.exact !== undefined && method.exact !== method.exact.toUpperCase()) {
    return { path: 'method.exact', message: `is never met, methods are in capitals, got '${method.exact}'`, fix: `write '${method.exact.toUpperCase()}'` };
  }
  const header = Object.keys(withoutHeaders ?? {}).find(name => withoutHeaders![name]?.regex === '.*');
  return header === undefined ? undefined : {
    path: `withoutHeaders['${header}'].regex`,
    message: "is never met: a header that is missing counts as empty, which '.*' matches",
    fix: 'leave the value empty ({}) to ask that the header is missing',
  };
}

function notInUrl(path: string, what: string, text: string): Reason {
  return { path, message: `is never met: ${what} is compared as it is written in the URL, got '${text}'`, fix: `write '${encodeURI(text).replace(/[#&]/g, encodeURIComponent)}'` };
}

/** Requests for other hosts do not get from a gateway to a VirtualService; from a sidecar they do, where it finds out the protocol. */
function authorityReason({ authority }: HttpMatch, { hosts = [], gateways = [] }: VirtualServiceSpec): Reason | undefined {
  const asked = authority?.exact?.replace(/:\d*$/, '').toLowerCase();
  const isForGateways = gateways.length > 0 && !gateways.includes(MESH_GATEWAY);
  return !asked || !isForGateways || hosts.some(host => covers(host.toLowerCase(), asked)) ? undefined : {
    path: 'authority.exact',
    message: `is never met: requests for it do not get here, the hosts are ${hosts.map(host => `'${host}'`).join(', ')}, got '${authority!.exact}'`,
    fix: 'add the host to those of the VirtualService, or leave authority out',
  };
}
