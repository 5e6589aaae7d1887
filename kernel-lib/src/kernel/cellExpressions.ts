/** The expressions of a cell: mentions of the notebook's variables, calls, `import()`, nested `var`. */
import type * as TS from 'typescript';
import { bindingTarget } from './bindingPatterns';

/** Tells the variables of the notebook from other symbols. */
export interface Variables {
  /** A quick look by name, before the checker is asked. */
  mayBe(name: string): boolean;
  has(symbol: TS.Symbol): boolean;
}

/** Rewrites expressions, and the statements around them that declare with `var`. */
export class CellExpressions {
  /** Declarations around the node in work whose own name must stay a local one. */
  readonly inside = new Set<TS.Symbol>();
  readonly #factory: TS.NodeFactory;

  constructor(
    private readonly ts: typeof TS,
    private readonly checker: TS.TypeChecker,
    private readonly variables: Variables,
    private readonly context: TS.TransformationContext
  ) {
    this.#factory = context.factory;
  }

  readonly visit = (node: TS.Node): TS.Node => {
    const { ts } = this;
    if (ts.isIdentifier(node)) {
      return this.#identifier(node);
    }
    if (
      (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword)
    ) {
      return node;
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      return this.#shorthand(node);
    }
    if (ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) {
      return this.#call(node);
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      return this.#factory.createIdentifier('__meta');
    }
    if (ts.isVariableStatement(node) && this.#isHoisted(node.declarationList)) {
      const made = this.#assignments(node.declarationList);
      return made
        ? ts.setTextRange(this.#factory.createExpressionStatement(made), node)
        : this.#factory.createEmptyStatement();
    }
    if (ts.isForStatement(node) && node.initializer && this.#isHoisted(node.initializer)) {
      const visited = this.#children(node) as TS.ForStatement;
      return this.#factory.updateForStatement(
        visited,
        this.#assignments(node.initializer),
        visited.condition,
        visited.incrementor,
        visited.statement
      );
    }
    if (ts.isForOfStatement(node) && this.#isHoisted(node.initializer)) {
      const visited = this.#children(node) as TS.ForOfStatement;
      const target = this.#target(node.initializer.declarations[0]!.name);
      const { awaitModifier, expression, statement } = visited;
      return this.#factory.updateForOfStatement(
        visited,
        awaitModifier,
        target,
        expression,
        statement
      );
    }
    if (ts.isForInStatement(node) && this.#isHoisted(node.initializer)) {
      const visited = this.#children(node) as TS.ForInStatement;
      const target = this.#target(node.initializer.declarations[0]!.name);
      return this.#factory.updateForInStatement(
        visited,
        target,
        visited.expression,
        visited.statement
      );
    }
    return this.#children(node);
  };

  #children(node: TS.Node): TS.Node {
    return this.ts.visitEachChild(node, this.visit, this.context);
  }

  expression(node: TS.Expression): TS.Expression {
    return this.visit(node) as TS.Expression;
  }

  #identifier(node: TS.Identifier): TS.Expression {
    if (!this.variables.mayBe(node.text) || isName(node)) {
      return node;
    }
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol && this.#isKept(symbol) ? this.property(node) : node;
  }

  #isKept(symbol: TS.Symbol): boolean {
    return this.variables.has(symbol) && !this.inside.has(symbol);
  }

  #shorthand(node: TS.ShorthandPropertyAssignment): TS.Node {
    const symbol = this.variables.mayBe(node.name.text)
      ? this.checker.getShorthandAssignmentValueSymbol(node)
      : undefined;
    if (!symbol || !this.#isKept(symbol)) {
      return this.#children(node);
    }
    // `({ a = 1 } = object)` assigns a default as well.
    const fallback = node.objectAssignmentInitializer;
    const value = this.property(node.name);
    const target = fallback
      ? this.#factory.createAssignment(value, this.expression(fallback))
      : value;
    return this.ts.setTextRange(
      this.#factory.createPropertyAssignment(node.name.text, target),
      node
    );
  }

  /** `f()` becomes `(0, __vars.f)()`, so that `this` inside is not the notebook's variables. */
  #call(node: TS.CallExpression | TS.TaggedTemplateExpression): TS.Node {
    const { ts } = this;
    const callee = ts.isCallExpression(node) ? node.expression : node.tag;
    if (callee.kind === ts.SyntaxKind.ImportKeyword) {
      const visited = this.#children(node) as TS.CallExpression;
      const load = this.#factory.createIdentifier('__import');
      return ts.setTextRange(
        this.#factory.createCallExpression(load, undefined, visited.arguments.slice(0, 1)),
        node
      );
    }
    const visited = this.#children(node) as typeof node;
    if (!ts.isIdentifier(callee)) {
      return visited;
    }
    const made = ts.isCallExpression(visited) ? visited.expression : visited.tag;
    if (made === callee) {
      return visited;
    }
    const bare = this.#factory.createParenthesizedExpression(
      this.#factory.createComma(this.#factory.createNumericLiteral(0), made)
    );
    // V8 places a call behind its callee; without an entry there the map leads to the name's start.
    ts.setEmitFlags(ts.setTextRange(bare, callee), ts.EmitFlags.NoTrailingSourceMap);
    if (ts.isTaggedTemplateExpression(visited)) {
      const { typeArguments, template } = visited;
      return this.#factory.updateTaggedTemplateExpression(visited, bare, typeArguments, template);
    }
    if (ts.isCallChain(visited)) {
      const { questionDotToken, typeArguments, arguments: args } = visited;
      return this.#factory.updateCallChain(visited, bare, questionDotToken, typeArguments, args);
    }
    return this.#factory.updateCallExpression(
      visited,
      bare,
      visited.typeArguments,
      visited.arguments
    );
  }

  /** Whether a list declares with `var`, inside a block, what belongs to the cell's top. */
  #isHoisted(list: TS.Node): list is TS.VariableDeclarationList {
    const { ts } = this;
    if (!ts.isVariableDeclarationList(list) || list.flags & ts.NodeFlags.BlockScoped) {
      return false;
    }
    const nameOf = (name: TS.BindingName): TS.Identifier | undefined => {
      if (ts.isIdentifier(name)) {
        return name;
      }
      for (const element of name.elements) {
        const found = ts.isBindingElement(element) ? nameOf(element.name) : undefined;
        if (found) {
          return found;
        }
      }
      return undefined;
    };
    const name = nameOf(list.declarations[0]!.name);
    const symbol = name && this.checker.getSymbolAtLocation(name);
    return symbol !== undefined && this.variables.has(symbol);
  }

  #assignments(list: TS.VariableDeclarationList): TS.Expression | undefined {
    const made = list.declarations
      .filter(({ initializer }) => initializer)
      .map(({ name, initializer }) => this.assign(name, this.expression(initializer!)));
    return made.length > 0
      ? made.reduce((all, next) => this.#factory.createComma(all, next))
      : undefined;
  }

  #target(name: TS.BindingName): TS.Expression {
    const { ts } = this;
    return bindingTarget(ts, this.#factory, name, {
      variable: identifier => this.property(identifier),
      expression: node => this.visit(node)
    });
  }

  assign(name: TS.BindingName, value: TS.Expression): TS.Expression {
    return this.#factory.createAssignment(this.#target(name), value);
  }

  property(name: TS.Identifier): TS.Expression {
    const access = this.#factory.createPropertyAccessExpression(
      this.#factory.createIdentifier('__vars'),
      name.text
    );
    const { NoTrailingSourceMap, NoNestedSourceMaps } = this.ts.EmitFlags;
    return this.ts.setEmitFlags(
      this.ts.setTextRange(access, name),
      NoTrailingSourceMap | NoNestedSourceMaps
    );
  }
}

/** Whether an identifier only names something: a property, a parameter, a declaration. */
function isName(node: TS.Identifier): boolean {
  const parent = node.parent as (TS.Node & { name?: TS.Node }) | undefined;
  return parent?.name === node;
}
