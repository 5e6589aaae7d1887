/**
 * From a cell to the body of a function. What the cell declares at its top becomes properties of one
 * object, the notebook's variables: `const a = 1` is `__vars.a = 1`, and every mention of `a`, here
 * and in later cells, is `__vars.a`. So there is one place for each variable, whoever writes to it,
 * and assignments in loops are as fast as V8 can make them. Imports are loaded before the body runs;
 * the value of the last expression is returned.
 */
import type * as TS from 'typescript';
import type { Imported } from '../host';
import { CellExpressions, type Variables } from './cellExpressions';
import { isUsing, isVariable } from './scope';

/** The parameters of a cell's function, in their order. */
export const PARAMETERS = ['__vars', '__modules', '__import', '__meta', 'require', '__dirname'];

/** What the body of a cell needs and does. */
export interface CellFacts {
  /** The modules to load before it runs: `__modules[0]` and so on. */
  imports: string[];
  /** Under which names their exports are known, or they themselves. */
  bindings: { local: string; imported: Imported }[];
  /** Whether it must be the body of an async function. */
  awaits: boolean;
}

/** A transformer to run before TypeScript's own; `facts` fills while it works. */
export function lowerCell(
  ts: typeof TS,
  checker: TS.TypeChecker,
  variables: Variables,
  facts: CellFacts
): TS.TransformerFactory<TS.SourceFile> {
  return context => file => new Lowering(ts, checker, variables, facts, context).lower(file);
}

/** Removes the `export {}` by which TypeScript marks an output that has neither imports nor exports. */
export function dropExportMark(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  return context => file =>
    context.factory.updateSourceFile(
      file,
      file.statements.filter(statement => !ts.isExportDeclaration(statement))
    );
}

class Lowering {
  readonly #factory: TS.NodeFactory;
  readonly #expressions: CellExpressions;
  /** Runs before everything else: imports and functions, as JavaScript hoists them. */
  readonly #first: TS.Statement[] = [];

  constructor(
    private readonly ts: typeof TS,
    private readonly checker: TS.TypeChecker,
    variables: Variables,
    private readonly facts: CellFacts,
    context: TS.TransformationContext
  ) {
    this.#factory = context.factory;
    this.#expressions = new CellExpressions(ts, checker, variables, context);
  }

  lower(file: TS.SourceFile): TS.SourceFile {
    this.facts.awaits = hasTopLevelAwait(this.ts, file);
    const last = this.#lastExpression(file);
    const body = file.statements.flatMap(statement => {
      const made = this.#topLevel(statement);
      const final = made.at(-1);
      if (statement === last && final && this.ts.isExpressionStatement(final)) {
        return [this.#return(final)];
      }
      return made;
    });
    return this.#factory.updateSourceFile(file, [...this.#first, ...body]);
  }

  /** The statement whose value is the cell's: the last one, types and empty statements apart. */
  #lastExpression(file: TS.SourceFile): TS.Statement | undefined {
    const { ts } = this;
    const last = [...file.statements]
      .reverse()
      .find(
        statement =>
          !ts.isInterfaceDeclaration(statement) &&
          !ts.isTypeAliasDeclaration(statement) &&
          !ts.isEmptyStatement(statement) &&
          !ts.isExportDeclaration(statement)
      );
    return last && (ts.isExpressionStatement(last) || isDefaultValue(ts, last)) ? last : undefined;
  }

