import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

// what a user does: an empty folder, the packed library, the README's first program

const ROOT = path.resolve(__dirname, '..', '..');

/** The README's first program and the YAML that it shows beside it. */
function firstProgram(): { program: string; yaml: string } {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf-8');
  const match = /^```ts\n([\s\S]*?)^```\n<!-- yaml -->\n```yaml\n([\s\S]*?)^```$/m.exec(readme);
  return { program: match![1], yaml: match![2] };
}

/** The commands that the README gives for an empty folder, one after the other. */
function installation(): string[] {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf-8');
  const section = readme.slice(readme.indexOf('## Install'), readme.indexOf('## The four resources'));
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(match => match[1].trim().split('\n'));
}

describe('in the project of a user', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-user-'));
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: 'utf-8', stdio: 'pipe' });
  const write = (file: string, content: string) => fs.writeFileSync(path.join(folder, file), content);

  beforeAll(() => {
    const tarball = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf-8' }).trim().split('\n').pop()!;
    write('package.json', JSON.stringify({ name: 'user', version: '0.0.0', private: true }));
    write('main.ts', firstProgram().program);
    for (const command of installation()) {
      run('bash', '-c', command.replace(' cdk8s-istio ', ` ./${tarball} `));
    }
    run('npm', 'install', '--no-audit', '--no-fund', 'jest@^30', 'ts-jest@^29', '@types/jest@^30');
    write('tsconfig.json', JSON.stringify({
      compilerOptions: { strict: true, target: 'es2022', module: 'node16', moduleResolution: 'node16', esModuleInterop: true, skipLibCheck: false },
    }));
    write('cdk8s.yaml', 'language: typescript\napp: node main.js\n');
  });

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test('the package holds what it needs and no sources or tests', () => {
    const files = fs.readdirSync(path.join(folder, 'node_modules', 'cdk8s-istio'), { recursive: true, encoding: 'utf-8' })
      .filter(file => !file.startsWith('node_modules'));
    expect(files).toEqual(expect.arrayContaining(['.jsii', 'LICENSE', 'NOTICE', 'README.md', 'build/lib/index.js', 'build/lib/index.d.ts']));
    expect(files.filter(file => /^(lib|test|examples|scripts|imports)\b|\.projenrc|tsconfig/.test(file))).toEqual([]);
  });

  test('the commands of the README write the YAML beside its first program', () => {
    const [file] = fs.readdirSync(path.join(folder, 'dist'));
    expect(fs.readFileSync(path.join(folder, 'dist', file), 'utf-8')).toBe(firstProgram().yaml);
  });

  test('the first program compiles under strict, its types checked with those of the library', () => {
    fs.rmSync(path.join(folder, 'main.js'));
    run('npx', 'tsc');
    expect(fs.existsSync(path.join(folder, 'main.js'))).toBe(true);
  });

  test('cdk8s synth writes the YAML that the README shows', () => {
    fs.rmSync(path.join(folder, 'dist'), { recursive: true });
    run('npx', 'cdk8s', 'synth', '--no-check-upgrade');
    const [file] = fs.readdirSync(path.join(folder, 'dist'));
    expect(fs.readFileSync(path.join(folder, 'dist', file), 'utf-8')).toBe(firstProgram().yaml);
  });

  test('an ES module imports the names that it uses', () => {
    write('module.mjs', "import { Gateway, HttpAction, networking } from 'cdk8s-istio';\nconsole.log(Gateway.name, HttpAction.name, networking.IstioGateway.name);\n");
    expect(run('node', 'module.mjs')).toBe('Gateway HttpAction IstioGateway\n');
  });

  test('every class and enum that the package declares is exported, and the same each time', () => {
    interface Assembly {
      readonly types: { readonly [fqn: string]: { readonly kind: string; readonly name: string; readonly namespace?: string } };
    }
    const assembly = JSON.parse(fs.readFileSync(path.join(folder, 'node_modules', 'cdk8s-istio', '.jsii'), 'utf-8')) as Assembly;
    const declared = Object.values(assembly.types).filter(type => type.kind !== 'interface' && type.namespace === undefined).map(type => type.name);
    write('names.js', [
      "const istio = require('cdk8s-istio');",
      'const lasting = Object.keys(istio).filter(name => istio[name] !== undefined && istio[name] === istio[name]);',
      'console.log(JSON.stringify(lasting));',
    ].join('\n'));
    expect(declared).toEqual(expect.arrayContaining(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'ExternalApi']));
    expect(JSON.parse(run('node', 'names.js')).sort()).toEqual([...declared, 'networking', 'IstioValidation'].sort());
  });

  test('a snapshot test of the user passes, and fails after a change', () => {
    write('jest.config.json', JSON.stringify({ testMatch: ['**/*.test.js'] }));
    write('main.test.js', [
      "const { App } = require('cdk8s');",
      "test('manifests', () => {",
      '  let yaml;',
      '  App.prototype.synth = function () { yaml = this.synthYaml(); };',
      "  require('./main');",
      '  expect(yaml).toMatchSnapshot();',
      '});',
    ].join('\n'));
    // writes the snapshot, which jest leaves to people where it knows that it runs in CI
    run('npx', 'jest', '--ci=false');
    run('npx', 'jest', '--ci');
    write('main.js', fs.readFileSync(path.join(folder, 'main.js'), 'utf-8').replace(/\b90\b/, '80'));
    expect(() => run('npx', 'jest', '--ci')).toThrow('1 snapshot failed');
  });

  test('the matchers for jest load when they are asked for, with their types', () => {
    write('traffic.test.ts', [
      "import 'cdk8s-istio/jest';",
      "import { App, Chart } from 'cdk8s';",
      "import { CanaryRelease, ServiceHost, Traffic, TrafficClient } from 'cdk8s-istio';",
      "test('a tenth of the users sees the new reviews', () => {",
      "  const chart = new Chart(new App(), 'shop');",
      "  const versions = { stable: { version: 'v1' }, canary: { version: 'v2' } };",
      "  const release = new CanaryRelease(chart, 'Reviews', { service: ServiceHost.fromName('reviews'), ...versions, canaryPercent: 10 });",
      "  expect(Traffic.of(chart).from(TrafficClient.sidecar()).get('http://reviews/')).toGoTo(release.canary, { percent: 10 });",
      '});',
    ].join('\n'));
    run('npx', 'tsc');
    run('npx', 'jest', '--ci', 'traffic.test.js');
    write('unasked.js', "require('cdk8s-istio').Gateway; console.log(Object.keys(require.cache).filter(file => file.includes('jest-matchers')).length);");
    expect(run('node', 'unasked.js')).toBe('0\n');
  });

  test('a wrong value stops synth with the construct, the property and the value, and writes nothing', () => {
    write('wrong.js', [
      "const { App, Chart } = require('cdk8s');",
      "const { ServiceEntry, EntryPort, Resolution } = require('cdk8s-istio');",
      'const app = new App();',
      "new ServiceEntry(new Chart(app, 'shop'), 'Api', { hosts: ['api example'], ports: [EntryPort.https(443)], resolution: Resolution.dns() });",
      'app.synth();',
    ].join('\n'));
    fs.rmSync(path.join(folder, 'dist'), { recursive: true });
    expect(() => run('node', 'wrong.js')).toThrow("[shop/Api] hosts[0] must be a domain name of letters, digits, '-' and '.'");
    expect(fs.existsSync(path.join(folder, 'dist'))).toBe(false);
  });
});
