import * as fs from 'fs';
import * as path from 'path';
import * as cdk8s from 'cdk8s';
import * as ts from 'typescript';
import { captureYaml, ROOT } from './programs';

/** A program in a markdown file or in an `@example`, as it is compiled and run. */
export interface DocumentedProgram {
  /** Where it stands, as `docs/gateway.md:12`. */
  readonly place: string;

  /** The program, with the imports and the chart that the text leaves out. */
  readonly source: string;
}

/** README.md and the pages of docs/. */
export function markdownFiles(): string[] {
  const pages = fs.readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf-8' }).filter(file => file.endsWith('.md')).sort();
  return ['README.md', ...pages.map(file => `docs/${file}`)];
}

/** The names that the library exports, those of interfaces included. */
export function exportedNames(index = path.join(ROOT, 'lib', 'index.ts')): string[] {
  const source = fs.readFileSync(index, 'utf-8');
  const own = [...source.matchAll(/^export (?:abstract )?(?:class|interface|enum) (\w+)/gm)].map(match => match[1]);
  const namespaces = [...source.matchAll(/^export \* as (\w+) from/gm)].map(match => match[1]);
  const others = [...source.matchAll(/^export \* from '(.+)';$/gm)].flatMap(match => {
    const file = path.resolve(path.dirname(index), match[1]);
    return exportedNames(fs.existsSync(`${file}.ts`) ? `${file}.ts` : path.join(file, 'index.ts'));
  });
  return [...own, ...namespaces, ...others];
}

const CDK8S_NAMES = ['ApiObject', 'App', 'Chart', 'Duration', 'JsonPatch', 'Testing'];

/** Completes a block to a program: a block without imports is about a `chart` of an `app`. */
export function completeProgram(block: string, names: string[]): string {
  if (/^import /m.test(block)) {
    return block;
  }
  const used = (candidates: string[]) => candidates.filter(name => new RegExp(`\\b${name}\\b`).test(block));
  return [
    `import { ${['App', 'Chart', ...used(CDK8S_NAMES).filter(name => !['App', 'Chart'].includes(name))].join(', ')} } from 'cdk8s';`,
    `import { ${used(names).join(', ')} } from 'cdk8s-istio';`,
    ...(/\bconst app = /.test(block) ? [] : ['const app = new App();']),
    ...(/\bconst chart = /.test(block) ? [] : ["const chart = new Chart(app, 'demo', { disableResourceNameHashes: true });"]),
    block,
    ...(/\bapp\.synth\(/.test(block) ? [] : ['app.synth();']),
    'export {};',
  ].join('\n');
}

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)].map(match => ({
    language: match[1],
    text: match[2],
    line: markdown.slice(0, match.index).split('\n').length,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The TypeScript programs of a markdown text. */
export function programsOf(file: string, markdown: string, names: string[]): DocumentedProgram[] {
  return blocksOf(markdown)
    .filter(block => block.language === 'ts')
    .map(block => ({ place: `${file}:${block.line}`, source: completeProgram(block.text, names) }));
}

/** The programs of the `@example` tags of a source file. */
export function examplesOf(file: string, source: string, names: string[]): DocumentedProgram[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(comment => {
    const match = /^[ ]*\* @example[^\n]*\n([\s\S]*?)(?=^[ ]*\* @|^[ ]*\*\/)/m.exec(comment[0]);
    if (match === null) {
      return [];
    }
    const block = match[1].replace(/^[ ]*\* ?/gm, '');
    const line = source.slice(0, comment.index).split('\n').length;
    return [{ place: `${file}:${line}`, source: completeProgram(block, names) }];
  });
}

/** The manifests that a program synthesizes, as YAML. */
export function runProgram(program: DocumentedProgram, library: object): string {
  const { outputText } = ts.transpileModule(program.source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const modules: { [name: string]: unknown } = { 'cdk8s': cdk8s, 'cdk8s-istio': library };
  try {
    return captureYaml(() => new Function('require', 'exports', outputText)((name: string) => modules[name] ?? require(name), {}));
  } catch (error) {
    throw new Error(`${program.place}: ${(error as Error).message}`);
  }
}

const YAML_MARK = '<!-- yaml -->';

/** A markdown text in which each YAML block that is marked as generated is made from the program above it. */
export function withGeneratedYaml(file: string, markdown: string, library: object): string {
  const names = exportedNames();
  const blocks = blocksOf(markdown);
  let result = '';
  let position = 0;
  blocks.forEach((block, index) => {
    const between = index === 0 ? '' : markdown.slice(blocks[index - 1].end, block.start);
    if (block.language === 'yaml' && between.trim() === YAML_MARK) {
      const program = blocks[index - 1];
      const yaml = runProgram({ place: `${file}:${program.line}`, source: completeProgram(program.text, names) }, library);
      result += markdown.slice(position, block.start) + '```yaml\n' + yaml + '```';
      position = block.end;
    }
  });
  return result + markdown.slice(position);
}

/** What the compiler says of programs, each message with the place of its program. */
export function compilerMessages(programs: DocumentedProgram[]): string[] {
  const folder = path.join(ROOT, 'examples');
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, folder, { noUnusedLocals: false, noUnusedParameters: false });
  // programs are checked from memory, as if they stood in examples/
  const sources = new Map(programs.map((program, index) => [path.join(folder, `documented-${index}.ts`), program]));
  const host = ts.createCompilerHost(config.options);
  const { fileExists, readFile } = host;
  host.fileExists = file => sources.has(file) || fileExists.call(host, file);
  host.readFile = file => sources.get(file)?.source ?? readFile.call(host, file);
  const program = ts.createProgram([...sources.keys()], config.options, host);
  return [...sources].flatMap(([file, documented]) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(diagnostic => `${documented.place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`);
  });
}
