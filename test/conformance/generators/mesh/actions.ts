import { maybe, PATH_PATTERNS, PATHS, Placed, some, VALUES } from './words';
import type { Random } from '../random';

/** What destinations can be. */
export interface Reach {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  readonly delegates: readonly Placed[];
}

/** What an http route does, with its options. */
export function httpAction(random: Random, reach: Reach, isDelegate: boolean): object {
  const kind = random.pick(['route', 'route', 'route', 'route', 'split', 'split', 'redirect', 'respond', 'delegate']);
  switch (kind) {
    case 'redirect':
      return { redirect: redirect(random), headers: maybe(random, 0.1, () => ({ response: { add: { 'x-answer': '1' } } })) };
    case 'respond':
      return { directResponse: { status: random.pick([200, 204, 404, 418, 503]), body: maybe(random, 0.4, () => ({ string: random.pick(['hello', '100 % für\nalle']) })) } };
    case 'delegate':
      if (!isDelegate && reach.delegates.length > 0) {
        const { name, namespace } = random.pick(reach.delegates);
        return { delegate: { name, namespace: maybe(random, 0.7, () => namespace) }, ...options(random, reach, 0.1) };
      }
      return { route: [{ destination: destination(random, reach) }], ...options(random, reach, 0.25) };
    case 'split':
      return {
        route: some(random, 2, 3, index => ({
          destination: destination(random, reach),
          weight: index === 0 ? random.integer(1, 90) : random.pick([0, 1, 10, 50]),
          headers: maybe(random, 0.2, () => headers(random)),
        })),
        ...options(random, reach, 0.15),
      };
    default:
      return {
        route: [{
          destination: destination(random, reach),
          weight: maybe(random, 0.1, () => random.pick([0, 100])),
          headers: maybe(random, 0.15, () => headers(random)),
        }],
        ...options(random, reach, 0.25),
      };
  }
}

export function destination(random: Random, { hosts, ports }: Reach): object {
  return {
    host: random.pick(hosts),
    subset: maybe(random, 0.15, () => random.pick(['v1', 'v2', 'v3'])),
    port: maybe(random, 0.35, () => ({ number: random.pick(ports) })),
  };
}

function options(random: Random, reach: Reach, probability: number): object {
  const optional = <T>(make: () => T): T | undefined => maybe(random, probability, make);
  return {
    rewrite: optional(() => rewrite(random)),
    headers: optional(() => headers(random)),
    timeout: optional(() => random.pick(['5s', '10s', '20s'])),
    retries: optional(() => random.pick<object>([{ attempts: 0 }, { attempts: 1, perTryTimeout: '10s' }, { attempts: 2, retryOn: '5xx' }, {}])),
    fault: maybe(random, probability / 3, () => ({
      abort: maybe(random, 0.7, () => ({ ...random.pick([{ httpStatus: 418 }, { httpStatus: 503 }, { grpcStatus: 'NOT_FOUND' }]), percentage: random.pick([{ value: 100 }, { value: 0 }, undefined]) })),
      delay: maybe(random, 0.5, () => ({ fixedDelay: '0.001s', percentage: { value: 100 } })),
    })),
    mirrors: maybe(random, probability / 2, () =>
      some(random, 1, 2, () => ({ destination: destination(random, reach), percentage: random.pick([{ value: 100 }, undefined, { value: 0 }]) }))),
    mirror: maybe(random, probability / 4, () => destination(random, reach)),
    corsPolicy: maybe(random, probability / 2, () => ({
      allowOrigins: some(random, 1, 2, () => random.pick([{ exact: 'https://ok.org' }, { prefix: 'https://' }, { regex: 'https://.*\\.org' }, { exact: '*' }])),
      allowMethods: maybe(random, 0.5, () => ['GET', 'POST']),
      allowCredentials: maybe(random, 0.3, () => true),
      maxAge: maybe(random, 0.3, () => '60s'),
      unmatchedPreflights: maybe(random, 0.2, () => random.pick(['FORWARD', 'IGNORE'])),
    })),
  };
}

function rewrite(random: Random): object {
  switch (random.pick(['uri', 'uri', 'authority', 'both', 'regex'])) {
    case 'uri':
      return { uri: random.pick(REWRITTEN) };
    case 'authority':
      return { authority: random.pick(['rewritten.org', 'a']) };
    case 'both':
      return { uri: random.pick(REWRITTEN), authority: 'rewritten.org' };
    default:
      return { uriRegexRewrite: random.pick(REGEX_REWRITES) };
  }
}

const REWRITTEN = [...PATHS, '/new', '/new/', '/new?x=1', 'new'];
const REGEX_REWRITES = [
  ...PATH_PATTERNS.map(([match]) => ({ match, rewrite: '/new' })),
  { match: '^/([^/]+)/(.*)$', rewrite: '/\\2/\\1' }, { match: 'o', rewrite: '0' }, { match: '/', rewrite: '/x' }, { match: '(foo)?', rewrite: '-\\1' },
  { match: 'bar$', rewrite: '\\0\\0' }, { match: '/+', rewrite: '/' },
];

const REFERENCES = [
  '%REQ(x-user)%', '%PROTOCOL%', '100%%', '%REQ(X-Env?x-user):2%-%REQ(:METHOD)%', '%REQ(:scheme)%://%REQ(:AUTHORITY)%%REQ(:path)%', '%ROUTE_NAME%', '%UPSTREAM_CLUSTER%',
  '%PATH(NQ)%', '%PATH%', '%PATH(NQ:PATH)%', '%PATH(WQ:ORIG)%', '%QUERY_PARAM(a)%', '%REQUESTED_SERVER_NAME%', '%REQUEST_HEADER(x-request-id)%',
];

function headers(random: Random): object {
  const operations = (names: readonly string[]): object => ({
    set: maybe(random, 0.6, () => pairs(random, names)),
    add: maybe(random, 0.5, () => pairs(random, names)),
    remove: maybe(random, 0.4, () => [random.pick(names)]),
  });
  return {
    request: maybe(random, 0.8, () => operations(['x-user', 'x-env', 'X-Mixed', 'x-set', 'x-set', 'cookie', 'user-agent'])),
    response: maybe(random, 0.3, () => operations(['x-up', 'x-answer', 'X-Mixed'])),
  };
}

function pairs(random: Random, names: readonly string[]): { [name: string]: string } {
  return Object.fromEntries(some(random, 1, 2, () => [random.pick(names), random.pick([...VALUES, ...REFERENCES])]));
}

function redirect(random: Random): object {
  const made = {
    uri: maybe(random, 0.5, () => random.pick(['/new', '/new?x=1', '/', 'new'])),
    authority: maybe(random, 0.3, () => random.pick(['b.org', 'b.org:9000'])),
    scheme: maybe(random, 0.4, () => random.pick(['http', 'https'])),
    redirectCode: maybe(random, 0.3, () => random.pick([301, 302, 303, 307, 308])),
    ...random.pick([{}, {}, { port: 80 }, { port: 443 }, { port: 8443 }, { derivePort: 'FROM_REQUEST_PORT' }, { derivePort: 'FROM_PROTOCOL_DEFAULT' }]),
  };
  return Object.values(made).every(part => part === undefined) ? { uri: '/new' } : made;
}
