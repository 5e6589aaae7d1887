/**
 * Mends `{ a }` where `a` is a variable of an earlier cell. The converter replaces each name of an
 * earlier cell by `exports.name`, but asks what a shorthand's name is as a property, not as a value, and
 * so leaves it: `ReferenceError: a is not defined`.
 */
import type * as TS from 'typescript';

/** Lets a program's checker answer for the name of a shorthand with the variable behind it. */
export function seeShorthandValues(ts: typeof TS, program: TS.Program): void {
  const patched = new WeakSet<TS.TypeChecker>();
  const getTypeChecker = program.getTypeChecker.bind(program);
  program.getTypeChecker = () => {
    const checker = getTypeChecker();
    if (!patched.has(checker)) {
      patched.add(checker);
      const symbolOf = checker.getSymbolAtLocation.bind(checker);
      checker.getSymbolAtLocation = node =>
        node.parent && ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
          ? checker.getShorthandAssignmentValueSymbol(node.parent)
          : symbolOf(node);
    }
    return checker;
  };
}

/** `visitEachChild` that writes `{ a: exports.a }` where a visitor replaces the name of `{ a }`. */
export function visitShorthand(ts: typeof TS): typeof TS.visitEachChild {
  const { factory } = ts;
  const visitEachChild = ts.visitEachChild as (...args: unknown[]) => TS.Node;
  return ((node: TS.Node | undefined, visitor: TS.Visitor, ...rest: unknown[]) => {
    if (!node || !ts.isShorthandPropertyAssignment(node)) {
      return visitEachChild(node, visitor, ...rest);
    }
    const value = visitor(node.name) as TS.Expression;
    if (value === node.name) {
      return visitEachChild(node, visitor, ...rest);
    }
    // `({ a = 1 } = object)` assigns a default as well.
    const fallback = node.objectAssignmentInitializer;
    const target = fallback
      ? factory.createAssignment(value, visitor(fallback) as TS.Expression)
      : value;
    const name = factory.createIdentifier(node.name.text);
    return ts.setOriginalNode(factory.createPropertyAssignment(name, target), node);
  }) as typeof TS.visitEachChild;
}
