import * as fs from 'fs';
import * as path from 'path';
import { LIBRARY_VALUES } from './library-values';
import { testChart } from './util';
import * as library from '../lib';

/** What untyped programs hand over by mistake. */
const WRONG: readonly unknown[] = [
  undefined, null, 5, NaN, ' ', 'x', {}, [], [undefined], new Map([['a', 1]]), Symbol('a'), () => 1, Object.create(null), LIBRARY_VALUES.ServiceEntry, LIBRARY_VALUES.ExportTo,
];

/** What JavaScript says when nobody has looked at a value. */
const UNCHECKED = /Cannot (read|convert|destructure)|is not a function|is not iterable|\[object/;

type Method = (...args: unknown[]) => unknown;
type Class = (new (...args: unknown[]) => object) & { readonly [name: string]: Method };

const CLASSES = Object.entries<unknown>(library).filter((entry): entry is [string, Class] => typeof entry[1] === 'function');

/** The names of methods that programs may call, which JavaScript does not tell from private ones. */
const PUBLIC = new Set(['lib', 'lib/patterns', 'lib/checks', 'lib/simulation'].flatMap(folder => {
  const sources = fs.readdirSync(path.join(__dirname, '..', folder)).filter(file => file.endsWith('.ts'));
  return sources.flatMap(file => [...fs.readFileSync(path.join(__dirname, '..', folder, file), 'utf8').matchAll(/^  public (?:static )?([a-z]\w*)\(/gm)].map(match => match[1]));
}));

function methodsOf(holder: object): string[] {
  return Object.getOwnPropertyNames(holder).filter(name => PUBLIC.has(name) && typeof Object.getOwnPropertyDescriptor(holder, name)!.value === 'function');
}

function refusal(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    expect((error as Error).constructor).toBe(Error);
    return (error as Error).message;
  }
}

function expectWords(call: Method): void {
  for (const wrong of WRONG) {
    for (const args of [[wrong], ['x', wrong], [LIBRARY_VALUES.ServiceHost, wrong]]) {
      expect(refusal(() => call(...args)) ?? '').not.toMatch(UNCHECKED);
    }
  }
}

const FACTORIES = CLASSES.flatMap(([name, type]) => methodsOf(type).map(method => [`${name}.${method}`, type, method] as const));

test.each(FACTORIES)('%s() refuses wrong arguments in words', (_, type, method) => {
  expectWords((...args) => type[method](...args));
});

const METHODS = Object.entries(LIBRARY_VALUES).flatMap(([name, value]) => methodsOf(Object.getPrototypeOf(value)).map(method => [`${name}#${method}`, value, method] as const));

test.each(METHODS)('%s() refuses wrong arguments in words', (_, value, method) => {
  expectWords((...args) => (value as { readonly [name: string]: Method })[method](...args));
});

const CONSTRUCTS = CLASSES.filter(([name]) => 'node' in (LIBRARY_VALUES[name] ?? {}));

test.each(CONSTRUCTS)('new %s() refuses wrong props in words', (_, type) => {
  for (const wrong of WRONG) {
    expect(refusal(() => new type(testChart(), 'Wrong', wrong)) ?? '').not.toMatch(UNCHECKED);
  }
});

test('what is left out is asked for by its name', () => {
  const calls: [() => unknown, string][] = [
    [() => (library.ServiceHost.fromService as Method)(undefined), 'service must be a construct, such as an app, a chart or a resource, got undefined'],
    [() => (library.ServiceHost.fromService as Method)({}), 'service must be a construct, such as an app, a chart or a resource, got an empty object'],
    [() => (library.MeshSettings.of as Method)(undefined), 'scope must be a construct, such as an app, a chart or a resource, got undefined'],
    [() => (library.MeshSettings.configure as Method)(undefined, {}), 'scope must be a construct, such as an app, a chart or a resource, got undefined'],
    [() => (library.Findings.of as Method)(undefined), 'scope must be a construct, such as an app, a chart or a resource, got undefined'],
    [() => (library.Checks.of as Method)(undefined), 'construct must be a construct, such as an app, a chart or a resource, got undefined'],
    [() => (library.Resolution.staticEndpoints as Method)(undefined), 'endpoints must be given'],
    [() => (library.Resolution.dns as Method)(null), 'endpoints must be a list, got null'],
  ];
  for (const [call, message] of calls) {
    expect(call).toThrow(new Error(message));
  }
});

test.each<[string, unknown, unknown, string]>([
  ['scope', undefined, 'A', 'scope must be a construct, such as an app, a chart or a resource, got undefined'],
  ['scope that is no construct', {}, 'A', 'scope must be a construct, such as an app, a chart or a resource, got an empty object'],
  ['id', testChart(), undefined, 'id must be given'],
  ['id of letters', testChart(), 5, 'id must be a string that is not empty, got 5'],
])('a resource without %s is refused in words', (_, scope, id, message) => {
  expect(() => new library.VirtualService(scope as never, id as never)).toThrow(new Error(message));
});
