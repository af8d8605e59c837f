import * as fc from 'fast-check';
import { LoadBalancer, LocalityDistribution, LocalityLoadBalancing, RegionFailover } from '../lib';
import { renderedPolicy } from './traffic-policies';

function rendered(locality: LocalityLoadBalancing): any {
  const { simple, ...rest } = renderedPolicy({ loadBalancer: LoadBalancer.random({ locality }) }).loadBalancer;
  expect(simple).toBe('RANDOM');
  return rest;
}

describe('enabled and disabled', () => {
  test.each([
    ['enabled', LocalityLoadBalancing.enabled(), { localityLbSetting: { enabled: true } }],
    ['disabled', LocalityLoadBalancing.disabled(), { localityLbSetting: { enabled: false } }],
    ['zoneAware', LocalityLoadBalancing.zoneAware(), { zoneAwareLbSetting: { enabled: true } }],
    ['zoneAwareDisabled', LocalityLoadBalancing.zoneAwareDisabled(), { zoneAwareLbSetting: { enabled: false } }],
  ])('%s is written as a switch', (_name, locality, expected) => {
    expect(rendered(locality)).toEqual(expected);
  });
});

describe('distribute', () => {
  function errorOf(distributions: unknown): () => void {
    return () => LocalityLoadBalancing.distribute(distributions as LocalityDistribution[]);
  }

  function from(...places: string[]): LocalityDistribution[] {
    return places.map(place => ({ from: place, to: { '*': 100 } }));
  }

  function to(...places: string[]): LocalityDistribution[] {
    const rest = 100 - (places.length - 1);
    return [{ from: '*', to: Object.fromEntries(places.map((place, index) => [place, index === 0 ? rest : 1])) }];
  }

  test('is written place by place, in order', () => {
    const distributions: LocalityDistribution[] = [
      { from: 'us-west/zone1/*', to: { 'us-west/zone1/*': 80, 'us-west/zone2/*': 20 } },
      { from: 'us-west/zone2/*', to: { 'us-west/zone1/*': 20, 'us-west/zone2/*': 80 } },
      { from: 'eu', to: { '*': 100 } },
    ];
    expect(rendered(LocalityLoadBalancing.distribute(distributions))).toEqual({ localityLbSetting: { distribute: distributions } });
  });

  test('copies what it is given', () => {
    const distributions = [{ from: 'eu', to: { eu: 100 } as { [key: string]: number } }];
    const locality = LocalityLoadBalancing.distribute(distributions);
    distributions[0].to.us = 1;
    distributions.push({ from: 'us', to: { us: 100 } });
    expect(rendered(locality)).toEqual({ localityLbSetting: { distribute: [{ from: 'eu', to: { eu: 100 } }] } });
  });

  test('percentages add up to 100', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }), weights => {
      const distributions = [{ from: 'eu', to: Object.fromEntries(weights.map((weight, index) => [`region-${index}`, weight])) }];
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      if (total === 100) {
        expect(errorOf(distributions)).not.toThrow();
      } else {
        expect(errorOf(distributions)).toThrow(new Error(`distributions[0].to must add up to 100, got ${total}`));
      }
    }), { examples: [[[100]], [[1, 99]], [[50, 49]], [[50, 51]]] });
  });

  test.each([
    ['no list', undefined, 'distributions must be a list, got undefined'],
    ['an empty list', [], 'distributions must not be empty'],
    ['a hole', [undefined], 'distributions[0] must not be undefined, leave the item out'],
    ['no place of clients', [{ to: { eu: 100 } }], 'distributions[0].from must be given'],
    ['no places of endpoints', [{ from: 'eu' }], 'distributions[0].to must be given'],
    ['nowhere to go', [{ from: 'eu', to: {} }], 'distributions[0].to must add up to 100, got 0'],
    ['a percentage of zero', [{ from: 'eu', to: { eu: 100, us: 0 } }], 'distributions[0].to[\'us\'] must be an integer from 1 to 100, got 0'],
    ['a fraction', [{ from: 'eu', to: { eu: 99.5, us: 0.5 } }], 'distributions[0].to[\'eu\'] must be an integer from 1 to 100, got 99.5'],
    ['a text', [{ from: 'eu', to: { eu: '100' } }], 'distributions[0].to[\'eu\'] must be an integer from 1 to 100, got \'100\''],
    ['an unknown property', [{ from: 'eu', to: { eu: 100 }, weight: 1 }], 'distributions[0] has no property \'weight\', known properties: from, to'],
  ])('fails on %s', (_what, distributions, message) => {
    expect(errorOf(distributions)).toThrow(new Error(message));
  });

  test.each(['*', 'us', 'us/a', 'us/a/x', 'us/*', 'us/a/*'])('%s is a place', place => {
    expect(rendered(LocalityLoadBalancing.distribute([{ from: place, to: { [place]: 100 } }])))
      .toEqual({ localityLbSetting: { distribute: [{ from: place, to: { [place]: 100 } }] } });
  });

  test.each(['', '/', 'us/', '/a', 'us//x', 'us/a/', 'us*', '*/a', 'us/*/x', 'us/a*', '**', 'us/a/x/y'])('%p is no place', place => {
    const shape = 'region, region/zone or region/zone/subzone, of which the last may be \'*\'';
    expect(errorOf(from(place))).toThrow(new Error(`distributions[0].from must be ${shape}, got '${place}'`));
    expect(errorOf(to(place))).toThrow(new Error(`distributions[0].to has the key '${place}', a key must be ${shape}`));
  });

  test.each([
    [['us/a', 'us/*']], [['us/a/x', 'us/a/*']], [['us', '*']], [['us', 'eu/a', 'eu/b/x', '*']], [['us/a/x', 'us/b', 'us/*']],
  ])('a wider place after narrower ones takes the rest: %p', places => {
    expect(errorOf(from(...places))).not.toThrow();
  });

  test.each([
    [['*', 'us']], [['us', 'us']], [['us', 'us/a']], [['us/a', 'us']], [['us/*', 'us/a']], [['us/*', 'us/a/x']], [['us/*', 'us/*']], [['us/a', 'us/a/x']],
    [['us/a/x', 'us/a']], [['us/a/*', 'us/a/x']], [['us/a/x', 'us/a/x']],
  ])('a place that an earlier one hides is refused: %p', places => {
    expect(errorOf(from(...places)))
      .toThrow(new Error(`distributions[1].from '${places[1]}' overlaps with distributions[0].from '${places[0]}', write the narrower place first`));
  });

  test('places of endpoints must not overlap in either order, because Istio reads them in any', () => {
    expect(errorOf(to('us/a', 'us/*'))).toThrow(new Error('distributions[0].to must not overlap, got \'us/a\' and \'us/*\''));
    expect(errorOf(to('us/*', 'us/a'))).toThrow(new Error('distributions[0].to must not overlap, got \'us/*\' and \'us/a\''));
    expect(errorOf(to('eu', 'us/a', '*'))).toThrow(new Error('distributions[0].to must not overlap, got \'eu\' and \'*\''));
    expect(errorOf(to('us/a', 'us/b/x', 'eu'))).not.toThrow();
  });
});

