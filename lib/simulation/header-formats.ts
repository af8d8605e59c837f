import { splitQuery } from './path';
import type { HeaderLine } from './question';

/** What the text of a header rule can refer to. */
export interface RequestFacts {
  /** The headers of the request, with `:path` and its like, as they are by then. */
  readonly request: readonly HeaderLine[];
  readonly routeName?: string;

  /** The cluster that was chosen. */
  readonly cluster?: string;

  /** The name that the client asked for by TLS. */
  readonly serverName?: string;
}

type Format = (facts: RequestFacts, argument: string) => string;

/** The formats whose value follows from the request and the manifests. */
const FORMATS: { readonly [name: string]: Format } = {
  PROTOCOL: () => 'HTTP/1.1',
  PATH: pathFormat,
  QUERY_PARAM: (facts, name) => parameter(splitQuery(headerOf(facts, ':path')).query, name),
  REQ: headerFormat,
  REQUEST_HEADER: headerFormat,
  REQUESTED_SERVER_NAME: ({ serverName = '' }) => serverName,
  ROUTE_NAME: ({ routeName = '' }) => routeName,
  UPSTREAM_CLUSTER: ({ cluster = '' }) => cluster,
  UPSTREAM_CLUSTER_RAW: ({ cluster = '' }) => cluster,
};

const WITH_ARGUMENT = new Set(['PATH', 'QUERY_PARAM', 'REQ', 'REQUEST_HEADER']);
const PATH_MODES = /^(NQ|WQ)?(:(ORIG|PATH|ORIG_OR_PATH))?$/;

/** `%%`, or a command with an argument and a length. */
const COMMAND = /%%|%([A-Z_]+)(?:\(([^)]*)\))?(?::(\d+))?%/g;

/** The text of a header with what it refers to; what only the running proxy knows is left as it is written. */
export function expandText(text: string, facts: RequestFacts): string {
  return text.replace(COMMAND, (whole, name: string | undefined, argument: string | undefined, length: string | undefined) => {
    if (name === undefined) {
      return '%';
    }
    if (!isKnown(name, argument)) {
      return whole;
    }
    const found = FORMATS[name](facts, argument ?? '');
    return length === undefined ? found : found.slice(0, Number(length));
  });
}

/** The commands of a text that only the running proxy can fill in. */
export function openCommands(text: string): string[] {
  return [...text.matchAll(COMMAND)].filter(([, name, argument]) => name !== undefined && !isKnown(name, argument)).map(([command]) => command);
}

function isKnown(name: string, argument: string | undefined): boolean {
  return Object.hasOwn(FORMATS, name) && (argument === undefined || WITH_ARGUMENT.has(name)) && (name !== 'PATH' || PATH_MODES.test(argument ?? ''));
}

function headerOf({ request }: RequestFacts, name: string): string {
  return request.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}

/** The path, with its query or without, before a rewrite where one is known of. */
function pathFormat(facts: RequestFacts, argument: string): string {
  const [mode, which = 'ORIG_OR_PATH'] = argument.split(':');
  const original = which === 'PATH' ? '' : headerOf(facts, 'x-envoy-original-path');
  const found = which === 'ORIG' ? original : original || headerOf(facts, ':path');
  return mode === 'NQ' ? splitQuery(found).path : found;
}

/** A header, or where it is missing another. */
function headerFormat(facts: RequestFacts, names: string): string {
  const [name, other] = names.toLowerCase().split('?');
  const isThere = facts.request.some(([each]) => each.toLowerCase() === name);
  return isThere || other === undefined ? headerOf(facts, name) : headerOf(facts, other);
}

function parameter(query: string, name: string): string {
  const found = query.slice(1).split('&').find(part => part.split('=')[0] === name);
  return found === undefined ? '' : found.slice(name.length + 1);
}
