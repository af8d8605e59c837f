import {
  AbTest, Audience, BlueGreen, BlueGreenColor, CanaryRelease, CanaryReleaseProps, Gateway, HeaderMatch, ServiceHost, Traffic, TrafficClient,
  TrafficMirror, TrafficSource,
} from '../../lib';
import { testChart } from '../util';

const service = ServiceHost.fromName('reviews', { port: 9080 });
const versions = { service, stable: { version: 'v1' }, canary: { version: 'v2' } };
const URL = 'http://reviews:9080/';

function canary(props: Omit<CanaryReleaseProps, 'service' | 'stable' | 'canary'>): { release: CanaryRelease; client: TrafficSource } {
  const chart = testChart();
  const release = new CanaryRelease(chart, 'Reviews', { ...versions, ...props });
  return { release, client: Traffic.of(chart).from(TrafficClient.sidecar()) };
}

describe('a canary release', () => {
  const plan = [1, 5, 25, 50, 100];

  test.each([0, ...plan].map((percent, stage) => ({ percent, stage })))('sends $percent % to the canary at stage $stage', ({ percent, stage }) => {
    const { release, client } = canary({ plan, stage });
    client.get(URL).goesTo(release.canary, { percent }).goesTo(release.stable, { percent: 100 - percent });
  });

  test('is there in both versions at every stage, so that no stage sends to what does not exist', () => {
    plan.forEach((_, stage) => {
      const { client } = canary({ plan, stage });
      expect(client.get(URL).destinations.every(({ exists }) => exists)).toBe(true);
    });
  });

  test('serves its audiences at any stage, and spares those who are excepted', () => {
    const { release, client } = canary({
      plan,
      stage: 0,
      canaryFor: [Audience.header('x-tester', HeaderMatch.present()), Audience.cookie('preview', 'yes')],
      stableFor: [Audience.header('x-report', HeaderMatch.exact('nightly'))],
    });
    client.get(URL).goesTo(release.stable);
    client.get(URL, { headers: { 'X-Tester': '' } }).goesTo(release.canary);
    client.get(URL, { cookies: { theme: 'dark', preview: 'yes' } }).goesTo(release.canary);
    client.get(URL, { cookies: { preview: 'yesterday' } }).goesTo(release.stable);
    client.get(URL, { headers: { 'x-tester': '1', 'x-report': 'nightly' } }).goesTo(release.stable);
  });

  test('knows clients by their labels and namespace', () => {
    const chart = testChart({ namespace: 'shop' });
    const release = new CanaryRelease(chart, 'Reviews', {
      ...versions, canaryPercent: 0, canaryFor: [Audience.sourceLabels({ app: 'frontend' }), Audience.sourceNamespace('staging')],
    });
    const traffic = Traffic.of(chart);
    const from = (namespace: string, labels = {}) => traffic.from(TrafficClient.sidecar({ namespace, labels })).get('http://reviews.shop:9080/');
    from('shop', { app: 'frontend', team: 'web' }).goesTo(release.canary);
    from('staging').goesTo(release.canary);
    from('shop', { app: 'backend' }).goesTo(release.stable);
    from('other').goesTo(release.stable);
  });

  test('shows the canary copies while nobody gets its answers', () => {
    const { release, client } = canary({ canaryPercent: 0, mirrorPercent: 20 });
    client.get(URL).goesTo(release.stable).isMirroredTo(release.canary, { percent: 20 });
  });

  test('is rolled back to where nobody reaches the canary', () => {
    const chart = testChart();
    const release = new CanaryRelease(chart, 'Reviews', { ...versions, plan, stage: 0, sticky: {} });
    const traffic = Traffic.of(chart).nothingGoesTo(release.canary);
    traffic.from(TrafficClient.sidecar()).everyRequestTo(URL.slice(0, -1)).goesTo(release.stable);
  });
});