describe('failover', () => {
  function errorOf(failovers: unknown, options?: unknown): () => void {
    return () => LocalityLoadBalancing.failover(failovers as RegionFailover[], options as object);
  }

  test('is written region by region, in order', () => {
    const failovers = [{ from: 'us-east', to: 'eu-west' }, { from: 'us-west', to: 'us-east' }];
    expect(rendered(LocalityLoadBalancing.failover(failovers))).toEqual({ localityLbSetting: { failover: failovers } });
  });

  test('goes with labels that are not about regions', () => {
    const labels = ['topology.istio.io/network', 'version=v1', 'topology.kubernetes.io/region=eu'];
    expect(rendered(LocalityLoadBalancing.failover([{ from: 'us', to: 'eu' }], { failoverPriority: labels })))
      .toEqual({ localityLbSetting: { failover: [{ from: 'us', to: 'eu' }], failoverPriority: labels } });
  });

  test.each(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'])('does not go with the label %s', label => {
    const message = new Error(`failoverPriority[1] must not be '${label}' here, Istio orders regions, zones and subzones itself`);
    expect(errorOf([{ from: 'us', to: 'eu' }], { failoverPriority: ['version', label] })).toThrow(message);
    expect(() => LocalityLoadBalancing.zoneAware({ failoverPriority: ['version', label] })).toThrow(message);
    expect(() => LocalityLoadBalancing.failoverPriority(['version', label])).not.toThrow();
  });

  test.each([
    ['no list', undefined, 'failovers must be a list, got undefined'],
    ['an empty list', [], 'failovers must not be empty'],
    ['no origin', [{ to: 'eu' }], 'failovers[0].from must be given'],
    ['an empty target', [{ from: 'us', to: '' }], 'failovers[0].to must be a string that is not empty, got \'\''],
    ['one region for both', [{ from: 'us', to: 'us' }], 'failovers[0].to must be another region than failovers[0].from, got \'us\' for both'],
    ['a zone', [{ from: 'us/a', to: 'eu' }], 'failovers[0].from must be a region without zone and wildcard, got \'us/a\''],
    ['a wildcard', [{ from: 'us', to: '*' }], 'failovers[0].to must be a region without zone and wildcard, got \'*\''],
    ['an origin twice', [{ from: 'us', to: 'eu' }, { from: 'us', to: 'asia' }], 'failovers[1].from \'us\' repeats failovers[0].from, a region fails over to one other only'],
    ['an unknown property', [{ from: 'us', to: 'eu', weight: 1 }], 'failovers[0] has no property \'weight\', known properties: from, to'],
  ])('fails on %s', (_what, failovers, message) => {
    expect(errorOf(failovers)).toThrow(new Error(message));
  });

  test('fails on an empty list of labels and on unknown options', () => {
    expect(errorOf([{ from: 'us', to: 'eu' }], { failoverPriority: [] })).toThrow(new Error('failoverPriority must not be empty'));
    expect(errorOf([{ from: 'us', to: 'eu' }], { distribute: [] })).toThrow(new Error('options has no property \'distribute\', known properties: failoverPriority'));
  });
});

