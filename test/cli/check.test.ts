import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { CLEAN, WARNED, WRONG_WEIGHT } from './manifests';
import { Result, runCommand } from './run-command';
import type { Console } from '../../lib/cli/console';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-check-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return name;
}

function check(args: readonly string[], given: Partial<Console> & { readonly piped?: string } = {}): Promise<Result> {
  return runCommand(['check', ...args], { folder, ...given });
}

describe('what is checked', () => {
  test('is every manifest below a folder, but not what belongs to packages, is hidden, or looks like something else', async () => {
    write('tree/a.yaml', CLEAN);
    write('tree/b/c.yml', WRONG_WEIGHT);
    write('tree/b/d.json', JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }));
    write('tree/tsconfig.json', '{ // comments make this no JSON\n}');
    write('tree/node_modules/e.yaml', 'a: b: c');
    write('tree/.hidden/f.yaml', 'a: b: c');
    const { code, output, messages } = await check(['tree']);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^tree\/b\/c\.yml:13:11: error/) });
    expect(messages).toContain('1 error in 3 objects of 3 files');
  });

  test('is what matches a pattern, and each file once', async () => {
    write('glob/a.yaml', CLEAN);
    write('glob/b.yaml', CLEAN.replace('name: reviews', 'name: other'));
    expect(await check(['glob/*.yaml', 'glob/a.yaml', './glob/b.yaml'])).toMatchObject({ messages: expect.stringContaining('2 objects of 2 files') });
  });

  test('is everything together, whichever files it is spread over', async () => {
    write('two/rule.yaml', 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews, namespace: shop}\nspec:\n'
      + '  host: reviews\n  subsets: [{name: v1, labels: {version: a}}]\n');
    write('two/routes.yaml', CLEAN.replace('host: reviews', 'host: reviews\n            subset: v2'));
    expect(await check(['two'])).toMatchObject({ code: 1, output: expect.stringMatching(/^two\/routes\.yaml:13:13: error IST0101/) });
  });

  test('is said to come from the template that Helm names', async () => {
    expect((await check(['-'], { piped: `---\n# Source: shop/templates/routes.yaml\n${WRONG_WEIGHT}` })).output)
      .toContain('stdin:15:11: error IST0106/type VirtualService shop/ratings spec.http[0].route[0].weight (rendered from shop/templates/routes.yaml)');
  });
});

describe('what cannot be read', () => {
  test('is an object with thousands of levels, and the rest is checked', async () => {
    const spec = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    write('levels/deep.json', `{"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "x"}, "spec": ${spec}}`);
    write('levels/wrong.yaml', WRONG_WEIGHT);
    const { code, output } = await check(['levels']);
    expect(code).toBe(2);
    expect(output).toMatch(/^levels\/deep\.json:1:\d+: unreadable\n {4}the document is nested too deeply: at most 1000 levels can be read$/m);
    expect(output).toMatch(/^levels\/wrong\.yaml:13:11: error/m);
  });

  test.each([
    ['binary.yaml', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'this is not text but binary data'],
    ['utf16.yaml', Buffer.from('\ufeffa: 1', 'utf16le'), 'the text is encoded as UTF-16, but manifests are read as UTF-8: save it as UTF-8'],
    ['latin1.yaml', Buffer.from('a: \xe9', 'latin1'), 'the text is not valid UTF-8: save it as UTF-8'],
  ])('%s is named with the reason, and the rest is checked', async (name, content, reason) => {
    write('clean.yaml', CLEAN);
    expect(await check([write(name, content), 'clean.yaml'])).toMatchObject({ code: 2, output: `${name}: unreadable\n    ${reason}\n` });
  });

  test('is a file that is not there, a pattern without a match, a folder without manifests, a file taken for a folder', async () => {
    write('clean.yaml', CLEAN);
    fs.mkdirSync(path.join(folder, 'empty'), { recursive: true });
    const { code, output } = await check(['missing.yaml', 'no/**/*.yaml', 'empty', 'clean.yaml/a.yaml']);
    expect(code).toBe(2);
    expect(output.split('\n').filter(line => line.startsWith('    '))).toEqual([
      '    there is no such file or folder',
      '    no file matches this pattern',
      '    there are no manifests in this folder, whose names end with .yaml, .yml, .json',
      '    not a directory',
    ]);
  });

  test.each([
    ['nothing piped in', ' \n', 'stdin: unreadable\n    nothing was piped in'],
    ['a template', 'kind: {{ .Values.kind }}\n', 'check what comes out: helm template RELEASE CHART | cdk8s-istio check -'],
  ])('is %s', async (_, piped, message) => {
    expect(await check(['-'], { piped })).toMatchObject({ code: 2, output: expect.stringContaining(message) });
  });

  test('is no part of what is not a Kubernetes object: that is skipped with a note', async () => {
    const { code, output, messages } = await check(['-'], { piped: `replicas: 1\n---\n${CLEAN}` });
    expect({ code, output }).toEqual({ code: 0, output: '' });
    expect(messages).toBe('note: stdin:1:1: not a Kubernetes object, which has apiVersion and kind: an object with replicas; it is skipped\n'
      + 'nothing found in 1 object of 1 file\n');
  });

  test('is everything where there is no object at all', async () => {
    expect(await check(['-'], { piped: '# only a comment\n' }))
      .toMatchObject({ code: 2, messages: expect.stringContaining('error: there is no Kubernetes object to check in what was given') });
  });
});

