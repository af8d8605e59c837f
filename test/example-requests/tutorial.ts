import { asks, client, ExampleRequest, external, PASSTHROUGH, service, VISITOR, waits } from './example-request';

const inMesh = client('default');
const serviceA = service('service-a.default', 80);
const reviews = (subset?: string): string => service('reviews.default', 80, subset);

const openGateway = asks('tutorial-01-gateway-http', VISITOR);
const secureGateway = asks('tutorial-02-gateway-https', VISITOR);
const byPath = asks('tutorial-03-virtualservice-by-path', VISITOR);
const conditions = asks('tutorial-04-match-conditions', inMesh);
const byHeader = asks('tutorial-06-by-header', inMesh);
const headers = asks('tutorial-07-header-operations', inMesh);
const external15 = asks('tutorial-15-serviceentry', inMesh);
const external16 = asks('tutorial-16-external-api', inMesh);

/** A rule without routes: the service as a whole gets everything. */
const rulesAlone = ['09-destinationrule', '10-subsets', '11-load-balancer', '12-sticky-session', '13-connection-pool', '14-circuit-breaker']
  .map(name => asks(`tutorial-${name}`, inMesh)('http://reviews/', { goesTo: reviews(), path: '/', authority: 'reviews' }));

/** The lessons of the tutorial before the complete example. */
export const LESSONS: readonly ExampleRequest[] = [
  openGateway('http://api.example.com/', { status: 404 }),
  openGateway('http://www.example.com/', { status: 404 }),
  openGateway('https://api.example.com/', { connection: 'refused' }),

  secureGateway('https://api.example.com/', { status: 404 }),
  secureGateway('https://www.example.com/', { connection: 'closed' }),
  secureGateway('http://api.example.com/', { connection: 'refused' }),

  byPath('http://api.example.com/api/v1', { goesTo: service('service-a.default', 80), path: '/api/v1' }),
  byPath('http://api.example.com/api/v1/users?page=2', { goesTo: service('service-a.default', 80), path: '/api/v1/users?page=2' }),
  // a prefix of Istio is one of the text
  byPath('http://api.example.com/api/v10', { goesTo: service('service-a.default', 80) }),
  byPath('http://api.example.com/api/v2/x', { goesTo: service('service-b.default', 80), authority: 'api.example.com' }),
  byPath('http://api.example.com/api/../api/v2', { goesTo: service('service-b.default', 80), path: '/api/v2' }),
  byPath('http://api.example.com/API/v1', { status: 404 }),
  byPath('http://api.example.com/api/v3', { status: 404 }),
  byPath('http://api.example.com/', { status: 404 }),
  byPath('http://www.example.com/api/v1', { status: 404 }),

  conditions('http://service-a/api/users', { goesTo: serviceA }),
  conditions('http://service-a/api/v12/users', { goesTo: serviceA }),
  conditions('http://service-a/api', { status: 404 }),
  conditions('http://service-a/', { status: 404 }),
  conditions('http://service-a/?debug=true', { goesTo: serviceA, path: '/?debug=true' }),
  conditions('http://service-a/?debug=TRUE', { status: 404 }),
  conditions('http://service-a/?debug=true1', { status: 404 }),
  conditions('POST http://service-a/', { goesTo: serviceA }),
  conditions('PUT http://service-a/', { status: 404 }),
  conditions('http://service-a/', { goesTo: serviceA }, { 'x-version': 'v2', 'cookie': 'a=b; user=admin' }),
  conditions('http://service-a/', { status: 404 }, { 'x-version': 'v2' }),
  conditions('http://service-a/', { status: 404 }, { cookie: 'user=admin' }),
  conditions('http://service-a/', { status: 404 }, { 'x-version': 'v2', 'cookie': 'user=Admin' }),
  asks('tutorial-04-match-conditions', client('default', 'frontend'))('http://service-a/', { goesTo: serviceA }),

  asks('tutorial-05-weights', inMesh)('http://reviews/', { goesTo: { [reviews('v1')]: 90, [reviews('v2')]: 10 } }),
  asks('tutorial-05-weights', inMesh)('http://reviews.default.svc.cluster.local/a', { goesTo: { [reviews('v1')]: 90, [reviews('v2')]: 10 }, path: '/a' }),

  byHeader('http://reviews/', { goesTo: reviews('v1') }),
  byHeader('http://reviews/', { goesTo: reviews('v2'), upstreamHeaders: ['x-user-type: tester'] }, { 'x-user-type': 'tester' }),
  byHeader('http://reviews/', { goesTo: reviews('v2') }, { 'X-User-Type': 'tester' }),
  byHeader('http://reviews/', { goesTo: reviews('v1') }, { 'x-user-type': 'Tester' }),
  byHeader('http://reviews/', { goesTo: reviews('v1') }, { 'x-user-type': 'testers' }),

  // Envoy keeps the identifier as one line
  headers('http://service-a/', { goesTo: serviceA, upstreamHeaders: ['x-request-id: 4711,abc123'], clientHeaders: ['x-served-by: istio'] }, { 'x-request-id': '4711' }),
  headers('http://service-a/', { goesTo: serviceA, upstreamHeaders: ['x-kept: 1'], withoutHeaders: ['x-internal-token'] }, { 'x-internal-token': 'secret', 'x-kept': '1' }),

  asks('tutorial-08-timeout-retry', inMesh)('http://service-a/', { goesTo: serviceA, upstreamHeaders: [waits(2000)], tries: 4 }),

  ...rulesAlone,
  asks('tutorial-12-sticky-session', inMesh)('http://ratings/', { goesTo: service('ratings.default', 80) }),
  asks('tutorial-12-sticky-session', inMesh)('http://details/', { goesTo: service('details.default', 80) }),

  external15('https://api.external.com/', { goesTo: external('api.external.com', 443) }),
  external15('https://www.external.com/', { goesTo: PASSTHROUGH }),
  external15('http://api.external.com/', { goesTo: PASSTHROUGH }),

  external16('https://api.external.com/', { goesTo: external('api.external.com', 443) }),
  external16('tls api.external.com:8443', { goesTo: PASSTHROUGH }),

  // the entry has no address: whatever is called on its port goes there
  asks('tutorial-17-internal-alias', inMesh)('tcp 10.9.8.7:3306', { goesTo: external('database', 3306) }),
  asks('tutorial-17-internal-alias', inMesh)('tcp 10.9.8.7:3307', { goesTo: PASSTHROUGH }),
];

