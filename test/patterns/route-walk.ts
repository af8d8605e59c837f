import { RE2JS } from 're2js';

/** A request, as far as the routes of a virtual service look at it. */
export interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
}

/** Where a request ends: at a host with the path that arrives there, or with a redirect. */
export interface Answer {
  readonly host?: string;
  readonly path?: string;
  readonly location?: string;
  readonly name?: string;
}

/** Follows the http routes of a spec as Envoy does: the first match is taken. The facts of rewrites are those that were seen in Envoy. */
export function walk(spec: any, asked: Asked): Answer | undefined {
  for (const route of spec.http) {
    const match = route.match === undefined ? {} : route.match.find((each: any) => fits(each, asked));
    if (match !== undefined) {
      return answer(route, match, asked.path);
    }
  }
  return undefined;
}

function answer(route: any, match: any, path: string): Answer {
  if (route.redirect !== undefined) {
    const { uri, prefixRewrite } = route.redirect;
    return { name: route.name, location: uri ?? (prefixRewrite === undefined ? path : prefixRewrite + path.slice((match.uri?.prefix ?? '/').length)) };
  }
  return { name: route.name, host: route.route?.[0].destination.host, path: rewritten(route.rewrite, match, path) };
}

function rewritten(rewrite: any, match: any, path: string): string {
  if (rewrite?.uriRegexRewrite !== undefined) {
    return RE2JS.compile(rewrite.uriRegexRewrite.match).matcher(path).replaceAll(rewrite.uriRegexRewrite.rewrite);
  }
  if (rewrite?.uri === undefined) {
    return path;
  }
  const whole = match.uri?.exact !== undefined || match.uri?.regex !== undefined;
  return whole ? rewrite.uri : rewrite.uri + path.slice((match.uri?.prefix ?? '/').length);
}

function fits(match: any, { path, method = 'GET', headers = {}, query = {} }: Asked): boolean {
  return (match.uri === undefined || takes(match.uri, path))
    && (match.method === undefined || takes(match.method, method))
    && Object.entries(match.headers ?? {}).every(([name, text]) => takes(text, headers[name]))
    && Object.entries(match.withoutHeaders ?? {}).every(([name, text]) => !takes(text, headers[name] ?? ''))
    && Object.entries(match.queryParams ?? {}).every(([name, text]) => takes(text, query[name]));
}

function takes(text: any, value: string | undefined): boolean {
  if (value === undefined) {
    return false;
  }
  if (text.exact !== undefined) {
    return value === text.exact;
  }
  if (text.prefix !== undefined) {
    return value.startsWith(text.prefix);
  }
  return text.regex === undefined || RE2JS.compile(text.regex).matches(value);
}
