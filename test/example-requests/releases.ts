import { asks, client, ExampleRequest, PASSTHROUGH, service, Shares, VISITOR, waits } from './example-request';

const reviews = (subset: string): string => service('reviews.bookinfo', 9080, subset);
const dealt = (canary: number): Shares => ({ [reviews('stable')]: 100 - canary, [reviews('canary')]: canary });

const canary = asks('pattern-canary-release', client('bookinfo'));
const report = asks('pattern-canary-release', client('bookinfo', 'nightly-report'));

/** A quarter of the users has the canary: the first three of the five buckets. */
const CANARY: readonly ExampleRequest[] = [
  canary('http://reviews:9080/', { goesTo: dealt(25), path: '/' }),
  canary('http://reviews.bookinfo.svc.cluster.local:9080/x?y=z', { goesTo: dealt(25), path: '/x?y=z', authority: 'reviews.bookinfo.svc.cluster.local:9080' }),
  asks('pattern-canary-release', client('elsewhere'))('http://reviews.bookinfo:9080/', { goesTo: dealt(25) }),
  canary('http://reviews:9080/', { goesTo: reviews('canary') }, { 'x-tester': '1' }),
  canary('http://reviews:9080/', { goesTo: reviews('canary') }, { 'X-Tester': '' }),
  canary('http://reviews:9080/', { goesTo: reviews('canary') }, { 'x-tester': '1', 'cookie': 'reviews-bucket=5' }),
  canary('http://reviews:9080/', { goesTo: reviews('canary') }, { cookie: 'a=b; reviews-bucket=1' }),
  canary('http://reviews:9080/', { goesTo: reviews('canary') }, { cookie: 'reviews-bucket=3; a=b' }),
  canary('http://reviews:9080/', { goesTo: reviews('stable') }, { cookie: 'reviews-bucket=4' }),
  canary('http://reviews:9080/', { goesTo: reviews('stable') }, { cookie: 'reviews-bucket=5; a=b' }),
  // another cookie, and a bucket that there is not
  canary('http://reviews:9080/', { goesTo: dealt(25) }, { cookie: 'my-reviews-bucket=1' }),
  canary('http://reviews:9080/', { goesTo: dealt(25) }, { cookie: 'reviews-bucket=10' }),
  report('http://reviews:9080/', { goesTo: reviews('stable') }),
  report('http://reviews:9080/', { goesTo: reviews('stable') }, { 'x-tester': '1' }),
  report('http://reviews:9080/', { goesTo: reviews('stable') }, { cookie: 'reviews-bucket=1' }),
];

const half = asks('scenario-rollback', client('bookinfo'), 0);
const back = asks('scenario-rollback', client('bookinfo'), 1);
const again = asks('scenario-rollback', client('bookinfo'), 2);

/** Half of the users, then none, then a quarter, who are among the first half. */
const ROLLBACK: readonly ExampleRequest[] = [
  half('http://reviews:9080/', { goesTo: dealt(50) }),
  half('http://reviews:9080/', { goesTo: reviews('canary') }, { cookie: 'reviews-bucket=4' }),
  half('http://reviews:9080/', { goesTo: reviews('stable') }, { cookie: 'reviews-bucket=5' }),
  ...['1', '2', '3', '4', '5'].map(bucket => back('http://reviews:9080/', { goesTo: reviews('stable') }, { cookie: `reviews-bucket=${bucket}` })),
  back('http://reviews:9080/', { goesTo: dealt(0) }),
  back('http://reviews:9080/', { goesTo: reviews('canary') }, { 'x-tester': '1' }),
  again('http://reviews:9080/', { goesTo: dealt(25) }),
  again('http://reviews:9080/', { goesTo: reviews('canary') }, { cookie: 'reviews-bucket=3' }),
  again('http://reviews:9080/', { goesTo: reviews('stable') }, { cookie: 'reviews-bucket=4' }),
];

const checkout = (subset: string): string => service('checkout.shop', 8080, subset);
const abTest = asks('pattern-ab-test', client('shop'));
const toEach: Shares = { [checkout('express')]: 20, [checkout('classic')]: 80 };

const AB_TEST: readonly ExampleRequest[] = [
  abTest('http://checkout:8080/', { goesTo: toEach, upstreamHeaders: [waits(10_000)] }),
  abTest('http://checkout:8080/', { goesTo: toEach }, { 'x-checkout': 'fast' }),
  abTest('http://checkout:8080/', { goesTo: toEach }, { cookie: 'checkout-bucket=fast' }),
  abTest('http://checkout:8080/', { goesTo: checkout('express'), upstreamHeaders: [waits(10_000)] }, { 'x-checkout': 'express' }),
  abTest('http://checkout:8080/', { goesTo: checkout('express') }, { 'x-checkout': 'express', 'cookie': 'checkout-bucket=classic' }),
  abTest('http://checkout:8080/', { goesTo: checkout('express') }, { cookie: 'checkout=express' }),
  abTest('http://checkout:8080/', { goesTo: checkout('classic') }, { 'x-checkout': 'classic' }),
  abTest('http://checkout:8080/', { goesTo: checkout('classic') }, { cookie: 'checkout=classic; checkout-bucket=express' }),
  abTest('http://checkout:8080/', { goesTo: checkout('express') }, { cookie: 'checkout-bucket=express' }),
  abTest('http://checkout:8080/', { goesTo: checkout('classic') }, { cookie: 'checkout-bucket=classic' }),
];

const orders = (subset: string): string => service('orders.shop', 8080, subset);
const inside = asks('pattern-blue-green', client('shop'));
const outside = asks('pattern-blue-green', VISITOR);

const BLUE_GREEN: readonly ExampleRequest[] = [
  inside('http://orders:8080/', { goesTo: orders('blue') }),
  inside('http://orders.shop.svc.cluster.local:8080/a', { goesTo: orders('blue'), path: '/a' }),
  outside('https://orders.example.com/a?b', { goesTo: orders('blue'), path: '/a?b', authority: 'orders.example.com' }),
  outside('https://ORDERS.example.com/', { goesTo: orders('blue') }),
  outside('https://orders-preview.example.com/a', { goesTo: orders('green'), path: '/a' }),
  outside('https://other.example.com/', { status: 404 }),
  outside('https://orders.example.org/', { connection: 'closed' }),
  outside('http://orders.example.com/', { connection: 'refused' }),
  inside('http://orders-preview.example.com:8080/', { goesTo: PASSTHROUGH }),
];

const search = (subset: string): string => service('search.shop', 8080, subset);
const mirror = asks('pattern-traffic-mirror', client('shop'));

const MIRROR: readonly ExampleRequest[] = [
  mirror('http://search:8080/?q=shoes', { goesTo: search('primary'), path: '/?q=shoes', copies: { [search('shadow')]: 10 } }),
];

const ratings = service('ratings.bookinfo', 80);
const preset = asks('pattern-policy-preset', client('bookinfo'));

const PRESET: readonly ExampleRequest[] = [
  preset('http://ratings/', { goesTo: ratings, isDelayed: false }),
  preset('http://ratings/', { goesTo: ratings, isDelayed: true }, { 'x-tester': '' }),
];

/** The patterns that deal requests among versions of a service. */
export const RELEASES: readonly ExampleRequest[] = [...CANARY, ...ROLLBACK, ...AB_TEST, ...BLUE_GREEN, ...MIRROR, ...PRESET];
