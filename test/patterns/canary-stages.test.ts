import { App, Chart, Duration, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { follow, totalWeight, User } from './follow';
import { Audience, CanaryRelease, CanaryReleaseProps, HeaderMatch, SameSite, ServiceHost, StickyCookie } from '../../lib';
import { specOf, testChart } from '../util';

const PLAN = [1, 5, 25, 50, 100];
const versions = { service: ServiceHost.fromName('reviews'), stable: { version: 'v1' }, canary: { version: 'v2' } };

function httpOf(props: Partial<CanaryReleaseProps>): any[] {
  const chart = testChart();
  new CanaryRelease(chart, 'Reviews', { ...versions, ...props });
  return specOf(chart, 'VirtualService').http;
}

/** The http routes of every stage of a plan. */
function stagesOf(plan: number[], props: Partial<CanaryReleaseProps> = {}): any[][] {
  return [0, ...plan].map((_, stage) => httpOf({ plan, stage, ...props }));
}

function weightsOf(route: any): number[] {
  return route.route.map(({ weight }: any) => weight);
}

/** The share of requests without a cookie that goes to the canary. */
function canaryShare(http: any[]): number {
  const split = http[http.length - 1];
  const weights = split.route.filter(({ destination }: any) => destination.subset === 'canary').map(({ weight }: any) => weight);
  return weights.reduce((sum: number, weight: number) => sum + weight, 0) * 100 / totalWeight(split);
}

const plans = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 7 }).map(steps => steps.sort((a, b) => a - b));

describe('a plan', () => {
  test('gives the canary the share of the stage', () => {
    expect(stagesOf(PLAN).map(canaryShare)).toEqual([0, ...PLAN]);
    expect(stagesOf(PLAN, { sticky: {} }).map(canaryShare)).toEqual([0, ...PLAN]);
  });

  test('may have steps with decimals', () => {
    expect(stagesOf([0.5, 12.25, 99.99], { sticky: {} }).map(canaryShare)).toEqual([0, 0.5, 12.25, 99.99]);
  });

  test.each([undefined, {}])('of any kind has stages that differ in weights only, sticky: %j', sticky => {
    fc.assert(fc.property(plans, plan => {
      const withoutWeights = stagesOf(plan, { sticky, mirrorPercent: 10, canaryFor: [Audience.queryParameterPresent('beta')] })
        .map(http => JSON.stringify(http, (key, value: unknown) => key === 'weight' ? 0 : value));
      expect(new Set(withoutWeights).size).toBe(1);
    }), { numRuns: 20 });
  });

  test('tells what was chosen', () => {
    const release = new CanaryRelease(testChart(), 'Reviews', { ...versions, plan: PLAN, stage: 2 });
    expect([release.canaryPercent, release.stages, release.isStageOpen]).toEqual([5, [0, 1, 2, 3, 4, 5], false]);
  });
});

