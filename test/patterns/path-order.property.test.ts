import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { walk } from './route-walk';
import {
  Audience, CanaryRelease, DelegatedPath, Gateway, HeaderMatch, HttpAction, IHttpTarget, IngressRoute, PathOptions,
  PathRewrite, PathType, ServiceHost, SharedHost, StringMatch,
} from '../../lib';
import { manifestsOf, specOf, testChart, testCharts } from '../util';

interface Call {
  readonly path: string;
  readonly kind: number;
  readonly options: PathOptions;
}

const segment = fc.constantFrom('api', 'v1', 'a', 'ab');
const path = fc.array(segment, { maxLength: 3 }).map(parts => `/${parts.join('/')}`);
const conditions = fc.record({
  pathType: fc.constantFrom(PathType.PATH, PathType.EXACT, PathType.PREFIX),
  methods: fc.option(fc.subarray(['GET', 'POST', 'PUT'], { minLength: 1 }), { nil: undefined }),
  headers: fc.option(fc.constantFrom({ x: HeaderMatch.exact('1') }, { x: HeaderMatch.present() }, { y: HeaderMatch.prefix('a') }), { nil: undefined }),
  queryParams: fc.option(fc.constant({ q: StringMatch.exact('1') }), { nil: undefined }),
  rewrite: fc.option(fc.constantFrom(PathRewrite.replace('/new'), PathRewrite.wholePath('/one')), { nil: undefined }),
  corsPolicy: fc.option(fc.constant({ allowOrigins: [StringMatch.exact('https://a.com')] }), { nil: undefined }),
});
const oneCall = fc.record({ path, kind: fc.integer({ min: 0, max: 2 }), options: conditions as fc.Arbitrary<PathOptions> });
const calls: fc.Arbitrary<Call[]> = fc.array(oneCall, { minLength: 1, maxLength: 8 });

function to(name: string): HttpAction {
  return HttpAction.forward(ServiceHost.fromName(name, { port: 8080 }));
}

/** What a call leads to: the names of its hosts are telling, so that each route shows whose it is. */
function targetOf(chart: Chart, { kind }: Call, index: number): IHttpTarget {
  if (kind === 0) {
    return to(`plain-${index}`);
  }
  return kind === 1
    ? {
      toHttpTargetConfig: () => ({
        routes: [{ name: 'first', matches: [{ headers: { z: HeaderMatch.exact('1') } }], action: to(`first-${index}`) }, { action: to(`rest-${index}`) }],
      }),
    }
    : new CanaryRelease(chart, `Release${index}`, {
      service: ServiceHost.fromName(`service-${index}`, { port: 80 }),
      stable: { version: 'v1' },
      canary: { version: 'v2' },
      canaryPercent: 10,
      canaryFor: [Audience.header('z', HeaderMatch.present())],
    });
}

/** Those of the calls that a pattern takes, so that what is left has no overlaps. */
function accepted(all: Call[]): { readonly call: Call; readonly index: number }[] {
  const chart = testChart();
  const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
  return all.map((call, index) => ({ call, index })).filter(({ call, index }) => {
    try {
      shop.addPath(call.path, targetOf(chart, call, index), call.options);
      return true;
    } catch (error) {
      expect((error as Error).message).toMatch(/takes the same requests|ask twice/);
      return false;
    }
  });
}

/** The manifests after calls, or what is wrong with them as a whole. */
function outcome(chart: Chart, kind = 'VirtualService'): unknown {
  try {
    return manifestsOf(chart).filter(manifest => manifest.kind === kind);
  } catch (error) {
    return (error as Error).message.split('\n').sort();
  }
}

test('the order of addPath calls does not change the output, or what is wrong with it', () => {
  fc.assert(fc.property(calls.chain(all => fc.tuple(fc.constant(accepted(all)), fc.infiniteStream(fc.nat()))), ([taken, random]) => {
    const keys = taken.map(() => random.next().value as number);
    const shuffled = taken.map((each, index) => ({ each, key: keys[index] })).sort((a, b) => a.key - b.key).map(({ each }) => each);
    const [one, other] = [taken, shuffled].map(order => {
      const chart = testChart();
      const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
      order.forEach(({ call, index }) => shop.addPath(call.path, targetOf(chart, call, index), call.options));
      return outcome(chart);
    });
    expect(other).toEqual(one);
  }), { numRuns: 60 });
});

