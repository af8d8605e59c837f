import { readManifests } from '../../lib/reading/manifest-text';

const TOO_DEEP = 'the document is nested too deeply: at most 1000 levels can be read';

/** An object with as many levels, its spec on the second line. */
function nested(levels: number, name = 'a'): string {
  return `{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "${name}"},\n"spec": ${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels - 1)}}`;
}

function names(text: string) {
  return readManifests(text).objects.map(({ manifest }) => (manifest.metadata as any).name);
}

test.each(['', '# this is YAML\n'])('a thousand levels are read, behind %j', head => {
  const { objects, problems } = readManifests(head + nested(1000));
  expect([objects.length, problems]).toEqual([1, []]);
});

test.each([['JSON', '', 2], ['YAML', '# this is YAML\n', 3]])('%s that has more levels is named, with the line where there are too many', (_, head, line) => {
  const { objects, problems } = readManifests(head + nested(5000));
  expect(objects).toEqual([]);
  expect(problems).toEqual([{ message: TOO_DEEP, line, column: expect.any(Number) }]);
});

test('the values of JSON around one with too many levels are read', () => {
  const text = `${nested(2, 'first')}${nested(1001, 'deep')}\n${nested(2, 'last')}`;
  expect(names(text)).toEqual(['first', 'last']);
  expect(readManifests(text).problems).toEqual([{ message: TOO_DEEP, line: 3, column: '"spec": '.length + 999 * '{"a":'.length + 1 }]);
});

test('an item of a list is nested within the list', () => {
  const list = (levels: number) => `{"apiVersion": "v1", "kind": "List", "items": [${nested(levels)}]}`;
  expect(names(list(998))).toEqual(['a']);
  expect(readManifests(list(999)).problems).toEqual([expect.objectContaining({ message: TOO_DEEP })]);
});

test('a list in JSON that is no YAML has its objects at the line where it begins', () => {
  const { objects, skipped } = readManifests('\n{"apiVersion": "v1", "kind": "List", "items": [\n{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a\\/b"}},\nnull]}');
  expect(objects.map(({ manifest, line }) => [(manifest.metadata as any).name, line])).toEqual([['a/b', 2]]);
  expect(skipped).toEqual([{ message: 'not a Kubernetes object, which has apiVersion and kind: null', line: 2, column: 1 }]);
});
