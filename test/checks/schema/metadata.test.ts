import { checkSchema } from '../../../lib/checks/schema';

function violations(metadata: unknown): string[] {
  return checkSchema({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec: {} }).map(({ path, rule }) => `${path} ${rule}`);
}

test.each([
  ['a name', { name: 'a' }],
  ['a name with dots', { name: 'a.b-c.1', namespace: 'a-b' }],
  ['a name of 253 letters', { name: 'a'.repeat(253) }],
  ['the beginning of a name', { generateName: 'a-' }],
  ['labels', { name: 'a', labels: { 'app': 'A_b.c', 'app.kubernetes.io/name': '', 'a': null } }],
  ['annotations', { name: 'a', annotations: { 'App': 'any text\n', 'A.example.com/b': '' } }],
  ['what kubectl prints', { name: 'a', uid: 'b', resourceVersion: '1', generation: 1, creationTimestamp: '2026-01-31T12:00:00Z', managedFields: [{ manager: 'kubectl' }] }],
  ['nulls', { name: 'a', namespace: null, labels: null, creationTimestamp: null, generation: null }],
  ['finalizers and owners', { name: 'a', finalizers: ['a.b/c'], ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b', controller: true }] }],
])('takes %s', (_, metadata) => {
  expect(violations(metadata)).toEqual([]);
});

test.each([
  ['no metadata', undefined, 'metadata.name required'],
  ['null', null, 'metadata.name required'],
  ['no name', {}, 'metadata.name required'],
  ['an empty name', { name: '' }, 'metadata.name required'],
  ['a text', 'a', 'metadata type'],
  ['a list', [], 'metadata type'],
  ['a name in upper case', { name: 'Reviews' }, 'metadata.name metadata'],
  ['a name with an underscore', { name: 'a_b' }, 'metadata.name metadata'],
  ['a name of 254 letters', { name: 'a'.repeat(254) }, 'metadata.name metadata'],
  ['a number as the name', { name: 1 }, 'metadata.name type'],
  ['the beginning of no name', { generateName: 'a.' }, 'metadata.generateName metadata'],
  ['a namespace with a dot', { name: 'a', namespace: 'a.b' }, 'metadata.namespace metadata'],
  ['a namespace of 64 letters', { name: 'a', namespace: 'a'.repeat(64) }, 'metadata.namespace metadata'],
  ['a label that is no text', { name: 'a', labels: { a: true } }, "metadata.labels['a'] type"],
  ['a label with a space', { name: 'a', labels: { a: 'b c' } }, "metadata.labels['a'] metadata"],
  ['a label of 64 letters', { name: 'a', labels: { a: 'a'.repeat(64) } }, "metadata.labels['a'] metadata"],
  ['a key of a label with two slashes', { name: 'a', labels: { 'a/b/c': '' } }, "metadata.labels['a/b/c'] metadata"],
  ['a domain in upper case', { name: 'a', labels: { 'A.b/c': '' } }, "metadata.labels['A.b/c'] metadata"],
  ['labels as a list', { name: 'a', labels: [] }, 'metadata.labels type'],
  ['an empty key of an annotation', { name: 'a', annotations: { '': '' } }, "metadata.annotations[''] metadata"],
  ['more annotations than fit', { name: 'a', annotations: { a: 'é'.repeat(128 * 1024) } }, 'metadata.annotations metadata'],
  ['a generation below 0', { name: 'a', generation: -1 }, 'metadata.generation metadata'],
  ['a fraction of a generation', { name: 'a', generation: 1.5 }, 'metadata.generation type'],
  ['a day as a time', { name: 'a', creationTimestamp: '2026-01-31' }, 'metadata.creationTimestamp metadata'],
  ['a time in the thirteenth month', { name: 'a', creationTimestamp: '2026-13-01T00:00:00Z' }, 'metadata.creationTimestamp metadata'],
  ['a finalizer with a space', { name: 'a', finalizers: ['a b'] }, 'metadata.finalizers[0] metadata'],
  ['an owner without uid', { name: 'a', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a' }] }, 'metadata.ownerReferences[0].uid required'],
  ['a field that metadata lacks', { name: 'a', label: {} }, 'metadata.label unknown-field'],
])('refuses %s', (_, metadata, expected) => {
  expect(violations(metadata)).toEqual([expected]);
});

test('wrong metadata does not hide what CEL rules say', () => {
  const manifest = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 1 }, spec: { http: [{ timeout: '0s' }] } };
  expect(checkSchema(manifest).map(({ path }) => path)).toEqual(['metadata.name', 'spec.http[0].timeout']);
});
