// regenerates what is generated from programs: the YAML beside the examples, and the YAML in README.md and docs/
import * as fs from 'fs';
import * as path from 'path';
import { markdownFiles, withGeneratedYaml } from './markdown';
import { captureYaml, EXAMPLES, exampleNames, ROOT } from './programs';
import * as library from '../lib';

for (const name of exampleNames()) {
  fs.writeFileSync(path.join(EXAMPLES, `${name}.yaml`), captureYaml(() => require(path.join(EXAMPLES, name))));
}
for (const file of markdownFiles()) {
  const markdown = fs.readFileSync(path.join(ROOT, file), 'utf-8');
  fs.writeFileSync(path.join(ROOT, file), withGeneratedYaml(file, markdown, library));
}
