import * as fs from 'fs';
import * as path from 'path';
import { captureApps, EXAMPLES, exampleNames } from '../scripts/programs';

const outdir = path.resolve('wanted');

beforeEach(() => {
  process.env.CDK8S_OUTDIR = outdir;
});

afterEach(() => {
  delete process.env.CDK8S_OUTDIR;
});

// npx projen docs writes the snapshots after a wanted change
test.each(exampleNames())('examples/%s.ts synthesizes its committed YAML, to where the cdk8s command wants it', name => {
  const apps = captureApps(() => jest.requireActual(path.join(EXAMPLES, name)));
  expect(apps.map(({ yaml }) => yaml).join('---\n')).toBe(fs.readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf-8'));
  expect(apps.filter(app => app.outdir !== outdir && !app.outdir.startsWith(outdir + path.sep))).toEqual([]);
});

test('every committed YAML has its program', () => {
  const yamls = fs.readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => path.basename(file, '.yaml'));
  expect(yamls.sort()).toEqual(exampleNames().sort());
});
