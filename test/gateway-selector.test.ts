import { GatewaySelector } from '../lib';

test.each([
  ['the ingress gateway', GatewaySelector.ingress(), { istio: 'ingressgateway' }],
  ['the egress gateway', GatewaySelector.egress(), { istio: 'egressgateway' }],
  ['labels', GatewaySelector.labels({ 'app.kubernetes.io/name': 'partner', 'istio': '' }), { 'app.kubernetes.io/name': 'partner', 'istio': '' }],
])('selects %s', (_, selector, labels) => {
  expect(selector._toSelector()).toEqual(labels);
});

test('all proxies are selected by no selector', () => {
  expect(GatewaySelector.allProxies()._toSelector()).toBeUndefined();
});

test('the labels of the caller are copied', () => {
  const labels = { istio: 'partner' };
  const selector = GatewaySelector.labels(labels);
  labels.istio = 'other';
  expect(selector._toSelector()).toEqual({ istio: 'partner' });
});

describe('labels that no pod can have are refused', () => {
  test.each<[string, any, string]>([
    ['none at all', {}, 'labels must not be empty, it would select every workload'],
    ['left out', undefined, 'labels must be given'],
    ['a text', 'istio=ingressgateway', "labels must be an object, got 'istio=ingressgateway'"],
    ['a wildcard', { istio: '*' }, "labels['istio'] must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got '*'"],
    ['a number', { istio: 1 }, "labels['istio'] must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got 1"],
    ['an undefined value', { istio: undefined }, "labels['istio'] must not be undefined, leave the key out"],
    ['an empty key', { '': 'a' }, "labels has the key '', a key must be letters, digits, '-', '_' and '.', at most 63 characters, with an optional domain and '/' in front"],
  ])('%s', (_, labels, message) => {
    expect(() => GatewaySelector.labels(labels)).toThrow(new Error(message));
  });
});
