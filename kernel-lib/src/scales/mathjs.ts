/** What the library uses of mathjs, which is loaded when the first expression is made. */
interface MathJs {
  compile(expression: string): { evaluate(scope: Record<string, number>): unknown };
}

let loaded: MathJs | undefined;

/** @throws Error that says what to install. */
export function mathjs(): MathJs {
  if (!loaded) {
    // By a name that a bundler does not follow: who uses no expression does without mathjs.
    const name: string = 'mathjs';
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for all
      loaded = require(name) as MathJs;
    } catch (error) {
      throw new Error(
        'scales.expression: needs mathjs, which could not be loaded.\n' +
          'Run `npm install mathjs` beside tunelab. In a browser bundle use scales.log or scales.oneMinusLog.',
        { cause: error }
      );
    }
  }
  return loaded;
}
