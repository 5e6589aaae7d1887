import { knownOptions, rangeError, show } from '../../errors';
import { positive } from '../../numeric/options';
import { isMathMatrix, type Tensor } from '../../numeric/tensor';
import type { Figure } from '../figure';
import type { BarsLayer, Panel } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { counted, formatNumber } from '../text';
import { mostProbable, nameClasses, percent, readLabels, readProbabilities } from './classes';

/** Options of `figures.probabilities`. */
export interface ProbabilitiesOptions {
  /**
   * Temperatures T > 0 that are shown side by side: what softmax(z / T) answers. Of probabilities p = softmax(z) that is
   * p^(1/T), divided by its sum. Above 1 is more even, below 1 more certain. Default: `[1]`, p as it is.
   */
  temperatures?: readonly number[];
  /** The true class of each example; its panel then says whether it was found. Default: none. */
  y?: ArrayLike<number>;
  /** What the classes are called, in their order. Default: their numbers. */
  classNames?: readonly string[];
  /** Default: one that says what is drawn. */
  title?: string;
}

/** Panels and bars that still can be read. */
const MOST_EXAMPLES = 24;
const MOST_TEMPERATURES = 6;
/** Of the place of a class, what its bars fill together. */
const FILLED = 0.8;

/**
 * Class probabilities as bars: one panel for each example, with the same axes; several temperatures stand side by side.
 *
 * @param p probabilities of one example as a vector, (examples, classes), or vectors by name
 * @throws RangeError unless the probabilities are from 0 to 1 with sum 1, for more than 24 examples or 6 temperatures, a
 *   temperature that is not > 0, labels or names that do not fit, an unknown option.
 * @example figures.probabilities(softmax([5, 2, -1, 3]), { temperatures: [0.5, 1, 4] })
 * @see lecture, "Softmax Regression"; temperature: Hinton, Vinyals and Dean 2015.
 */
export function probabilities(
  p: Tensor | Readonly<Record<string, ArrayLike<number>>>,
  options: ProbabilitiesOptions = {}
): Figure {
  const where = 'figures.probabilities';
  knownOptions(where, options, ['temperatures', 'y', 'classNames', 'title']);
  const { exampleNames, tensor } = readExamples(where, p);
  const { rows, classes, values } = readProbabilities(where, tensor);
  const temperatures = readTemperatures(where, options.temperatures);
  if (rows > MOST_EXAMPLES) {
    throw rangeError(
      where,
      `there is room for ${MOST_EXAMPLES} examples`,
      `${rows}`,
      `Choose some: p.slice(0, 12). For many examples of three classes there is figures.simplex.`
    );
  }
  const categories = nameClasses(where, options.classNames, classes).slice(0, classes);
  const y = options.y === undefined ? undefined : readLabels(where, 'y', options.y, rows);
  const wrong = y?.findIndex(label => label >= classes) ?? -1;
  if (wrong >= 0) {
    throw rangeError(where, `\`y\` must hold class numbers below ${classes}`, `${y![wrong]} for example ${wrong}`, 'Count classes from 0.'); // prettier-ignore
  }
  const columns = Math.ceil(Math.sqrt(rows));
  const row = (r: number) => values.subarray(r * classes, (r + 1) * classes);
  const panels = Array.from({ length: rows }, (_, r): Panel => {
    const title = panelTitle(exampleNames?.[r] ?? `example ${r}`, row(r), categories, y?.[r]);
    return {
      row: Math.floor(r / columns),
      column: r % columns,
      ...(rows > 1 || exampleNames || y ? { title } : {}),
      x: { label: 'class', scale: 'category', categories, shared: 'class' },
      y: { label: 'probability', scale: 'linear', range: [0, 1], shared: 'probability' },
      layers:
        y && temperatures.length === 1
          ? truthBars(row(r), temperatures[0], y[r])
          : temperatures.map((t, i) => bars(row(r), t, i, temperatures.length))
    };
  });
  return sceneFigure({
    figure: 'probabilities',
    title: options.title ?? `Softmax probabilities of ${classes} classes`,
    alt: altText(panels.length, temperatures, categories, row, exampleNames),
    scene: { panels }
  });
}

