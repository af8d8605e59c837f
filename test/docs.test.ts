import * as fs from 'fs';
import * as path from 'path';
import * as library from '../lib';
import { compilerMessages, examplesOf, exportedNames, markdownFiles, programsOf, withGeneratedYaml } from '../scripts/markdown';
import { ROOT } from '../scripts/programs';
import { rulesPage } from '../scripts/rules-page';

const names = exportedNames();

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf-8');
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '');
}

/** What a link to a page can name after `#`, as GitHub makes it of headings. */
function fragmentsOf(file: string): string[] {
  const text = withoutCode(read(file));
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-'));
  return [...headings, ...[...text.matchAll(/<a id="(.+?)">/g)].map(([, id]) => id)];
}

function sourceFiles(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf-8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => path.join(folder, file));
}

test('every program in README.md, in docs/ and in an @example compiles', () => {
  const programs = [
    ...markdownFiles().flatMap(file => programsOf(file, read(file), names)),
    ...sourceFiles('lib').flatMap(file => examplesOf(file, read(file), names)),
  ];
  expect(programs.length).toBeGreaterThan(10);
  expect(compilerMessages(programs)).toEqual([]);
}, 60_000);

// npx projen docs rewrites the YAML after a wanted change
test.each(markdownFiles())('the YAML in %s is what the programs above it synthesize', file => {
  expect(withGeneratedYaml(file, read(file), library)).toBe(read(file));
});

test.each([...markdownFiles(), 'CONTRIBUTING.md'])('the relative links in %s lead somewhere', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)].map(match => match[1]);
  const missing = links.filter(link => !fs.existsSync(path.resolve(ROOT, path.dirname(file), link)));
  expect(missing).toEqual([]);
});

test('the fragments of relative links are headings or anchors of their page', () => {
  const pages = markdownFiles().filter(file => file !== 'docs/rules.md');
  const broken = pages.flatMap(file => [...withoutCode(read(file)).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
    .filter(([, link, fragment]) => !fragmentsOf(link === '' ? file : path.join(path.dirname(file), link)).includes(fragment))
    .map(([, link, fragment]) => `${file}: ${link}#${fragment}`));
  expect(broken).toEqual([]);
});

test('the page about rules is what the catalogues say', () => {
  expect(read('docs/rules.md')).toBe(rulesPage());
});

test('the page about rules has one place for each rule', () => {
  const anchors = [...rulesPage().matchAll(/<a id="(.+?)">/g)].map(match => match[1]);
  expect(anchors.length).toBeGreaterThan(100);
  expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
});
