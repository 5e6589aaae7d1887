import { datasets, figures } from 'tunelab';
import { layersOf, sceneIn } from './scenes';

const digits = datasets.allDigits();
// sklearn.datasets.load_digits().target[:12] is [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
const predicted = digits.y.slice();
predicted[4] = 9;

const captions = (figure: ReturnType<typeof figures.images>) =>
  layersOf(figure, 'labels').map(({ group, text }) => [group, [...text]]);

describe('figures.images', () => {
  it('draws ink black, the first row of pixels at the top', () => {
    const [{ pixels, rows, columns, x, y }] = layersOf(
      figures.images(digits, { count: 2 }),
      'image'
    );
    // sklearn.datasets.load_digits().images[0][0] is [0, 0, 5, 13, 9, 1, 0, 0], with 16 as full ink
    const expected = [0, 0, 5, 13, 9, 1, 0, 0].map(ink => Math.round(255 * (1 - ink / 16)));
    expect([rows, columns]).toEqual([8, 8]);
    expect(Array.from(pixels).slice(0, 8)).toEqual(expected);
    expect(y[1] - y[0]).toBeCloseTo(x[1] - x[0], 9);
  });

  it('is quiet about right ones, and marks wrong ones by a border and both classes', () => {
    const figure = figures.images(digits, { predicted, count: 6 });
    expect(captions(figure)).toEqual([
      ['right', ['0', '1', '2', '3', '5']],
      ['wrong', ['9, is 4']]
    ]);
    const [, box] = layersOf(figure, 'line');
    const [left, right] = layersOf(figure, 'image')[4].x;
    expect(box.name).toBe('wrong: 1 of 6');
    expect([box.x[0] < left, box.x[1] > right, box.x.length]).toEqual([true, true, 6]);
    expect(figure.title).toBe('6 images: 1 wrong');
    expect(figure.alt).toBe(
      'Grid of 6 of 1797 images, 8 by 8 pixels. 6 images: 1 wrong. Wrong: example 4, 4 taken for 9.'
    );
  });

  it('shows the wrong ones alone', () => {
    const figure = figures.images(digits, { predicted, only: 'wrong' });
    expect(layersOf(figure, 'image').map(({ text }) => text)).toEqual([
      'example 4\npredicted: 9\ntrue: 4'
    ]);
  });

  it('has no room for captions of right ones in a crowd, but says of wrong ones what they were taken for', () => {
    const figure = figures.images(digits, { predicted, count: 300 });
    expect(layersOf(figure, 'image')).toHaveLength(300);
    expect(captions(figure)).toEqual([['wrong', ['9']]]);
  });

  it('never places two images on each other', () => {
    for (const count of [1, 7, 60, 400]) {
      const places = layersOf(figures.images(digits, { count }), 'image').map(
        ({ x, y }) => `${x[0].toFixed(6)} ${y[0].toFixed(6)}`
      );
      expect(new Set(places).size).toBe(count);
    }
  });

  it("takes MNIST as the package gives it, names of classes and rows of one's own", () => {
    const x = [new Array<number>(784).fill(0.5)];
    const figure = figures.images({ x, y: [1], classNames: ['cat', 'dog'] }, { predicted: [0] });
    expect(layersOf(figure, 'image')[0]).toMatchObject({ rows: 28, columns: 28 });
    expect(captions(figure)).toEqual([['wrong', ['cat,\nis dog']]]);
  });

  it('scales numbers outside of 0 to 1 to their range', () => {
    const [{ pixels }] = layersOf(figures.images({ x: [[-1, 0, 1, 3]], y: [0] }), 'image');
    expect(Array.from(pixels)).toEqual([255, 191, 128, 0]);
  });

  it('has one unit for both directions, so that pixels are square', () => {
    const [{ x, y }] = sceneIn(figures.images(digits, { count: 10 })).panels;
    expect([x.hidden, y.hidden, y.equal]).toEqual([true, true, true]);
  });

  it.each([
    ['images that are no squares', { x: [[1, 2, 3]], y: [0] }, {}, 'no size, and no square'],
    ['a size of other images', digits, { size: [4, 4] }, 'product is the 64 features'],
    [
      'predictions of other examples',
      digits,
      { predicted: [1] },
      'one class number for each of the 1797'
    ],
    ['more than 400', digits, { count: 401 }, 'at most 400'],
    [
      'wrong ones where all are right',
      digits,
      { predicted: digits.y, only: 'wrong' },
      'none that is wrong'
    ],
    [
      'wrong ones without predictions',
      digits,
      { only: 'wrong' },
      'without true and predicted classes'
    ],
    ['an unknown choice', digits, { only: 'right' }, '`only` must be'],
    ['no data', undefined, {}, 'examples come as a data set']
  ])('refuses %s', (_, data, options, words) => {
    expect(() => figures.images(data as never, options as never)).toThrow(words);
  });
});
