import { DestinationRule, EntryPort, Resolution, ServiceEntry, ServiceHost, Subset, SubsetOptions } from '../lib';
import { specOf, testChart } from './util';

const HOST = ServiceHost.fromName('reviews', { namespace: 'shop' });

function rule(): DestinationRule {
  return new DestinationRule(testChart(), 'Rule', { host: HOST });
}

test('stands for its part of the rule\'s host', () => {
  const reviews = rule();
  const subset = reviews.addSubset('v1', { labels: { version: 'v1' } });
  expect(subset).toBeInstanceOf(Subset);
  expect(subset.subsetName).toBe('v1');
  expect(subset.toDestinationConfig()).toEqual({ host: 'reviews', namespace: 'shop', subset: 'v1', port: undefined, dependencies: [reviews] });
});

test('takes a port', () => {
  const subset = rule().addSubset('v1');
  const onPort = subset.withPort(8080);
  expect(onPort.toDestinationConfig()).toMatchObject({ host: 'reviews', subset: 'v1', port: 8080 });
  expect(onPort.subsetName).toBe('v1');
  expect(subset.toDestinationConfig().port).toBeUndefined();
});

test.each([
  [0, 'port must be an integer from 1 to 65535, got 0'], [65536, 'port must be an integer from 1 to 65535, got 65536'], [undefined, 'port must be given'],
])('fails on the port %p', (port, message) => {
  expect(() => rule().addSubset('v1').withPort(port as number)).toThrow(new Error(message));
});

test('follows an entry to which a host is added later', () => {
  const chart = testChart();
  const entry = new ServiceEntry(chart, 'Entry', { hosts: ['api.example.com'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
  const api = new DestinationRule(chart, 'Rule', { host: entry });
  expect(api.addSubset('eu').toDestinationConfig()).toEqual({ host: 'api.example.com', namespace: undefined, subset: 'eu', port: undefined, dependencies: [api, entry] });
});

describe('in a manifest', () => {
  function rendered(options?: SubsetOptions): any {
    const chart = testChart();
    new DestinationRule(chart, 'Rule', { host: HOST }).addSubset('v1', options);
    return specOf(chart, 'DestinationRule').subsets;
  }

  test('has a name and what was said', () => {
    expect(rendered()).toEqual([{ name: 'v1' }]);
    expect(rendered({ labels: { 'version': 'v1', 'example.com/tier': '' }, trafficPolicy: { retryBudget: { percent: 1 } } }))
      .toEqual([{ name: 'v1', labels: { 'version': 'v1', 'example.com/tier': '' }, trafficPolicy: { retryBudget: { percent: 1 } } }]);
  });

  test('has a copy of the labels', () => {
    const chart = testChart();
    const labels = { version: 'v1' };
    new DestinationRule(chart, 'Rule', { host: HOST }).addSubset('v1', { labels });
    labels.version = 'v2';
    expect(specOf(chart, 'DestinationRule').subsets).toEqual([{ name: 'v1', labels: { version: 'v1' } }]);
  });
});

test.each([
  ['no labels', { labels: {} }, 'subsets[\'v1\'].labels must not be empty, leave it out for a subset of all endpoints'],
  ['a label that no pod can have', { labels: { version: 'v 1' } },
    'subsets[\'v1\'].labels[\'version\'] must be letters, digits, \'-\', \'_\' and \'.\', at most 63 characters, with a letter or digit first and last, got \'v 1\''],
  ['a number for a label', { labels: { version: 1 } },
    'subsets[\'v1\'].labels[\'version\'] must be letters, digits, \'-\', \'_\' and \'.\', at most 63 characters, with a letter or digit first and last, got 1'],
  ['an undefined label', { labels: { version: undefined } }, 'subsets[\'v1\'].labels[\'version\'] must not be undefined, leave the key out'],
  ['a key that no pod can have', { labels: { 'a/b/c': 'v1' } },
    'subsets[\'v1\'].labels has the key \'a/b/c\', a key must be letters, digits, \'-\', \'_\' and \'.\', at most 63 characters, with an optional domain and \'/\' in front'],
  ['an empty policy', { trafficPolicy: {} },
    'subsets[\'v1\'].trafficPolicy must set at least one of loadBalancer, connectionPool, outlierDetection, tls, portLevelSettings, transport, retryBudget'],
  ['labels in the wrong place', { version: 'v1' }, 'subsets[\'v1\'] has no property \'version\', known properties: labels, trafficPolicy'],
  ['null', null, 'subsets[\'v1\'] must be an object, got null'],
  ['a list of labels', { labels: ['v1'] }, 'subsets[\'v1\'].labels must be an object, got a list of 1'],
])('fails on %s', (_what, options, message) => {
  expect(() => rule().addSubset('v1', options as unknown as SubsetOptions)).toThrow(new Error(`[test/Rule] ${message}`));
});
