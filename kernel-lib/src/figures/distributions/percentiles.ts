import { knownOptions, rangeError, show } from '../../errors';
import type { Figure } from '../figure';
import type { Layer } from '../scene/scene';
import { counted, formatNumber } from '../text';
import { readOverSteps, thinned, timesIn, type NamedOverSteps, type RecordChoice, type Sequence } from './overSteps'; // prettier-ignore
import { sequenceFigure, type DrawnSequence } from './sequencePanels';
import { quantilesOf } from './quantiles';

/** Options of `figures.percentiles`. */
export interface PercentilesOptions extends RecordChoice {
  /**
   * Percentiles in percent, rising, from 0 to 100, two to nine: pairs from outside in are bands, the one in the middle
   * is a line. Default: `[15, 50, 85]`, as Ioffe and Szegedy drew them.
   */
  shares?: readonly number[];
  /** Default: one that says what is drawn. */
  title?: string;
}

/** Steps of a panel: more than a screen shows would only cost. */
const MOST_STEPS = 800;

/**
 * How a distribution moves while a network learns: its percentiles over steps, bands around the median. Several runs,
 * by name, stand side by side with the same axes, their layers below each other. Of samples the percentiles are
 * `numpy.percentile`'s; of what probes recorded they are those of the record, or lie between them to the width of a
 * bin. Numbers that are not finite are left out and counted.
 *
 * @param input `{ steps, values }` with an array of values for each step; or the history of `fit` with probes,
 *   or their records; or an object of such by name
 * @throws TypeError for another input; RangeError for steps that do not rise, shares out of range, something that was
 *   not recorded, or an unknown option.
 * @example
 * const data = datasets.digits();
 * const train = (...norm: ReturnType<typeof layers.batchNorm>[]) =>
 *   fit(sequential([layers.dense(10), ...norm, layers.sigmoid(), layers.dense(10), layers.softmax()], { inputs: 64 }),
 *     data.train, { optimizer: optimizers.adam(), epochs: 2, probes: [{ every: 5, layers: [norm.length + 1] }] });
 * figures.percentiles({ without: await train(), 'with batch norm': await train(layers.batchNorm()) })
 * @see Ioffe and Szegedy 2015, figure 1 (b, c).
 */
export function percentiles(input: NamedOverSteps, options: PercentilesOptions = {}): Figure {
  const where = 'figures.percentiles';
  knownOptions(where, options, ['record', 'layers', 'shares', 'title']);
  const shares = checkShares(where, options.shares ?? [15, 50, 85]);
  const { subject, all } = readOverSteps(where, input, options);
  const { unit, times } = timesIn(where, all, 'step');
  const drawn = all.map((sequence, i) => draw(sequence, times[i], shares, subject, unit));
  const title = options.title ?? `Percentiles of ${subject} by ${unit}`;
  return sequenceFigure(
    'percentiles',
    title,
    `Percentiles ${shares.join(', ')} of ${subject} by ${unit}.`,
    drawn
  );
}

function draw(
  sequence: Sequence,
  times: readonly number[],
  shares: readonly number[],
  subject: string,
  unit: string
): DrawnSequence {
  const chosen = thinned(sequence, times, MOST_STEPS);
  const x = chosen.map(i => times[i]);
  const rows = chosen.map(i => quantilesOf(sequence.samples[i], shares));
  const curve = (k: number) => rows.map(row => row[k]);
  const layers: Layer[] = [];
  const pairs = Math.floor(shares.length / 2);
  for (let k = 0; k < pairs; k++) {
    const [low, high] = [k, shares.length - 1 - k];
    const name = `${shares[low]} % to ${shares[high]} %`;
    layers.push({ kind: 'band', name, group: GROUP, x, low: curve(low), high: curve(high) });
    for (const edge of [low, high]) {
      layers.push({ kind: 'line', name: '', group: GROUP, x, y: curve(edge), width: 1 });
    }
  }
  if (shares.length % 2 === 1) {
    const name = shares[pairs] === 50 ? 'median' : `${shares[pairs]} %`;
    layers.push({ kind: 'line', name, group: GROUP, x, y: curve(pairs) });
  }
  const { row, column, title, notFinite } = sequence;
  return {
    panel: {
      row,
      column,
      ...(title && { title }),
      x: { label: unit, scale: 'linear', integer: true, shared: 'time' },
      // Runs are compared along a row; layers lie on scales of their own.
      y: { label: subject, scale: 'linear', shared: `row ${row}` },
      layers: x.length > 0 ? layers : []
    },
    words: `${title ? `${title}: ` : ''}${wordsOf(x, rows, unit)}${leftOut(notFinite)}`
  };
}

const GROUP = 'percentiles';

function wordsOf(x: readonly number[], rows: readonly number[][], unit: string): string {
  if (x.length === 0) {
    return 'no finite values.';
  }
  const end = x.length - 1;
  const ends = [...new Set([0, end])].map(i => {
    return `${rows[i].map(formatNumber).join(', ')} at ${unit} ${formatNumber(x[i])}`;
  });
  return `${ends.join('; ')}.`;
}

/** A sentence of its own, or nothing. */
export function leftOut(notFinite: number): string {
  return notFinite > 0 ? ` ${counted(notFinite, 'value')} left out: not finite.` : '';
}

function checkShares(where: string, shares: unknown): readonly number[] {
  const rising =
    Array.isArray(shares) &&
    shares.length >= 2 &&
    shares.length <= 9 &&
    shares.every((share, i) => share >= 0 && share <= 100 && (i === 0 || share > shares[i - 1]));
  if (!rising) {
    throw rangeError(
      where,
      '`shares` must be 2 to 9 rising percentages from 0 to 100',
      `shares=${show(shares)}`,
      'Write [15, 50, 85], or leave it out.'
    );
  }
  return shares as number[];
}
