import { knownOptions, rangeError, show, typeError } from '../../errors';
import type { EpochRecord, History } from '../../training/history';
import { encodeColumn } from '../columns';
import { Figure } from '../figure';
import type { CurvesPayload } from '../format';
import { formatNumber } from '../text';

/** Options of `figures.learningCurves`. */
export interface LearningCurvesOptions {
  /** `error` is 1 - accuracy. Default: `'loss'`. */
  metric?: 'loss' | 'accuracy' | 'error';
  /** Equal ratios, equal heights; an error of 0 then has no place. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
}

const READERS: Record<
  'loss' | 'accuracy' | 'error',
  Record<'train' | 'dev', (record: EpochRecord) => number | undefined>
> = {
  loss: { train: record => record.loss, dev: record => record.devLoss },
  accuracy: { train: record => record.accuracy, dev: record => record.devAccuracy },
  error: {
    train: record => 1 - record.accuracy,
    dev: record => (record.devAccuracy === undefined ? undefined : 1 - record.devAccuracy)
  }
};

/** JSON has no NaN and writes null: the accuracy of a regression, say. */
const fromJson = (record: EpochRecord): EpochRecord =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, value === null ? NaN : value])
  ) as never;

function isHistory(value: unknown): value is History {
  return (
    typeof value === 'object' &&
    value !== null &&
    Array.isArray((value as Partial<History>).epochs) &&
    (value as Partial<History>).stepLosses !== undefined
  );
}

function readHistories(input: unknown): [name: string, history: History][] {
  if (isHistory(input)) {
    return [['', input]];
  }
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const odd = entries.find(([, history]) => !isHistory(history));
  if (entries.length === 0 || odd) {
    throw typeError(
      'figures.learningCurves',
      'the input must be a history or an object of histories by name',
      odd ? `${odd[0]}=${show(odd[1])}` : show(input),
      'Pass what `fit` returned, or { small: historyA, large: historyB }.'
    );
  }
  return entries as [string, History][];
}

/**
 * Curves of training: a metric by epoch, on the training set (solid) and on the dev set (dashed).
 * Several runs, by name, share the axes; each has its colour. A history read back from JSON will do.
 * @throws TypeError if a run is not a history; RangeError for an unknown metric or option.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const adam = await fit(network, data.train, { optimizer: optimizers.adam(), dev: data.dev, epochs: 3 });
 * figures.learningCurves({ adam }, { metric: 'error' })
 */
export function learningCurves(
  history: History | Readonly<Record<string, History>>,
  options: LearningCurvesOptions = {}
): Figure {
  knownOptions('figures.learningCurves', options, ['metric', 'logY', 'title']);
  const metric = options.metric ?? 'loss';
  if (!Object.hasOwn(READERS, metric)) {
    throw rangeError(
      'figures.learningCurves',
      '`metric` must be `loss`, `accuracy` or `error`',
      `metric=${show(metric)}`,
      'Choose one of them.'
    );
  }
  const histories = readHistories(history);
  const payload: CurvesPayload = {
    kind: 'figure',
    version: 1,
    figure: 'curves',
    title: options.title ?? `Training: ${metric} by epoch`,
    alt: '',
    axes: {
      x: { label: 'epoch', scale: 'linear', integer: true },
      y: { label: metric, scale: options.logY ? 'log' : 'linear' }
    },
    columns: {},
    series: []
  };
  const ends: string[] = [];
  histories.forEach(([name, { epochs }], run) => {
    for (const set of ['train', 'dev'] as const) {
      const points = epochs.flatMap(record => {
        const value = READERS[metric][set](fromJson(record));
        return value === undefined ? [] : [[record.epoch, value]];
      });
      if (points.length === 0) continue;
      const [x, y] = [`run ${run} ${set} x`, `run ${run} ${set} y`];
      payload.columns[x] = encodeColumn(Int32Array.from(points, ([epoch]) => epoch));
      payload.columns[y] = encodeColumn(points.map(([, value]) => value));
      const series = name ? `${name} ${set}` : set;
      payload.series.push({
        name: series,
        x,
        y,
        ...(set === 'dev' ? { dash: true } : {}),
        // Colours tell runs apart; with one run only, they tell train from dev.
        ...(name ? { group: name } : {})
      });
      ends.push(`${series} ${formatNumber(points[points.length - 1][1])}`);
    }
  });
  const most = Math.max(0, ...histories.map(([, { epochs }]) => epochs.length));
  if (ends.length === 0) {
    payload.note = 'No epoch has ended yet.';
  }
  payload.alt =
    `Curves of ${metric} over ${most} epoch${most === 1 ? '' : 's'}. ` +
    (payload.note ?? `At the end: ${ends.join(', ')}.`);
  return new Figure(payload);
}
