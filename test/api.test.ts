import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { Throwers } from './thrown';

// jsii turns what other languages cannot say into `string` and `any` without a word: found here in the source and in what it compiled

const ROOT = path.resolve(__dirname, '..');

describe('the source of the public API', () => {
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, ROOT);
  const program = ts.createProgram([path.join(ROOT, 'lib/index.ts')], config.options);
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(path.join(ROOT, 'lib/index.ts'))!)!;
  const declarations = checker.getExportsOfModule(index)
    .filter(symbol => symbol.name !== 'networking')
    .flatMap(symbol => declarationsOf(symbol));

  function declarationsOf(symbol: ts.Symbol): ts.Declaration[] {
    // eslint-disable-next-line no-bitwise
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return (isAlias ? checker.getAliasedSymbol(symbol) : symbol).declarations ?? [];
  }

  function isPublic(node: ts.Node): boolean {
    const hidden = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(modifier => modifier.kind === ts.SyntaxKind.PrivateKeyword);
    return !hidden && !ts.getJSDocTags(node).some(tag => tag.tagName.text === 'internal');
  }

  function publicMembers(): ts.Node[] {
    return declarations.flatMap(node => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) ? [...node.members].filter(isPublic) : []);
  }

  /** The parts of a member that callers see: not bodies, not initial values. */
  function signatureNodes(member: ts.Node): ts.Node[] {
    const found: ts.Node[] = [];
    const visit = (node: ts.Node) => {
      if (ts.isBlock(node) || ts.isJSDoc(node)) {
        return;
      }
      found.push(node);
      ts.forEachChild(node, child => {
        const initializer = (ts.isParameter(node) || ts.isPropertyDeclaration(node)) && node.initializer === child;
        if (!initializer) {
          visit(child);
        }
      });
    };
    visit(member);
    return found;
  }

  function place(node: ts.Node): string {
    const file = node.getSourceFile();
    return `${path.relative(ROOT, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().split('\n')[0]}`;
  }

  function placesOf(predicate: (node: ts.Node) => boolean): string[] {
    return publicMembers().flatMap(signatureNodes).filter(predicate).map(place);
  }

  test('is read whole', () => {
    const names = checker.getExportsOfModule(index).map(symbol => symbol.name);
    expect(names).toEqual(expect.arrayContaining(['DestinationRule', 'Gateway', 'HttpAction', 'ServiceEntry', 'VirtualService', 'networking']));
    expect(publicMembers().length).toBeGreaterThan(200);
  });

  test('exports only classes, interfaces and enums', () => {
    const others = declarations.filter(node => !ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node) && !ts.isEnumDeclaration(node));
    expect(others.map(place)).toEqual([]);
  });

  test('has no string literal types', () => {
    expect(placesOf(node => ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal))).toEqual([]);
  });

  test('has no unions save with undefined', () => {
    const isUnion = (node: ts.Node) => ts.isUnionTypeNode(node) && node.types.filter(type => type.kind !== ts.SyntaxKind.UndefinedKeyword).length > 1;
    expect(placesOf(isUnion)).toEqual([]);
  });

  test('has no generics', () => {
    expect(placesOf(node => ts.isTypeParameterDeclaration(node))).toEqual([]);
    expect(declarations.filter(node => (node as ts.ClassDeclaration).typeParameters !== undefined).map(place)).toEqual([]);
  });

  test('has no any and no unknown', () => {
    expect(placesOf(node => node.kind === ts.SyntaxKind.AnyKeyword || node.kind === ts.SyntaxKind.UnknownKeyword)).toEqual([]);
  });

  test('has no overloads', () => {
    const overloads = declarations.filter(ts.isClassDeclaration).flatMap(node => {
      const methods = node.members.filter(member => ts.isMethodDeclaration(member) && isPublic(member));
      const isStatic = (member: ts.ClassElement) =>
        ts.getModifiers(member as ts.MethodDeclaration)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
      const key = (member: ts.ClassElement) => `${isStatic(member)} ${member.name!.getText()}`;
      return methods.filter((member, position) => methods.findIndex(other => key(other) === key(member)) !== position);
    });
    expect(overloads.map(place)).toEqual([]);
  });

  test('is documented: every symbol and every member of its own', () => {
    const documented = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).length > 0;
    const inherited = (member: ts.Node) => documentedMember(member) !== member;
    const undocumented = [
      ...declarations.filter(node => !documented(node)),
      ...declarations.filter(ts.isEnumDeclaration).flatMap(node => [...node.members]).filter(member => !documented(member)),
      ...publicMembers().filter(member => !ts.isConstructorDeclaration(member) && !documented(member) && !inherited(member)),
    ];
    expect(undocumented.map(place)).toEqual([]);
  });

  const hasTag = (node: ts.Node, name: string) => ts.getJSDocTags(node).some(tag => tag.tagName.text === name);
  const nameOf = (node: ts.Node) => (node as ts.NamedDeclaration).name!.getText();

  /** What a class or interface extends and implements. */
  function basesOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration): ts.Type[] {
    return (node.heritageClauses ?? []).flatMap(clause => clause.types).map(type => checker.getTypeAtLocation(type));
  }

  /** A member, or where it has no comment of its own the one of a base whose comment it takes over. */
  function documentedMember(member: ts.Node): ts.Node {
    const inherited = basesOf(member.parent as ts.ClassDeclaration).flatMap(base => base.getProperty(nameOf(member))?.declarations ?? []);
    return ts.getJSDocCommentsAndTags(member).length > 0 ? member : inherited[0] ?? member;
  }

  test('says what makes each factory, method and property throw', () => {
    const throwers = new Throwers(checker, file => file.fileName.startsWith(path.join(ROOT, 'lib/')));
    const neverThrow = [
      'MeshSettings.of', // its own defaults are right
      'PathRedirect.toHttpTargetConfig', // the factory has made the same redirect already
    ];
    const members = publicMembers().filter(member => ts.isMethodDeclaration(member) || ts.isGetAccessor(member));
    const throwing = members.flatMap(member => {
      const way = throwers.wayToThrow(member)?.map(nameOf);
      return way === undefined ? [] : [{ member, title: `${nameOf(member.parent)}.${way.join(' > ')}` }];
    });
    expect(throwing.map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/^EntryPort\.http > EntryPort > check/)]));
    const silent = throwing.filter(({ member, title }) => !hasTag(documentedMember(member), 'throws') && !neverThrow.includes(title.split(' ')[0]));
    expect(silent.map(({ title }) => title)).toEqual([]);
  });

  test("leads from each class and each resource's props to a page about it", () => {
    const ofOurOwn = ['StagedSynth']; // has no counterpart in Istio
    const files = [path.join(ROOT, 'lib'), path.join(ROOT, 'lib/patterns')];
    const isProps = (node: ts.Declaration) => ts.isInterfaceDeclaration(node) && (nameOf(node) === 'ResourceProps'
      || basesOf(node).some(base => base.symbol.name === 'ResourceProps'));
    const leading = declarations.filter(node => files.includes(path.dirname(node.getSourceFile().fileName)))
      .filter(node => ts.isClassDeclaration(node) || isProps(node));
    expect(leading.map(nameOf)).toEqual(expect.arrayContaining(['Resource', 'ResourceProps', 'GatewayProps', 'HashKey']));
    expect(leading.filter(node => !hasTag(node, 'see') && !ofOurOwn.includes(nameOf(node))).map(place)).toEqual([]);
  });

  test('states a default for every optional property', () => {
    const members = declarations.filter(ts.isInterfaceDeclaration).flatMap(node => [...node.members]);
    const optional = members.filter(member => member.questionToken !== undefined);
    const silent = optional.filter(member => !ts.getJSDocTags(member).some(tag => tag.tagName.text === 'default'));
    expect(silent.map(place)).toEqual([]);
  });

  test('gives an example of every construct', () => {
    const constructs = declarations.filter(ts.isClassDeclaration)
      .filter(node => !ts.getModifiers(node)?.some(modifier => modifier.kind === ts.SyntaxKind.AbstractKeyword))
      .filter(node => node.heritageClauses?.some(clause => clause.types.some(type => ['Resource', 'Construct', 'Release'].includes(type.expression.getText()))));
    expect(constructs.length).toBeGreaterThan(3);
    expect(constructs.filter(node => !ts.getJSDocTags(node).some(tag => tag.tagName.text === 'example')).map(place)).toEqual([]);
  });
});

