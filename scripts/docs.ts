// regenerates what is generated from programs: the YAML beside the examples, the YAML in README.md and docs/, the table of fields that are left out, the page about rules
import * as fs from 'fs';
import * as path from 'path';
import { withLeftOutTable } from './left-out-fields';
import { markdownFiles, withGeneratedYaml } from './markdown';
import { captureYaml, EXAMPLES, exampleNames, ROOT } from './programs';
import { rulesPage } from './rules-page';
import * as library from '../lib';
import { LEFT_OUT } from '../test/fields/left-out';

for (const name of exampleNames()) {
  fs.writeFileSync(path.join(EXAMPLES, `${name}.yaml`), captureYaml(() => require(path.join(EXAMPLES, name))));
}
fs.writeFileSync(path.join(ROOT, 'docs', 'rules.md'), rulesPage());
for (const file of markdownFiles()) {
  const markdown = fs.readFileSync(path.join(ROOT, file), 'utf-8');
  fs.writeFileSync(path.join(ROOT, file), withLeftOutTable(withGeneratedYaml(file, markdown, library), LEFT_OUT));
}
