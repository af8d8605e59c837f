import type { HttpMatch, HttpRule, TcpRule, TlsRule, VirtualServiceSpec } from '../../../mesh/specs';
import type { Report } from '../finding';
import { httpMatchKey, tcpMatchKey, tlsMatchKey } from './match-keys';
import { prefixMatchOf, reportCovered } from './prefix-cover';

/** Routes and matches that no request gets to, because an earlier one takes it. */
export function checkReachability(report: Report, spec: VirtualServiceSpec): void {
  checkHttp(report, spec.http);
  checkList<TcpRule>(report, 'tcp', spec.tcp, tcpMatchKey);
  checkList<TlsRule>(report, 'tls', spec.tls, tlsMatchKey);
}

function checkHttp(report: Report, routes: readonly HttpRule[] | undefined): void {
  const candidates: [HttpMatch, MatchPlace][] = [];
  checkList<HttpRule>(report, 'http', routes, httpMatchKey, (match, place) => {
    if (match.uri?.prefix !== undefined && match.uri.prefix !== '') {
      candidates.push([match, place]);
    }
  });
  if (candidates.length > 1) {
    reportCovered(report, candidates.map(([match, place]) => prefixMatchOf(match, place)));
  }
}

/** Where a match is in its list. */
export interface MatchPlace {
  readonly route: number;
  readonly match: number;
}

interface Route {
  readonly match?: readonly object[];
  /** What a delegate does not take goes on to later routes, which Istio does not look at. */
  readonly delegate?: object;
}

type MatchOf<R extends Route> = NonNullable<R['match']>[number];

function checkList<R extends Route>(
  report: Report, field: string, routes: readonly R[] | undefined, keyOf: (match: MatchOf<R>) => string,
  visit?: (match: MatchOf<R>, place: MatchPlace) => void,
): void {
  if (routes === undefined) {
    return;
  }
  const seen = hasSeveralMatches(routes) ? new Map<string, MatchPlace>() : undefined;
  let catchAll: number | undefined;
  for (let index = 0; index < routes.length; index++) {
    if (catchAll !== undefined) {
      report.warn('VS30', `.${field}[${index}]`, `is never used, ${field}[${catchAll}] before it has no match and takes everything`, {
        fix: `move ${field}[${catchAll}] to the end`, uncertain: routes[catchAll].delegate !== undefined,
      });
    } else if (routes[index].match !== undefined && seen !== undefined) {
      checkMatches(report, field, routes, index, seen, keyOf, visit);
    }
    catchAll = routes[index].match === undefined ? index : catchAll;
  }
}

/** One match alone has nothing to be compared with. */
function hasSeveralMatches(routes: readonly Route[]): boolean {
  let count = 0;
  for (const { match } of routes) {
    count += match?.length ?? 0;
  }
  return count > 1;
}

function checkMatches<R extends Route>(
  report: Report, field: string, routes: readonly R[], index: number, seen: Map<string, MatchPlace>, keyOf: (match: MatchOf<R>) => string,
  visit: ((match: MatchOf<R>, place: MatchPlace) => void) | undefined,
): void {
  let repeated = 0;
  let uncertain = false;
  const matches = routes[index].match!;
  matches.forEach((match, matchIndex) => {
    const key = keyOf(match);
    const first = seen.get(key);
    const place = { route: index, match: matchIndex };
    if (first === undefined) {
      seen.set(key, place);
      visit?.(match, place);
    } else {
      repeated++;
      const isDelegated = routes[first.route].delegate !== undefined;
      uncertain ||= isDelegated;
      report.warn('VS32', `.${field}[${index}].match[${matchIndex}]`, `is never used, it repeats ${field}[${first.route}].match[${first.match}]`, {
        uncertain: isDelegated,
      });
    }
  });
  if (repeated === matches.length) {
    report.warn('VS31', `.${field}[${index}]`, 'is never used, all its matches repeat earlier ones', { uncertain });
  }
}
