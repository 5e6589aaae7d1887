import { knownOptions, rangeError, show } from '../../errors';
import { flag, fraction } from '../../numeric/options';
import { exponentiallyWeighted } from '../../numeric/smooth';
import type { History } from '../../training/history';
import type { Figure } from '../figure';
import type { LineLayer, Numbers } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { formatNumber } from '../text';
import {
  metricOf,
  READERS,
  readHistories,
  stepCount,
  stepLossesOf,
  stepsOf,
  type Metric
} from './histories';
import { thinnedLasts, thinnedMeans } from './thin';

/** Options of `figures.learningCurves`. */
export interface LearningCurvesOptions {
  /** `error` is 1 - accuracy. Default: `'loss'`. */
  metric?: Metric;
  /** What the x axis counts; only the loss is known by step. Default: `'epoch'`. */
  by?: 'epoch' | 'step';
  /**
   * Weight of the past in an exponentially weighted average with bias correction, in [0, 1), drawn over the faint raw
   * line; 0.9 averages over about 10 points. Of curves by step, the losses of mini-batches are smoothed, those of the dev
   * set not. Default: `0` by epoch, `0.9` by step.
   */
  smoothing?: number;
  /** Equal ratios, equal lengths: shows the beginning. Default: `false`. */
  logX?: boolean;
  /** Equal ratios, equal heights; an error of 0 then has no place. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** A curve before it is smoothed. */
interface Curve {
  name: string;
  group: string;
  dash: boolean;
  /** Drawn as they are. */
  raw: { x: Numbers; y: Numbers };
  /** Drawn above, if the curve is smoothed. */
  smooth?: { x: Numbers; y: Numbers };
  last: number;
}

/**
 * Curves of training: a metric by epoch, or the loss by step, on the training set (solid) and on the dev set (dashed).
 * Several runs, by name, share the axes; each has its colour. A history read back from JSON will do.
 * @throws TypeError if a run is not a history; RangeError for an unknown metric or option, or one out of its domain.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const adam = await fit(network, data.train, { optimizer: optimizers.adam(), dev: data.dev, epochs: 3 });
 * figures.learningCurves({ adam }, { metric: 'error' })
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const history = await fit(network, data.train, { optimizer: optimizers.adam(), dev: data.dev, epochs: 3 });
 * figures.learningCurves(history, { by: 'step', smoothing: 0.95, logY: true })
 * @see lecture, "Exponentially weighted averages" and "Bias correction", for the smoothing.
 */
export function learningCurves(
  history: History | Readonly<Record<string, History>>,
  options: LearningCurvesOptions = {}
): Figure {
  const where = 'figures.learningCurves';
  knownOptions(where, options, ['metric', 'by', 'smoothing', 'logX', 'logY', 'title']);
  const { metric, by } = readMetric(where, options);
  const smoothing = fraction(where, 'smoothing', options.smoothing ?? (by === 'step' ? 0.9 : 0));
  const logX = flag(where, 'logX', options.logX ?? false);
  const logY = flag(where, 'logY', options.logY ?? false);
  const histories = readHistories(where, history);
  const curves = histories.flatMap(([name, run]) =>
    by === 'step' ? curvesByStep(name, run, smoothing) : curvesByEpoch(name, run, metric, smoothing)
  );
  const most = Math.max(
    0,
    ...histories.map(([, run]) => (by === 'step' ? stepCount(run) : run.epochs.length))
  );
  const note = by === 'step' ? 'No step has been made yet.' : 'No epoch has ended yet.';
  const smoothed = curves.some(({ smooth }) => smooth)
    ? ` Smoothed with weight ${formatNumber(smoothing)} of the past, over the raw lines.`
    : '';
  return sceneFigure({
    figure: 'learningCurves',
    title: options.title ?? `Training: ${metric} by ${by}`,
    alt:
      `Curves of ${metric} over ${most} ${by}${most === 1 ? '' : 's'}.${smoothed} ` +
      (curves.length === 0
        ? note
        : `At the end: ${curves.map(({ name, last }) => `${name} ${formatNumber(last)}`).join(', ')}.`),
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { label: by, scale: logX ? 'log' : 'linear', integer: true },
          y: { label: metric, scale: logY ? 'log' : 'linear' },
          layers: curves.flatMap(lines)
        }
      ],
      ...(curves.length === 0 && { note })
    }
  });
}

function readMetric(
  where: string,
  { metric = 'loss', by = 'epoch' }: LearningCurvesOptions
): { metric: Metric; by: 'epoch' | 'step' } {
  if (!Object.hasOwn(READERS, metric)) {
    throw rangeError(
      where,
      '`metric` must be `loss`, `accuracy` or `error`',
      `metric=${show(metric)}`,
      'Choose one of them.'
    );
  }
  if (by !== 'epoch' && by !== 'step') {
    throw rangeError(
      where,
      "`by` must be 'epoch' or 'step'",
      `by=${show(by)}`,
      'A step is one mini-batch.'
    );
  }
  if (by === 'step' && metric !== 'loss') {
    throw rangeError(
      where,
      "`by: 'step'` needs `metric: 'loss'`",
      `metric=${show(metric)}`,
      'A history keeps the loss of every mini-batch, and the other metrics by epoch.'
    );
  }
  return { metric, by };
}

/** Colours tell runs apart; with one run only, they tell train from dev. */
function named(run: string, set: 'train' | 'dev') {
  return { name: run ? `${run} ${set}` : set, group: run || set, dash: set === 'dev' };
}

function curvesByEpoch(run: string, history: History, metric: Metric, smoothing: number): Curve[] {
  return (['train', 'dev'] as const).flatMap((set): Curve[] => {
    const { records, values } = metricOf(history, metric, set);
    const x = Int32Array.from(records, ({ epoch }) => epoch);
    const smooth = { x, y: exponentiallyWeighted(values, smoothing) };
    return curve(named(run, set), { x, y: values }, smoothing > 0 ? smooth : undefined, values);
  });
}

function curvesByStep(run: string, history: History, smoothing: number): Curve[] {
  const losses = stepLossesOf(history);
  const smooth = thinnedLasts(exponentiallyWeighted(losses, smoothing));
  const { records, values } = metricOf(history, 'loss', 'dev');
  return [
    ...curve(named(run, 'train'), thinnedMeans(losses), smoothing > 0 ? smooth : undefined, losses),
    ...curve(
      named(run, 'dev'),
      { x: stepsOf(history, losses, records), y: values },
      undefined,
      values
    )
  ];
}

/** A curve, unless there is nothing of it. */
function curve(
  name: Pick<Curve, 'name' | 'group' | 'dash'>,
  raw: Curve['raw'],
  smooth: Curve['smooth'],
  values: Float64Array
): Curve[] {
  const drawn = smooth?.y ?? values;
  return values.length === 0 ? [] : [{ ...name, raw, smooth, last: drawn[drawn.length - 1] }];
}

/** The raw line, faint if a smoothed one lies over it. */
function lines({ name, group, dash, raw, smooth }: Curve): LineLayer[] {
  const top = { kind: 'line' as const, name, group, ...(dash && { dash }) };
  // A single point is no line: it would not be seen.
  const markers = raw.x.length === 1 && { markers: true };
  return smooth
    ? [
        { kind: 'line', name: '', group, faint: true, ...raw },
        { ...top, ...smooth, ...markers }
      ]
    : [{ ...top, ...raw, ...markers }];
}
