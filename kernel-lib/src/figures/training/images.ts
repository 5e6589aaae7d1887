import { knownOptions, rangeError, show } from '../../errors';
import { count } from '../../numeric/options';
import type { Figure } from '../figure';
import type { ImageLayer, Layer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { counted, shorten } from '../text';
import { classesOf, nameClasses, readLabels } from './classes';
import { readExamples, type ExampleInputs } from './examples';
import { pictureGrid, pictureSize, type PictureGrid } from './grid';

/** Options of `figures.images`. */
export interface ImagesOptions {
  /** The predicted class of each example, from `predictClasses`. Default: none; then the captions are the true classes. */
  predicted?: ArrayLike<number>;
  /** Which examples to show: all, or those only that are predicted wrongly. Default: `'all'`. */
  only?: 'all' | 'wrong';
  /** How many at most, 1 to 400, from the first on. Default: `60`. */
  count?: number;
  /** Default: as many as make a picture of the usual shape. */
  columns?: number;
  /** Height and width of an image in pixels. Default: what the data set says, or a square. */
  size?: readonly [height: number, width: number];
  /** Default: one that says how many are wrong. */
  title?: string;
}

const MOST = 400;
/** With more images than this a caption has no room for two classes. */
const MOST_WITH_CAPTIONS = 100;
/** Of a picture's width, the distance of its border. */
const BORDER = 0.035;
/** Characters that fit below an image, and in each line where there are two. */
const SHORT = 8;
const LINE = 12;

/**
 * A grid of grey images with what was predicted. Right ones are quiet: their class stands below. Wrong ones have a
 * coloured border, and below it stand both classes: `9, is 4`. With more than 100 images only the wrong ones have a
 * caption, the predicted class. Ink (the largest number) is black; numbers outside of 0 to 1 are scaled to their range.
 *
 * @param data a data set of images, or `{ x, y }`; digits are 8 x 8, MNIST 28 x 28
 * @throws RangeError if the images are not square and no `size` is known, for labels that do not fit, more than 400
 *   images, no image to show, an unknown option.
 * @example
 * const { train, dev } = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * await fit(network, train, { optimizer: optimizers.adam(), epochs: 3 });
 * figures.images(dev, { predicted: predictClasses(network, dev.x), count: 30 })
 */
export function images(data: ExampleInputs, options: ImagesOptions = {}): Figure {
  const where = 'figures.images';
  knownOptions(where, options, ['predicted', 'only', 'count', 'columns', 'size', 'title']);
  const most = count(where, 'count', options.count ?? 60);
  if (most > MOST) {
    throw rangeError(where, `\`count\` must be at most ${MOST}`, show(most), 'Show some of them.');
  }
  const columns =
    options.columns === undefined ? undefined : count(where, 'columns', options.columns);
  const { rows, features, values, y } = readExamples(where, data);
  const [height, width] = pictureSize(
    where,
    options.size ?? data.image,
    features,
    'features of an example'
  );
  const predicted =
    options.predicted === undefined
      ? undefined
      : readLabels(where, 'predicted', options.predicted, rows);
  const known = [y, predicted].filter(labels => labels !== undefined);
  const names = nameClasses(where, data.classNames, classesOf(...known));
  const isWrong = (r: number) => !!y && !!predicted && y[r] !== predicted[r];
  const chosen = choose(where, options.only ?? 'all', rows, isWrong, !!y && !!predicted);
  const drawn = chosen.slice(0, most);
  const captions = drawn.map(r => captionOf(r, y, predicted, names, drawn.length));
  const lines = Math.max(0, ...captions.map(text => (text === '' ? 0 : text.split('\n').length)));
  const grid = pictureGrid(drawn.length, height / width, [0.08, 0.42, 0.75][lines], columns);
  const levels = grey(values);
  const pictures = drawn.map((r, i): ImageLayer => {
    const { left, right, bottom, top } = grid.place(i);
    return {
      kind: 'image',
      name: '',
      x: [left, right],
      y: [bottom, top],
      rows: height,
      columns: width,
      channels: 1,
      pixels: Uint8Array.from(values.subarray(r * features, (r + 1) * features), levels),
      text: hoverOf(r, y, predicted, names)
    };
  });
  const wrong = drawn.flatMap((r, i) => (isWrong(r) ? [i] : []));
  const summary = summaryOf(drawn.length, wrong.length, !!y && !!predicted);
  return sceneFigure({
    figure: 'images',
    title: options.title ?? summary,
    alt:
      `Grid of ${drawn.length} of ${counted(rows, 'image')}, ${height} by ${width} pixels. ${summary}.` +
      mistakesOf(drawn.filter(isWrong), y, predicted, names),
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: grid.x,
          y: grid.y,
          layers: [...pictures, ...marks(grid, wrong, captions)]
        }
      ]
    }
  });
}

