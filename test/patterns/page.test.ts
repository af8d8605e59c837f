import * as fs from 'fs';
import * as path from 'path';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import * as patterns from '../../lib/patterns';
import { ROOT } from '../../scripts/programs';

// docs/patterns.md says of every pattern what it is for and which kinds of objects it makes

const read = (file: string) => fs.readFileSync(path.join(ROOT, 'docs', file), 'utf-8');
const PAGE = read('patterns.md');

/** The constructs that a user makes: not the base class of releases, nor what a pattern makes itself. */
const NAMES = Object.entries(patterns)
  .filter(([name, value]) => typeof value === 'function' && value.prototype instanceof Construct && !['Release', 'EgressApi'].includes(name))
  .map(([name]) => name);

/** The picture: the names in each box, and the kinds that its lines lead to. */
function picture(): { name: string; always: string[]; sometimes: string[] }[] {
  const boxes = [...PAGE.matchAll(/^ {2}(\w+)\["(.+)"\]$/gm)];
  const kinds = (id: string, arrow: string) => [...PAGE.matchAll(new RegExp(`^ {2}${id} ${arrow} (\\w+)$`, 'gm'))].map(match => match[1]);
  return boxes.flatMap(([, id, names]) => names.split('<br/>').map(name => ({ name, always: kinds(id, '-->'), sometimes: kinds(id, '-\\.->') })));
}

/** The kinds of the objects that the first program of a page writes. */
function firstKinds(page: string): string[] {
  const yaml = /^```yaml\n([\s\S]*?)^```$/m.exec(read(page))![1];
  return [...new Set(parseAllDocuments(yaml).map(document => document.toJS().kind as string))];
}

test.each(NAMES)('the table and the picture have %s', name => {
  expect(PAGE).toMatch(new RegExp(`^\\|.*\`${name}\\b.*\\|$`, 'm'));
  // it adds a route to an object that is there already
  if (name !== 'TesterFaults') {
    expect(picture().map(box => box.name)).toContain(name);
  }
});

test.each(picture().filter(({ name }) => name !== 'DelegatedPath'))('the picture shows what the program on the page of $name writes', ({ name, always, sometimes }) => {
  const page = `patterns/${name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;
  const kinds = firstKinds(page);
  expect(kinds).toEqual(expect.arrayContaining(always));
  expect([...always, ...sometimes]).toEqual(expect.arrayContaining(kinds));
});
