import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { follow, totalWeight, User } from './follow';
import { AbTest, AbTestProps, AbVariant, Audience, Gateway, HeaderMatch, LoadBalancer, ServiceHost, StringMatch } from '../../lib';
import { manifestsOf, specOf, testChart } from '../util';

const service = ServiceHost.fromName('checkout', { port: 8080 });
const classic: AbVariant = { name: 'classic', labels: { variant: 'a' } };
const tester = Audience.header('x-experiment', HeaderMatch.exact('express'));
const express: AbVariant = { name: 'express', labels: { variant: 'b' }, audiences: [tester] };

function httpOf(variants: AbVariant[], props: Partial<AbTestProps> = {}): any[] {
  const chart = testChart();
  new AbTest(chart, 'Checkout', { service, variants, defaultVariant: 'classic', ...props });
  return specOf(chart, 'VirtualService').http;
}

function variant(name: string, rest: Partial<AbVariant>): AbVariant {
  return { name, labels: { variant: name }, ...rest };
}

function summary(http: any[]): string[] {
  return http.map(({ name, route }) => `${name}: ${route.map(({ destination, weight }: any) => [destination.subset, ...weight === undefined ? [] : [weight]].join(' ')).join(', ')}`);
}

test('a variant is for its audience, the default one for all others', () => {
  const chart = testChart();
  const ab = new AbTest(chart, 'Checkout', { service, variants: [classic, express], defaultVariant: 'classic' });
  expect(specOf(chart, 'DestinationRule')).toEqual({
    host: 'checkout',
    subsets: [{ name: 'classic', labels: { variant: 'a' } }, { name: 'express', labels: { variant: 'b' } }],
  });
  expect(specOf(chart, 'VirtualService')).toEqual({
    hosts: ['checkout'],
    http: [
      {
        name: 'express-audience',
        match: [{ headers: { 'x-experiment': { exact: 'express' } } }],
        route: [{ destination: { host: 'checkout', subset: 'express', port: { number: 8080 } } }],
      },
      { name: 'classic-default', route: [{ destination: { host: 'checkout', subset: 'classic', port: { number: 8080 } } }] },
    ],
  });
  expect(ab.variant('express').toDestinationConfig()).toMatchObject({ host: 'checkout', subset: 'express', port: 8080 });
});

test('audiences are tried in the order of the variants, those of the default variant too', () => {
  const http = httpOf([
    variant('mobile', { audiences: [Audience.header('user-agent', HeaderMatch.regex('.*Mobile.*')), Audience.queryParameter('ui', StringMatch.exact('mobile'))] }),
    { ...classic, audiences: [Audience.cookie('plan', 'enterprise')] },
    variant('beta', { audiences: [Audience.header('x-beta', HeaderMatch.present()), Audience.sourceLabels({ app: 'qa' }), Audience.header('x-group', HeaderMatch.prefix('b'))] }),
  ]);
  expect(summary(http)).toEqual(['mobile-audience: mobile', 'classic-audience: classic', 'beta-audience: beta', 'classic-default: classic']);
  const cookie = 'plan=enterprise';
  expect(follow(http, { headers: { 'user-agent': 'A Mobile B', cookie } }).subset).toBe('mobile');
  expect(follow(http, { query: { ui: 'mobile' } }).subset).toBe('mobile');
  expect(follow(http, { headers: { cookie, 'x-beta': '' } }).subset).toBe('classic');
  expect(follow(http, { headers: { 'x-beta': '' } }).subset).toBe('beta');
  expect(follow(http, { headers: { 'x-group': 'blue' } }).subset).toBe('beta');
  expect(follow(http, { sourceLabels: { app: 'qa', tier: 'test' } }).subset).toBe('beta');
  expect(follow(http, {}).subset).toBe('classic');
});

