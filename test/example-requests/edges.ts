import { asks, AT_EGRESS, client, ExampleRequest, external, PASSTHROUGH, service, Shares, VISITOR, waits } from './example-request';

const api = service('api.shop', 8080);
const frontend = service('frontend.shop', 8080);
const reviews = (subset: string): string => service('reviews.shop', 9080, subset);
const dealt: Shares = { [reviews('stable')]: 90, [reviews('canary')]: 10 };
const ingress = asks('pattern-ingress-route', VISITOR);
const PARTNER = { origin: 'https://partner.example.com' };

const INGRESS: readonly ExampleRequest[] = [
  ingress('http://shop.example.com/a?b=c', { status: 301, location: 'https://shop.example.com/a?b=c' }),
  ingress('http://www.example.com/', { status: 404 }),
  ingress('https://www.example.com/', { connection: 'closed' }),
  ingress('https://shop.example.com/', { goesTo: frontend, path: '/', authority: 'shop.example.com', upstreamHeaders: [waits(5000)] }),
  ingress('https://shop.example.com/healthz', { status: 200 }),
  ingress('https://shop.example.com/healthz?full', { status: 200 }),
  ingress('https://shop.example.com/healthz/', { goesTo: frontend }),
  ingress('https://shop.example.com/api/orders?x=1', { goesTo: api, path: '/orders?x=1', upstreamHeaders: ['x-envoy-original-path: /api/orders?x=1', waits(5000)] }),
  ingress('https://shop.example.com/api', { goesTo: api, path: '/' }),
  ingress('https://shop.example.com/api/', { goesTo: api, path: '/' }),
  ingress('https://shop.example.com/api//orders', { goesTo: api, path: '//orders' }),
  ingress('https://shop.example.com/apix', { goesTo: frontend, path: '/apix' }),
  ingress('https://shop.example.com/Api', { goesTo: frontend }),
  ingress('https://shop.example.com/a/../api/orders', { goesTo: api, path: '/orders' }),
  ingress('POST https://shop.example.com/api/orders', { goesTo: api, path: '/orders', upstreamHeaders: [waits(30_000)] }),
  ingress('PUT https://shop.example.com/api', { goesTo: api, path: '/', upstreamHeaders: [waits(30_000)] }),
  ingress('DELETE https://shop.example.com/api/orders/1', { goesTo: api, path: '/orders/1', upstreamHeaders: [waits(5000)] }),
  ingress('POST https://shop.example.com/api/orders', { goesTo: api, clientHeaders: ['access-control-allow-origin: https://partner.example.com'] }, PARTNER),
  ingress('OPTIONS https://shop.example.com/api/orders',
    { status: 200, clientHeaders: ['access-control-allow-origin: https://partner.example.com'] }, { ...PARTNER, 'access-control-request-method': 'POST' }),
  // browsers of strangers hear what the service says
  ingress('OPTIONS https://shop.example.com/api/orders', { goesTo: api }, { 'origin': 'https://evil.example.com', 'access-control-request-method': 'POST' }),
  ingress('https://shop.example.com/reviews/1', { goesTo: dealt, path: '/reviews/1' }),
  ingress('https://shop.example.com/reviews', { goesTo: reviews('canary') }, { 'x-tester': '1' }),
  ingress('https://shop.example.com/reviewsx', { goesTo: frontend }, { 'x-tester': '1' }),
  ingress('https://shop.example.com/basket', { status: 301, location: 'https://shop.example.com/cart' }),
  ingress('https://shop.example.com/basket/7?x=1', { status: 301, location: 'https://shop.example.com/cart/7?x=1' }),
  ingress('https://shop.example.com/basketball', { goesTo: frontend }),
];

const shared = asks('pattern-shared-host', VISITOR);
const web = service('frontend.web', 8080);
const search = service('search.search', 8080);
const cart = service('cart.cart', 8080);
const checkout = service('checkout.cart', 8080);

const SHARED_HOST: readonly ExampleRequest[] = [
  shared('https://shop.example.com/', { goesTo: web, upstreamHeaders: [waits(5000)] }),
  shared('https://shop.example.com/search', { goesTo: search, path: '/', upstreamHeaders: ['x-envoy-original-path: /search', waits(5000)] }),
  shared('https://shop.example.com/search/shoes?size=9', { goesTo: search, path: '/shoes?size=9' }),
  shared('https://shop.example.com/searchx', { goesTo: web, path: '/searchx' }),
  shared('https://shop.example.com/cart', { goesTo: cart, path: '/cart', upstreamHeaders: [waits(5000)] }),
  shared('https://shop.example.com/cart/7', { goesTo: cart, path: '/cart/7' }),
  shared('https://shop.example.com/cartx', { goesTo: web }),
  shared('POST https://shop.example.com/cart/checkout', { goesTo: checkout, path: '/cart/checkout' }),
  shared('https://shop.example.com/cart/checkout', { goesTo: cart }),
  shared('POST https://shop.example.com/cart/checkout/now', { goesTo: cart }),
  shared('https://other.example.com/cart', { status: 404 }),
  shared('https://shop.example.org/', { connection: 'closed' }),
];