  /** Inside an object, since an async function would wait for a promise that is returned bare. */
  #return({ expression }: TS.ExpressionStatement): TS.Statement {
    const value = this.#factory.createPropertyAssignment('value', expression);
    return this.ts.setTextRange(
      this.#factory.createReturnStatement(this.#factory.createObjectLiteralExpression([value])),
      expression
    );
  }

  #topLevel(statement: TS.Statement): TS.Statement[] {
    const { ts } = this;
    if (ts.isImportDeclaration(statement)) {
      this.#import(statement);
      return [];
    }
    if (ts.isExportDeclaration(statement)) {
      return [];
    }
    if (ts.isImportEqualsDeclaration(statement)) {
      return this.#importEquals(statement);
    }
    if (ts.isExportAssignment(statement)) {
      return [this.#run(this.#expressions.expression(statement.expression), statement)];
    }
    if (hasModifier(ts, statement, ts.SyntaxKind.DeclareKeyword)) {
      return [statement];
    }
    if (ts.isVariableStatement(statement) && !isUsing(ts, statement.declarationList)) {
      return statement.declarationList.declarations.flatMap(declaration =>
        this.#variable(declaration)
      );
    }
    if (ts.isFunctionDeclaration(statement)) {
      return this.#function(statement);
    }
    if (
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isModuleDeclaration(statement)
    ) {
      return this.#named(statement);
    }
    return [this.#expressions.visit(statement) as TS.Statement];
  }

  #variable(declaration: TS.VariableDeclaration): TS.Statement[] {
    const { ts } = this;
    const { name, initializer } = declaration;
    if (!initializer) {
      return [
        this.#run(this.#expressions.assign(name, this.#factory.createVoidZero()), declaration)
      ];
    }
    const value = this.#expressions.expression(initializer);
    if (ts.isIdentifier(name) && isAnonymous(ts, initializer)) {
      // Only a declaration gives a function or class its name, which errors and printed values show.
      const local = this.#factory.createVariableDeclaration(name, undefined, undefined, value);
      const list = this.#factory.createVariableDeclarationList([local], ts.NodeFlags.Const);
      return [
        ts.setTextRange(this.#factory.createVariableStatement(undefined, list), declaration),
        this.#keep(name)
      ];
    }
    return [this.#run(this.#expressions.assign(name, value), declaration)];
  }

  #function(node: TS.FunctionDeclaration): TS.Statement[] {
    const { ts } = this;
    if (!node.body) {
      return [];
    }
    const visited = this.#expressions.visit(node) as TS.FunctionDeclaration;
    if (!node.name) {
      const { modifiers, asteriskToken, typeParameters, parameters, type, body } = visited;
      return [
        this.#run(
          this.#factory.createFunctionExpression(
            withoutExport(ts, modifiers)?.filter(ts.isModifier),
            asteriskToken,
            undefined,
            typeParameters,
            parameters,
            type,
            body!
          ),
          node
        )
      ];
    }
    this.#first.push(this.#keep(node.name));
    return [
      this.#factory.updateFunctionDeclaration(
        visited,
        withoutExport(ts, visited.modifiers),
        visited.asteriskToken,
        visited.name,
        visited.typeParameters,
        visited.parameters,
        visited.type,
        visited.body
      )
    ];
  }

  /** Classes, enums and namespaces stay declarations and are kept when they have been made. */
  #named(node: TS.ClassDeclaration | TS.EnumDeclaration | TS.ModuleDeclaration): TS.Statement[] {
    const { ts } = this;
    const symbol = node.name && this.checker.getSymbolAtLocation(node.name);
    if (symbol) {
      this.#expressions.inside.add(symbol);
    }
    const visited = this.#expressions.visit(node) as typeof node;
    if (symbol) {
      this.#expressions.inside.delete(symbol);
    }
    const modifiers = withoutExport(ts, visited.modifiers);
    const made = this.#withModifiers(visited, modifiers);
    if (!node.name) {
      const { typeParameters, heritageClauses, members } = visited as TS.ClassDeclaration;
      const value = this.#factory.createClassExpression(
        modifiers,
        undefined,
        typeParameters,
        heritageClauses,
        members
      );
      return [this.#run(value, node)];
    }
    const isValue =
      symbol && isVariable(ts, symbol) && (!ts.isModuleDeclaration(node) || hasValue(ts, symbol));
    return isValue && ts.isIdentifier(node.name) ? [made, this.#keep(node.name)] : [made];
  }

  #withModifiers<T extends TS.ClassDeclaration | TS.EnumDeclaration | TS.ModuleDeclaration>(
    node: T,
    modifiers: readonly TS.ModifierLike[] | undefined
  ): TS.Statement {
    const { ts } = this;
    const plain = modifiers?.filter(ts.isModifier);
    if (ts.isEnumDeclaration(node)) {
      return this.#factory.updateEnumDeclaration(node, plain, node.name, node.members);
    }
    if (ts.isModuleDeclaration(node)) {
      return this.#factory.updateModuleDeclaration(node, plain, node.name, node.body);
    }
    const { name, typeParameters, heritageClauses, members } = node as TS.ClassDeclaration;
    return this.#factory.updateClassDeclaration(
      node as TS.ClassDeclaration,
      modifiers,
      name,
      typeParameters,
      heritageClauses,
      members
    );
  }

  #import({ importClause: clause, moduleSpecifier }: TS.ImportDeclaration): void {
    const { ts } = this;
    const bindings: [local: TS.Identifier, imported: string | undefined][] = [];
    if (clause?.isTypeOnly) {
      return;
    }
    if (clause?.name) {
      bindings.push([clause.name, 'default']);
    }
    const named = clause?.namedBindings;
    if (named && ts.isNamespaceImport(named)) {
      bindings.push([named.name, undefined]);
    } else if (named) {
      for (const element of named.elements.filter(({ isTypeOnly }) => !isTypeOnly)) {
        bindings.push([element.name, (element.propertyName ?? element.name).text]);
      }
    }
    const values = bindings.filter(([local]) => this.#isImportedValue(local));
    if (clause && values.length === 0) {
      return;
    }
    const module = (moduleSpecifier as TS.StringLiteral).text;
    const index = this.facts.imports.push(module) - 1;
    for (const [local, imported] of values) {
      this.facts.bindings.push({
        local: local.text,
        imported: imported === undefined ? { module } : { module, name: imported }
      });
      const loaded = this.#factory.createElementAccessExpression(
        this.#factory.createIdentifier('__modules'),
        index
      );
      const value =
        imported === undefined
          ? loaded
          : this.#factory.createElementAccessExpression(
              loaded,
              this.#factory.createStringLiteral(imported)
            );
      this.#first.push(this.#run(this.#expressions.assign(local, value), local));
    }
  }

  #isImportedValue(local: TS.Identifier): boolean {
    const symbol = this.checker.getSymbolAtLocation(local);
    if (!symbol || !(symbol.flags & this.ts.SymbolFlags.Alias)) {
      return symbol !== undefined;
    }
    return (this.checker.getAliasedSymbol(symbol).flags & this.ts.SymbolFlags.Value) !== 0;
  }

  /** `import a = N.b`; TypeScript refuses `import a = require('a')` among ES modules. */
  #importEquals(node: TS.ImportEqualsDeclaration): TS.Statement[] {
    const { moduleReference: reference, name } = node;
    if (this.ts.isExternalModuleReference(reference) || !this.#isImportedValue(name)) {
      return [];
    }
    const value = this.#entity(reference);
    return [this.#run(this.#expressions.assign(name, value), node)];
  }

  #entity(name: TS.EntityName): TS.Expression {
    return this.ts.isIdentifier(name)
      ? this.#expressions.expression(name)
      : this.#factory.createPropertyAccessExpression(this.#entity(name.left), name.right.text);
  }

  /** `__vars.name = name`, for what had to stay a declaration. */
  #keep(name: TS.Identifier): TS.Statement {
    const local = this.#factory.createIdentifier(name.text);
    return this.#run(this.#factory.createAssignment(this.#expressions.property(name), local), name);
  }

  #run(expression: TS.Expression, from: TS.Node): TS.ExpressionStatement {
    return this.ts.setTextRange(this.#factory.createExpressionStatement(expression), from);
  }
}

