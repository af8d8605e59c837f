import { readFileSync } from 'fs';
import * as path from 'path';
import * as library from '../../lib';
import { exportedNames, programsOf, runProgram } from '../../scripts/markdown';
import { ROOT } from '../../scripts/programs';

const PAGE = 'docs/simulation.md';

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf-8');
}

const programs = [PAGE, 'README.md']
  .flatMap(file => programsOf(file, read(file), exportedNames()))
  .filter(({ source }) => source.includes('Traffic.of('));

test.each(programs.map(program => [program.place, program] as const))('what %s states is so', (_, program) => {
  expect(runProgram(program, library)).toContain('apiVersion');
});

test('the page shows the error as it is', () => {
  const [program] = programs;
  const shown = /^```text\n(expected:[^]*?)\n```$/m.exec(read(PAGE))![1];
  const wrong = { ...program, source: program.source.replace('{ percent: 10 }', '{ percent: 20 }') };
  expect(() => runProgram(wrong, library)).toThrow(`${program.place}: ${shown}`);
});
