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
    for (const { path, by } of hasTwoMatches(http) ? hiddenIn(http) : []) {
      yield {
        resource,
        path: `spec.http${path}`,
        message: `is never used, http[${by.route}]${by.match === undefined ? '' : `.match[${by.match}]`} before it takes all of its requests`,
        fix: 'put the more specific route first',
      };
    }
  }
}

class Place {
  private text?: string;

  constructor(public readonly route: number, public readonly match?: number, private readonly condition?: HttpMatch) {
  }

  /** What it is matched by, as a text. */
  public get key(): string {
    return this.text ??= this.condition === undefined ? '' : httpMatchKey(this.condition);
  }
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
        earlier.add(undefined, new Place(route));
      }
      matches.forEach((match, index) => earlier.add(match, new Place(route, index, match)));
    }
  }
}

/** Most have a route or two, of which nothing can hide the first, and a last one for all the rest, of which Istio's own rules speak. */
function hasTwoMatches(routes: readonly HttpRule[]): boolean {
  let count = 0;
  for (const { match } of routes) {
    if (match === undefined) {
      return false;
    }
    count += match.length === 0 ? 1 : match.length;
    if (count > 1) {
      return true;
    }
  }
  return false;
}

/** The earlier route that takes what a match takes; one that says the very same is Istio's to report. */
function hiddenBy(earlier: CoverIndex<Place>, match: HttpMatch): Place | undefined {
  let key: string | undefined;
  return earlier.find(match, place => place.key !== (key ??= httpMatchKey(match)));
}