test('no two matches of the output are equal, no name is there twice, and every destination resolves', () => {
  fc.assert(fc.property(calls, all => {
    const chart = testChart();
    const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
    accepted(all).forEach(({ call, index }) => shop.addPath(call.path, targetOf(chart, call, index), call.options));
    const result = outcome(chart, 'VirtualService');
    if (!Array.isArray(result) || typeof result[0] === 'string') {
      return;
    }
    const { http } = result[0].spec;
    const matches = http.flatMap(({ match }: any) => match ?? []).map((match: any) => JSON.stringify(match));
    expect(new Set(matches).size).toBe(matches.length);
    const names = http.map(({ name }: any) => name);
    expect(new Set(names).size).toBe(names.length);
    const subsets = manifestsOf(chart).filter(({ kind }) => kind === 'DestinationRule').flatMap(({ spec }) => spec.subsets.map(({ name }: any) => `${spec.host} ${name}`));
    for (const { destination } of http.flatMap(({ route }: any) => route)) {
      expect(destination.port.number).toBeGreaterThan(0);
      expect(destination.subset === undefined || subsets.includes(`${destination.host} ${destination.subset}`)).toBe(true);
    }
  }), { numRuns: 60 });
});

test('a request goes to the longest of the paths that are its own or above it', () => {
  const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(paths, path, (all, asked) => {
    const chart = testChart();
    const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
    all.forEach((each, index) => shop.addPath(each, to(`host-${index}`)));
    const longest = all.filter(each => each === '/' || asked === each || asked.startsWith(`${each}/`)).sort((a, b) => b.length - a.length)[0];
    expect(walk(specOf(chart, 'VirtualService'), { path: asked })?.host).toBe(longest === undefined ? undefined : `host-${all.indexOf(longest)}`);
  }), { numRuns: 60 });
});

test('a rewritten path begins with one slash, and has no two in a row', () => {
  const rewrites = fc.constantFrom(PathRewrite.strip(), PathRewrite.replace('/new'), PathRewrite.wholePath('/one'));
  const types = fc.constantFrom(PathType.PATH, PathType.EXACT, PathType.PREFIX);
  fc.assert(fc.property(path.filter(each => each !== '/'), types, rewrites, fc.constantFrom('', '/', '/x', '/x/y', 'x'), (each, pathType, rewrite, rest) => {
    const chart = testChart();
    new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] }).addPath(each, to('host'), { pathType, rewrite });
    const answer = walk(specOf(chart, 'VirtualService'), { path: each + rest });
    expect(answer === undefined || /^\/(?!\/)/.test(answer.path!)).toBe(true);
    expect(answer?.path ?? '').not.toContain('//');
  }), { numRuns: 60 });
});

test('the order of calls of a shared host and its delegated paths does not change the output', () => {
  const gateway = Gateway.fromGatewayName('public', { namespace: 'edge' });
  const paths = fc.uniqueArray(fc.constantFrom('/', '/api', '/api/v1', '/a', '/ab', '/a/b', '/a/b/c'), { minLength: 1 });
  const parts = fc.uniqueArray(fc.constantFrom('/cart', '/cart/items', '/cart/items/1', '/cart/total'), { minLength: 1 });
  fc.assert(fc.property(paths, parts, fc.infiniteStream(fc.boolean()), (own, delegated, flips) => {
    const [one, other] = [false, true].map(isReversed => {
      const { first, second } = testCharts({ namespace: 'edge' }, { namespace: 'cart' });
      const shop = new SharedHost(first, 'Shop', { hosts: ['shop.example.com'], gateways: [gateway] });
      const cart = new DelegatedPath(second, 'Cart', { sharedHost: shop, path: '/cart' });
      const steps = [...own.map(each => () => shop.addPath(second, each, to('own'))), ...delegated.map(each => () => cart.addPath(each, to('cart')))];
      const moved = steps.map(step => ({ step, late: isReversed && flips.next().value as boolean })).sort((a, b) => Number(a.late) - Number(b.late));
      (isReversed ? moved.reverse() : moved).forEach(({ step }) => step());
      return [specOf(first, 'VirtualService'), specOf(second, 'VirtualService')];
    });
    expect(other).toEqual(one);
  }), { numRuns: 50 });
});