const products = (subset?: string): string => service('product-service.default', 80, subset);
const checkout = (subset?: string): string => service('checkout-service.default', 80, subset);
const complete = asks('tutorial-18-complete-example', VISITOR);
const completeInside = asks('tutorial-18-complete-example', inMesh);
const patterns = asks('tutorial-18-with-patterns', VISITOR);
const patternsInside = asks('tutorial-18-with-patterns', inMesh);

/** The complete example of the tutorial, as it is there and with patterns. */
export const COMPLETE: readonly ExampleRequest[] = [
  complete('https://api.example.com/api/products/1', { goesTo: { [products('v1')]: 90, [products('v2')]: 10 } }),
  complete('https://api.example.com/api/products', { upstreamHeaders: [waits(2000)] }),
  complete('https://api.example.com/api/productsx', { goesTo: { [products('v1')]: 90, [products('v2')]: 10 } }),
  complete('https://api.example.com/api/checkout', { goesTo: checkout('experimental'), path: '/api/checkout' }, { 'x-test-group': 'B' }),
  complete('https://api.example.com/api/checkout', { goesTo: checkout('stable') }, { 'x-test-group': 'b' }),
  complete('https://api.example.com/api/checkout/pay', { goesTo: checkout('stable') }),
  complete('https://api.example.com/other', { status: 404 }),
  complete('https://www.example.com/api/checkout', { connection: 'closed' }),
  completeInside('http://product-service/', { goesTo: products() }),
  completeInside('http://checkout-service/', { goesTo: checkout() }, { 'x-test-group': 'B' }),
  completeInside('https://api.payment-provider.com/v1', { goesTo: external('api.payment-provider.com', 443) }),

  patterns('https://api.example.com/api/products/1', { goesTo: { [products('stable')]: 90, [products('canary')]: 10 }, path: '/api/products/1' }),
  patterns('https://api.example.com/api/products', { upstreamHeaders: [waits(2000)] }),
  patterns('https://api.example.com/api/productsx', { status: 404 }),
  patterns('https://api.example.com/api/checkout', { goesTo: checkout('experimental') }, { 'x-test-group': 'B' }),
  patterns('https://api.example.com/api/checkout/pay', { goesTo: checkout('stable') }),
  patterns('https://api.example.com/api/checkouts', { status: 404 }, { 'x-test-group': 'B' }),
  patterns('https://api.example.com/', { status: 404 }),
  patterns('http://api.example.com/api/products', { connection: 'refused' }),
  // a release that is the target of a path decides about clients of the path alone, unless it says so
  patternsInside('http://product-service/', { goesTo: products() }),
  patternsInside('http://checkout-service/x', { goesTo: checkout(), path: '/x' }, { 'x-test-group': 'B' }),
  patternsInside('http://api.payment-provider.com/v1?a=b', {
    goesTo: external('api.payment-provider.com', 80), path: '/v1?a=b', authority: 'api.payment-provider.com', upstreamHeaders: [waits(5000)],
  }),
];
