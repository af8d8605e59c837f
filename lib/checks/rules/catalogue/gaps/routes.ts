import { networking, RuleExample } from '../example';

const FRONTEND = [{ destination: { host: 'frontend' } }];
const SEARCH = [{ destination: { host: 'search' } }];

function shop(...http: readonly object[]) {
  return networking('VirtualService', 'shop', { hosts: ['shop'], http });
}

function root(reference: object, match?: object) {
  return networking('VirtualService', 'root', {
    hosts: ['shop.example.com'],
    http: [{ match: [match ?? { uri: { prefix: '/cart/' } }], delegate: reference }],
  });
}

function delegate(name: string, spec: object) {
  return networking('VirtualService', name, { http: [{ match: [{ uri: { prefix: '/cart/v2/' } }], route: FRONTEND }], ...spec });
}

const REDIRECTING = networking('VirtualService', 'cart', { http: [{ redirect: { uri: '/' } }] });
const REGEX = { match: [{ uri: { regex: '/cart/v[0-9]+' } }], route: FRONTEND };

/** Http routes that take nothing, and what they wait for. */
export const ROUTE_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0007',
    title: 'by a path below',
    wrong: [shop({ match: [{ uri: { prefix: '/api' } }], route: FRONTEND }, { match: [{ uri: { exact: '/api/search' } }], route: SEARCH })],
    at: ['VirtualService/shop spec.http[1]'],
    right: [shop({ match: [{ uri: { exact: '/api/search' } }], route: SEARCH }, { match: [{ uri: { prefix: '/api' } }], route: FRONTEND })],
  },
  {
    code: 'CI0007',
    title: 'by a header of several',
    wrong: [shop(
      { match: [{ headers: { 'x-tester': {} } }], route: FRONTEND },
      { match: [{ headers: { 'x-tester': { exact: 'ann' } }, method: { exact: 'GET' } }, { uri: { prefix: '/search' } }], route: SEARCH },
    )],
    at: ['VirtualService/shop spec.http[1].match[0]'],
    right: [shop(
      { match: [{ headers: { 'x-tester': { exact: 'ann' } }, method: { exact: 'GET' } }, { uri: { prefix: '/search' } }], route: SEARCH },
      { match: [{ headers: { 'x-tester': {} } }], route: FRONTEND },
    )],
  },
  {
    code: 'CI0007',
    title: 'the last route, by one for all paths',
    wrong: [shop({ match: [{ uri: { prefix: '/' } }], route: FRONTEND }, { route: SEARCH })],
    at: ['VirtualService/shop spec.http[1]'],
    right: [shop({ match: [{ uri: { prefix: '/app' } }], route: FRONTEND }, { route: SEARCH })],
  },
  {
    code: 'CI0008',
    wrong: [shop({ route: FRONTEND, timeout: '3s', retries: { attempts: 2, perTryTimeout: '2s' } })],
    at: ['VirtualService/shop spec.http[0].retries.perTryTimeout'],
    right: [shop({ route: FRONTEND, timeout: '6s', retries: { attempts: 2, perTryTimeout: '2s' } })],
  },
  {
    code: 'CI0011',
    title: 'to one that no manifest defines',
    closedWorld: true,
    wrong: [root({ name: 'cart' })],
    at: ['VirtualService/root spec.http[0].delegate'],
    right: [root({ name: 'cart' }), REDIRECTING],
  },
  {
    code: 'CI0011',
    title: 'to one with hosts',
    wrong: [root({ name: 'cart' }), delegate('cart', { hosts: ['cart.example.com'] })],
    at: ['VirtualService/root spec.http[0].delegate'],
    right: [root({ name: 'cart' }), delegate('cart', {})],
  },
  {
    code: 'CI0011',
    title: 'to one that is hidden',
    wrong: [root({ name: 'paths', namespace: 'cart' }), delegate('cart/paths', { exportTo: ['.'] })],
    at: ['VirtualService/root spec.http[0].delegate'],
    right: [root({ name: 'paths', namespace: 'cart' }), delegate('cart/paths', { exportTo: ['shop'] })],
  },
  {
    code: 'CI0011',
    title: 'with regular expressions on both sides',
    wrong: [root({ name: 'cart' }, { uri: { regex: '/cart/.*' } }), delegate('cart', { http: [REGEX] })],
    at: ['VirtualService/root spec.http[0].delegate'],
    right: [root({ name: 'cart' }, { headers: { 'x-tester': {} } }), delegate('cart', { http: [REGEX] })],
  },
  {
    code: 'CI0012',
    closedWorld: true,
    wrong: [REDIRECTING],
    at: ['VirtualService/cart spec.hosts'],
    right: [root({ name: 'cart' }), REDIRECTING],
  },
  {
    code: 'CI0015',
    title: 'two slashes',
    wrong: [shop({ match: [{ uri: { prefix: '/api' } }], rewrite: { uri: '/' }, route: FRONTEND })],
    at: ['VirtualService/shop spec.http[0].rewrite.uri'],
    right: [shop({ match: [{ uri: { prefix: '/api/' } }, { uri: { exact: '/api' } }], rewrite: { uri: '/' }, route: FRONTEND })],
  },
  {
    code: 'CI0015',
    title: 'no slash',
    wrong: [shop({ match: [{ uri: { prefix: '/old/' } }], redirect: { prefixRewrite: '/new' } })],
    at: ['VirtualService/shop spec.http[0].redirect.prefixRewrite'],
    right: [shop({ match: [{ uri: { prefix: '/old/' } }], redirect: { prefixRewrite: '/new/' } })],
  },
  {
    code: 'CI0025',
    wrong: [shop({ route: [{ ...FRONTEND[0], weight: 1 }, { ...SEARCH[0], weight: 2 }] })],
    at: ['VirtualService/shop spec.http[0].route'],
    right: [shop({ route: [{ ...FRONTEND[0], weight: 33 }, { ...SEARCH[0], weight: 67 }] })],
  },
  {
    code: 'CI0028',
    wrong: [shop({ redirect: { uri: '/', redirectCode: 304 } })],
    at: ['VirtualService/shop spec.http[0].redirect.redirectCode'],
    right: [shop({ redirect: { uri: '/', redirectCode: 303 } })],
  },
  {
    code: 'CI0029',
    title: 'the query in a path',
    wrong: [shop({ match: [{ uri: { exact: '/search?q=shoes' } }], route: SEARCH })],
    at: ['VirtualService/shop spec.http[0].match[0].uri.exact'],
    right: [shop({ match: [{ uri: { exact: '/search' }, queryParams: { q: { exact: 'shoes' } } }], route: SEARCH })],
  },
  {
    code: 'CI0029',
    title: 'a space in a parameter',
    wrong: [shop({ match: [{ queryParams: { q: { exact: 'red shoes' } } }], route: SEARCH })],
    at: ["VirtualService/shop spec.http[0].match[0].queryParams['q'].exact"],
    right: [shop({ match: [{ queryParams: { q: { exact: 'red%20shoes' } } }], route: SEARCH })],
  },
  {
    code: 'CI0029',
    title: 'a method in small letters',
    wrong: [shop({ match: [{ method: { exact: 'get' } }], route: SEARCH })],
    at: ['VirtualService/shop spec.http[0].match[0].method.exact'],
    right: [shop({ match: [{ method: { exact: 'GET' } }], route: SEARCH })],
  },
  {
    code: 'CI0030',
    title: 'a fault',
    wrong: [shop({ fault: { delay: { fixedDelay: '5s' } }, route: SEARCH })],
    at: ['VirtualService/shop spec.http[0].fault.delay'],
    right: [shop({ fault: { delay: { fixedDelay: '5s', percentage: { value: 100 } } }, route: SEARCH })],
  },
  {
    code: 'CI0030',
    title: 'a header',
    wrong: [shop({ headers: { request: { set: { 'x-debug': '' } } }, route: SEARCH })],
    at: ["VirtualService/shop spec.http[0].headers.request.set['x-debug']"],
    right: [shop({ headers: { request: { remove: ['x-debug'] } }, route: SEARCH })],
  },
];
