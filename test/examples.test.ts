import * as fs from 'fs';
import * as path from 'path';
import { captureYaml, EXAMPLES, exampleNames } from '../scripts/programs';

// npx projen docs writes the snapshots after a wanted change
test.each(exampleNames())('examples/%s.ts synthesizes its committed YAML', name => {
  const yaml = captureYaml(() => jest.requireActual(path.join(EXAMPLES, name)));
  expect(yaml).toBe(fs.readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf-8'));
});

test('every committed YAML has its program', () => {
  const yamls = fs.readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => path.basename(file, '.yaml'));
  expect(yamls.sort()).toEqual(exampleNames().sort());
});