describe('sticky', () => {
  test('deals users into one bucket for each step of the plan', () => {
    const http = httpOf({ plan: PLAN, stage: 2, sticky: { name: 'bucket' } });
    expect(http.map(({ name }) => name)).toEqual(['bucket-1', 'bucket-2', 'bucket-3', 'bucket-4', 'bucket-5', 'split']);
    expect(weightsOf(http[5])).toEqual([0, 1, 0, 4, 20, 0, 25, 0, 50, 0]);
    expect(http[5].route.map(({ headers }: any) => headers.response.add['set-cookie'].split(';')[0])).toEqual(
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5].map(bucket => `bucket=${bucket}`),
    );
  });

  test('has a last bucket for the users whom the plan leaves with the stable version', () => {
    const http = httpOf({ plan: [10, 30], stage: 2, sticky: {} });
    expect(http.map(({ name }) => name)).toEqual(['bucket-1', 'bucket-2', 'bucket-3', 'split']);
    expect(http.slice(0, 3).map(weightsOf)).toEqual([[0, 100], [0, 100], [100, 0]]);
    expect(weightsOf(http[3])).toEqual([0, 10, 0, 20, 70, 0]);
  });

  test('keeps the numbers of the buckets when the plan gets a step at its end', () => {
    const [shorter, longer] = [[10, 30], [10, 30, 100]].map(plan => httpOf({ plan, stage: 2, sticky: {} }));
    expect(longer).toEqual(shorter);
  });

  test('adds the cookie to the answer and does not set it, so that the cookies of the application survive', () => {
    for (const { headers } of httpOf({ plan: PLAN, sticky: {} })[5].route) {
      expect(Object.keys(headers)).toEqual(['response']);
      expect(Object.keys(headers.response)).toEqual(['add']);
    }
  });

  test('gives the cookie to those only who have none', () => {
    const http = httpOf({ plan: PLAN, stage: 3, sticky: { name: 'bucket' } });
    expect(follow(http, { headers: { cookie: 'bucket=2' } })).toEqual({ route: 'bucket-2', subset: 'canary', cookie: undefined });
    expect(follow(http, { headers: { cookie: 'bucket=4' } })).toEqual({ route: 'bucket-4', subset: 'stable', cookie: undefined });
    expect(follow(http, { headers: { cookie: 'bucket=6' } }, 0).route).toBe('split');
    expect(follow(http, {}, 0).cookie).toMatch(/^bucket=1;/);
  });

  test('lets audiences come first', () => {
    const http = httpOf({ plan: PLAN, stage: 0, sticky: { name: 'bucket' }, canaryFor: [Audience.header('x-tester', HeaderMatch.present())] });
    expect(follow(http, { headers: { 'cookie': 'bucket=5', 'x-tester': '1' } }).subset).toBe('canary');
  });

  describe('cookie', () => {
    function cookieOf(sticky: StickyCookie): string {
      const http = httpOf({ plan: [100], sticky });
      return http[http.length - 1].route[0].headers.response.add['set-cookie'];
    }

    test.each<[string, StickyCookie, string]>([
      ['has defaults', {}, 'test-reviews-bucket=1; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax'],
      ['has a name', { name: 'reviews' }, 'reviews=1; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax'],
      ['has a path, in which a percent sign is not a command of Envoy', { path: '/a%20b' }, 'test-reviews-bucket=1; Path=/a%%20b; Max-Age=2592000; HttpOnly; SameSite=Lax'],
      ['has an age', { maxAge: Duration.minutes(1) }, 'test-reviews-bucket=1; Path=/; Max-Age=60; HttpOnly; SameSite=Lax'],
      ['may be for https only', { secure: true }, 'test-reviews-bucket=1; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax'],
      ['may be seen by scripts', { httpOnly: false }, 'test-reviews-bucket=1; Path=/; Max-Age=2592000; SameSite=Lax'],
      ['may be strict', { sameSite: SameSite.STRICT }, 'test-reviews-bucket=1; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict'],
      ['may be sent from everywhere', { sameSite: SameSite.NONE, secure: true }, 'test-reviews-bucket=1; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=None'],
      ['may promise its attributes by its name', { name: '__Host-bucket', secure: true }, '__Host-bucket=1; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax'],
    ])('%s', (_, sticky, expected) => {
      expect(cookieOf(sticky)).toBe(expected);
    });

    const own = Audience.all([Audience.cookie('bucket', '3'), Audience.header('x-tester', HeaderMatch.present())]);
    test.each<[string, object, string]>([
      ['with a name that is not one', { sticky: { name: 'a b' } }, "sticky.name must be the name of a cookie, letters, digits and any of !#$&'*+-.^_`|~, got 'a b'"],
      ['with a path that ends the cookie', { sticky: { path: '/;a' } }, "sticky.path must be a path that begins with '/', ASCII characters without ';' and spaces, got '/;a'"],
      ['with a relative path', { sticky: { path: 'a' } }, "sticky.path must be a path that begins with '/', ASCII characters without ';' and spaces, got 'a'"],
      ['without an age', { sticky: { maxAge: Duration.seconds(0) } }, 'sticky.maxAge must be a whole number of seconds, at least 1, got 0 s'],
      ['with half a second', { sticky: { maxAge: Duration.millis(1500) } }, 'sticky.maxAge must be a whole number of seconds, at least 1, got 1.5 s'],
      ['with a number for an age', { sticky: { maxAge: 60 } }, 'sticky.maxAge must be made by Duration, such as Duration.days(30), got 60'],
      ['for all sites but not https only', { sticky: { sameSite: SameSite.NONE } }, 'sticky.secure must be true beside SameSite.NONE, browsers drop the cookie otherwise'],
      ['with a word for sameSite', { sticky: { sameSite: 'lax' } }, "sticky.sameSite must be one of Strict, Lax, None, got 'lax'"],
      ['with a promise of https that is not kept', { sticky: { name: '__Secure-a' } }, "sticky.secure must be true for the name '__Secure-a', browsers drop the cookie otherwise"],
      ['with a promise of the path that is not kept', { sticky: { name: '__Host-a', secure: true, path: '/a' } },
        "sticky.path must be '/' for the name '__Host-a', browsers drop the cookie otherwise, got '/a'"],
      ['with a property that is misspelt', { sticky: { maxage: 5 } }, "sticky has no property 'maxage', known properties: name, path, maxAge, secure, httpOnly, sameSite"],
      ['that is only a word', { sticky: true }, 'sticky must be an object, got true'],
      ['that an audience looks for', { sticky: { name: 'bucket' }, canaryFor: [own] }, "canaryFor[0] looks for the cookie 'bucket', which deals users into buckets, choose another sticky.name"],
      ['that the headers of the answer set', { sticky: {}, headers: { response: { set: { 'Set-Cookie': 'a=1' } } } },
        "headers.response must not set or remove 'set-cookie', the cookie that deals users into buckets would be lost, use add"],
      ['that the headers of the answer remove', { sticky: {}, headers: { response: { remove: ['set-cookie'] } } },
        "headers.response must not set or remove 'set-cookie', the cookie that deals users into buckets would be lost, use add"],
    ])('fails %s', (_, props, message) => {
      expect(() => httpOf({ plan: [100], ...props as any })).toThrow(new Error(`[test/Reviews] ${message}`));
    });

    test('may stand beside an audience whose cookie has a similar name', () => {
      expect(httpOf({ plan: [100], sticky: { name: 'bucket' }, canaryFor: [Audience.cookie('mybucket', '1')] })).toHaveLength(3);
    });
  });
});

