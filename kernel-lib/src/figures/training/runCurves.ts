import { knownOptions, show, typeError } from '../../errors';
import { flag } from '../../numeric/options';
import type { RunHistory } from '../../panda/format';
import type { Figure } from '../figure';
import type { Steer } from '../format';
import type { LineLayer, RuleLayer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { formatNumber } from '../text';
import { lastMarks, marksOf } from './runMarks';
import { thinnedMeans } from './thin';

/** Options of `figures.runCurves`. */
export interface RunCurvesOptions {
  /** Equal ratios, equal heights. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** Marks that the alt text tells of. */
const MOST_TOLD = 10;

/**
 * The curve of a run of `panda`: loss of the mini-batches (faint), of the epochs (solid) and on the dev set (dashed)
 * by mini-batches computed; every change, snapshot, roll-back and warning is a mark.
 * @throws TypeError if it is not the history of a run; RangeError for an option that is unknown or out of its domain.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const run = panda(network, data.train, { optimizer: optimizers.adam(), epochs: 5, dev: data.dev });
 * figures.runCurves(await run.done)
 */
export function runCurves(history: RunHistory, options: RunCurvesOptions = {}): Figure {
  knownOptions('figures.runCurves', options, ['logY', 'title']);
  const logY = flag('figures.runCurves', 'logY', options.logY ?? false);
  if (!Array.isArray(history?.events) || !history.stepLosses) {
    throw typeError(
      'figures.runCurves',
      'the history of a run of `panda` is needed',
      show(history),
      'Pass run.history; for the history of `fit` use figures.learningCurves.'
    );
  }
  return runFigure(history, { title: options.title, logY });
}

/** The same, with what its reader can steer. */
export function runFigure(
  history: RunHistory,
  { title, logY, steer }: RunCurvesOptions & { steer?: Steer }
): Figure {
  const { stepLosses, start } = history;
  const { name = 'Training run', branch } = start;
  // The curve of a branch begins where it left the other's.
  const from = branch?.tick ?? 0;
  const marks = marksOf(history).map(mark => ({ ...mark, at: from + mark.at }));
  const rules = marks.map(({ at, label }): RuleLayer => ({ kind: 'rule', name: '', axis: 'x', at, label })); // prettier-ignore
  const empty = stepLosses.length === 0;
  const note = 'No mini-batch has been learned from yet.';
  return sceneFigure({
    figure: 'runCurves',
    title: title ?? `${name}: loss by mini-batch`,
    steer,
    alt:
      `Curve of a training run over ${stepLosses.length} mini-batches${from > 0 ? ` from ${from} on` : ''}.${ending(history)}` +
      (marks.length > 0
        ? ` Marks: ${lastMarks(marks, MOST_TOLD)
            .map(({ at, label }) => `${label} at ${at}`)
            .join('; ')}.`
        : '') +
      (empty ? ` ${note}` : ''),
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { label: 'mini-batches', scale: 'linear', integer: true },
          y: { label: 'loss', scale: logY ? 'log' : 'linear' },
          layers: [...lines(history, from), ...rules]
        }
      ],
      ...(empty && { note })
    }
  });
}

/** Loss of mini-batches, of epochs, and on the dev set, as far as there are some. */
function lines({ epochs, stepLosses }: RunHistory, from: number): LineLayer[] {
  const { x, y } = thinnedMeans(stepLosses);
  const withDev = epochs.filter(({ devLoss }) => devLoss !== undefined);
  const all: LineLayer[] = [
    {
      kind: 'line',
      name: 'mini-batches',
      group: 'train',
      faint: true,
      x: from > 0 ? x.map(tick => from + tick) : x,
      y
    },
    {
      kind: 'line',
      name: 'train',
      x: Int32Array.from(epochs, ({ tick }) => from + tick),
      y: Float64Array.from(epochs, ({ loss }) => loss)
    },
    {
      kind: 'line',
      name: 'dev',
      dash: true,
      x: Int32Array.from(withDev, ({ tick }) => from + tick),
      y: Float64Array.from(withDev, ({ devLoss }) => devLoss!)
    }
  ];
  return all.filter(({ x }) => x.length > 0);
}

function ending({ epochs }: RunHistory): string {
  const last = epochs[epochs.length - 1];
  if (!last) {
    return '';
  }
  const dev = last.devLoss === undefined ? '' : `, dev loss ${formatNumber(last.devLoss)}`;
  return ` At the end of epoch ${last.epoch}: loss ${formatNumber(last.loss)}${dev}.`;
}
