import type { HttpMatch } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const IMPOSSIBLE_MATCH: Rule = {
  code: 'CI0029',
  severity: Severity.WARNING,
  title: 'A match is one that some request can meet: paths begin with a slash and have no query, methods are in capitals.',
  check: impossibleMatches,
};

function* impossibleMatches({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).httpMatches) {
    const reason = reasonOf(placed.match);
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

function reasonOf({ uri, method, withoutHeaders }: HttpMatch): Reason | undefined {
  for (const kind of ['exact', 'prefix'] as const) {
    const text = uri?.[kind];
    if (text && /[?#]/.test(text)) {
      return { path: `uri.${kind}`, message: `is never met: it is compared with the path without query, got '${text}'`, fix: 'match the query with queryParams' };
    }
    // `*` is what OPTIONS may ask for
    if (text && !text.startsWith('/') && text !== '*') {
      return { path: `uri.${kind}`, message: `is never met, a path begins with '/', got '${text}'`, fix: `write '/${text}'` };
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
