import { knownOptions } from '../../errors';
import { count } from '../../numeric/options';
import type { Axis } from '../../scales/axis';
import { countInto, sharedBins } from '../bins';
import type { Figure } from '../figure';
import type { Layer } from '../scene/scene';
import { counted, formatNumber } from '../text';
import { checkBins } from './counted';
import { readOverSteps, thinned, timesIn, type NamedOverSteps, type RecordChoice, type Sequence } from './overSteps'; // prettier-ignore
import { leftOut } from './percentiles';
import { sequenceFigure, type DrawnSequence } from './sequencePanels';
import { quantilesOf, type Sample } from './quantiles';
import { concatenate } from './sets';

/** Options of `figures.ridgeline`. */
export interface RidgelineOptions extends RecordChoice {
  /** How many ridges at most, evenly over the epochs, a whole number from 1 to 10,000. Default: `20`. */
  ridges?: number;
  /** Bins over the range of all samples, a whole number from 1 to 10,000; probes have binned already. Default: `40`. */
  bins?: number;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** How far the highest ridge reaches, in distances between ridges. */
const OVERLAP = 2.5;
const AXIS: Axis = { label: 'value', scale: 'linear' };

/**
 * How a distribution changes while a network learns: one ridge for each epoch, the first on top, those after it in
 * front. Heights are densities, the same measure for all ridges of a panel. Several runs, by name, stand side by side,
 * their layers below each other. Numbers that are not finite are left out and counted.
 *
 * @param input `{ epochs, values }` or `{ steps, values }` with an array of values for each; or the history of `fit`
 *   with probes, or their records; or an object of such by name
 * @throws TypeError for another input; RangeError for epochs that do not rise, something that was not recorded, a bad
 *   number of bins or ridges, or an unknown option.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(16), layers.batchNorm(), layers.dense(10), layers.softmax()], { inputs: 64 });
 * const history = await fit(network, data.train, { optimizer: optimizers.adam(), epochs: 6, probes: [{}] });
 * figures.ridgeline(history, { layers: [0, 1] })
 */
export function ridgeline(input: NamedOverSteps, options: RidgelineOptions = {}): Figure {
  const where = 'figures.ridgeline';
  knownOptions(where, options, ['record', 'layers', 'ridges', 'bins', 'title']);
  const most = options.ridges === undefined ? 20 : count(where, 'ridges', options.ridges);
  const bins = checkBins(where, options.bins) ?? 40;
  const { subject, all } = readOverSteps(where, input, options);
  const { unit, times } = timesIn(where, all, 'epoch');
  const drawn = all.map((sequence, i) => draw(sequence, times[i], most, bins, subject, unit));
  const title = options.title ?? `Distribution of ${subject} by ${unit}`;
  return sequenceFigure(
    'ridgeline',
    title,
    `Ridges of ${subject} by ${unit}, the first on top.`,
    drawn
  );
}

function draw(
  sequence: Sequence,
  times: readonly number[],
  most: number,
  bins: number,
  subject: string,
  unit: string
): DrawnSequence {
  const { row, column, title, samples, notFinite } = sequence;
  const chosen = thinned(sequence, times, most);
  const at = chosen.map(i => times[i]);
  const ridges = densitiesOf(
    chosen.map(i => samples[i]),
    bins
  );
  const gap = at.length > 1 ? (at[at.length - 1] - at[0]) / (at.length - 1) : 1;
  const layers = ridges.map(({ x, density }, i): Layer => ({
    kind: 'band',
    name: '',
    group: 'ridges',
    x,
    low: x.map(() => at[i]),
    // The axis grows downwards, ridges grow upwards.
    high: density.map(value => at[i] - OVERLAP * gap * value),
    outline: true,
    opacity: 0.75
  }));
  const first = at[0] ?? 0;
  const last = at[at.length - 1] ?? 1;
  return {
    panel: {
      row,
      column,
      ...(title && { title }),
      x: { label: subject, scale: 'linear', shared: `row ${row}` },
      y: {
        label: unit,
        scale: 'linear',
        integer: true,
        reversed: true,
        range: [first - OVERLAP * 1.05 * gap, last + 0.3 * gap]
      },
      layers
    },
    words:
      `${title ? `${title}: ` : ''}${counted(at.length, 'ridge')}` +
      `${mediansOf(
        chosen.map(i => samples[i]),
        at,
        unit
      )}.${leftOut(notFinite)}`
  };
}

function mediansOf(samples: readonly Sample[], at: readonly number[], unit: string): string {
  const ends = [...new Set([0, samples.length - 1])].filter(i => i >= 0 && samples.length > 0);
  const words = ends.map(i => {
    return `${formatNumber(quantilesOf(samples[i], [50])[0])} at ${unit} ${formatNumber(at[i])}`;
  });
  return words.length > 0 ? `, median ${words.join(', ')}` : '';
}

interface Bins {
  edges: ArrayLike<number>;
  counts: ArrayLike<number>;
}

/** Polygons through the middles of the bins, 1 at the highest density of all; equal values are a narrow spike. */
function densitiesOf(
  samples: readonly Sample[],
  bins: number
): { x: number[]; density: number[] }[] {
  const counted = samples.some(sample => sample instanceof Float64Array)
    ? binsOf(samples as Float64Array[], bins)
    : (samples as Exclude<Sample, Float64Array>[]).map(({ histogram }) => recorded(histogram));
  const polygons = counted.map(({ edges, counts }) => {
    const own = Array.from(counts, (_, i) => i).filter(i => counts[i] > 0);
    const total = own.reduce((sum, i) => sum + counts[i], 0);
    const [from, to] = [own[0], own[own.length - 1]];
    const inside = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    return {
      x: [edges[from], ...inside.map(i => (edges[i] + edges[i + 1]) / 2), edges[to + 1]],
      density: [0, ...inside.map(i => counts[i] / total / (edges[i + 1] - edges[i])), 0]
    };
  });
  const highest = polygons
    .flatMap(({ density }) => density.filter(Number.isFinite))
    .reduce((a, b) => Math.max(a, b), 0);
  return polygons.map(({ x, density }) => ({
    x,
    // Infinite where all values are equal.
    density: density.map(value => Math.min(1, highest > 0 ? value / highest : value))
  }));
}

function binsOf(samples: readonly Float64Array[], bins: number): Bins[] {
  const shared = sharedBins(AXIS, concatenate(samples), bins);
  return samples.map(sample => ({ edges: shared.edges, counts: countInto(shared, sample) }));
}

function recorded({
  low,
  high,
  counts
}: {
  low: number;
  high: number;
  counts: readonly number[];
}): Bins {
  const edges = Array.from(
    { length: counts.length + 1 },
    (_, i) => low + ((high - low) * i) / counts.length
  );
  return { edges, counts };
}