describe('what jsii compiled', () => {
  interface Named {
    readonly name: string;
    readonly parameters?: readonly Named[];
  }
  interface JsiiType extends Named {
    readonly initializer?: { readonly parameters?: readonly Named[] };
    readonly properties?: readonly Named[];
    readonly methods?: readonly Named[];
  }
  interface JsiiTypes {
    readonly types: { [fqn: string]: JsiiType };
  }
  const assembly = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf-8')) as JsiiTypes;
  const own = Object.entries(assembly.types).filter(([fqn]) => !fqn.startsWith('cdk8s-istio.networking.'));

  function places(value: unknown, at: string, predicate: (node: { [key: string]: unknown }) => boolean): string[] {
    if (typeof value !== 'object' || value === null) {
      return [];
    }
    const children = Object.entries(value).flatMap(([key, child]) => places(child, `${at}.${key}`, predicate));
    return predicate(value as { [key: string]: unknown }) ? [at, ...children] : children;
  }

  const { isReservedName } = require(path.join(path.dirname(require.resolve('jsii/package.json')), 'lib/reserved-words.js')) as {
    isReservedName(name: string): string[] | undefined;
  };

  /** The names of a type and of what it has. */
  function namesOf(type: string, { initializer, properties = [], methods = [] }: JsiiType): { name: string; title: string }[] {
    const members = [...properties, ...methods].map(({ name }) => ({ name, title: `${type}.${name}` }));
    const parameters = [{ name: 'constructor', ...initializer }, ...methods]
      .flatMap(({ name: method, parameters: taken = [] }) => taken.map(({ name }) => ({ name, title: `${type}.${method}(${name})` })));
    return [{ name: type, title: type }, ...members, ...parameters];
  }

  test('is the root module', () => {
    expect(own.map(([fqn]) => fqn)).toEqual(expect.arrayContaining(['cdk8s-istio.Gateway', 'cdk8s-istio.VirtualService']));
  });

  test('has no unions', () => {
    expect(own.flatMap(([fqn, type]) => places(type, fqn, node => node.union !== undefined))).toEqual([]);
  });

  test('has no words that a language reserves, save those of the field', () => {
    const accepted: { readonly [title: string]: string } = {
      'namespace': 'what Kubernetes calls it',
      'LocalityDistribution.from': "Istio's field",
      'RegionFailover.from': "Istio's field",
      'Traffic.from': 'with it a question reads as a sentence, which no other preposition does',
      'TrafficRoute.delegate': "Istio's field of the route that it tells of",
    };
    const reserved = own.flatMap(([fqn, type]) => namesOf(fqn.replace('cdk8s-istio.', ''), type)).filter(({ name }) => isReservedName(name) !== undefined);
    const isAccepted = ({ name, title }: { name: string; title: string }) => accepted[name] !== undefined || accepted[title] !== undefined;
    expect(reserved.filter(each => !isAccepted(each)).map(({ title }) => title)).toEqual([]);
    expect(Object.keys(accepted).filter(key => !reserved.some(({ name, title }) => name === key || title === key))).toEqual([]);
  });

  test('has no any', () => {
    expect(own.flatMap(([fqn, type]) => places(type, fqn, node => node.primitive === 'any'))).toEqual([]);
  });
});
