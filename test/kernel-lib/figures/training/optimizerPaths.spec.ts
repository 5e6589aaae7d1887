import { figures } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';

const bowl = (x: number, y: number) => x * x + 10 * y * y;
type Place = readonly [number, number];
/** Gradient descent on the bowl. */
const descend = (alpha: number) => ([x, y]: Place): [number, number] => [x - alpha * 2 * x, y - alpha * 20 * y]; // prettier-ignore

describe('figures.optimizerPaths', () => {
  it('walks from the start with a function, and says where it came', () => {
    const options = { start: [4, 1], steps: 3 } as const;
    const figure = figures.optimizerPaths(
      bowl,
      { slow: descend(0.01), fast: descend(0.05) },
      options
    );
    const [slow, fast] = layersOf(figure, 'line');
    // By hand: x falls by 1 - 2 alpha a step, y by 1 - 20 alpha.
    expect(Array.from(slow.x)).toBeAllclose([4, 3.92, 3.8416, 3.764768]);
    expect(Array.from(slow.y)).toBeAllclose([1, 0.8, 0.64, 0.512]);
    expect(Array.from(fast.y)).toBeAllclose([1, 0, 0, 0], { atol: 1e-12 });
    expect(figure.alt).toContain('slow: 3 steps from (4, 1) to (3.765, 0.512), loss 26 to 16.79');
  });

  it('draws given paths over the contours of the loss', () => {
    const path = [[0, 1], [0.5, 0.5], [1, 0]]; // prettier-ignore
    const figure = figures.optimizerPaths(bowl, { adam: path });
    const [surface] = layersOf(figure, 'contour');
    expect(surface.filled).toBe(true);
    const i = 17 * surface.x.length + 30;
    expect(surface.values[i]).toBeCloseTo(bowl(surface.x[30], surface.y[17]), 4);
    expect(Array.from(layersOf(figure, 'line')[0].x)).toEqual([0, 0.5, 1]);
  });

  it('is not led out of the picture by a path that diverges, which ends where it is infinite', () => {
    const figure = figures.optimizerPaths(
      bowl,
      { good: descend(0.05), wild: descend(1.5) },
      { start: [4, 1], steps: 1000 }
    );
    const [{ x, y }] = panelsOf(figure);
    for (const [low, high] of [x.range!, y.range!]) {
      expect(high - low).toBeLessThan(20);
    }
    expect(layersOf(figure, 'line')[1].x.length).toBeLessThan(1000);
  });

  it('takes the loss on a grid, which is the picture then', () => {
    const grid = { x: [0, 1, 2], y: [0, 2], values: [[0, 1, 2], [2, 3, 4]] }; // prettier-ignore
    const figure = figures.optimizerPaths(grid, { a: [[0.5, 1], [9, 9]] }); // prettier-ignore
    expect(panelsOf(figure).map(({ x, y }) => [x.range, y.range])).toEqual([[[0, 2], [0, 2]]]); // prettier-ignore
    // Between the points on straight lines: 0.5 + 1; outside nothing is known.
    expect(figure.alt).toContain('loss 1.5 to NaN');
  });

  it('colours by ratio when asked', () => {
    const options = { start: [1, 1], logLoss: true } as const;
    const { payload } = figures.optimizerPaths(bowl, { a: descend(0.01) }, options);
    expect(payload).toMatchObject({ color: { scale: 'log', better: 'low' } });
  });

  it.each<[string, () => unknown, RegExp]>([
    ['no path', () => figures.optimizerPaths(bowl, {}), /1 to 20 paths/],
    ['a path without a name', () => figures.optimizerPaths(bowl, [[0, 1]] as never), /1 to 20 paths/],
    ['a function without a start', () => figures.optimizerPaths(bowl, { a: descend(1) }), /`start` must be two finite/],
    ['a place of three numbers', () => figures.optimizerPaths(bowl, { a: [[1, 2, 3]] }), /two numbers \[x, y\], but got \[1, 2, 3\] as place 0 of a/],
    ['a step to nowhere', () => figures.optimizerPaths(bowl, { a: () => undefined as never }, { start: [0, 0] }), /step 1 of a/],
    ['a path that begins nowhere', () => figures.optimizerPaths(bowl, { a: [[NaN, 0]] }), /begin at finite numbers/],
    ['a loss that is none', () => figures.optimizerPaths(5 as never, { a: [[0, 0]] }), /function of two numbers, or a grid/],
    ['a grid of another size', () => figures.optimizerPaths({ x: [0, 1], y: [0, 1], values: [1] }, { a: [[0, 0]] }), /2 x, 2 y and 1 values/],
    ['a loss that is nowhere finite', () => figures.optimizerPaths(() => NaN, { a: [[0, 0]] }), /must be finite somewhere/],
    ['a negative loss on a log scale', () => figures.optimizerPaths(() => -1, { a: [[0, 0]] }, { logLoss: true }), /finite and > 0/],
    ['a range upside down', () => figures.optimizerPaths(bowl, { a: [[0, 0]] }, { x: [1, 0] }), /`x` must be two finite numbers/],
    ['too many levels', () => figures.optimizerPaths(bowl, { a: [[0, 0]] }, { levels: 99 }), /at most 50/]
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  }); // prettier-ignore
});
