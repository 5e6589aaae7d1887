/** What the library uses of mathjs, which is loaded when the first expression is made. */
interface MathJs {
  compile(expression: string): { evaluate(scope: Record<string, number>): unknown };
}

let loaded: MathJs | undefined;

/** @throws Error that says what to install. */
export function mathjs(): MathJs {
  if (!loaded) {
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for all
      loaded = require('mathjs') as MathJs;
    } catch (error) {
      throw new Error(
        'scales.expression: needs mathjs, which could not be loaded.\n' +
          'Run `npm install mathjs` beside tunelab, or use scales.log or scales.oneMinusLog.',
        { cause: error }
      );
    }
  }
  return loaded;
}