describe('users who are kept where they landed', () => {
  const USERS = 10_000;
  const plan = [1, 5, 25, 50, 100];

  /** Where each user is at a stage, by the cookies that they have, which their browsers keep. */
  function visit(stage: number, jars: { [name: string]: string }[]): boolean[] {
    const { release, client } = canary({ plan, stage, sticky: { name: 'bucket' } });
    const canaryName = release.canary.subsetName;
    // whoever has a cookie is drawn no more, so that the same cookie has the same answer
    const known = new Map<string, boolean>();
    return jars.map((cookies, user) => {
      const jar = JSON.stringify(cookies);
      const isNew = jar === '{}';
      if (isNew || !known.has(jar)) {
        const answer = client.get(URL, isNew ? { seed: `user ${user}` } : { cookies });
        const [{ subset, percent }] = answer.destinations;
        jars[user] = answer.cookies;
        known.set(jar, percent === 100 && subset === canaryName);
      }
      return known.get(jar)!;
    });
  }

  test('are as many as the stage says, move one way, stay between stages, and all come back', () => {
    const jars = Array.from({ length: USERS }, () => ({}));
    let before = visit(0, jars);
    expect(before).not.toContain(true);
    [...plan].forEach((percent, step) => {
      const now = visit(step + 1, jars);
      expect(Math.abs(now.filter(Boolean).length / USERS * 100 - percent)).toBeLessThan(2);
      expect(now.filter((isThere, user) => before[user] && !isThere)).toEqual([]);
      expect(visit(step + 1, jars)).toEqual(now);
      before = now;
    });
    const third = visit(3, jars);
    expect(Math.abs(third.filter(Boolean).length / USERS * 100 - 25)).toBeLessThan(2);
    expect(visit(0, jars)).not.toContain(true);
    expect(visit(3, jars)).toEqual(third);
  });

  test('get the cookie once, beside those of the application', () => {
    const { client } = canary({ plan, stage: 2, sticky: { name: 'bucket' } });
    const first = client.get(URL, { cookies: { session: 'a1' }, draw: 0 });
    expect(first.cookies).toEqual({ session: 'a1', bucket: '1' });
    const second = client.get(URL, { cookies: first.cookies });
    expect(second.clientHeaders).toEqual([]);
    expect(second.route!.routeName).toBe('bucket-1');
  });
});

test('an A/B test deals by audience first, and the others by share', () => {
  const chart = testChart();
  const test = new AbTest(chart, 'Checkout', {
    service: ServiceHost.fromName('checkout', { port: 8080 }),
    variants: [
      { name: 'express', labels: { variant: 'express' }, audiences: [Audience.header('x-checkout', HeaderMatch.exact('express'))], percent: 20 },
      { name: 'classic', labels: { variant: 'classic' }, audiences: [Audience.header('x-checkout', HeaderMatch.exact('classic'))] },
    ],
    defaultVariant: 'classic',
  });
  const client = Traffic.of(chart).from(TrafficClient.sidecar());
  client.get('http://checkout:8080/').goesTo(test.variant('express'), { percent: 20 }).goesTo(test.variant('classic'), { percent: 80 });
  client.get('http://checkout:8080/', { headers: { 'x-checkout': 'express' } }).goesTo(test.variant('express'));
  client.get('http://checkout:8080/', { headers: { 'x-checkout': 'classic' } }).goesTo(test.variant('classic'));
});

test.each([BlueGreenColor.BLUE, BlueGreenColor.GREEN])('of blue and green everybody gets %s, and the preview host the other one', live => {
  const chart = testChart();
  const gateway = Gateway.fromGatewayAttributes({ name: 'public', namespace: 'edge', hosts: ['*.example.com'] });
  const orders = new BlueGreen(chart, 'Orders', {
    service: ServiceHost.fromName('orders', { port: 8080 }),
    blue: { slot: 'blue' },
    green: { slot: 'green' },
    live,
    gateways: [gateway],
    hosts: ['orders.example.com'],
    previewHost: 'preview.example.com',
  });
  const traffic = Traffic.of(chart);
  traffic.from(TrafficClient.sidecar()).get('http://orders:8080/').goesTo(orders.live);
  const visitor = traffic.from(TrafficClient.gateway(gateway));
  visitor.everyRequestTo('https://orders.example.com').goesTo(orders.live).avoids(orders.idle);
  visitor.everyRequestTo('https://preview.example.com').goesTo(orders.idle);
});

test('a mirror answers from the primary and shows the shadow its share', () => {
  const chart = testChart();
  const mirror = new TrafficMirror(chart, 'Search', {
    service: ServiceHost.fromName('search', { port: 8080 }), primary: { version: 'v1' }, shadow: { version: 'v2' }, percent: 5,
  });
  Traffic.of(chart).from(TrafficClient.sidecar()).get('http://search:8080/q').goesTo(mirror.primary).isMirroredTo(mirror.shadow, { percent: 5 });
});