function choose(
  where: string,
  only: 'all' | 'wrong',
  rows: number,
  isWrong: (r: number) => boolean,
  isJudged: boolean
): number[] {
  const all = Array.from({ length: rows }, (_, r) => r);
  if (only !== 'all' && only !== 'wrong') {
    throw rangeError(where, '`only` must be `all` or `wrong`', `only=${show(only)}`, 'Choose one.');
  }
  const chosen = only === 'all' ? all : all.filter(isWrong);
  if (chosen.length === 0) {
    throw rangeError(
      where,
      'there must be an image to show',
      isJudged ? 'none that is wrong' : '`only: "wrong"` without true and predicted classes',
      isJudged ? 'All are right: show them without `only`.' : 'Pass data with `y`, and `predicted`.'
    );
  }
  return chosen;
}

/** Numbers as ink on paper: the smallest white, 255, the largest black. */
function grey(values: Float64Array): (value: number) => number {
  let [low, high] = [0, 1];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return value => Math.round(255 * (1 - (value - low) / (high - low)));
}

function captionOf(
  r: number,
  y: Int32Array | undefined,
  predicted: Int32Array | undefined,
  names: readonly string[],
  images: number
): string {
  const told = predicted ?? y;
  const isRight = !predicted || !y || predicted[r] === y[r];
  if (!told || (images > MOST_WITH_CAPTIONS && isRight)) {
    return '';
  }
  const name = shorten(names[told[r]], LINE);
  if (isRight || images > MOST_WITH_CAPTIONS) {
    return name;
  }
  const whole = `${name}, is ${names[y[r]]}`;
  return whole.length <= SHORT ? whole : `${name},\n${shorten(`is ${names[y[r]]}`, LINE)}`;
}

function hoverOf(
  r: number,
  y: Int32Array | undefined,
  predicted: Int32Array | undefined,
  names: readonly string[]
): string {
  return [
    `example ${r}`,
    ...(predicted ? [`predicted: ${names[predicted[r]]}`] : []),
    ...(y ? [`true: ${names[y[r]]}`] : [])
  ].join('\n');
}

/** Borders of the wrong ones in one line, and the captions. */
function marks(grid: PictureGrid, wrong: readonly number[], captions: readonly string[]): Layer[] {
  const captioned = (which: readonly number[], group: string): Layer[] => {
    const shown = which.filter(i => captions[i] !== '');
    const places = shown.map(i => grid.place(i));
    return shown.length === 0
      ? []
      : [
          {
            kind: 'labels',
            name: '',
            group,
            x: places.map(({ left, right }) => (left + right) / 2),
            y: places.map(({ bottom }) => bottom - 1.5 * BORDER),
            text: shown.map(i => captions[i]),
            place: 'below'
          }
        ];
  };
  const right = captions.map((_, i) => i).filter(i => !wrong.includes(i));
  const boxes = wrong.map(i => grid.place(i));
  const name = `wrong: ${wrong.length} of ${captions.length}`;
  const around = boxes.flatMap(({ left, right: end, bottom, top }) => [
    [left - BORDER, top + BORDER],
    [end + BORDER, top + BORDER],
    [end + BORDER, bottom - BORDER],
    [left - BORDER, bottom - BORDER],
    [left - BORDER, top + BORDER],
    [NaN, NaN]
  ]);
  const box: Layer = {
    kind: 'line',
    name,
    group: 'wrong',
    width: 2.5,
    x: around.map(([x]) => x),
    y: around.map(([, y]) => y)
  };
  // What is right has the first colour, and nothing to show it: mistakes have the second, the warmer one.
  const quiet: Layer = { kind: 'line', name: '', group: 'right', x: [], y: [] };
  return [
    ...captioned(right, 'right'),
    ...(wrong.length > 0 ? [quiet, box] : []),
    ...captioned(wrong, 'wrong')
  ];
}

function summaryOf(drawn: number, wrong: number, isJudged: boolean): string {
  return isJudged ? `${counted(drawn, 'image')}: ${wrong} wrong` : counted(drawn, 'image');
}

function mistakesOf(
  wrong: readonly number[],
  y: Int32Array | undefined,
  predicted: Int32Array | undefined,
  names: readonly string[]
): string {
  if (!y || !predicted || wrong.length === 0) {
    return '';
  }
  const told = wrong
    .slice(0, 5)
    .map(r => `example ${r}, ${names[y[r]]} taken for ${names[predicted[r]]}`);
  const rest = wrong.length - told.length;
  return ` Wrong: ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}
