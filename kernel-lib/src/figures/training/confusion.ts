import { knownOptions, rangeError, show } from '../../errors';
import { readTensor } from '../../numeric/tensor';
import type { Figure } from '../figure';
import { sceneFigure } from '../scene/store';
import { counted } from '../text';
import type { HeatLayer } from '../scene/scene';
import { nameClasses, percent } from './classes';

/** Options of `figures.confusion`. */
export interface ConfusionFigureOptions {
  /** What the classes are called, in their order. Default: their numbers. */
  classNames?: readonly string[];
  /** Default: one that says the accuracy. */
  title?: string;
}

/** Up to so many classes a cell has room for the count and the share, and for the count alone. */
const MOST_WITH_SHARES = 12;
const MOST_WITH_COUNTS = 30;
const MOST_CLASSES = 200;

/**
 * A confusion matrix: row i, column j counts the examples of class i that were taken for class j. The colour is the share
 * of the row, so that rare classes are seen as well as frequent ones; up to 12 classes the cells say count and
 * share, up to 30 the count; cells of nothing are blank. The diagonal is what is right; the title says its sum over all, the accuracy.
 *
 * @param table (classes, classes) counts, from `metrics.confusion`
 * @throws RangeError if the table is not square, holds anything but whole numbers from 0, is all 0, or has more than 200
 *   classes; for names that do not fit or an unknown option.
 * @example
 * const { test } = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * figures.confusion(metrics.confusion(test.y, predictClasses(network, test.x)))
 * @see as scikit-learn's `ConfusionMatrixDisplay`.
 */
export function confusion(
  table: readonly (readonly number[])[],
  options: ConfusionFigureOptions = {}
): Figure {
  const where = 'figures.confusion';
  knownOptions(where, options, ['classNames', 'title']);
  const { values: counts, classes } = readTable(where, table);
  const names = nameClasses(where, options.classNames, classes).slice(0, classes);
  const sums = Array.from({ length: classes }, (_, row) =>
    counts.subarray(row * classes, (row + 1) * classes).reduce((sum, n) => sum + n, 0)
  );
  const all = sums.reduce((sum, n) => sum + n, 0);
  const right = names.reduce((sum, _, i) => sum + counts[i * classes + i], 0);
  // Where nothing was counted the cell stays blank, so that each mistake is seen.
  const shares = Float64Array.from(counts, (n, i) =>
    n === 0 ? NaN : n / sums[Math.floor(i / classes)]
  );
  const heat: HeatLayer = {
    kind: 'heat',
    name: '',
    x: borders(classes),
    y: borders(classes),
    values: shares,
    ...(classes <= MOST_WITH_COUNTS && { labels: cellTexts(counts, shares, classes) })
  };
  const accuracy = right / all;
  return sceneFigure({
    figure: 'confusion',
    title: options.title ?? `Confusion matrix: accuracy ${percent(accuracy)}`,
    alt:
      `Confusion matrix of ${counted(all, 'example')} in ${classes} classes. ` +
      `Accuracy ${percent(accuracy)}: ${right} of ${all} are right.${worstOf(counts, names)}`,
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { label: 'predicted class', scale: 'category', categories: names },
          y: { label: 'true class', scale: 'category', categories: names, reversed: true },
          layers: [heat]
        }
      ],
      color: { label: 'share of the true class', scale: 'linear', range: [0, 1], better: 'high' }
    }
  });
}

function readTable(where: string, table: unknown): { values: Float64Array; classes: number } {
  const { values, shape } = readTensor(where, table);
  const [rows, columns] = shape;
  const odd = values.findIndex(n => !Number.isInteger(n) || n < 0);
  if (rows !== columns || rows > MOST_CLASSES || odd >= 0 || values.every(n => n === 0)) {
    const got =
      rows !== columns || rows > MOST_CLASSES
        ? `shape (${shape.join(', ')})`
        : odd >= 0
          ? `${show(values[odd])} in row ${Math.floor(odd / rows)}, column ${odd % rows}`
          : 'zeros only';
    throw rangeError(
      where,
      `the table must be square, at most ${MOST_CLASSES} classes, and hold counts of which one is above 0`,
      got,
      'Pass metrics.confusion(y, yHat).'
    );
  }
  return { values, classes: rows };
}

const borders = (classes: number): Float64Array =>
  Float64Array.from({ length: classes + 1 }, (_, i) => i - 0.5);

function cellTexts(counts: Float64Array, shares: Float64Array, classes: number): string[] {
  return Array.from(counts, (n, i) =>
    n === 0 ? '' : classes <= MOST_WITH_SHARES ? `${n}\n${percent(shares[i], 2)}` : String(n)
  );
}

/** What is mistaken most often, in words. */
function worstOf(counts: Float64Array, names: readonly string[]): string {
  const classes = names.length;
  let worst = -1;
  counts.forEach((n, i) => {
    const isMistake = Math.floor(i / classes) !== i % classes && n > 0;
    if (isMistake && (worst < 0 || n > counts[worst])) worst = i;
  });
  return worst < 0
    ? ''
    : ` Most often mistaken: ${names[Math.floor(worst / classes)]} for ${names[worst % classes]}, ${counted(counts[worst], 'time')}.`;
}
