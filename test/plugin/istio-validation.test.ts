import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { buildSync } from 'esbuild';
import { IstioValidation } from '../../lib/plugin/istio-validation';

const ROOT = path.resolve(__dirname, '..', '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-plugin-'));

const rule = (name: string, host: string, subset: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: shop}
spec:
  host: ${host}
  subsets: [{name: ${subset}, labels: {version: a}}]
`;
const routes = (name: string, subset: string, weight?: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: [reviews]
  http:
  - route:
    - destination: {host: reviews, subset: ${subset}}
${weight === undefined ? '' : `      weight: ${weight}\n`}`;

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Reported {
  readonly status?: string;
  readonly violations: any[];
}

async function validate(text: string, properties = {}): Promise<Reported> {
  const file = path.join(folder, 'manifest.yaml');
  fs.writeFileSync(file, text);
  const violations: any[] = [];
  let status: string | undefined;
  await new IstioValidation(properties).validate({
    manifests: [file],
    report: { addViolation: violation => violations.push(violation), submit: result => status = result },
  });
  return { status, violations };
}

describe('the validation plugin', () => {
  test('succeeds where nothing is wrong', async () => {
    expect(await validate(`${rule('reviews', 'reviews', 'v1')}---\n${routes('routes', 'v1')}`)).toEqual({ status: 'success', violations: [] });
  });

  test('fails for an error, and names the rule, the resource, the property and the line', async () => {
    const { status, violations } = await validate(routes('routes', 'v1', 'many'));
    expect(status).toBe('failure');
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'error IST0106/type',
      violatingResources: [expect.objectContaining({
        resourceName: 'routes',
        locations: [expect.stringMatching(/^spec\.http\[0\]\.route\[0\]\.weight must be an integer.* \(line 9\)$/)],
      })],
    })]);
  });

  test('sees what objects do not agree about', async () => {
    const { violations } = await validate(`${rule('rule', 'reviews', 'v1')}---\n${routes('routes', 'v2')}`);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('error IST0101');
  });

  test('names a resource together with its kind where two kinds share the name, which cdk8s would take for one', async () => {
    const { violations } = await validate(`${rule('reviews', 'reviews', 'v1')}---\n${routes('reviews', 'v1', 'many')}`);
    expect(violations[0].violatingResources[0].resourceName).toBe('reviews (VirtualService)');
  });

  test('fails for what cannot be read', async () => {
    expect(await validate('a: b: c\n')).toMatchObject({
      status: 'failure',
      violations: [{ ruleName: 'unreadable manifest', violatingResources: [{ locations: ['line 1, column 5: bad indentation of a mapping entry'] }] }],
    });
  });

  test('fails for as much as it is asked to', async () => {
    const twice = routes('routes', 'v1').replace('hosts: [reviews]', 'hosts: [reviews]\n  hosts: [reviews]');
    const statuses = await Promise.all(['error', 'warning', 'never'].map(async failOn => (await validate(twice, { failOn })).status));
    expect(statuses).toEqual(['success', 'failure', 'success']);
  });

  test.each([
    [{ closedWord: true }, /closedWord/],
    [{ istioVersion: 1.3 }, "istioVersion must be text in quotes, such as '1.30', which YAML would read as a number otherwise, got 1.3"],
    [{ failOn: 'all' }, "failOn must be one of error, warning, info, never, got 'all'"],
    [{ meshConfig: 'missing.yaml' }, /mesh configuration missing\.yaml: .*no such file/],
  ])('refuses %j', (properties, message) => {
    expect(() => new IstioValidation(properties)).toThrow(message);
  });

  test('runs at cdk8s synth for an app that uses nothing of this library', () => {
    const app = path.join(folder, 'app');
    fs.mkdirSync(app);
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(app, 'node_modules'));
    buildSync({
      entryPoints: [path.join(ROOT, 'lib', 'plugin', 'istio-validation.ts')],
      bundle: true,
      platform: 'node',
      tsconfigRaw: {},
      logLevel: 'error',
      external: ['tinyglobby'],
      outfile: path.join(app, 'plugin', 'index.js'),
    });
    fs.writeFileSync(path.join(app, 'main.js'), `
      const { ApiObject, App, Chart } = require('cdk8s');
      const app = new App();
      const chart = new Chart(app, 'shop');
      new ApiObject(chart, 'Routes', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'routes' },
        spec: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' }, weight: 'many' }] }] } });
      app.synth();
    `);
    fs.writeFileSync(path.join(app, 'cdk8s.yaml'), `language: typescript
app: node main.js
validations:
  - package: ./plugin
    class: IstioValidation
    version: 0.0.0
`);
    const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth', '--no-check-upgrade'],
      { cwd: app, encoding: 'utf-8' });
    expect(status).toBe(2);
    expect(stdout).toMatch(/error IST0106\/type[^]*Construct Path: shop\/Routes[^]*spec\.http\[0\]\.route\[0\]\.weight must be an integer/);
  });
});
