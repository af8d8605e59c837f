import { RE2JS } from 're2js';

// follows rendered http routes as Envoy does, for the few kinds of matches that releases write

export interface Request {
  readonly headers?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly sourceLabels?: { readonly [key: string]: string };
}

export interface Outcome {
  readonly route: string;
  readonly subset: string;

  /** What the answer adds as `set-cookie`. */
  readonly cookie?: string;
}

const KNOWN = new Set(['headers', 'withoutHeaders', 'queryParams', 'sourceLabels']);

const answers = new Map<string, boolean>();

/** RE2, remembered: populations ask the same questions again and again. */
function fitsRegex(pattern: string, actual: string): boolean {
  const key = `${pattern}\n${actual}`;
  const answer = answers.get(key) ?? RE2JS.compile(pattern).matches(actual);
  answers.set(key, answer);
  return answer;
}

function fits(text: any, actual: string | undefined): boolean {
  if (actual === undefined) {
    return false;
  }
  return (text.exact === undefined || actual === text.exact)
    && (text.prefix === undefined || actual.startsWith(text.prefix))
    && (text.regex === undefined || fitsRegex(text.regex, actual));
}

function matches(match: any, request: Request): boolean {
  const unknown = Object.keys(match).find(key => !KNOWN.has(key));
  if (unknown !== undefined) {
    throw new Error(`follow() does not know the match of ${unknown}`);
  }
  return Object.entries(match.headers ?? {}).every(([name, text]) => fits(text, request.headers?.[name]))
    && Object.entries(match.withoutHeaders ?? {}).every(([name, text]) => !fits(text, request.headers?.[name]))
    && Object.entries(match.queryParams ?? {}).every(([name, text]) => fits(text, request.query?.[name]))
    && Object.entries(match.sourceLabels ?? {}).every(([key, label]) => request.sourceLabels?.[key] === label);
}

/** The number of different draws among the destinations of a route. */
export function totalWeight(route: any): number {
  return route.route.reduce((sum: number, { weight }: any) => sum + weight, 0);
}

/** Where a request goes; `draw` chooses among weighted destinations. */
export function follow(http: any[], request: Request, draw: number = 0): Outcome {
  const route = http.find(({ match }) => match === undefined || match.some((each: any) => matches(each, request)));
  let left = route.route.length === 1 ? 0 : draw % totalWeight(route);
  const chosen = route.route.length === 1 ? route.route[0] : route.route.find(({ weight }: any) => {
    left -= weight;
    return left < 0;
  });
  return { route: route.name, subset: chosen.destination.subset, cookie: chosen.headers?.response.add['set-cookie'] };
}

/** A browser: it keeps the one cookie that it is given. */
export class User {
  private cookie?: string;

  /** The subset that answers the user's next request. */
  public visit(http: any[], draw: number): string {
    const { subset, cookie } = follow(http, { headers: this.cookie === undefined ? {} : { cookie: `theme=dark; ${this.cookie}` } }, draw);
    this.cookie = cookie?.split(';')[0] ?? this.cookie;
    return subset;
  }
}