describe('a population of users', () => {
  /** As many users as there are draws, so that each draw happens once. */
  function populationOf(stages: any[][]): User[] {
    return Array.from({ length: totalWeight(stages[0][stages[0].length - 1]) }, () => new User());
  }

  /** For each user whether the canary answers. */
  function visitAll(users: readonly User[], http: any[]): boolean[] {
    return users.map((user, draw) => user.visit(http, draw) === 'canary');
  }

  function percentOf(answers: readonly boolean[]): number {
    return answers.filter(canary => canary).length * 100 / answers.length;
  }

  test('has within each stage the planned share on the canary, and moves one way', () => {
    fc.assert(fc.property(plans, plan => {
      const stages = stagesOf(plan, { sticky: {} });
      const users = populationOf(stages);
      const visits = stages.map(http => visitAll(users, http));
      expect(visits.map(percentOf)).toEqual([0, ...plan]);
      visits.slice(1).forEach((canary, index) => {
        expect(users.filter((_, user) => visits[index][user] && !canary[user])).toEqual([]);
      });
    }), { numRuns: 12 });
  });

  test('does not move within a stage, however often it comes', () => {
    const http = httpOf({ plan: PLAN, stage: 3, sticky: {} });
    const users = populationOf([http]);
    const first = visitAll(users, http);
    for (let shift = 1; shift < 50; shift++) {
      expect(users.map((user, draw) => user.visit(http, draw + shift) === 'canary')).toEqual(first);
    }
  });

  test('is the same on the way back as on the way there, and is brought home by stage 0', () => {
    fc.assert(fc.property(plans, fc.array(fc.nat(), { minLength: 2, maxLength: 8 }), (plan, walk) => {
      const stages = stagesOf(plan, { sticky: {} });
      const users = populationOf(stages);
      const seen = new Map<number, boolean[]>();
      for (const stage of walk.map(step => step % stages.length)) {
        const canary = visitAll(users, stages[stage]);
        expect(canary).toEqual(seen.get(stage) ?? canary);
        expect(percentOf(canary)).toBe([0, ...plan][stage]);
        seen.set(stage, canary);
      }
      expect(percentOf(visitAll(users, stages[0]))).toBe(0);
    }), { numRuns: 12 });
  });

  test('moves wholly at 100, whenever its users came', () => {
    const stages = stagesOf(PLAN, { sticky: {} });
    const users = stages.slice(0, -1).flatMap(http => {
      const arriving = populationOf(stages);
      visitAll(arriving, http);
      return arriving;
    });
    expect(percentOf(visitAll(users, stages[5]))).toBe(100);
    expect(percentOf(visitAll(users, stages[2]))).toBe(5);
  });

  test('would drift without the buckets', () => {
    const http = httpOf({ plan: PLAN, stage: 2 });
    const user = new User();
    expect(new Set(Array.from({ length: 100 }, (_, draw) => user.visit(http, draw)))).toEqual(new Set(['stable', 'canary']));
  });

  /** By hand: each version answers with a cookie that brings its users back, or only the canary does. */
  function pinned(percent: number, versionsThatPin: readonly string[]): any[] {
    const destination = (subset: string, weight: number) => ({
      destination: { host: 'reviews', subset },
      weight,
      headers: versionsThatPin.includes(subset) ? { response: { add: { 'set-cookie': `version=${subset}` } } } : undefined,
    });
    return [
      ...versionsThatPin.map(subset => ({ match: [{ headers: { cookie: { regex: `(.*;\\s*)?version=${subset}(\\s*;.*)?` } } }], route: [destination(subset, 100)] })),
      { route: [destination('stable', 100 - percent), destination('canary', percent)] },
    ];
  }

  test('would drift up with a cookie for the canary alone: each further request is another draw', () => {
    const users = Array.from({ length: 100 }, () => new User());
    const shares = Array.from({ length: 20 }, (_, visit) => percentOf(users.map((user, draw) => user.visit(pinned(5, ['canary']), draw + visit * 7) === 'canary')));
    expect([shares[0], shares[19] > 50]).toEqual([5, true]);
  });

  test('would freeze with a cookie for both versions: no later stage moves anybody', () => {
    const users = Array.from({ length: 100 }, () => new User());
    visitAll(users, pinned(5, ['stable', 'canary']));
    expect(percentOf(visitAll(users, pinned(50, ['stable', 'canary'])))).toBe(5);
  });
});

