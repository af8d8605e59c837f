import type { MeshModel } from '../../../mesh/model';
import type { HttpMatch, HttpRule } from '../../../mesh/specs';
import { Severity } from '../../finding';
import { httpMatchKey } from '../../webhook/virtual-service/match-keys';
import type { Problem, Rule, RuleContext } from '../rule';
import { CoverIndex } from '../shared/cover-index';
import { coversMatch } from '../shared/match-cover';

export const HIDDEN_ROUTE: Rule = {
  code: 'CI0007',
  severity: Severity.WARNING,
  title: 'No earlier http route takes all requests of a later one: by path, method, headers and parameters.',
  check: hiddenRoutes,
};

function* hiddenRoutes({ mesh }: RuleContext): Iterable<Problem> {
  const { delegates } = mesh.virtualServices;
  const whole = delegates.size === 0 ? undefined : wholeDelegates(mesh);
  for (const resource of mesh.resources.virtualServices) {
    const { http = [] } = resource.spec;
    if (whole !== undefined && delegates.has(resource.key) && !whole.has(resource.key)) {
      continue;
    }
    for (const { path, by } of mayHide(http) ? hiddenIn(http) : []) {
      yield {
        resource,
        path: `spec.http${path}`,
        message: `is never used, http[${by.route}]${by.match === undefined ? '' : `.match[${by.match}]`} before it takes all of its requests`,
        fix: 'put the more specific route first',
      };
    }
  }
}

/** The delegates that take all that their roots take: what matches of a root leave of those of a delegate is another matter. */
function wholeDelegates({ resources }: MeshModel): ReadonlySet<string> {
  const isWhole = new Map<string, boolean>();
  for (const { namespace, spec } of resources.virtualServices) {
    for (const { delegate, match = [] } of spec.http ?? []) {
      if (delegate !== undefined) {
        const key = `${delegate.namespace || namespace}/${delegate.name ?? ''}`;
        isWhole.set(key, match.length === 0 && isWhole.get(key) !== false);
      }
    }
  }
  return new Set([...isWhole].flatMap(([key, whole]) => whole ? [key] : []));
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
    if (matches.length === 0) {
      hidden.push(earlier.find(undefined, () => true));
    }
    const isWhole = hidden.every(by => by !== undefined);
    if (isWhole) {
      yield { path: `[${route}]`, by: hidden[0]! };
    } else {
      yield* hidden.flatMap((by, index) => by === undefined ? [] : [{ path: `[${route}].match[${index}]`, by }]);
    }
    if (rule.match === undefined && rule.delegate === undefined) {
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

/** Most have a match or none, of which nothing can hide the first, and a last route for all the rest, which only takes what that leaves. */
function mayHide(routes: readonly HttpRule[]): boolean {
  let first: HttpMatch | undefined;
  for (const { match, delegate } of routes) {
    if (match === undefined && delegate === undefined) {
      return first !== undefined && coversMatch(first, ANYTHING);
    }
    if (first !== undefined || (match !== undefined && match.length > 1)) {
      return true;
    }
    first = match?.[0] ?? ANYTHING;
  }
  return false;
}

const ANYTHING: HttpMatch = {};

/** The earlier route that takes what a match takes; one that says the very same is Istio's to report. */
function hiddenBy(earlier: CoverIndex<Place>, match: HttpMatch): Place | undefined {
  let key: string | undefined;
  return earlier.find(match, place => place.key !== (key ??= httpMatchKey(match)));
}
