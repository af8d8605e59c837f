import type { HttpMatch, HttpRule } from '../../../mesh/specs';
import { Severity } from '../../finding';
import { httpMatchKey } from '../../webhook/virtual-service/match-keys';
import type { Problem, Rule, RuleContext } from '../rule';
import { CoverIndex } from '../shared/cover-index';

export const HIDDEN_ROUTE: Rule = {
  code: 'CI0007',
  severity: Severity.WARNING,
  title: 'No earlier http route takes all requests of a later one: by path, method, headers and parameters.',
  check: hiddenRoutes,
};

function* hiddenRoutes({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    const { http = [] } = resource.spec;
    for (const { path, by } of http.length < 2 ? [] : hiddenIn(http)) {
      yield {
        resource,
        path: `spec.http${path}`,
        message: `is never used, http[${by.route}]${by.match === undefined ? '' : `.match[${by.match}]`} before it takes all of its requests`,
        fix: 'put the more specific route first',
      };
    }
  }
}

interface Place {
  readonly route: number;
  readonly match?: number;

  /** What it is matched by, as a text. */
  readonly key: string;
}

interface Hidden {
  /** Below `spec.http`. */
  readonly path: string;
  readonly by: Place;
}

function* hiddenIn(routes: readonly HttpRule[]): Iterable<Hidden> {
  const earlier = new CoverIndex<Place>();
  for (const [route, rule] of routes.entries()) {
    const matches = rule.match ?? [];
    const hidden = matches.map(match => hiddenBy(earlier, match));
    const isWhole = matches.length > 0 && hidden.every(by => by !== undefined);
    if (isWhole) {
      yield { path: `[${route}]`, by: hidden[0]! };
    } else {
      yield* hidden.flatMap((by, index) => by === undefined ? [] : [{ path: `[${route}].match[${index}]`, by }]);
    }
    if (rule.match === undefined) {
      // Istio's own rule speaks of all that comes after
      return;
    }
    // what a delegate does not take goes on to later routes
    if (rule.delegate === undefined) {
      if (matches.length === 0) {
        earlier.add(undefined, { route, key: '' });
      }
      matches.forEach((match, index) => earlier.add(match, { route, match: index, key: httpMatchKey(match) }));
    }
  }
}

/** The earlier route that takes what a match takes; one that says the very same is Istio's to report. */
function hiddenBy(earlier: CoverIndex<Place>, match: HttpMatch): Place | undefined {
  let key: string | undefined;
  return earlier.find(match, place => place.key !== (key ??= httpMatchKey(match)));
}
