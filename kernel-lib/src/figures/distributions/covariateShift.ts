import { knownOptions, rangeError, show } from '../../errors';
import { count } from '../../numeric/options';
import type { Inputs } from '../../datasets/dataset';
import type { Axis } from '../../scales/axis';
import type { Figure } from '../figure';
import type { Panel } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { formatNumber, shorten } from '../text';
import { checkBins, countSets, NOTHING, percentages } from './counted';
import { readFeatures, type Features } from './features';
import type { HistogramValues } from './sets';
import { meaning, measureShift, type Shift } from './shiftMeasure';

/** Examples: a dataset, rows of features, or the numbers of one feature. */
export type ShiftData = Inputs | HistogramValues;

/** Options of `figures.covariateShift`. */
export interface CovariateShiftOptions {
  /** Which feature to draw alone, by its name or by its column from 0. Default: the most shifted ones, and their ranking. */
  feature?: string | number;
  /** Label of the x axis where there is a single feature. Default: its name, or `value`. */
  xLabel?: string;
  /** Number of bins, a whole number from 1 to 10,000. Default: Freedman and Diaconis, at most 200. */
  bins?: number;
  /** How many features are drawn beside the ranking, a whole number from 1 to 8. Default: `3`. */
  top?: number;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** Bars in the ranking: of more features, the most shifted ones. */
const MOST_RANKED = 8;

/**
 * Covariate shift: how differently the inputs of two data sets are distributed. Of one feature, both histograms over
 * each other, as shares; of several, a ranking of the most shifted ones and the histograms of the first. Distances:
 *
 * - W1 / σ: Wasserstein's first distance, the mean way that values must go to turn one distribution into the
 *   other, in standard deviations (of both sets, pooled: √((σa² + σb²) / 2)). For a plain shift of the mean it is
 *   Cohen's d, and is given Cohen's words: small from 0.2, medium from 0.5, large from 0.8.
 * - KS: the largest difference of the shares below any one value, in [0, 1], and whether two samples of one
 *   distribution would differ as much by chance.
 *
 * Of large data about 4 million numbers a set are measured, from rows chosen evenly. Values that are not finite are left out.
 *
 * @param sets two data sets by name; the first is the one that was learned from
 * @throws TypeError for anything but numbers; RangeError unless there are two sets with the same features, or for an
 *   option that is unknown or out of its domain.
 * @example
 * const { train, test } = datasets.digits();
 * figures.covariateShift({ train, shifted: datasets.shift(test, { contrast: 0.5, noise: 0.1 }) })
 * @see lecture, "Why does batch norm work?"; Kantorovich 1942; Kolmogorov 1933, Smirnov 1939; Cohen 1988.
 */
export function covariateShift(
  sets: Readonly<Record<string, ShiftData>>,
  options: CovariateShiftOptions = {}
): Figure {
  const where = 'figures.covariateShift';
  knownOptions(where, options, ['feature', 'xLabel', 'bins', 'top', 'title']);
  const bins = checkBins(where, options.bins);
  const top = count(where, 'top', options.top ?? 3);
  if (top > 8) {
    throw rangeError(where, '`top` must be at most 8', `top=${top}`, 'Draw others by `feature`.');
  }
  const [a, b] = readPair(where, sets);
  const chosen =
    options.feature === undefined
      ? a.names.map((_, column) => column)
      : [columnOf(where, a, options.feature)];
  const shifts = chosen
    .map(column => measureShift(a.names[column], a.column(column), b.column(column)))
    .sort((one, other) => order(other) - order(one));
  const alone = shifts.length === 1;
  const drawn = shifts.slice(0, alone ? 1 : top);
  const panels = drawn.map(shift =>
    overlay(shift, [a.name, b.name], bins, alone ? options.xLabel : undefined)
  );
  const measured = shifts.filter(({ relative }) => !Number.isNaN(relative));
  const names = `${a.name} (${a.rows}) and ${b.name} (${b.rows})`;
  return sceneFigure({
    figure: 'covariateShift',
    title:
      options.title ??
      `Covariate shift from ${a.name} to ${b.name}${alone && shifts[0].name !== 'value' ? `: ${shifts[0].name}` : ''}`,
    alt: `Covariate shift between ${names}. ${
      measured.length === 0
        ? NOTHING
        : alone
          ? `${shifts[0].name}: ${meaning(shifts[0])}`
          : `${measured.length} features; the most shifted: ` +
            measured
              .slice(0, MOST_RANKED)
              .map(shift => `${shift.name} ${written(shift)}`)
              .join('; ') +
            `. ${drawn[0].name}: ${meaning(drawn[0])}`
    }${[a, b].map(leftOut).join('')}`,
    scene: {
      panels: alone ? panels : grid([ranking(measured.slice(0, MOST_RANKED)), ...panels]),
      ...(measured.length === 0 && { note: NOTHING })
    }
  });
}

/** Features without a distance come last. */
const order = ({ relative }: Shift) => (Number.isNaN(relative) ? -1 : relative);

function readPair(where: string, sets: unknown): [Features, Features] {
  const entries = typeof sets === 'object' && sets !== null ? Object.entries(sets) : [];
  if (entries.length !== 2 || Array.isArray(sets) || ArrayBuffer.isView(sets)) {
    throw rangeError(
      where,
      'there must be two data sets, by name',
      show(sets),
      'Write figures.covariateShift({ train, test }).'
    );
  }
  const [a, b] = entries.map(([name, data]) => readFeatures(where, name, data));
  if (a.names.length !== b.names.length) {
    throw rangeError(
      where,
      'both data sets must have the same features',
      `${a.names.length} in ${a.name}, ${b.names.length} in ${b.name}`,
      'Compare what the same network receives.'
    );
  }
  return [a, b];
}

function columnOf(where: string, { names }: Features, feature: string | number): number {
  const column = typeof feature === 'number' ? feature : names.indexOf(feature);
  if (names[column] === undefined) {
    throw rangeError(
      where,
      `\`feature\` must be a column from 0 to ${names.length - 1}, or one of the features' names`,
      `feature=${show(feature)}`,
      `The first ones are ${names.slice(0, 5).map(show).join(', ')}.`
    );
  }
  return column;
}

const leftOut = ({ name, rows, measured }: Features) =>
  measured < rows ? ` Of ${name} ${measured} rows were measured, chosen evenly.` : '';

const twoDigits = (value: number) => formatNumber(Number(value.toPrecision(2)));

/** `0.83 σ (large), KS 0.42` */
const written = ({ relative, word, kolmogorovSmirnov }: Shift) =>
  `${twoDigits(relative)} σ (${word}), KS ${twoDigits(kolmogorovSmirnov)}`;

function overlay(
  shift: Shift,
  names: readonly [string, string],
  bins?: number,
  label = shift.name
): Panel {
  const axis: Axis = { label, scale: 'linear' };
  const sets = shift.sorted.map((values, i) => ({ name: names[i], values }));
  const { edges, sets: counted } = countSets(axis, sets, bins);
  return {
    row: 0,
    column: 0,
    title: Number.isNaN(shift.relative) ? NOTHING : `W₁ = ${written(shift)}`,
    x: axis,
    y: { label: 'share (%)', scale: 'linear' },
    layers:
      edges.length === 0
        ? []
        : counted.map(set => ({
            kind: 'histogram' as const,
            name: set.name,
            edges,
            counts: percentages(set)
          }))
  };
}

/** The most shifted features from the top, as bars. */
function ranking(shifts: readonly Shift[]): Panel {
  const categories = shifts.map(({ name }) => shorten(name, 24));
  const finite = shifts.map(({ relative }) => relative).filter(Number.isFinite);
  // Two different constants are infinitely many deviations apart: their bar is the longest.
  const longest = Math.max(1, 1.2 * Math.max(0, ...finite));
  return {
    row: 0,
    column: 0,
    title: 'Most shifted features',
    x: { label: 'W₁ in standard deviations', scale: 'linear' },
    y: { label: '', scale: 'category', categories, reversed: true },
    layers: [
      {
        kind: 'bars',
        name: '',
        group: 'shift',
        along: 'x',
        at: shifts.map((_, i) => i),
        length: shifts.map(({ relative }) => Math.min(relative, longest)),
        text: shifts.map(written)
      }
    ]
  };
}

/** Panels in rows of two, or three where that fills the rows better; the first one last, as its colour is of no matter. */
function grid(panels: readonly Panel[]): Panel[] {
  const columns = panels.length % 2 === 1 ? 3 : 2;
  const [ranking, ...others] = panels.map((panel, i) => ({
    ...panel,
    row: Math.floor(i / columns),
    column: i % columns
  }));
  return [...others, ranking];
}
