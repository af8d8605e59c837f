import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { exportedNames, markdownFiles } from '../scripts/markdown';
import { ROOT } from '../scripts/programs';

/** A name that users can write. */
export interface PublicName {
  /** The name as a list shows it: `RetryOn.RESET`. */
  readonly title: string;

  readonly name: string;

  /** The class or enum that users write in front of the name: that of a factory or an enum's member. */
  readonly owner?: string;
}

/** Every class, enum, member of them and property of a struct that a folder of lib/ exports. */
export function publicNames(folder: string): PublicName[] {
  const exported = new Set(exportedNames());
  const files = fs.readdirSync(path.join(ROOT, folder)).filter(file => file.endsWith('.ts'));
  return files.flatMap(file => {
    const source = ts.createSourceFile(file, fs.readFileSync(path.join(ROOT, folder, file), 'utf-8'), ts.ScriptTarget.ES2022, true);
    return source.statements
      .filter(node => ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isInterfaceDeclaration(node))
      .filter(node => exported.has(node.name!.text))
      .flatMap(namesOf);
  });
}

function namesOf(node: ts.ClassDeclaration | ts.EnumDeclaration | ts.InterfaceDeclaration): PublicName[] {
  const type = node.name!.text;
  const members = [...node.members as ts.NodeArray<ts.Node>].filter(isUsable).map((member): PublicName => {
    const name = (member as ts.NamedDeclaration).name!.getText();
    return { title: `${type}.${name}`, name, owner: ts.isEnumMember(member) || has(member, ts.SyntaxKind.StaticKeyword) ? type : undefined };
  });
  // what a struct or an interface is called need only those know who write its type
  return ts.isInterfaceDeclaration(node) ? members : [{ title: type, name: type }, ...members];
}

function has(member: ts.Node, modifier: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === modifier) === true;
}

function isUsable(member: ts.Node): boolean {
  const isHidden = has(member, ts.SyntaxKind.PrivateKeyword) || has(member, ts.SyntaxKind.ProtectedKeyword);
  return !isHidden && !ts.isConstructorDeclaration(member) && !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal');
}

/** The code of a page that a person wrote: its programs and what stands between backquotes. The YAML is generated. */
export function codeOf(markdown: string): string {
  const programs = [...markdown.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  const between = [...markdown.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
  return [...programs, ...between].join('\n');
}

/** The names that no page says. */
export function undocumentedNames(names: readonly PublicName[], pages: readonly string[]): string[] {
  const words = pages.map(page => new Set(codeOf(page).split(/[^\w$]+/)));
  const isSaid = ({ name, owner }: PublicName) => words.some(page => page.has(name) && (owner === undefined || page.has(owner)));
  return [...new Set(names.filter(name => !isSaid(name)).map(({ title }) => title))];
}

/** The pages that people read for what they want to do. */
export function taskPages(): string[] {
  return markdownFiles().filter(file => file !== 'docs/rules.md').map(file => fs.readFileSync(path.join(ROOT, file), 'utf-8'));
}
