import { knownOptions, rangeError, show, typeError } from '../errors';
import type { Axis } from './axis';
import { checkBounds, clampUnit, unitGrid } from './bounds';
import { mathjs } from './mathjs';
import type { Scale } from './scale';

/** The variable of an expression and its range, such as `{ r: [1, 3] }`. */
export type ExpressionRange = Readonly<Record<string, readonly [low: number, high: number]>>;

/** Options of `scales.expression`. */
export interface ExpressionOptions {
  /** The variable as an expression of the value `x`, such as `'-log10(1 - x)'`. Default: found by bisection. */
  inverse?: string;
}

const WHERE = 'scales.expression';
/** The expression must rise, or fall, from each of so many points to the next. */
const POINTS = 513;

/**
 * Any scale that mathjs can write down: an expression of one variable that is uniform in a range, and with which
 * the value always rises or always falls.
 *
 * @param expression in mathjs's syntax, with one variable of any name
 * @param range the variable and the ends of its range
 * @throws RangeError if the expression cannot be read, has no finite real values, or turns round inside the range;
 *   Error if mathjs is not installed.
 * @example scales.expression('1 - 10^-r', { r: [1, 3] }) // as scales.oneMinusLog(0.9, 0.999)
 * @see lecture, "Using an appropriate scale to pick hyperparameters": r = -4 * rand(), alpha = 10^r.
 */
export function expression(
  expression: string,
  range: ExpressionRange,
  options: ExpressionOptions = {}
): Scale<number> {
  const [variable, first, last] = readRange(range);
  knownOptions(WHERE, options, ['inverse']);
  const evaluate = compile(expression, variable);
  const { inverse } = options;
  const rAt = (u: number) => (u === 1 ? last : first + clampUnit(u) * (last - first));
  const table = Float64Array.from({ length: POINTS }, (_, i) => evaluate(rAt(i / (POINTS - 1))));
  const rises = table[POINTS - 1] > table[0];
  if (!rises) {
    // Small values lie at 0 on every scale: a falling expression is walked through backwards.
    table.reverse();
  }
  const turn = table.findIndex((value, i) => i > 0 && !(value > table[i - 1]));
  if (turn > 0) {
    const places = [turn - 1, turn].map(i => rAt((rises ? i : POINTS - 1 - i) / (POINTS - 1)));
    throw rangeError(
      WHERE,
      `\`${expression}\` must always rise or always fall with ${variable}`,
      `${table[turn - 1]} and ${table[turn]} at ${variable}=${places.join(' and ')}`,
      'Choose a range on one side of the turning point, so that each value has one place.'
    );
  }
  const low = table[0];
  const high = table[POINTS - 1];
  const clampValue = (x: number) => Math.min(high, Math.max(low, x));
  const fromUnit = (u: number) => {
    const place = clampUnit(u);
    return clampValue(evaluate(rAt(rises ? place : 1 - place)));
  };
  const toUnit = inverse === undefined ? bisection(table, fromUnit) : byInverse(inverse);

  function byInverse(text: string): (x: number) => number {
    const invert = compile(text, 'x');
    const convert = (x: number) => {
      const u = clampUnit((invert(clampValue(x)) - first) / (last - first));
      return rises ? u : 1 - u;
    };
    const wrong = [0.1, 0.5, 0.9].find(u => !(Math.abs(convert(fromUnit(u)) - u) < 1e-6));
    if (wrong !== undefined) {
      throw rangeError(
        WHERE,
        `\`inverse\` must give ${variable} back from the value x`,
        `${invert(fromUnit(wrong))} for x=${fromUnit(wrong)}`,
        'Leave it out: it is then found numerically.'
      );
    }
    return convert;
  }

  const nearest = nearestAxis(low, high, fromUnit);
  return {
    kind: 'expression',
    size: Infinity,
    fromUnit,
    toUnit: x => toUnit(x),
    contains: x => typeof x === 'number' && x >= low && x <= high,
    grid: points => unitGrid(WHERE, points).map(fromUnit),
    axis: label => ({ label, scale: nearest, range: [low, high] }),
    toNumber: x => x,
    toJSON: () => ({
      kind: 'expression',
      expression,
      range: { [variable]: [first, last] },
      ...(inverse !== undefined && { inverse })
    })
  };
}

function readRange(range: ExpressionRange): [string, number, number] {
  const entries = typeof range === 'object' && range !== null ? Object.entries(range) : [];
  const [variable, ends] = entries[0] ?? [];
  if (entries.length !== 1 || !Array.isArray(ends) || ends.length !== 2) {
    throw rangeError(
      WHERE,
      'the range must name one variable and its two ends',
      show(range),
      'Pass for example { r: [1, 3] }.'
    );
  }
  checkBounds(`${WHERE}, ${variable}`, ends[0], ends[1]);
  return [variable!, ends[0] as number, ends[1] as number];
}

/** @throws RangeError if mathjs cannot read it; the function throws one where it has no finite real value. */
function compile(text: string, variable: string): (at: number) => number {
  if (typeof text !== 'string') {
    throw typeError(WHERE, 'an expression is a text', show(text), "Write '1 - 10^-r'.");
  }
  const { compile: parse } = mathjs();
  const advice = `Write it in mathjs's syntax with ${variable} as its only variable, such as '10^${variable}'.`;
  let code: ReturnType<typeof parse>;
  try {
    code = parse(text);
  } catch (error) {
    throw rangeError(WHERE, `mathjs must understand \`${text}\``, (error as Error).message, advice);
  }
  return at => {
    let value: unknown;
    try {
      value = code.evaluate({ [variable]: at });
    } catch (error) {
      throw rangeError(WHERE, `\`${text}\` must have a value`, (error as Error).message, advice);
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw rangeError(
        WHERE,
        `\`${text}\` must be a finite real number everywhere in the range`,
        `${typeof value === 'object' ? String(value) : show(value)} at ${variable}=${at}`,
        advice
      );
    }
    return value;
  };
}

/** The position of a value on a rising scale, from a table of its values at equal distances. */
function bisection(table: Float64Array, fromUnit: (u: number) => number): (x: number) => number {
  return x => {
    let below = 0;
    let above = 1;
    // 62 halvings reach neighbouring numbers; the first nine are read from the table.
    for (let i = 0; i < 62; i++) {
      const middle = (below + above) / 2;
      const place = middle * (table.length - 1);
      const value = Number.isInteger(place) ? table[place] : fromUnit(middle);
      if (value === x) {
        return middle;
      }
      if (value < x) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return above === 1 && x >= table[table.length - 1] ? 1 : below === 0 ? 0 : (below + above) / 2;
  };
}

/** The axis on which equal chances are most nearly equal lengths. */
function nearestAxis(low: number, high: number, fromUnit: (u: number) => number): Axis['scale'] {
  const bends: [Axis['scale'], (x: number) => number][] = [['linear', x => x]];
  if (low > 0) {
    bends.push(['log', Math.log]);
  }
  if (high < 1) {
    bends.push(['oneMinusLog', x => -Math.log1p(-x)]);
  }
  const off = bends.map(([, bend]) => {
    const [begin, end] = [bend(low), bend(high)];
    const misses = [0.25, 0.5, 0.75].map(u => (bend(fromUnit(u)) - begin) / (end - begin) - u);
    return Math.max(...misses.map(Math.abs));
  });
  return bends[off.indexOf(Math.min(...off))][0];
}
