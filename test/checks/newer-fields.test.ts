import { newerFields } from '../../lib/checks/newer-fields';

function virtualService(spec: object) {
  return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'a' }, spec };
}

test('fields that the mesh\'s release does not have yet are named with their place and both releases', () => {
  expect(newerFields(virtualService({ http: [{}, { redirect: { prefixRewrite: '/b' } }] }), '1.30')).toEqual([{
    path: 'spec.http[1].redirect.prefixRewrite',
    message: 'exists since Istio 1.31, but the mesh runs 1.30, whose API server would drop it without a word',
  }]);
});

test('a release that has the field says nothing', () => {
  expect(newerFields(virtualService({ http: [{ redirect: { prefixRewrite: '/b' } }] }), '1.31')).toEqual([]);
});

test('fields that every release has are not named', () => {
  expect(newerFields(virtualService({ http: [{ redirect: { uri: '/b' } }] }), '1.28')).toEqual([]);
});

test.each([null, 'text', [], {}, { kind: 3 }, { kind: 'VirtualService', spec: { http: 'x' } }])('%j has no fields', manifest => {
  expect(newerFields(manifest, '1.28')).toEqual([]);
});