describe('a percentage', () => {
  const http = httpOf([classic, { ...express, percent: 20 }, variant('tiny', { percent: 0.5 })], { sticky: { name: 'variant' } });

  test('is dealt after all audiences, into one bucket for each variant', () => {
    expect(summary(http)).toEqual([
      'express-audience: express', 'bucket-classic: classic', 'bucket-express: express', 'bucket-tiny: tiny', 'split: classic 795, express 200, tiny 5',
    ]);
    expect(http[4].route[1].headers).toEqual({ response: { add: { 'set-cookie': 'variant=express; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax' } } });
  });

  test('of each variant is that of the users, who keep their variant', () => {
    const users = Array.from({ length: totalWeight(http[4]) }, () => new User());
    const first = users.map((user, draw) => user.visit(http, draw));
    expect(['classic', 'express', 'tiny'].map(name => first.filter(subset => subset === name).length)).toEqual([795, 200, 5]);
    expect(users.map((user, draw) => user.visit(http, draw + 400))).toEqual(first);
  });

  test('that is changed leaves those where they are who have a variant', () => {
    const later = httpOf([classic, { ...express, percent: 90 }], { sticky: { name: 'variant' } });
    expect(follow(later, { headers: { cookie: 'variant=classic' } }).subset).toBe('classic');
  });

  test('of 0 lets no further users in', () => {
    const paused = httpOf([classic, { ...express, audiences: undefined, percent: 0 }], { sticky: { name: 'variant' } });
    expect(summary(paused)).toEqual(['bucket-classic: classic', 'bucket-express: express', 'split: classic 100, express 0']);
  });

  test('of a variant that is gone deals its users anew', () => {
    expect(follow(httpOf([classic, variant('other', { percent: 50 })], { sticky: { name: 'variant' } }), { headers: { cookie: 'variant=express' } }, 0).route).toBe('split');
  });

  test('of 100 leaves nothing to the default variant', () => {
    expect(summary(httpOf([classic, variant('b', { percent: 40 }), variant('c', { percent: 60 })])).pop()).toBe('split: classic 0, b 40, c 60');
  });

  test('needs a cookie of its own for each test', () => {
    expect(JSON.stringify(httpOf([classic, { ...express, percent: 20 }]))).toContain('test-checkout-bucket=express');
  });

  const shares = fc.array(fc.integer({ min: 0, max: 250 }).map(tenths => tenths * 10), { minLength: 1, maxLength: 4 });
  test('gives for any shares exactly these to users who never move', () => {
    fc.assert(fc.property(shares, hundredths => {
      const routes = httpOf([classic, ...hundredths.map((share, index) => variant(`v${index}`, { percent: share / 100 }))]);
      const total = totalWeight(routes[routes.length - 1]);
      const seen = new Map<string, number>();
      let moved = false;
      for (let draw = 0; draw < total; draw++) {
        const user = new User();
        const subset = user.visit(routes, draw);
        moved ||= user.visit(routes, draw + 1) !== subset;
        seen.set(subset, (seen.get(subset) ?? 0) + 1);
      }
      expect(moved).toBe(false);
      hundredths.forEach((share, index) => expect((seen.get(`v${index}`) ?? 0) * 10000).toBe(share * total));
    }), { numRuns: 10 });
  });
});

test('what is said of forwarding holds for all routes', () => {
  const http = httpOf([classic, { ...express, percent: 20 }], { timeout: Duration.seconds(2) });
  expect(http.map(({ timeout }) => timeout)).toEqual(http.map(() => '2s'));
});

test('each variant may have a policy of its own', () => {
  const chart = testChart();
  new AbTest(chart, 'Checkout', { service, variants: [classic, { ...express, trafficPolicy: { loadBalancer: LoadBalancer.random() } }], defaultVariant: 'classic' });
  expect(specOf(chart, 'DestinationRule').subsets[1].trafficPolicy).toEqual({ loadBalancer: { simple: 'RANDOM' } });
});

test('labels of clients are asked for in the mesh only', () => {
  const chart = testChart();
  new AbTest(chart, 'Checkout', {
    service,
    variants: [classic, { ...express, audiences: [Audience.sourceLabels({ app: 'qa' })] }],
    defaultVariant: 'classic',
    gateways: [Gateway.fromGatewayName('public')],
    hosts: ['checkout.example.com'],
  });
  expect(manifestsOf(chart).slice(1).map(({ spec }) => spec.http.length)).toEqual([2, 1]);
});