describe('the formats', () => {
  const piped = `${WRONG_WEIGHT}---\na: b: c\n---\n${WARNED}`;

  test('json holds findings, what cannot be read, and counts', async () => {
    const { code, output } = await check(['-', '--format', 'json'], { piped });
    expect(code).toBe(2);
    expect(JSON.parse(output)).toMatchObject({
      version: 1,
      findings: [
        { code: 'IST0106/type', severity: 'error', kind: 'VirtualService', namespace: 'shop', name: 'ratings', file: 'stdin', line: 13, column: 11 },
        { code: 'IST0130/VS30', severity: 'warning', propertyPath: 'spec.http[1]', line: 29 },
      ],
      unreadable: [{ file: 'stdin', line: 15, column: 5, message: 'bad indentation of a mapping entry' }],
      summary: { files: 1, objects: 2, errors: 1, warnings: 1, infos: 0, unreadable: 1 },
    });
  });

  test('github writes a command for each, with what would end it escaped', async () => {
    write('dir,a/b:c.yaml', WRONG_WEIGHT);
    const { output } = await check(['dir,a/b:c.yaml', '--format', 'github']);
    const properties = 'file=dir%2Ca/b%3Ac.yaml,line=13,col=11,title=IST0106/type VirtualService ratings';
    expect(output.startsWith(`::error ${properties}::spec.http[0].route[0].weight must be an integer`)).toBe(true);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  test('sarif holds one run with the rules that spoke, and places relative to the folder', async () => {
    write('a b.yaml', `${WRONG_WEIGHT}---\n${WARNED}`);
    const { output } = await check(['a b.yaml', '--format', 'sarif']);
    const sarif = JSON.parse(output);
    expect(sarif).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(sarif.runs).toHaveLength(1);
    const [{ tool: { driver }, results, invocations }] = sarif.runs;
    expect(invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    for (const rule of driver.rules) {
      expect(rule).toMatchObject({
        id: expect.any(String),
        shortDescription: { text: expect.stringMatching(/./) },
        helpUri: expect.stringMatching(/^https:.*docs\/rules\.md#/),
        help: { text: expect.stringMatching(/./), markdown: expect.stringContaining('](https:') },
        defaultConfiguration: { level: expect.stringMatching(/error|warning|note/) },
      });
    }
    expect(driver.rules.map(({ id }: any) => id)).toEqual(['IST0106/type', 'IST0130/VS30']);
    const artifactLocation = { uri: 'a%20b.yaml', uriBaseId: '%SRCROOT%' };
    const ruleOf = (result: any) => driver.rules[result.ruleIndex].id;
    expect(results.map((result: any) => [result.ruleId, ruleOf(result), result.level, result.locations[0].physicalLocation])).toEqual([
      ['IST0106/type', 'IST0106/type', 'error', { artifactLocation, region: { startLine: 13, startColumn: 11 } }],
      ['IST0130/VS30', 'IST0130/VS30', 'warning', { artifactLocation, region: { startLine: 27, startColumn: 7 } }],
    ]);
  });

  test('text is coloured on a terminal, unless it is not wanted', async () => {
    write('wrong.yaml', WRONG_WEIGHT);
    const isColoured = async (args: string[], given: Partial<Console>) => (await check(['wrong.yaml', ...args], given)).output.includes('\u001b[31merror');
    expect(await isColoured([], { isOutputTerminal: true })).toBe(true);
    expect(await isColoured([], {})).toBe(false);
    expect(await isColoured(['--no-color'], { isOutputTerminal: true })).toBe(false);
    expect(await isColoured([], { isOutputTerminal: true, environment: { NO_COLOR: '1' } })).toBe(false);
    expect(await isColoured([], { environment: { FORCE_COLOR: '1' } })).toBe(true);
  });
});

describe('the options', () => {
  const elsewhere = CLEAN.replace('host: reviews', 'host: ratings');

  test('--closed-world reports what the manifests lack', async () => {
    expect(await check(['-'], { piped: elsewhere })).toMatchObject({ code: 0 });
    expect(await check(['-', '--closed-world'], { piped: elsewhere })).toMatchObject({ code: 1, output: expect.stringContaining('error IST0101') });
  });

  test('--istio-version is the release whose fields there are', async () => {
    const piped = CLEAN.replace('spec:', 'spec:\n  exportTo: ["."]');
    expect((await check(['-', '--istio-version', '1.29'], { piped })).code).toBe(0);
    expect(await check(['-', '--istio-version', '1.2'], { piped }))
      .toMatchObject({ code: 2, messages: expect.stringContaining("must be a release from 1.28 on, such as '1.31', got '1.2'") });
  });

  test.each([
    ['MeshConfig', 'rootNamespace: mesh\n'],
    ['the ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata:\n  mesh: |\n    rootNamespace: mesh\n'],
    ['an IstioOperator', 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {meshConfig: {rootNamespace: mesh}}\n'],
    ["the values of Istio's chart", 'meshConfig: {rootNamespace: mesh}\n'],
  ])('--mesh-config takes %s', async (_, content) => {
    write('mesh.yaml', content);
    expect(await check(['-', '--mesh-config', 'mesh.yaml'], { piped: CLEAN })).toMatchObject({ code: 0 });
  });

  test.each([
    [['-', '--mesh-config', 'none.yaml'], 'error: mesh configuration none.yaml: '],
    [['-', '--root-namespace', 'a b'], "got 'a b'"],
    [['-', '--fail-on', 'all'], 'Allowed choices are error, warning, info, never'],
    [['-', '--closed-wold'], '(Did you mean --closed-world?)'],
    [[], "missing required argument 'files'"],
  ])('%j is wrong usage', async (args, message) => {
    expect(await check(args, { piped: CLEAN })).toMatchObject({ code: 2, output: '', messages: expect.stringContaining(message) });
  });

  test('--fail-on never leaves findings to the reader', async () => {
    expect(await check(['-', '--fail-on', 'never'], { piped: WRONG_WEIGHT })).toMatchObject({ code: 0, output: expect.stringContaining('error') });
  });
});