describe('failoverPriority', () => {
  test('is written in order', () => {
    const labels = ['topology.istio.io/network', 'topology.kubernetes.io/region', 'version=v1', 'tier='];
    expect(rendered(LocalityLoadBalancing.failoverPriority(labels))).toEqual({ localityLbSetting: { failoverPriority: labels } });
  });

  test.each(['', ' ', '=v1', 'a=b=c', 'a b', '/a', 'a/b/c', 'version=v 1', `${'a'.repeat(64)}`])('fails on the label %p', label => {
    expect(() => LocalityLoadBalancing.failoverPriority(['a', label])).toThrow(new Error(`labels[1] must be the key of a label, or key=value, got '${label}'`));
  });

  test('fails on a key that repeats, of which Istio would take one value for all', () => {
    expect(() => LocalityLoadBalancing.failoverPriority(['version=v1', 'version=v2'])).toThrow(new Error('labels[1] \'version=v2\' repeats the key of labels[0]'));
    expect(() => LocalityLoadBalancing.failoverPriority(['version', 'version'])).toThrow(new Error('labels[1] \'version\' repeats the key of labels[0]'));
  });

  test('fails on what is no list of labels', () => {
    expect(() => LocalityLoadBalancing.failoverPriority([])).toThrow(new Error('labels must not be empty'));
    expect(() => LocalityLoadBalancing.failoverPriority('version' as unknown as string[])).toThrow(new Error('labels must be a list, got \'version\''));
    expect(() => LocalityLoadBalancing.failoverPriority([5 as unknown as string])).toThrow(new Error('labels[0] must be the key of a label, or key=value, got 5'));
  });
});

describe('zoneAware', () => {
  test('is written with every option', () => {
    expect(rendered(LocalityLoadBalancing.zoneAware({
      minClusterSize: 10,
      failover: [{ from: 'us-east', to: 'eu-west' }],
      failoverPriority: ['topology.istio.io/network'],
    }))).toEqual({
      zoneAwareLbSetting: {
        enabled: true,
        minClusterSize: 10,
        failover: [{ from: 'us-east', to: 'eu-west' }],
        failoverPriority: ['topology.istio.io/network'],
      },
    });
  });

  test.each([0, 4294967296, 1.5, NaN, '6', null])('fails on the size %p', size => {
    expect(() => LocalityLoadBalancing.zoneAware({ minClusterSize: size as number })).toThrow('minClusterSize must be an integer from 1 to 4294967295, got ');
  });

  test('checks failover as without zones', () => {
    expect(() => LocalityLoadBalancing.zoneAware({ failover: [{ from: 'us', to: 'us' }] }))
      .toThrow(new Error('failover[0].to must be another region than failover[0].from, got \'us\' for both'));
    expect(() => LocalityLoadBalancing.zoneAware({ failover: [] })).toThrow(new Error('failover must not be empty'));
    expect(() => LocalityLoadBalancing.zoneAware({ enabled: true } as object))
      .toThrow(new Error('options has no property \'enabled\', known properties: minClusterSize, failover, failoverPriority'));
  });
});