const edge = asks('pattern-tls-passthrough', VISITOR);

const PASSTHROUGH_ROUTE: readonly ExampleRequest[] = [
  edge('tls vault.example.com:443', { goesTo: { [service('vault.vault', 8200)]: 90, [service('vault-next.vault', 8200)]: 10 } }),
  edge('https://shop.example.com/vault', { goesTo: frontend, path: '/vault' }),
  edge('tls other.example.com:443', { connection: 'closed' }),
  edge('http://shop.example.com/', { connection: 'refused' }),
];

const toEgress = (subset: string): string => service('istio-egressgateway.istio-system', 443, subset);
const fromShop = asks('pattern-egress-gateway', client('shop'));
const fromElsewhere = asks('pattern-egress-gateway', client('elsewhere'));
const atEgress = asks('pattern-egress-gateway', AT_EGRESS);

const EGRESS_GATEWAY: readonly ExampleRequest[] = [
  fromShop('http://api.payment-provider.com/v1?a', { goesTo: toEgress('api-payment-provider-com'), path: '/v1?a', authority: 'api.payment-provider.com' }),
  asks('pattern-egress-gateway', client('billing'))('POST http://api.payment-provider.com/', { goesTo: toEgress('api-payment-provider-com') }),
  fromShop('tls smtp.mail.example:465', { goesTo: toEgress('plain') }),
  fromElsewhere('http://api.payment-provider.com/', { goesTo: PASSTHROUGH }),
  fromElsewhere('tls smtp.mail.example:465', { goesTo: PASSTHROUGH }),
  atEgress('https://api.payment-provider.com/v1?a', { goesTo: external('api.payment-provider.com', 80), path: '/v1?a', upstreamHeaders: [waits(10_000)] }),
  atEgress('tls smtp.mail.example:443', { goesTo: external('smtp.mail.example', 465) }),
  atEgress('tls www.example.com:443', { connection: 'closed' }),
];

const externalApi = asks('pattern-external-api', client('shop'));
const payment = external('api.payment-provider.com', 80);

const EXTERNAL_API: readonly ExampleRequest[] = [
  externalApi('http://api.payment-provider.com/v1', { goesTo: payment, path: '/v1', authority: 'api.payment-provider.com', upstreamHeaders: [waits(5000)] }),
  externalApi('https://api.payment-provider.com/v1', { goesTo: external('api.payment-provider.com', 443) }),
  externalApi('https://eu.maps.example.com/tiles', { goesTo: external('*.maps.example.com', 443) }),
  externalApi('https://maps.example.com/tiles', { goesTo: PASSTHROUGH }),
  // the entries are for their own namespace
  asks('pattern-external-api', client('elsewhere'))('http://api.payment-provider.com/', { goesTo: PASSTHROUGH }),
  asks('pattern-external-api', client('elsewhere'))('https://api.payment-provider.com/', { goesTo: PASSTHROUGH }),
];

const tcp = asks('pattern-external-tcp-service', client('shop'));

const EXTERNAL_TCP: readonly ExampleRequest[] = [
  tcp('tcp 10.20.0.5:5432', { goesTo: external('orders-db.example.com', 5432) }),
  tcp('tcp 10.20.0.6:5432', { goesTo: PASSTHROUGH }),
  tcp('tcp 10.20.0.5:5433', { goesTo: PASSTHROUGH }),
  tcp('tcp 240.10.0.1:6379', { goesTo: external('cache.example.com', 6379) }),
  tcp('tls broker.example.com:9093', { goesTo: external('broker.example.com', 9093) }),
  tcp('tls other.example.com:9093', { goesTo: PASSTHROUGH }),
  asks('pattern-external-tcp-service', client('elsewhere'))('tcp 10.20.0.5:5432', { goesTo: PASSTHROUGH }),
];

const alias = asks('pattern-internal-alias', client('shop'));

const ALIAS: readonly ExampleRequest[] = [
  alias('tcp 10.0.0.100:3306', { goesTo: external('database', 3306) }),
  alias('tcp 10.0.0.101:3306', { goesTo: PASSTHROUGH }),
  alias('http://search.internal.example/?q=1', { goesTo: external('search.internal.example', 80), path: '/?q=1', upstreamHeaders: [waits(2000)] }),
  alias('http://ledger.internal.example/', { goesTo: service('ledger.finance', 8080), authority: 'ledger.internal.example' }),
  alias('http://ledger.finance:8080/', { goesTo: service('ledger.finance', 8080), authority: 'ledger.finance:8080' }),
  asks('pattern-internal-alias', client('elsewhere'))('http://ledger.internal.example/', { goesTo: PASSTHROUGH }),
];

/** The patterns for what comes into the mesh and leaves it. */
export const EDGES: readonly ExampleRequest[] = [
  ...INGRESS, ...SHARED_HOST, ...PASSTHROUGH_ROUTE, ...EGRESS_GATEWAY, ...EXTERNAL_API, ...EXTERNAL_TCP, ...ALIAS,
];