function isAnonymous(ts: typeof TS, node: TS.Expression): boolean {
  return (
    ts.isArrowFunction(node) ||
    ((ts.isFunctionExpression(node) || ts.isClassExpression(node)) && !node.name)
  );
}

function isDefaultValue(ts: typeof TS, node: TS.Statement): boolean {
  return (
    ts.isExportAssignment(node) ||
    ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && !node.name)
  );
}

function hasModifier(ts: typeof TS, node: TS.Statement, kind: TS.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (node.modifiers?.some(m => m.kind === kind) ?? false);
}

function withoutExport<T extends TS.ModifierLike>(
  ts: typeof TS,
  modifiers: readonly T[] | undefined
): T[] | undefined {
  const { ExportKeyword, DefaultKeyword } = ts.SyntaxKind;
  return modifiers?.filter(({ kind }) => kind !== ExportKeyword && kind !== DefaultKeyword);
}

/** A namespace of types alone does not exist when the code runs. */
function hasValue(ts: typeof TS, symbol: TS.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Value) !== 0;
}

/** Whether a cell awaits outside of all its functions. */
export function hasTopLevelAwait(ts: typeof TS, file: TS.SourceFile): boolean {
  const visit = (node: TS.Node): boolean => {
    if (
      ts.isAwaitExpression(node) ||
      (ts.isForOfStatement(node) && node.awaitModifier) ||
      (ts.isVariableDeclarationList(node) &&
        (node.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing)
    ) {
      return true;
    }
    if (ts.isFunctionLike(node)) {
      // A computed name and a decorator belong to the surroundings, not to the function.
      return node.name !== undefined && ts.isComputedPropertyName(node.name) && visit(node.name);
    }
    if (ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node)) {
      return false;
    }
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return visit(file);
}
