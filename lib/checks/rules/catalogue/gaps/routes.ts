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
];
