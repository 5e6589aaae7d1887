import { batchNorm, figures } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';

const z = [4, 6, 5, 9, -1, 3];
const matrix = z.map(value => [value, 100 + value]);

describe('figures.batchNorm', () => {
  it('writes mean and standard deviation of every stage above it', () => {
    const zTilde = batchNorm(z, { gamma: 2, beta: -1 });
    const figure = figures.batchNorm({ z, zNorm: batchNorm(z), zTilde });
    // numpy.mean(z), numpy.std(z)
    expect(panelsOf(figure).map(({ title }) => title)).toEqual([
      'z: μ = 4.33, σ = 3.04',
      'zNorm: μ = 0, σ = 1',
      'z̃: μ = -1, σ = 2'
    ]);
    expect(figure.alt).toContain('z: μ = 4.33, σ = 3.04');
  });

  it('puts stages side by side on the same axes and in the same bins', () => {
    const figure = figures.batchNorm({ z, zNorm: batchNorm(z) }, { bins: 5 });
    const panels = panelsOf(figure);
    expect(panels.map(({ row, column }) => [row, column])).toEqual([
      [0, 0],
      [0, 1]
    ]);
    expect(panels.map(({ x, y }) => [x.shared, y.shared])).toEqual(
      Array(2).fill(['values', 'counts'])
    );
    const [first, second] = layersOf(figure, 'histogram');
    expect(second.edges).toEqual(first.edges);
    expect(second.edges).toHaveLength(6);
    expect(layersOf(figure, 'rule').map(({ at }) => at)).toBeAllclose([13 / 3, 0], { atol: 1e-9 });
  });

  it('looks at one unit, or at all of them', () => {
    const stages = { z: matrix, zNorm: batchNorm(matrix) };
    expect(figures.batchNorm(stages, { unit: 1 }).alt).toContain('z: μ = 104, σ = 3.04');
    expect(figures.batchNorm(stages).alt).toContain('z: μ = 54.3');
    expect(figures.batchNorm(stages, { unit: 1 }).title).toContain('unit 1');
  });

  it('leaves out what is not finite, and shows nothing at all as a note', () => {
    expect(figures.batchNorm({ z: [1, NaN, 3], zNorm: [0] }).alt).toContain('1 of z left out');
    const { payload, alt } = figures.batchNorm({ z: [NaN], zNorm: [] });
    expect(payload.note).toBe('There are no values to count.');
    expect(alt).toContain('z: no values');
  });

  it('shows a constant unit', () => {
    expect(figures.batchNorm({ z: [7, 7, 7], zNorm: [0, 0, 0] }).alt).toContain('z: μ = 7, σ = 0');
  });

  it.each<[string, () => unknown, RegExp]>([
    ['z alone', () => figures.batchNorm({ z }), /`zNorm`, `zTilde` or both, but got only `z`/],
    ['no z', () => figures.batchNorm({ zNorm: z, zTilde: z } as never), /the stages must be `z`/],
    ['another stage', () => figures.batchNorm({ z, znorm: z } as never), /got `znorm`/],
    ['an array', () => figures.batchNorm(z as never), /the stages must be `z`/],
    ['nothing', () => figures.batchNorm(null as never), /in an object with `z`/],
    [
      'a unit that is not there',
      () => figures.batchNorm({ z: matrix, zNorm: matrix }, { unit: 2 }),
      /`unit` must be a column of every row, but got unit=2 where z has a row of 2/
    ],
    [
      'half a unit',
      () => figures.batchNorm({ z, zNorm: z }, { unit: 0.5 }),
      /`unit` must be a whole/
    ],
    [
      'an unknown option',
      () => figures.batchNorm({ z, zNorm: z }, { units: 1 } as never),
      /`units`/
    ]
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
