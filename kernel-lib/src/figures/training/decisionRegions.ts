import { knownOptions, rangeError, show } from '../../errors';
import { count } from '../../numeric/options';
import type { Figure } from '../figure';
import type { ColorAxis } from '../format';
import type { HeatLayer, Layer, PanelAxis, PointsLayer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { counted, formatNumber } from '../text';
import { classesOf, nameClasses, percent } from './classes';
import { answersOf, askFunction, type Answers, type Classifier } from './classifier';
import { readExamples, type LabelledInputs } from './examples';

export type { Classifier, ClassifierOutputs } from './classifier';
export type { ExampleInputs, LabelledInputs } from './examples';

/** Options of `figures.decisionRegions`. */
export interface DecisionRegionsOptions {
  /**
   * What colours the plane: `'classes'`, the class that is predicted, or `'probability'`: of class 1 where there are two
   * classes, of the most probable class where there are more. Default: `'classes'`.
   */
  regions?: 'classes' | 'probability';
  /** Cells along each axis, 10 to 400; the classifier is asked for the middle of each. Default: `120`. */
  resolution?: number;
  /** Default: one that says how many examples are right. */
  title?: string;
}

/** Around the data, in shares of their extent. */
const MARGIN = 0.08;

/**
 * What a classifier answers all over a plane: its regions, with the examples over them. Circles are predicted rightly,
 * crosses wrongly. The axes go as far as the data.
 *
 * @param classifier a function of points (n, 2), or an object with `predict`, that returns class numbers, probabilities
 *   of class 1, or rows of class probabilities
 * @param data a data set of two features, or `{ x, y }`
 * @throws TypeError or RangeError for data without exactly two features, answers that are no classes or probabilities,
 *   `'probability'` of a classifier that tells classes only, an unknown option.
 * @example
 * const data = datasets.split(datasets.moons({ seed: 1 }));
 * const network = sequential(
 *   [layers.dense(16), layers.tanh(), layers.dense(2), layers.softmax()], { inputs: 2, seed: 1 }
 * );
 * await fit(network, data.train, { optimizer: optimizers.adam({ learningRate: 0.05 }), epochs: 20 });
 * await show(figures.decisionRegions(x => predict(network, x), data.dev));
 * @see TensorFlow Playground; scikit-learn's `DecisionBoundaryDisplay`.
 */
export function decisionRegions(
  classifier: Classifier,
  data: LabelledInputs,
  options: DecisionRegionsOptions = {}
): Figure {
  const where = 'figures.decisionRegions';
  knownOptions(where, options, ['regions', 'resolution', 'title']);
  const regions = options.regions ?? 'classes';
  if (regions !== 'classes' && regions !== 'probability') {
    throw rangeError(where, '`regions` must be `classes` or `probability`', `regions=${show(regions)}`, 'Choose one of them.'); // prettier-ignore
  }
  const cells = count(where, 'resolution', options.resolution ?? 120, 10);
  if (cells > 400) {
    throw rangeError(where, '`resolution` must be at most 400', show(cells), '120 shows every bend.'); // prettier-ignore
  }
  const ask = askFunction(where, classifier);
  const { rows, values, y } = readExamples(where, data, 2);
  if (!y) {
    throw rangeError(where, 'examples must have classes', 'no `y`', 'Pass { x, y }.');
  }
  const points = Array.from({ length: rows }, (_, r) => [values[2 * r], values[2 * r + 1]]);
  const edges = [0, 1].map(column =>
    edgesAround(
      points.map(point => point[column]),
      cells
    )
  );
  const [across, up] = edges.map(middles);
  const grid = answersOf(
    where,
    ask,
    up.flatMap(b => across.map(a => [a, b]))
  );
  const own = answersOf(where, ask, points);
  const classes = Math.max(grid.classes, own.classes, classesOf(y));
  const names = nameClasses(where, data.classNames, classes).slice(0, classes);
  const right = y.reduce((sum, label, r) => sum + (label === own.labels[r] ? 1 : 0), 0);
  const { color, heat } =
    regions === 'classes' ? ofClasses(grid, names) : ofProbability(where, grid, names);
  const layers: Layer[] = [
    { ...heat, x: edges[0], y: edges[1] },
    ...examplesOf(points, y, own.labels, names, regions === 'classes')
  ];
  const accuracy = percent(right / rows);
  return sceneFigure({
    figure: 'decisionRegions',
    title: options.title ?? `Decision regions: ${right} of ${rows} right`,
    alt:
      `${regions === 'classes' ? 'Regions of the predicted classes' : `Map of the ${color.label}`} over ` +
      `${axisOf(data, 0, edges[0]).label} and ${axisOf(data, 1, edges[1]).label}, with ${counted(rows, 'example')} ` +
      `of classes ${names.join(', ')}. ${right} are predicted rightly (${accuracy}), ${rows - right} wrongly. ` +
      `Shares of the plane: ${sharesOf(grid, names)}.`,
    scene: {
      panels: [
        { row: 0, column: 0, x: axisOf(data, 0, edges[0]), y: axisOf(data, 1, edges[1]), layers }
      ],
      color
    }
  });
}

type Drawn = { color: ColorAxis; heat: Omit<HeatLayer, 'x' | 'y'> };

function ofClasses({ labels }: Answers, names: string[]): Drawn {
  const values = names.length <= 256 ? Uint8Array.from(labels) : labels;
  return {
    color: { label: 'class', scale: 'category', categories: names },
    heat: { kind: 'heat', name: '', values, opacity: 0.35 }
  };
}

function ofProbability(where: string, { probabilities, classes }: Answers, names: string[]): Drawn {
  if (!probabilities) {
    throw rangeError(
      where,
      '`regions: "probability"` needs a classifier that gives probabilities',
      'class numbers',
      'Pass x => predict(network, x) instead of predictClasses, or leave `regions` out.'
    );
  }
  const values = Float32Array.from({ length: probabilities.length / classes }, (_, r) =>
    classes === 2
      ? probabilities[2 * r + 1]
      : Math.max(...probabilities.subarray(r * classes, (r + 1) * classes))
  );
  const label =
    classes === 2 ? `probability of class ${names[1]}` : 'probability of the most probable class';
  const range: [number, number] = [classes === 2 ? 0 : 1 / classes, 1];
  return {
    color: { label, scale: 'linear', range, ...(classes === 2 && { diverging: true }) },
    heat: { kind: 'heat', name: '', values, opacity: 0.6 }
  };
}

/** The examples: a symbol says whether they are right, a colour which class they are. */
function examplesOf(
  points: number[][],
  y: Int32Array,
  predicted: Int32Array,
  names: readonly string[],
  byScale: boolean
): PointsLayer[] {
  const layer = (name: string, rows: number[], more: Partial<PointsLayer>): PointsLayer[] =>
    rows.length === 0
      ? []
      : [
          {
            kind: 'points',
            name,
            x: Float64Array.from(rows, r => points[r][0]),
            y: Float64Array.from(rows, r => points[r][1]),
            text: rows.map(r => {
              const end =
                y[r] === predicted[r] ? 'right' : `wrong: predicted ${names[predicted[r]]}`;
              return `class ${names[y[r]]}, ${end}\n(${points[r].map(formatNumber).join(', ')})`;
            }),
            ...more
          }
        ];
  const all = points.map((_, r) => r);
  const right = all.filter(r => y[r] === predicted[r]);
  const wrong = all.filter(r => y[r] !== predicted[r]);
  // Where the scale tells classes apart it colours the examples as well: a class has one colour.
  const color = (rows: number[]) => (byScale ? { color: Uint16Array.from(rows, r => y[r]) } : {});
  const drawnRight = byScale
    ? layer('right', right, color(right))
    : names.flatMap((name, label) => {
        const group = `class ${name}`;
        return layer(
          group,
          right.filter(r => y[r] === label),
          { group }
        );
      });
  return [...drawnRight, ...layer('wrong', wrong, { ...color(wrong), symbol: 'cross' })];
}

function edgesAround(values: readonly number[], cells: number): Float64Array {
  const [low, high] = [Math.min, Math.max].map(pick => values.reduce((a, b) => pick(a, b)));
  const margin = (high - low) * MARGIN || Math.max(Math.abs(low), 1) / 2;
  const [from, to] = [low - margin, high + margin];
  return Float64Array.from({ length: cells + 1 }, (_, i) => from + ((to - from) * i) / cells);
}

const middles = (edges: Float64Array): number[] =>
  Array.from(edges.subarray(1), (edge, i) => (edge + edges[i]) / 2);

function axisOf(data: LabelledInputs, column: number, edges: Float64Array): PanelAxis {
  const label = data.featureNames?.[column] ?? ['x₁', 'x₂'][column];
  return { label, scale: 'linear', range: [edges[0], edges[edges.length - 1]] };
}

function sharesOf({ labels }: Answers, names: readonly string[]): string {
  return names
    .map((name, c) => {
      const cells = labels.reduce((sum, label) => sum + (label === c ? 1 : 0), 0);
      return `${name} ${percent(cells / labels.length)}`;
    })
    .join(', ');
}
