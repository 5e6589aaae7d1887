import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../environment';

export const SOURCES = path.join(ROOT, 'kernel-lib', 'src');

/** The docstring of a public export, `layers.dense`, or of a member of one, `Run.set`. */
export interface Documented {
  name: string;
  /** File and line, for messages. */
  place: string;
  kind: 'function' | 'method' | 'option' | 'value' | 'field' | 'type';
  summary: string;
  tags: readonly string[];
  examples: readonly string[];
  throws: boolean;
}

const inLibrary = (node: ts.Node) =>
  path.normalize(node.getSourceFile().fileName).startsWith(SOURCES + path.sep);

/** What a name stands for behind `export … from` and `export * as`. */
const behind = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/**
 * The rule for `@throws`: a function that takes something and has a `throw` in its body, or calls by name a function of
 * the library that has one, and so on. What is thrown by functions that were handed over is not followed.
 */
function throwFinder(checker: ts.TypeChecker): (declaration: ts.Node) => boolean {
  const known = new Map<ts.Node, boolean>();

  function called({ expression }: ts.CallExpression | ts.NewExpression): ts.Node[] {
    const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    const symbol = checker.getSymbolAtLocation(name);
    return (symbol && behind(checker, symbol).declarations?.filter(inLibrary)) ?? [];
  }

  function throwsIn(node: ts.Node): boolean {
    const before = known.get(node);
    if (before !== undefined) {
      return before;
    }
    // What calls itself throws only if it does so elsewhere.
    known.set(node, false);
    const visit = (part: ts.Node): boolean =>
      ts.isThrowStatement(part) ||
      ((ts.isCallExpression(part) || ts.isNewExpression(part)) && called(part).some(throwsIn)) ||
      ts.forEachChild(part, child => visit(child) || undefined) === true;
    const found = visit(node);
    known.set(node, found);
    return found;
  }
  return declaration =>
    ts.isFunctionLike(declaration) && declaration.parameters.length > 0 && throwsIn(declaration);
}

function kindOf(symbol: ts.Symbol, owner?: ts.Symbol): Documented['kind'] {
  if (symbol.flags & ts.SymbolFlags.Method) {
    return 'method';
  }
  if (owner) {
    return owner.name.endsWith('Options') ? 'option' : 'field';
  }
  if (symbol.flags & ts.SymbolFlags.Function) {
    return 'function';
  }
  return symbol.flags & ts.SymbolFlags.Variable ? 'value' : 'type';
}

/** The docstrings of all that the library's entry exports, and of the members of those types. */
export function publicDocs(program: ts.Program): Documented[] {
  const checker = program.getTypeChecker();
  const throws = throwFinder(checker);
  const found: Documented[] = [];

  function add(name: string, symbol: ts.Symbol, owner?: ts.Symbol): void {
    const declarations = (symbol.declarations ?? []).filter(inLibrary);
    const [first] = declarations;
    if (!first) {
      return;
    }
    const tags = declarations.flatMap(declaration => ts.getJSDocTags(declaration));
    const file = first.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(first.getStart());
    found.push({
      name,
      place: `${path.relative(SOURCES, file.fileName)}:${line + 1}`,
      kind: kindOf(symbol, owner),
      summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      tags: tags.map(tag => tag.tagName.text),
      examples: tags
        .filter(tag => tag.tagName.text === 'example')
        .map(tag => ts.getTextOfJSDocComment(tag.comment) ?? ''),
      throws: declarations.some(throws)
    });
  }

  function walk(module: ts.Symbol, prefix: string): void {
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = behind(checker, exported);
      const name = prefix + exported.name;
      if (symbol.flags & ts.SymbolFlags.ValueModule) {
        walk(symbol, `${name}.`);
        continue;
      }
      add(name, symbol);
      symbol.members?.forEach(member => {
        const hidden = /^(#|__)/.test(member.name); // private, [symbol], constructor
        if (
          !hidden &&
          member.flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)
        ) {
          add(`${name}.${member.name}`, member, symbol);
        }
      });
    }
  }
  const entry = program.getSourceFile(path.join(SOURCES, 'index.ts'))!;
  walk(checker.getSymbolAtLocation(entry)!, '');
  return found;
}
