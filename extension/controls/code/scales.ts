/** A hyperparameter's scale as code, over all of its range or a part of it. */
import type { Axis } from 'tunelab/dist/scales/axis';
import type { HyperparameterColumn } from 'tunelab/dist/figures/study/table';
import { key, literal } from './literal';

export type Range = readonly [low: number, high: number];

export interface WrittenScale {
  code: string;
  /** What a reader should know of it. */
  remark?: string;
}

type Call = 'linear' | 'log' | 'oneMinusLog' | 'integer' | 'quantized' | 'choice';

const call = (name: Call, ...args: readonly (string | number)[]): string =>
  `scales.${name}(${args.join(', ')})`;

/**
 * A range with as few digits as tell it well, and none of it outside: 0.003160 to 0.0499 for 0.0031600012 to 0.04991.
 * @param whole ends that are written as they are
 */
export function tidy([low, high]: Range, whole: Range, scale: Axis['scale']): Range {
  const begin = Math.max(low, whole[0]);
  const end = Math.min(high, whole[1]);
  for (let digits = 3; digits < 16; digits++) {
    const first = begin === whole[0] ? begin : rounded(begin, digits, scale, Math.ceil);
    const last = end === whole[1] ? end : rounded(end, digits, scale, Math.floor);
    // Rounding may take away no more than a tenth of what was selected.
    if (first >= begin && last <= end && last - first > 0.9 * (end - begin)) {
      return [first, last];
    }
  }
  return [begin, end];
}

/** To some digits, up or down; near 1 on `oneMinusLog` they are those of the distance from 1. */
function rounded(
  value: number,
  digits: number,
  scale: Axis['scale'],
  round: (value: number) => number
): number {
  const distance = scale === 'oneMinusLog' ? 1 - value : value;
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(distance)));
  if (!Number.isFinite(decimals)) {
    return value;
  }
  return decimals >= 0
    ? Number((round(value * 10 ** decimals) / 10 ** decimals).toPrecision(15))
    : round(value / 10 ** -decimals) * 10 ** -decimals;
}

/**
 * The scale of a hyperparameter in the learner's own words.
 * @param range what of it is left, in own units or indices of categories. Default: all
 * @returns `undefined` if the payload does not say how it is written
 */
export function scaleCode(column: HyperparameterColumn, range?: Range): WrittenScale | undefined {
  const { code, axis } = column;
  const choices = code?.choices ?? axis.categories;
  const remark = code?.conditional
    ? 'existed only under a condition: write it again with scales.when(…)'
    : undefined;
  const plain = (written: string): WrittenScale => ({ code: written, ...(remark && { remark }) });
  if (axis.scale === 'category') {
    if (!choices || choices.length === 0) return undefined;
    const left = range ? choices.slice(...indices(range, choices.length)) : choices;
    return plain(call('choice', `[${left.map(literal).join(', ')}]`));
  }
  if (code?.kind === 'expression') {
    return expressionCode(column, range, plain);
  }
  const whole: Range | undefined =
    code?.low !== undefined && code.high !== undefined ? [code.low, code.high] : axis.range;
  if (!whole || !(whole[0] < whole[1])) {
    return undefined;
  }
  const kind = code?.kind ?? (axis.integer ? 'integer' : axis.scale);
  if (kind === 'integer') {
    return plain(stepsCode('integer', whole[0], 1, whole, range));
  }
  if (kind === 'quantized') {
    return code?.step && code.step > 0
      ? plain(stepsCode('quantized', whole[0], code.step, whole, range))
      : undefined;
  }
  const [low, high] = range ? tidy(range, whole, axis.scale) : whole;
  return plain(
    low < high ? call(kind as 'linear', low, high) : call('choice', `[${Math.min(low, whole[1])}]`)
  );
}

/** The categories between two places, at least the one nearest to them. */
function indices([low, high]: Range, count: number): [number, number] {
  const last = Math.min(count - 1, Math.floor(high));
  const first = Math.max(0, Math.ceil(low));
  const nearest = Math.min(count - 1, Math.max(0, Math.round((low + high) / 2)));
  return first <= last ? [first, last + 1] : [nearest, nearest + 1];
}

/** Numbers at equal steps; one that is left alone is the only choice. */
function stepsCode(
  kind: 'integer' | 'quantized',
  origin: number,
  step: number,
  whole: Range,
  range: Range = whole
): string {
  const most = Math.floor((whole[1] - origin) / step + 1e-9);
  const [first, end] = indices([(range[0] - origin) / step - 1e-9, (range[1] - origin) / step + 1e-9], most + 1); // prettier-ignore
  const valueAt = (index: number) => Number((origin + index * step).toPrecision(15));
  const [low, high] = [valueAt(first), valueAt(end - 1)];
  if (first === end - 1) return call('choice', `[${low}]`);
  return kind === 'integer' ? call(kind, low, high) : call(kind, low, high, step);
}

/** A page cannot solve an expression for its variable: a part of one is written on the scale nearest to it. */
function expressionCode(
  { code, axis }: HyperparameterColumn,
  range: Range | undefined,
  plain: (written: string) => WrittenScale
): WrittenScale | undefined {
  const { expression, range: variable, inverse } = code ?? {};
  const [ends] = Object.entries(variable ?? {});
  if (expression === undefined || !ends) {
    return undefined;
  }
  const options = inverse === undefined ? '' : `, { inverse: ${literal(inverse)} }`;
  const own = `scales.expression(${literal(expression)}, { ${key(ends[0])}: [${ends[1].join(', ')}] }${options})`;
  if (!range) {
    return plain(own);
  }
  const [low, high] = tidy(range, axis.range ?? range, axis.scale);
  return low < high
    ? { code: call(axis.scale as 'linear', low, high), remark: `was ${own}` }
    : undefined;
}
