import * as ts from 'typescript';
import { Throwers } from './thrown';

const FILE = '/program.ts';

/** The names on the way from a function of a program to a `throw`. */
function way(text: string, name: string): string[] | undefined {
  const file = ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2022, true);
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: asked => asked === FILE ? file : undefined,
    fileExists: asked => asked === FILE,
  };
  const program = ts.createProgram([FILE], { noLib: true, types: [] }, host);
  const found = file.statements.filter(ts.isFunctionDeclaration).find(node => node.name!.text === name)!;
  return new Throwers(program.getTypeChecker(), () => true).wayToThrow(found)?.map(node => (node as ts.NamedDeclaration).name!.getText());
}

const CHECK = 'function check(value: string) { if (value === "") { throw value; } }';

describe('the way to a throw', () => {
  test.each([
    ['a call', 'function f(text: string) { check(text); }', ['f', 'check']],
    ['a call of a call', 'function g(text: string) { check(text); } function f(text: string) { return g(text); }', ['f', 'g', 'check']],
    ['a function that is handed on', 'function f(texts: any) { texts.map(check); }', ['f', 'check']],
    ['a table of functions', 'const TABLE = { text: check }; function f(struct: any) { return TABLE.text(struct); }', ['f', 'TABLE', 'check']],
    ['a constructor', 'class C { constructor(text: string) { check(text); } } function f(text: string) { return new C(text); }', ['f', 'C', 'check']],
    ["a base's constructor", 'class B { constructor() { check(""); } } class C extends B { constructor() { super(); } } function f() { new C(); }', ['f', 'C', 'B', 'check']],
    ["the constructor of a base's base", 'class A { constructor() { check(""); } } class B extends A {} class C extends B {} function f() { new C(); }',
      ['f', 'C', 'B', 'A', 'check']],
    ['the initial value of a field', 'class C { text = check(""); } function f() { return new C(); }', ['f', 'C', 'check']],
    ['an accessor', 'class C { get text() { return check(""); } } function f(c: C) { return c.text; }', ['f', 'text', 'check']],
    ['a catch that throws', 'function f() { try { check(""); } catch { throw ""; } }', ['f']],
    ['functions that call each other', 'function g(text: string) { f(text); check(text); } function f(text: string) { g(text); }', ['f', 'g', 'check']],
  ])('leads through %s', (_title, text, expected) => {
    expect(way(`${CHECK} ${text}`, 'f')).toEqual(expected);
  });

  test.each([
    ['a type', 'function f(checker: typeof check) { return checker; }'],
    ['a throw that is caught', 'function f() { try { check(""); } catch { return; } }'],
    ['a class that is only named', 'class C { constructor() { check(""); } static of() { return 1; } } function f() { return C.of(); }'],
    ['a function that calls itself', 'function f() { f(); }'],
  ])('does not lead through %s', (_title, text) => {
    expect(way(`${CHECK} ${text}`, 'f')).toBeUndefined();
  });
});
