import * as ts from 'typescript';

/** What a function does by itself, without what it calls. */
interface Behaviour {
  readonly throws: boolean;
  readonly uses: readonly ts.Node[];
}

/**
 * Tells which functions can throw: those with a `throw` that no `catch` around it takes, and those that use one that can, be it by a call, a
 * `new`, an accessor, or a function handed on as a value or in a table. What an interface stands for is not followed.
 */
export class Throwers {
  private readonly checker: ts.TypeChecker;
  private readonly isOwn: (file: ts.SourceFile) => boolean;
  private readonly behaviours = new Map<ts.Node, Behaviour>();

  /**
   * @param isOwn whether the functions of a file are looked into
   */
  constructor(checker: ts.TypeChecker, isOwn: (file: ts.SourceFile) => boolean) {
    this.checker = checker;
    this.isOwn = isOwn;
  }

  /** The declarations from the given one to the nearest that has a `throw`, or nothing when it reaches none. */
  public wayToThrow(declaration: ts.Node): ts.Node[] | undefined {
    const users = new Map<ts.Node, ts.Node | undefined>([[declaration, undefined]]);
    for (const [node] of users) {
      const { throws, uses } = this.behaviourOf(node);
      if (throws) {
        const way: ts.Node[] = [];
        for (let step: ts.Node | undefined = node; step !== undefined; step = users.get(step)) {
          way.unshift(step);
        }
        return way;
      }
      uses.filter(used => !users.has(used)).forEach(used => users.set(used, node));
    }
    return undefined;
  }

  private behaviourOf(declaration: ts.Node): Behaviour {
    const known = this.behaviours.get(declaration) ?? this.read(declaration);
    this.behaviours.set(declaration, known);
    return known;
  }

  private read(declaration: ts.Node): Behaviour {
    let throws = false;
    const uses: ts.Node[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) || ts.isClassDeclaration(node)) {
        return;
      }
      if (ts.isTryStatement(node) && node.catchClause !== undefined) {
        [node.catchClause, node.finallyBlock].forEach(block => block && visit(block));
        return;
      }
      throws ||= ts.isThrowStatement(node);
      if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.SuperKeyword) {
        uses.push(...this.functionsOf(node));
      }
      ts.forEachChild(node, visit);
    };
    for (const part of partsOf(declaration)) {
      ts.forEachChild(part, ts.isHeritageClause(part) ? type => ts.forEachChild(type, visit) : visit);
    }
    return { throws, uses };
  }

  /** The declarations that run where a name is used as a value. */
  private functionsOf(name: ts.Node): ts.Node[] {
    const symbol = this.checker.getSymbolAtLocation(name);
    // eslint-disable-next-line no-bitwise
    const target = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? this.checker.getAliasedSymbol(symbol) : symbol;
    const declarations = (target?.declarations ?? []).filter(node => this.isOwn(node.getSourceFile()));
    const isMade = ts.isNewExpression(name.parent) || ts.isExpressionWithTypeArguments(name.parent) || name.kind === ts.SyntaxKind.SuperKeyword;
    return declarations.filter(node => ts.isClassDeclaration(node) ? isMade : ts.isFunctionLike(node) || ts.isVariableDeclaration(node));
  }
}

/** What runs when a declaration is used: of a class its constructor, or else that of its base, and the initial values of its fields. */
function partsOf(declaration: ts.Node): readonly ts.Node[] {
  if (!ts.isClassDeclaration(declaration)) {
    return [declaration];
  }
  const isStatic = (member: ts.PropertyDeclaration) => ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
  const constructor = declaration.members.find(ts.isConstructorDeclaration);
  const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const fields = declaration.members.filter(ts.isPropertyDeclaration).filter(member => !isStatic(member));
  return [constructor ?? base ?? [], fields].flat();
}
