import { knownOptions, rangeError, show, typeError } from '../../errors';
import { count, flag, positive } from '../../numeric/options';
import type { Schedule } from '../../schedules/schedule';
import { isArrayLike } from '../distributions/sets';
import type { Figure } from '../figure';
import { sceneFigure } from '../scene/store';
import { formatNumber } from '../text';

/** Options of `figures.schedule`. */
export interface ScheduleFigureOptions {
  /** alpha0 of the optimizer, > 0. Default: none; factors of it are drawn. */
  learningRate?: number;
  /** Steps that the whole training makes, a whole number >= 1. Default: 10 epochs. */
  steps?: number;
  /** Mini-batches in an epoch, a whole number >= 1. Default: `100`. */
  stepsPerEpoch?: number;
  /** Equal ratios, equal heights; a learning rate of 0 then has no place. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** A schedule, or the learning rates of the steps as a history records them. */
export type ScheduleSource = Schedule | ArrayLike<number>;

/** Points of one line: more than a screen shows would only cost. */
const MOST_POINTS = 500;

/** What is asked of all schedules. */
interface Training {
  alpha: number;
  steps: number;
  stepsPerEpoch: number;
}

interface Line {
  name: string;
  x: Int32Array;
  y: Float64Array;
}

/**
 * Learning rates over the steps of a training: alpha = alpha0 * schedule(step). One schedule, or several by name; also
 * recorded learning rates, such as `history.learningRates`, which are drawn as they are.
 *
 * @throws TypeError if a schedule is neither a function nor an array of numbers, or gives something else than
 *   numbers; RangeError for no schedule, more than 100, or an option that is unknown or out of its domain.
 * @example
 * figures.schedule(
 *   {
 *     'inverse time': schedules.inverseTime({ decayRate: 1 }),
 *     'warm-up, then cosine': schedules.warmUp(schedules.cosine(), { length: 100 })
 *   },
 *   { learningRate: 0.1, steps: 1000, stepsPerEpoch: 100 }
 * )
 * @see lecture, learning rate decay.
 */
export function schedule(
  of: ScheduleSource | Readonly<Record<string, ScheduleSource>>,
  options: ScheduleFigureOptions = {}
): Figure {
  const where = 'figures.schedule';
  knownOptions(where, options, ['learningRate', 'steps', 'stepsPerEpoch', 'logY', 'title']);
  const stepsPerEpoch = count(where, 'stepsPerEpoch', options.stepsPerEpoch ?? 100);
  const steps = count(where, 'steps', options.steps ?? 10 * stepsPerEpoch);
  const logY = flag(where, 'logY', options.logY ?? false);
  const alpha =
    options.learningRate === undefined ? 1 : positive(where, 'learningRate', options.learningRate);
  const sources = readSources(where, of);
  // Recorded learning rates are no factors.
  const absolute =
    options.learningRate !== undefined || sources.some(([, source]) => isArrayLike(source));
  const lines = sources.map(([name, source]) =>
    lineOf(where, name, source, { alpha, steps, stepsPerEpoch })
  );
  const empty = lines.every(({ x }) => x.length === 0);
  const note = 'There are no steps to show.';
  const label = absolute ? 'learning rate α' : 'α / α₀';
  return sceneFigure({
    figure: 'schedule',
    title: options.title ?? `Learning rate by step`,
    alt: `${absolute ? 'Learning rates' : 'Factors of the learning rate'} by step. ${
      empty
        ? note
        : lines
            .filter(({ x }) => x.length > 0)
            .map(words)
            .join('; ') + '.'
    }`,
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { label: 'step', scale: 'linear', integer: true },
          y: { label, scale: logY ? 'log' : 'linear' },
          layers: lines
            .filter(({ x }) => x.length > 0)
            .map(line => ({ kind: 'line' as const, step: true, ...line }))
        }
      ],
      ...(empty && { note })
    }
  });
}

function readSources(where: string, of: unknown): [string, ScheduleSource][] {
  const alone = typeof of === 'function' || isArrayLike(of);
  const entries: [string, unknown][] = alone
    ? [['schedule', of]]
    : typeof of === 'object' && of !== null
      ? Object.entries(of)
      : [];
  if (entries.length === 0 || entries.length > 100) {
    throw rangeError(
      where,
      'there must be 1 to 100 schedules',
      typeof of === 'object' && of !== null ? String(entries.length) : show(of),
      'Pass a schedule such as schedules.cosine(), or several by name: { cosine: schedules.cosine() }.'
    );
  }
  const odd = entries.find(([, source]) => typeof source !== 'function' && !isArrayLike(source));
  if (odd) {
    throw typeError(
      where,
      'a schedule must be a function of the step, or an array of learning rates',
      `${odd[0]}=${show(odd[1])}`,
      'Write for example schedules.exponential({ factor: 0.95 }).'
    );
  }
  return entries as [string, ScheduleSource][];
}

function lineOf(where: string, name: string, source: ScheduleSource, training: Training): Line {
  const { alpha, steps, stepsPerEpoch } = training;
  const isFunction = typeof source === 'function';
  const length = isFunction ? steps : source.length;
  const width = Math.max(1, Math.ceil(length / MOST_POINTS));
  const x = Int32Array.from({ length: Math.ceil(length / width) }, (_, i) => i * width);
  const y = Float64Array.from(x, step => {
    const value: unknown = isFunction
      ? source(step, { epoch: Math.floor(step / stepsPerEpoch), stepsPerEpoch, steps })
      : source[step];
    if (typeof value !== 'number') {
      throw typeError(
        where,
        'learning rates must be numbers',
        `${show(value)} from ${name} at step ${step}`,
        'A schedule gives a factor: 1 leaves the learning rate as it is.'
      );
    }
    return isFunction ? alpha * value : value;
  });
  return { name, x, y };
}

function words({ name, x, y }: Line): string {
  const finite = y.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return (
    `${name}: from ${formatNumber(y[0])} to ${formatNumber(y[y.length - 1])} at step ${x[x.length - 1]}` +
    (finite.length > 0
      ? `, between ${formatNumber(low)} and ${formatNumber(high)}`
      : ', never finite')
  );
}
