import { virtualService } from './rule';
import type { ExampleManifest, WebhookRule } from './rule';

const DESTINATION = { destination: { host: 'reviews' } };
const ROUTE = { route: [DESTINATION] };

function of(...http: object[]): ExampleManifest {
  return virtualService({ hosts: ['reviews'], http });
}

function delegate(...http: object[]): ExampleManifest {
  return virtualService({ http });
}

/** A route to one destination, and more. */
function route(more: object): ExampleManifest {
  return of({ ...ROUTE, ...more });
}

function match(...matches: object[]): ExampleManifest {
  return of({ match: matches, ...ROUTE });
}

/** What holds for a route of http. */
export const HTTP_ROUTE_RULES: readonly WebhookRule[] = [
  {
    rule: 'VS9',
    severity: 'error',
    title: 'A route with delegate has no route and redirect of its own.',
    wrong: route({ delegate: { name: 'reviews-routes' } }),
    right: of({ delegate: { name: 'reviews-routes' } }),
  },
  {
    rule: 'VS10',
    severity: 'error',
    title: 'A route of a delegate does not delegate.',
    wrong: delegate({ ...ROUTE, delegate: { name: 'reviews-routes' } }),
    right: delegate(ROUTE),
  },
  {
    rule: 'VS11',
    severity: 'error',
    title: 'A redirect excludes route, fault, rewrite and directResponse.',
    wrong: route({ redirect: { uri: '/v2' } }),
    right: of({ redirect: { uri: '/v2' } }),
  },
  {
    rule: 'VS12',
    severity: 'error',
    title: 'A direct response excludes route, fault and rewrite.',
    wrong: route({ directResponse: { status: 503 } }),
    right: of({ directResponse: { status: 503 } }),
  },
  {
    rule: 'VS13',
    severity: 'error',
    title: 'A route has a destination, a redirect, a direct response or a delegate.',
    wrong: of({ timeout: '5s' }),
    right: route({ timeout: '5s' }),
  },
  {
    rule: 'VS14',
    severity: 'error',
    title: 'A route has mirror or mirrors, not both.',
    wrong: route({ mirror: { host: 'a' }, mirrors: [{ destination: { host: 'b' } }] }),
    right: route({ mirrors: [{ destination: { host: 'a' } }, { destination: { host: 'b' } }] }),
  },
  {
    rule: 'VS15',
    severity: 'error',
    title: 'A match of headers has names of headers, and no empty prefix or bad regular expression.',
    wrong: match({ headers: { cookie: { regex: '*' } } }),
    right: match({ headers: { cookie: { regex: '.*' } } }),
  },
  {
    rule: 'VS16',
    severity: 'error',
    title: "A match of withoutHeaders has names of headers, and no empty prefix or bad regular expression. Regex '*' stands for any value.",
    wrong: match({ withoutHeaders: { 'x-user:': { exact: 'a' } } }),
    right: match({ withoutHeaders: { 'x-user': { exact: 'a' } } }),
  },
  {
    rule: 'VS17',
    severity: 'error',
    title: 'A match of uri, scheme, method, authority or queryParams has no bad regular expression, and no empty prefix but for uri.',
    wrong: match({ uri: { regex: '/(?!internal).*' } }),
    right: match({ uri: { regex: '/[^i].*' } }),
  },
  {
    rule: 'VS18',
    severity: 'error',
    title: 'A match has a port, labels, a namespace and gateways in their proper form.',
    wrong: match({ sourceNamespace: 'team.a' }),
    right: match({ sourceNamespace: 'team-a' }),
  },
  {
    rule: 'VS19',
    severity: 'error',
    title: "Headers that are set, added or removed have names, no pseudo header but the request's authority is changed, and a '%' in a value begins a variable of Envoy.",
    wrong: route({ headers: { response: { set: { 'x-discount': '10%' } } } }),
    right: route({ headers: { response: { set: { 'x-discount': '10%%' } } } }),
  },
  {
    rule: 'VS20',
    severity: 'error',
    title: 'The authority of a request is changed once: by rewrite.authority, or by header host or :authority.',
    wrong: route({ rewrite: { authority: 'a.example.com' }, headers: { request: { set: { host: 'b.example.com' } } } }),
    right: route({ rewrite: { authority: 'a.example.com' } }),
  },
  {
    rule: 'VS21',
    severity: 'error',
    title: 'A CORS policy has origins that are not empty, methods of HTTP in upper case, names of headers, and a maxAge of whole seconds.',
    wrong: route({ corsPolicy: { allowMethods: ['get'] } }),
    right: route({ corsPolicy: { allowMethods: ['GET'] } }),
  },
  {
    rule: 'VS22',
    severity: 'error',
    title: 'A fault has an abort or a delay, with a percentage, a status and a duration that Envoy can use.',
    wrong: route({ fault: { abort: { grpcStatus: '14', percentage: { value: 1 } } } }),
    right: route({ fault: { abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 1 } } } }),
  },
  {
    rule: 'VS23',
    severity: 'error',
    title: 'A mirror has a destination, and takes from 0 to 100 percent.',
    wrong: route({ mirrors: [{ destination: { host: 'a' }, percentage: { value: 150 } }] }),
    right: route({ mirrors: [{ destination: { host: 'a' }, percentage: { value: 100 } }] }),
  },
  {
    rule: 'VS23',
    severity: 'warning',
    title: 'The field mirrorPercent is deprecated.',
    wrong: route({ mirror: { host: 'a' }, mirrorPercent: 50 }),
    right: route({ mirror: { host: 'a' }, mirrorPercentage: { value: 50 } }),
  },
  {
    rule: 'VS24',
    severity: 'error',
    title: 'A redirect changes something, has uri or prefixRewrite but not both, and a status code, scheme and port that exist.',
    wrong: of({ redirect: { uri: '/v2', redirectCode: 200 } }),
    right: of({ redirect: { uri: '/v2', redirectCode: 302 } }),
  },
  {
    rule: 'VS25',
    severity: 'error',
    title: 'A direct response has a status from 200 to 599, and a body of at most 1 MiB.',
    wrong: of({ directResponse: { status: 0 } }),
    right: of({ directResponse: { status: 503 } }),
  },
  {
    rule: 'VS25',
    severity: 'warning',
    title: 'The body of a direct response should be at most 100 KiB.',
    wrong: of({ directResponse: { status: 200, body: { string: 'a'.repeat(102401) } } }),
    right: of({ directResponse: { status: 200, body: { string: 'a' } } }),
  },
  {
    rule: 'VS26',
    severity: 'error',
    title: "Retries have at least one attempt when they say more, and conditions that Envoy knows, separated by ',' without spaces.",
    wrong: route({ retries: { attempts: 2, retryOn: '5xx, reset' } }),
    right: route({ retries: { attempts: 2, retryOn: '5xx,reset' } }),
  },
  {
    rule: 'VS27',
    severity: 'error',
    title: 'A rewrite changes something, and has uri or uriRegexRewrite but not both.',
    wrong: route({ rewrite: { uri: '/v2', uriRegexRewrite: { match: '/v1', rewrite: '/v2' } } }),
    right: route({ rewrite: { uriRegexRewrite: { match: '/v1', rewrite: '/v2' } } }),
  },
  {
    rule: 'VS28',
    severity: 'error',
    title: 'Several destinations have weights that are not negative, and not all zero.',
    wrong: of({ route: [DESTINATION, { destination: { host: 'reviews-v2' } }] }),
    right: of({ route: [{ ...DESTINATION, weight: 90 }, { destination: { host: 'reviews-v2' }, weight: 10 }] }),
  },
  {
    rule: 'VS29',
    severity: 'error',
    title: "A destination has a host other than '*', and a subset and port in their proper form. A timeout is at least 1ms.",
    wrong: route({ timeout: '1500us' }),
    right: route({ timeout: '1500ms' }),
  },
  {
    rule: 'VS31',
    severity: 'warning',
    title: 'A route has a match that no earlier route has.',
    alongside: ['VS32'],
    wrong: of({ match: [{ uri: { exact: '/a' } }], ...ROUTE }, { match: [{ uri: { exact: '/a' } }], ...ROUTE }),
    right: of({ match: [{ uri: { exact: '/a' } }], ...ROUTE }, { match: [{ uri: { exact: '/b' } }], ...ROUTE }),
  },
  {
    rule: 'VS32',
    severity: 'warning',
    title: 'A match is not the same as an earlier one, and its prefix does not begin with that of an earlier one that asks for no more.',
    wrong: of({ match: [{ uri: { exact: '/a' } }, { uri: { exact: '/a' } }], ...ROUTE }),
    right: of({ match: [{ uri: { exact: '/a' } }, { uri: { exact: '/b' } }], ...ROUTE }),
  },
];
