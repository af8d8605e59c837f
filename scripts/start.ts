// the demonstration: synthesizes every program of examples/ into out/ and shows one beside its YAML
import * as fs from 'fs';
import * as path from 'path';
import { EXAMPLES, exampleNames, ROOT } from './programs';

const OUT = path.join(ROOT, 'out');
const SHOWN = 'tutorial-05-weights';

fs.rmSync(OUT, { recursive: true, force: true });
const names = exampleNames();
console.log(`${names.length} programs of examples/, synthesized into out/:\n`);
for (const name of names) {
  const folder = path.join(OUT, name);
  // an App takes its output folder from the environment when it is made
  process.env.CDK8S_OUTDIR = folder;
  require(path.join(EXAMPLES, name));
  for (const file of writtenTo(folder)) {
    const kinds = [...fs.readFileSync(file, 'utf-8').matchAll(/^kind: (\w+)$/gm)].map(match => match[1]);
    console.log(`  ${path.relative(ROOT, file)}  ${summary(kinds)}`);
  }
}
console.log(`\nexamples/${SHOWN}.ts, and what it synthesizes:\n`);
console.log(beside(linesOf(path.join(EXAMPLES, `${SHOWN}.ts`)), linesOf(path.join(EXAMPLES, `${SHOWN}.yaml`))));

function writtenTo(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
}

function linesOf(file: string): string[] {
  return fs.readFileSync(file, 'utf-8').trimEnd().split('\n');
}

function summary(kinds: string[]): string {
  return kinds.length === 0 ? 'nothing' : [...new Set(kinds)].map(kind => `${kinds.filter(other => other === kind).length} ${kind}`).join(', ');
}

function beside(left: string[], right: string[]): string {
  const width = Math.max(...left.map(line => line.length));
  return Array.from({ length: Math.max(left.length, right.length) },
    (_, index) => `  ${(left[index] ?? '').padEnd(width)}  │ ${right[index] ?? ''}`.trimEnd()).join('\n');
}
