/** From what a declaration names, `{ a, b: [c] }`, to a target that an assignment fills. */
import type * as TS from 'typescript';

/** How names and the expressions inside a pattern are written in the result. */
export interface PatternParts {
  variable(name: TS.Identifier): TS.Expression;
  expression(node: TS.Node): TS.Node;
}

/** The target for a name or pattern: `{ a: x.a, b: [x.c = 1, ...x.rest] }`. */
export function bindingTarget(
  ts: typeof TS,
  factory: TS.NodeFactory,
  name: TS.BindingName,
  parts: PatternParts
): TS.Expression {
  const withDefault = ({ name: inner, initializer }: TS.BindingElement): TS.Expression => {
    const target = bindingTarget(ts, factory, inner, parts);
    return initializer
      ? factory.createAssignment(target, parts.expression(initializer) as TS.Expression)
      : target;
  };
  if (ts.isIdentifier(name)) {
    return parts.variable(name);
  }
  if (ts.isArrayBindingPattern(name)) {
    const elements = name.elements.map(element => {
      if (ts.isOmittedExpression(element)) {
        return element;
      }
      const target = withDefault(element);
      return element.dotDotDotToken ? factory.createSpreadElement(target) : target;
    });
    return ts.setTextRange(factory.createArrayLiteralExpression(elements), name);
  }
  const properties = name.elements.map(element => {
    const target = withDefault(element);
    if (element.dotDotDotToken) {
      return factory.createSpreadAssignment(target);
    }
    const key = element.propertyName
      ? (parts.expression(element.propertyName) as TS.PropertyName)
      : factory.createIdentifier((element.name as TS.Identifier).text);
    return factory.createPropertyAssignment(key, target);
  });
  return ts.setTextRange(factory.createObjectLiteralExpression(properties), name);
}