describe('the stage', () => {
  function stageWith(context: { [key: string]: unknown }, props: Partial<CanaryReleaseProps> = {}): CanaryRelease {
    const app = Testing.app();
    Object.entries(context).forEach(([key, value]) => app.node.setContext(key, value));
    return new CanaryRelease(new Chart(app, 'shop'), 'Reviews', { ...versions, plan: PLAN, ...props });
  }

  afterEach(() => {
    delete process.env.CDK8S_ISTIO_STAGE;
  });

  test('is 0 when nobody says it', () => {
    expect(stageWith({}).canaryPercent).toBe(0);
  });

  test('is that of the program before that of the context', () => {
    expect(stageWith({ 'cdk8s-istio/stage': 3 }, { stage: 1 }).canaryPercent).toBe(1);
  });

  test('is that of the construct before that of the app, and that before the environment', () => {
    process.env.CDK8S_ISTIO_STAGE = '1';
    expect(stageWith({}).canaryPercent).toBe(1);
    expect(stageWith({ 'cdk8s-istio/stage': '2' }).canaryPercent).toBe(5);
    expect(stageWith({ 'cdk8s-istio/stage': 2, 'cdk8s-istio/stage/Reviews': 3 }).canaryPercent).toBe(25);
    expect(stageWith({ 'cdk8s-istio/stage/Reviews': 3, 'cdk8s-istio/stage/shop/Reviews': 4 }).canaryPercent).toBe(50);
  });

  test('may be said by the context of a chart', () => {
    const chart = new Chart(new App(), 'shop');
    chart.node.setContext('cdk8s-istio/stage', 4);
    expect(new CanaryRelease(chart, 'Reviews', { ...versions, plan: PLAN }).canaryPercent).toBe(50);
  });

  test.each([['6', '6'], ['-1', "'-1'"], ['1.5', "'1.5'"], ['last', "'last'"], ['', "''"], [' 1', "' 1'"], ['1e0', "'1e0'"]])('fails with its source when the environment says %j', (text, shown) => {
    process.env.CDK8S_ISTIO_STAGE = text;
    expect(() => stageWith({})).toThrow(new Error(`[shop/Reviews] stage in the environment variable CDK8S_ISTIO_STAGE must be an integer from 0 to 5, got ${shown}`));
  });

  test.each<[unknown, string]>([[6, '6'], ['x', "'x'"], [null, 'null'], [true, 'true'], [{}, 'an empty object']])('fails with its source when the context says %j', (value, text) => {
    expect(() => stageWith({ 'cdk8s-istio/stage/Reviews': value }))
      .toThrow(`[shop/Reviews] stage in the context value 'cdk8s-istio/stage/Reviews' must be an integer from 0 to 5, got ${text}`);
  });

  test('of context and environment is not for releases without a plan', () => {
    process.env.CDK8S_ISTIO_STAGE = 'x';
    expect(stageWith({ 'cdk8s-istio/stage': 'x' }, { plan: undefined, canaryPercent: 7 }).canaryPercent).toBe(7);
  });
});
