import { knownOptions, rangeError } from '../../errors';
import type { Tensor } from '../../numeric/tensor';
import type { Figure } from '../figure';
import type { Layer, PanelAxis, PointsLayer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { counted, formatNumber } from '../text';
import { classesOf, mostProbable, nameClasses, readLabels, readProbabilities } from './classes';

/** Options of `figures.simplex`. */
export interface SimplexOptions {
  /** The true class of each example, which colours it. Default: its most probable class. */
  y?: ArrayLike<number>;
  /** What the three classes are called, in their order. Default: `class 0`, `class 1`, `class 2`. */
  classNames?: readonly string[];
  /** Default: one that says what is drawn. */
  title?: string;
}

const HEIGHT = Math.sqrt(3) / 2;
/** How far beyond the corners their names stand, so that certain examples do not hide them. */
const AWAY = 0.025;
/** Where an example stands of which one class is certain. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [0.5, HEIGHT]
] as const;

/** The place of (p0, p1, p2): the mean of the corners, weighted by the probabilities. */
const place = (p: ArrayLike<number>): [x: number, y: number] => [p[1] + p[2] / 2, p[2] * HEIGHT];

/**
 * Probabilities of three classes on the triangle (the simplex) of all that softmax can answer: an example stands at
 * `p0 c0 + p1 c1 + p2 c2`, the corners c weighted by its probabilities. In a corner one class is certain, in the
 * middle all are equally probable; dashed lines are where the most probable class changes.
 *
 * @param p probabilities of one example, or (examples, 3)
 * @throws RangeError unless there are three probabilities for each example, from 0 to 1 with sum 1; for labels that do not
 *   fit or an unknown option.
 * @example figures.simplex(softmax([[2, 1, 0], [0, 0, 0], [0, 3, 1]]), { classNames: ['cat', 'dog', 'hen'] })
 * @see lecture, "Softmax Regression".
 */
export function simplex(p: Tensor, options: SimplexOptions = {}): Figure {
  const where = 'figures.simplex';
  knownOptions(where, options, ['y', 'classNames', 'title']);
  const { rows, values } = readProbabilities(where, p, 3);
  const names = nameClasses(where, options.classNames ?? ['class 0', 'class 1', 'class 2'], 3);
  const predicted = Int32Array.from({ length: rows }, (_, r) =>
    mostProbable(values.subarray(3 * r, 3 * r + 3))
  );
  const y = options.y === undefined ? undefined : readLabels(where, 'y', options.y, rows);
  if (y && classesOf(y) > 3) {
    throw rangeError(
      where,
      '`y` must hold class numbers from 0 to 2',
      `${classesOf(y) - 1}`,
      'A triangle has three corners: pick three classes.'
    );
  }
  const colored = y ?? predicted;
  const examples = names.map((name, label): PointsLayer => {
    const of = Array.from({ length: rows }, (_, r) => r).filter(r => colored[r] === label);
    const row = (i: number) => values.subarray(3 * of[i], 3 * of[i] + 3);
    const places = of.map((_, i) => place(row(i)));
    return {
      kind: 'points',
      name,
      x: Float32Array.from(places, ([x]) => x),
      y: Float32Array.from(places, ([, height]) => height),
      text: of.map((r, i) =>
        [
          `example ${r}${y ? `: ${name}` : ''}`,
          ...names.map((each, c) => `p(${each}): ${formatNumber(row(i)[c])}`)
        ].join('\n')
      )
    };
  });
  const hidden: PanelAxis = { label: '', scale: 'linear', hidden: true };
  const right = y?.reduce((sum, label, r) => sum + (label === predicted[r] ? 1 : 0), 0);
  const parts = names.map((name, c) => {
    const count = predicted.reduce((sum, label) => sum + (label === c ? 1 : 0), 0);
    return `${name} ${count}`;
  });
  return sceneFigure({
    figure: 'simplex',
    title: options.title ?? `Softmax probabilities of ${counted(rows, 'example')}`,
    alt:
      `Triangle of the probabilities of ${names.join(', ')} for ${counted(rows, 'example')}. ` +
      `Most probable class: ${parts.join(', ')}.` +
      (right === undefined ? '' : ` It is the true one for ${right} of ${rows}.`),
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { ...hidden, range: [-0.05, 1.05] },
          y: { ...hidden, range: [-0.06 - AWAY, HEIGHT + 0.06 + AWAY], equal: true },
          // Examples first: the groups' colours go in the order of the classes.
          layers: [...examples, ...frame(names)]
        }
      ]
    }
  });
}

/** The triangle, the borders between most probable classes, and the names of the corners. */
function frame(names: readonly string[]): Layer[] {
  const outline = [...CORNERS, CORNERS[0]];
  const middle = place([1 / 3, 1 / 3, 1 / 3]);
  const sides = [place([0.5, 0.5, 0]), place([0, 0.5, 0.5]), place([0.5, 0, 0.5])];
  const borders = sides.flatMap(side => [middle, side, [NaN, NaN] as const]);
  const line = { kind: 'line', name: '', neutral: true, markers: false, width: 1.25 } as const;
  return [
    { ...line, x: outline.map(([x]) => x), y: outline.map(([, y]) => y) },
    { ...line, x: borders.map(([x]) => x), y: borders.map(([, y]) => y), dash: true },
    {
      kind: 'labels',
      name: '',
      x: [0, 1],
      y: [-AWAY, -AWAY],
      text: names.slice(0, 2),
      place: 'below'
    },
    {
      kind: 'labels',
      name: '',
      x: [0.5],
      y: [HEIGHT + AWAY],
      text: [names[2]],
      place: 'above'
    }
  ];
}