/** softmax(z / T) of p = softmax(z): exp(z / T) = exp(z)^(1/T), and what p was divided by cancels out. */
function atTemperature(p: Float64Array, temperature: number): Float64Array {
  // Divided by the largest first: powers of small numbers alone would all be 0.
  const most = Math.max(...p);
  const powers = p.map(each => Math.pow(each / most, 1 / temperature));
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map(each => each / sum);
}

function bars(p: Float64Array, temperature: number, i: number, count: number): BarsLayer {
  const thickness = FILLED / count;
  const length = atTemperature(p, temperature);
  const name = count > 1 ? `T = ${formatNumber(temperature)}` : '';
  return {
    kind: 'bars',
    name,
    group: name || 'p',
    along: 'y',
    at: Float64Array.from(length, (_, c) => c + (i - (count - 1) / 2) * thickness),
    length,
    thickness
  };
}

/** One temperature leaves the colours free: the true class has one of its own. */
function truthBars(p: Float64Array, temperature: number, label: number): BarsLayer[] {
  const all = bars(p, temperature, 0, 1);
  const pick = (name: string, isOf: (c: number) => boolean): BarsLayer => ({
    ...all,
    name,
    group: name,
    at: Array.from(all.at).filter((_, c) => isOf(c)),
    length: Array.from(all.length).filter((_, c) => isOf(c))
  });
  return [pick('other classes', c => c !== label), pick('true class', c => c === label)];
}

function readExamples(
  where: string,
  p: Tensor | Readonly<Record<string, ArrayLike<number>>>
): { exampleNames?: string[]; tensor: Tensor } {
  const isNamed =
    typeof p === 'object' &&
    p !== null &&
    !Array.isArray(p) &&
    !ArrayBuffer.isView(p) &&
    !isMathMatrix(p);
  if (!isNamed) {
    return { tensor: p as Tensor };
  }
  const entries = Object.entries(p);
  if (entries.length === 0) {
    throw rangeError(where, 'there must be at least one example', 'an empty object', 'Pass { name: softmax(z) }.'); // prettier-ignore
  }
  return {
    exampleNames: entries.map(([name]) => name),
    tensor: entries.map(([, row]) => row) as never
  };
}

function readTemperatures(where: string, given: readonly number[] = [1]): readonly number[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST_TEMPERATURES) {
    throw rangeError(
      where,
      `\`temperatures\` must be a list of 1 to ${MOST_TEMPERATURES} numbers`,
      show(given),
      'Pass for example [0.5, 1, 4].'
    );
  }
  return given.map(each => positive(where, 'temperatures', each));
}

/** `example 3: 7, is 1` where the true class is known. */
function panelTitle(
  name: string,
  p: Float64Array,
  names: readonly string[],
  label: number | undefined
): string {
  const best = mostProbable(p);
  return label === undefined
    ? name
    : `${name}: ${names[best]}${label === best ? ', right' : `, is ${names[label]}`}`;
}

function altText(
  rows: number,
  temperatures: readonly number[],
  names: readonly string[],
  row: (r: number) => Float64Array,
  exampleNames: readonly string[] | undefined
): string {
  const told = Array.from({ length: rows }, (_, r) => {
    const best = mostProbable(row(r));
    const at = temperatures.map(t => {
      const p = percent(atTemperature(row(r), t)[best]);
      return temperatures.length > 1 ? `${p} at T = ${formatNumber(t)}` : p;
    });
    const of = rows > 1 || exampleNames ? `${exampleNames?.[r] ?? `example ${r}`}: ` : '';
    return `${of}most probable is ${names[best]} with ${at.join(', ')}`;
  });
  return `Bars of the probabilities of ${names.length} classes for ${counted(rows, 'example')}. ${told.join('; ')}.`;
}
