import { knownOptions, show, typeError } from '../../errors';
import type { RunEvent, RunHistory } from '../../panda/format';
import { encodeColumn } from '../columns';
import { Figure } from '../figure';
import type { CurveMark, CurvesPayload } from '../format';
import { formatNumber } from '../text';

/** Options of `figures.runCurves`. */
export interface RunCurvesOptions {
  /** Equal ratios, equal heights. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** Points of the raw curve: more than a screen shows would only cost. */
const MOST_POINTS = 800;
/** Marks with words beside them; of more, the last ones. */
const MOST_MARKS = 60;

/** What a mark on the curve says of an event. */
function words(event: RunEvent): string | undefined {
  switch (event.kind) {
    case 'set':
      return Object.entries(event.changes)
        .map(([name, value]) => {
          const text =
            typeof value === 'object' && value ? (value as { type: string }).type : value;
          return name === 'learningRate' ? `α = ${String(text)}` : `${name} = ${String(text)}`;
        })
        .join(', ');
    case 'rollBack':
      return `back to ${event.name}`;
    case 'snapshot':
      return `snapshot ${event.name}`;
    case 'warning':
      return `! ${event.warning}`;
    case 'stop':
      return 'stop';
    default:
      return undefined;
  }
}

/** Means of neighbouring mini-batches, few enough to draw. */
function thin(losses: Float32Array): { x: Int32Array; y: Float64Array } {
  const width = Math.max(1, Math.ceil(losses.length / MOST_POINTS));
  const count = Math.ceil(losses.length / width);
  const x = new Int32Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const part = losses.subarray(i * width, (i + 1) * width);
    x[i] = Math.min(losses.length, (i + 1) * width);
    y[i] = part.reduce((sum, loss) => sum + loss, 0) / part.length;
  }
  return { x, y };
}

/**
 * The curve of a run of `panda`: loss of the mini-batches (faint), of the epochs (solid) and on the dev set (dashed)
 * by mini-batches computed; every change, snapshot, roll-back and warning is a mark.
 * @throws TypeError if it is not the history of a run; RangeError for an unknown option.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const run = panda(network, data.train, { optimizer: optimizers.adam(), epochs: 5, dev: data.dev });
 * figures.runCurves(await run.done)
 */
export function runCurves(history: RunHistory, options: RunCurvesOptions = {}): Figure {
  knownOptions('figures.runCurves', options, ['logY', 'title']);
  if (!Array.isArray(history?.events) || !history.stepLosses) {
    throw typeError(
      'figures.runCurves',
      'the history of a run of `panda` is needed',
      show(history),
      'Pass run.history; for the history of `fit` use figures.learningCurves.'
    );
  }
  const { epochs, stepLosses, events } = history;
  const payload: CurvesPayload = {
    kind: 'figure',
    version: 1,
    figure: 'curves',
    title: options.title ?? 'Training run: loss by mini-batch',
    alt: '',
    axes: {
      x: { label: 'mini-batches', scale: 'linear', integer: true },
      y: { label: 'loss', scale: options.logY ? 'log' : 'linear' }
    },
    columns: {},
    series: []
  };
  const add = (name: string, x: Int32Array, y: ArrayLike<number>, style: object): void => {
    if (x.length > 0) {
      payload.columns[`${name} x`] = encodeColumn(x);
      payload.columns[`${name} y`] = encodeColumn(Float64Array.from(y));
      payload.series.push({ name, x: `${name} x`, y: `${name} y`, ...style });
    }
  };
  const raw = thin(stepLosses);
  add('mini-batches', raw.x, raw.y, { faint: true, group: 'train' });
  const ticks = Int32Array.from(epochs, ({ tick }) => tick);
  add(
    'train',
    ticks,
    epochs.map(({ loss }) => loss),
    { group: 'train' }
  );
  const withDev = epochs.filter(({ devLoss }) => devLoss !== undefined);
  add(
    'dev',
    Int32Array.from(withDev, ({ tick }) => tick),
    withDev.map(({ devLoss }) => devLoss!),
    { dash: true, group: 'dev' }
  );
  const marks = events.flatMap((event): CurveMark[] => {
    const label = words(event);
    return label === undefined ? [] : [{ x: event.tick, label }];
  });
  if (marks.length > 0) {
    payload.marks = marks.slice(-MOST_MARKS);
  }
  const last = epochs[epochs.length - 1];
  const loss = last ? ` At the end of epoch ${last.epoch}: loss ${formatNumber(last.loss)}` : '';
  const dev = last?.devLoss === undefined ? '' : `, dev loss ${formatNumber(last.devLoss)}`;
  if (stepLosses.length === 0) {
    payload.note = 'No mini-batch has been learned from yet.';
  }
  payload.alt =
    `Curve of a training run over ${stepLosses.length} mini-batches.${loss}${dev}${loss && '.'}` +
    (marks.length > 0
      ? ` Marks: ${marks
          .map(({ x, label }) => `${label} at ${x}`)
          .slice(-10)
          .join('; ')}.`
      : '');
  return new Figure(payload);
}
