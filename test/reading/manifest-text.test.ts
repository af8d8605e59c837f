import { readManifests } from '../../lib/reading/manifest-text';
import { PropertyPlaces } from '../../lib/reading/property-place';

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;
const json = (name: string) => JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name } });

function found(text: string): [string, number][] {
  return readManifests(text).objects.map(({ manifest, line }) => [(manifest.metadata as any).name, line]);
}

describe('the documents of a text', () => {
  test('are found where they begin, with empty ones left out', () => {
    expect(found(`# head\n---\n${service('a')}---\n---\n# only a comment\n---   # more\n\n${service('b')}`)).toEqual([['a', 3], ['b', 12]]);
  });

  test('are read with the line breaks of Windows', () => {
    expect(found(`${service('a')}---\n${service('b')}`.replaceAll('\n', '\r\n'))).toEqual([['a', 1], ['b', 6]]);
  });

  test('may be many', () => {
    const names = Array.from({ length: 120 }, (_, index) => `s${index}`);
    expect(found(names.map(service).join('---\n'))).toEqual(names.map((name, index) => [name, index * 5 + 1]));
  });

  test('are read one by one where one of them is broken', () => {
    const { objects, problems } = readManifests(`${service('a')}---\na: b: c\n---\n${service('b')}`);
    expect(objects.map(({ manifest }) => (manifest.metadata as any).name)).toEqual(['a', 'b']);
    expect(problems).toEqual([{ message: 'bad indentation of a mapping entry', line: 6, column: 5 }]);
  });

  test('are not separated by a line with more than a comment behind the dashes', () => {
    const { objects, problems } = readManifests(`${service('a')}--- {}\n${service('b')}---\n${service('c')}`);
    expect(objects).toHaveLength(2);
    expect(problems).toEqual([{ message: 'only a comment may follow the three dashes between documents, got "{}"', line: 5, column: 1 }]);
  });

  test('know the template that Helm rendered them from', () => {
    expect(readManifests(`---\n# Source: shop/templates/service.yaml\n${service('a')}`).objects[0].template).toBe('shop/templates/service.yaml');
  });
});

describe('JSON', () => {
  test('is read as one object, as several, and with YAML behind it', () => {
    expect(found(json('a'))).toEqual([['a', 1]]);
    expect(found(`${json('a')}\n${json('b')}${json('c')}`)).toEqual([['a', 1], ['b', 2], ['c', 2]]);
    expect(found(`${json('a')}\n---\n${service('b')}`)).toEqual([['a', 1], ['b', 3]]);
  });

  test('that breaks off is named where it does', () => {
    expect(readManifests(`${json('a')}\n${json('b')}\n{"a": `).problems)
      .toEqual([{ message: 'the text begins as JSON and goes on as something else', line: 3, column: 1 }]);
  });
});

describe('a list', () => {
  test('is read as its items, each where it begins', () => {
    const items = ['a', 'b'].map(name => `- apiVersion: v1\n  kind: Service\n  metadata:\n    name: ${name}\n`);
    expect(found(`apiVersion: v1\nkind: List\nitems:\n${items.join('')}`)).toEqual([['a', 4], ['b', 8]]);
  });

  test('may be JSON over several lines', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: ['a', 'b'].map(name => JSON.parse(json(name))) };
    expect(found(JSON.stringify(list, undefined, 2))).toEqual([['a', 5], ['b', 12]]);
  });
});

describe('what is no object', () => {
  test('is skipped with a word about what it is', () => {
    expect(readManifests('replicas: 3\nimage: a\n---\n- 1\n---\nhello\n').skipped.map(({ message, line }) => [message.split(': ')[1], line]))
      .toEqual([['an object with replicas, image', 1], ['a list', 4], ['a string', 6]]);
  });

  test.each([
    ['kind: {{ .Values.kind }}\n'],
    ['{{- if .Values.enabled }}\nkind: a\n{{- end }}\n'],
    ['apiVersion: v1\nkind: Service\nmetadata:\n  name: "{{ .Release.Name }}"\n'],
  ])('%j is a template, which has to be rendered first', text => {
    const { objects, problems } = readManifests(text);
    expect(objects).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/looks like a template.*helm template RELEASE CHART \| cdk8s-istio check -/)]);
  });
});

describe('the place of a property', () => {
  const text = `# head
---
kind: VirtualService
apiVersion: networking.istio.io/v1
metadata: {name: a, annotations: {example.com/x: "y"}}
spec:
  http:
  - route:
    - destination:
        host: a
    timeout: 5s
  -
    name: second
`;
  const { objects, lines } = readManifests(text);
  const places = new PropertyPlaces(lines);

  test.each([
    ['spec.http[0].timeout', 11, 5],
    ['spec.http[0].route[0].destination.host', 10, 9],
    ['spec.http[0].route[0]', 9, 7],
    ['spec.http[1].name', 13, 5],
    ["metadata.annotations['example.com/x']", 5, 35],
    ['metadata.name', 5, 12],
    ['', 3, 1],
    [undefined, 3, 1],
  ])('%s is its own line and column', (path, line, column) => {
    expect(places.placeOf(objects[0], path)).toEqual({ line, column });
  });

  test.each([
    ['spec.http[0].retries.attempts', 8, 5],
    ['spec.http[7]', 7, 3],
    ['spec.gateways', 6, 1],
    ['status', 3, 1],
  ])('of %s, which is missing, is that of its nearest parent', (path, line, column) => {
    expect(places.placeOf(objects[0], path)).toEqual({ line, column });
  });

  test('is found in the items of a list, and behind an alias', () => {
    const list = readManifests('apiVersion: v1\nkind: List\nx: &spec\n  host: a\nitems:\n- apiVersion: v1\n  kind: A\n  spec: *spec\n');
    expect(new PropertyPlaces(list.lines).placeOf(list.objects[0], 'spec.host')).toEqual({ line: 4, column: 3 });
  });
});
