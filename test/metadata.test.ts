import { ApiObjectMetadata } from 'cdk8s';
import { manifestOf, testChart } from './util';
import { Resolution, ServiceEntry } from '../lib';

function entry(metadata: unknown, namespace?: string): ServiceEntry {
  return new ServiceEntry(testChart({ namespace }), 'Entry', { hosts: ['a.example'], resolution: Resolution.none(), metadata: metadata as ApiObjectMetadata });
}

function written(metadata: unknown, namespace?: string): ApiObjectMetadata {
  const chart = testChart({ namespace });
  new ServiceEntry(chart, 'Entry', { hosts: ['a.example'], resolution: Resolution.none(), metadata: metadata as ApiObjectMetadata });
  return manifestOf(chart, 'ServiceEntry').metadata;
}

test('what is undefined was left out', () => {
  const nothing = {
    name: undefined, namespace: undefined, labels: undefined, annotations: undefined, finalizers: undefined, ownerReferences: undefined,
  };
  expect(written(nothing, 'shop')).toEqual({ name: 'test-entry', namespace: 'shop' });
  expect(entry({ name: undefined }).name).toBe('test-entry');
});

test('what Kubernetes takes is written', () => {
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '1', controller: true };
  const metadata = {
    name: 'a.b',
    namespace: 'shop-2',
    labels: { 'example.com/Team_1': 'A.b_c', 'empty': '' },
    annotations: { 'Example.com/note': 'any text ü' },
    finalizers: ['example.com/wait'],
    ownerReferences: [owner],
  };
  expect(written(metadata)).toEqual(metadata);
});

test.each<[string, unknown, string]>([
  ['a name in capitals', { name: 'A' }, "metadata.name must be lower case letters, digits, '-' and '.', at most 253 characters, got 'A'"],
  ['a namespace with a dot', { namespace: 'a.b' }, "metadata.namespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'a.b'"],
  ['a long namespace', { namespace: 'a'.repeat(64) }, `metadata.namespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got '${'a'.repeat(64)}'`],
  ['a wrong key', { labels: { 'a b': 'c' } }, "metadata.labels has the key 'a b', a key must be letters, digits, '-', '_' and '.', at most 63 characters, with an optional domain in lower case and '/' in front"],
  ['a key with a domain in capitals', { labels: { 'A.example/b': 'c' } }, "metadata.labels has the key 'A.example/b', a key must be letters, digits, '-', '_' and '.', at most 63 characters, with an optional domain in lower case and '/' in front"],
  ['a wrong label', { labels: { a: 'b c' } }, "metadata.labels['a'] must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got 'b c'"],
  ['a wrong annotation', { annotations: { 'a/b/c': 'd' } }, "metadata.annotations has the key 'a/b/c', a key must be letters, digits, '-', '_' and '.', at most 63 characters, with an optional domain in lower case and '/' in front"],
  ['a number', { annotations: { a: 5 } }, "metadata.annotations['a'] must be a string, got 5"],
  ['finalizers in a text', { finalizers: 'xyz' }, "metadata.finalizers must be a list, got 'xyz'"],
  ['a number of finalizers', { finalizers: 5 }, 'metadata.finalizers must be a list, got 5'],
  ['a number of owners', { ownerReferences: 5 }, 'metadata.ownerReferences must be a list, got 5'],
  ['an owner without an id', { ownerReferences: [{ apiVersion: 'v1', kind: 'A', name: 'a' }] }, 'metadata.ownerReferences[0].uid must be given'],
])('%s is refused', (_, metadata, message) => {
  expect(() => entry(metadata)).toThrow(new Error(`[test/Entry] ${message}`));
});
