import { ExportTo } from '../lib';
import { renderExportTo } from '../lib/private/render-export-to';

test('each visibility in Istio\'s words', () => {
  expect(ExportTo.all()._toExportTo()).toEqual(['*']);
  expect(ExportTo.ownNamespace()._toExportTo()).toEqual(['.']);
  expect(ExportTo.nowhere()._toExportTo()).toEqual(['~']);
  expect(ExportTo.namespaces(['.', 'shop'])._toExportTo()).toEqual(['.', 'shop']);
});

test('the caller\'s list is copied', () => {
  const names = ['shop'];
  const exportTo = ExportTo.namespaces(names);
  names.push('books');
  expect(exportTo._toExportTo()).toEqual(['shop']);
});

test.each([
  ['no namespace', () => ExportTo.namespaces([]), 'namespaces must not be empty'],
  ['a star', () => ExportTo.namespaces(['*']), "namespaces[0] must be the name of a namespace, got '*', use ExportTo.all()"],
  ['a tilde', () => ExportTo.namespaces(['~']), "namespaces[0] must be the name of a namespace, got '~', use ExportTo.nowhere()"],
  ['a namespace twice', () => ExportTo.namespaces(['a', 'b', 'a']), "namespaces[2] 'a' repeats namespaces[0]"],
  ['a dotted name', () => ExportTo.namespaces(['a.b']),
    "namespaces[0] must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'a.b'"],
  ['nowhere, save for entries', () => renderExportTo('exportTo', ExportTo.nowhere(), undefined, false),
    'exportTo must name a namespace, ExportTo.nowhere() is for a ServiceEntry only'],
  ['a list', () => renderExportTo('exportTo', ['*'] as never, undefined, false), 'exportTo must be made by ExportTo, got a list of 1'],
])('fails for %s', (_title, act, message) => {
  expect(act).toThrow(new Error(message));
});