describe('fails', () => {
  const untyped = (props: object) => () => new AbTest(testChart(), 'Checkout', { service, variants: [classic, express], defaultVariant: 'classic', ...props } as any);
  const withExpress = (rest: object) => untyped({ variants: [classic, { ...express, ...rest }] });
  test.each<[string, () => void, string]>([
    ['without variants', untyped({ variants: undefined }), 'variants must be given'],
    ['when variants is a map', untyped({ variants: { classic } }), 'variants must be a list, got an object with classic'],
    ['with one variant', untyped({ variants: [classic] }), 'variants must be at least two, got 1'],
    ['when two variants have one name', untyped({ variants: [classic, { ...express, name: 'classic' }] }), "variants[1].name 'classic' is the name of another variant already"],
    ['when a name is not one of a subset', withExpress({ name: 'a b' }),
      "variants[1].name must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got 'a b'"],
    ['when two variants are the same pods', withExpress({ labels: { variant: 'a' } }),
      'variants[1].labels must select other pods than variants[0].labels, pods with variant=a would belong to both'],
    ['when a variant has no labels', withExpress({ labels: undefined }), 'variants[1].labels must be given'],
    ['when nobody gets a variant', withExpress({ audiences: undefined }), "variants[1] must have audiences or percent, no request would get the variant 'express' otherwise"],
    ['when audiences are empty', withExpress({ audiences: [] }), 'variants[1].audiences must not be empty, leave it out instead'],
    ['when an audience is a map', withExpress({ audiences: [{ header: 'x' }] }), 'variants[1].audiences[0] must be made by Audience, such as Audience.header(), got an object with header'],
    ['when the default variant has a share', untyped({ variants: [{ ...classic, percent: 10 }, express] }), 'variants[0].percent must be left out for the default variant, which gets what the others leave'],
    ['when the default variant is missing', untyped({ defaultVariant: undefined }), 'defaultVariant must be given'],
    ['when the default variant is not one', untyped({ defaultVariant: 'c' }), "defaultVariant must be one of 'classic', 'express', got 'c'"],
    ['when a share is too large', withExpress({ percent: 101 }), 'variants[1].percent must be a number from 0 to 100, got 101'],
    ['when shares are too large together', untyped({ variants: [classic, variant('b', { percent: 60 }), variant('c', { percent: 40.01 })] }),
      'variants must have percentages whose sum is at most 100, got 100.01'],
    ['when a cookie has nothing to remember', untyped({ sticky: {} }), 'sticky must have a variant with percent beside it, audiences need no cookie'],
    ['when an audience looks for the cookie', withExpress({ percent: 10, audiences: [Audience.cookie('test-checkout-bucket', 'a')] }),
      "variants[1].audiences[0] of 'express' looks for the cookie 'test-checkout-bucket', which deals users into buckets, choose another sticky.name"],
    ['when the cookie would be lost', untyped({ variants: [classic, { ...express, percent: 1 }], headers: { response: { remove: ['Set-Cookie'] } } }),
      "headers.response must not set or remove 'set-cookie', the cookie that deals users into buckets would be lost, use add"],
    ['when an option of forwarding is not one', untyped({ retries: 3 }), 'retries must be made by RetryPolicy, such as RetryPolicy.attempts(), got 3'],
    ['when a property of a variant is misspelt', withExpress({ percentage: 1 }), "variants[1] has no property 'percentage', known properties: name, labels, audiences, percent, trafficPolicy"],
    ['when a hole is in the list', untyped({ variants: [classic, undefined] }), 'variants[1] must not be undefined, leave the item out'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new Error(`[test/Checkout] ${message}`));
  });

  const covered = (place: string, by: string) => `${place} is covered by ${by}, which is tried first, so that no request is left for it: leave it out, or narrow the other one`;
  test.each<[string, Audience, Audience]>([
    ['equal', tester, tester],
    ['a text under a prefix', Audience.header('x-a', HeaderMatch.prefix('b')), Audience.header('x-a', HeaderMatch.exact('bc'))],
    ['any value of what is present', Audience.header('x-a', HeaderMatch.present()), Audience.header('x-a', HeaderMatch.regex('b+'))],
    ['an equal regular expression', Audience.header('x-a', HeaderMatch.regex('b+')), Audience.header('x-a', HeaderMatch.regex('b+'))],
  ])('naming both variants when an earlier audience covers a later one: %s', (_, first, second) => {
    const run = untyped({ variants: [variant('one', { audiences: [first] }), variant('two', { audiences: [second] }), classic] });
    expect(run).toThrow(new Error(`[test/Checkout] ${covered("variants[1].audiences[0] of 'two'", "variants[0].audiences[0] of 'one'")}`));
  });

  test('but not when the narrower audience is tried first, nor for different regular expressions', () => {
    const narrow = Audience.header('x-a', HeaderMatch.exact('b'));
    expect(httpOf([variant('one', { audiences: [narrow] }), variant('two', { audiences: [Audience.header('x-a', HeaderMatch.present())] }), classic])).toHaveLength(3);
    expect(httpOf([variant('one', { audiences: [Audience.header('x-a', HeaderMatch.regex('.*'))] }), variant('two', { audiences: [narrow] }), classic])).toHaveLength(3);
  });

  test('when a variant is asked for that does not exist', () => {
    const ab = new AbTest(testChart(), 'Checkout', { service, variants: [classic, express], defaultVariant: 'classic' });
    expect(() => ab.variant('c')).toThrow("[test/Checkout] variantName must be one of 'classic', 'express', got 'c'");
  });
});
