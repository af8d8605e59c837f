import type { HttpRule } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const REWRITTEN_SLASHES: Rule = {
  code: 'CI0015',
  severity: Severity.WARNING,
  title: 'A prefix and what it is rewritten to both end with a slash or both do not, and the new path begins with one.',
  check: rewrittenSlashes,
};

function* rewrittenSlashes({ mesh }: RuleContext): Iterable<Problem> {
  const routes = placedRoutes(mesh);
  const rewriting = new Set([...routes.httpWith('rewrite'), ...routes.httpWith('redirect')].map(({ resource }) => resource));
  for (const resource of rewriting) {
    const prefixes = new Set<string>();
    for (const [index, rule] of (resource.spec.http ?? []).entries()) {
      const written = rewriteOf(rule);
      if (written !== undefined) {
        const problem = problemOf(written.text, rule, prefixes);
        if (problem !== undefined) {
          yield { resource, path: `spec.http[${index}].${written.path}`, ...problem };
        }
      }
      rule.match?.forEach(({ uri }) => uri?.prefix !== undefined && prefixes.add(uri.prefix));
    }
  }
}

function rewriteOf({ rewrite, redirect }: HttpRule): { readonly text: string; readonly path: string } | undefined {
  if (rewrite?.uri) {
    return { text: rewrite.uri, path: 'rewrite.uri' };
  }
  return redirect?.prefixRewrite ? { text: redirect.prefixRewrite, path: 'redirect.prefixRewrite' } : undefined;
}

/** @param earlier the prefixes of earlier routes, of which a longer one takes the paths that would go wrong */
function problemOf(text: string, { match = [] }: HttpRule, earlier: ReadonlySet<string>): Pick<Problem, 'message' | 'fix'> | undefined {
  if (!text.startsWith('/')) {
    return { message: `makes a path that does not begin with '/', got '${text}'`, fix: `write '/${text}'` };
  }
  const own = new Set<string>();
  for (const { uri } of match) {
    const prefix = uri?.prefix;
    if (!prefix || prefix === '/') {
      continue;
    }
    const below = prefix.endsWith('/') ? `${prefix}a` : `${prefix}/a`;
    const result = text + below.slice(prefix.length);
    const isTakenBefore = own.has(`${prefix}/`) || earlier.has(`${prefix}/`);
    if (prefix.endsWith('/') !== text.endsWith('/') && !isTakenBefore) {
      return {
        message: `makes '${result}' of '${below}': the prefix '${prefix}' is replaced as text, got '${text}'`,
        fix: prefix.endsWith('/') ? `write '${text}/'` : `match '${prefix}/' by prefix and '${prefix}' exactly, or use uriRegexRewrite`,
      };
    }
    own.add(prefix);
  }
  return undefined;
}
