import { figures, scales } from 'tunelab';
import type { Figure, Scale } from 'tunelab';
import * as examples from '../examples';
import { layersOf, panelsOf } from '../drawn';

const names = (figure: Figure) => [
  ...new Set(
    panelsOf(figure)
      .flatMap(({ layers }) => layers)
      .map(({ name }) => name)
      .filter(Boolean)
  )
];
/** The percentages in the legend. */
const shares = (figure: Figure) =>
  names(figure).map(name => Number(/: ([\d.]+) %$/.exec(name)![1]));
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

describe('figures.scale', () => {
  it("tells the lecture's argument: linear sampling puts 90 % of learning rates into the top decade", () => {
    expect(names(examples.scaleLinear())[3]).toMatch(/^0.1 to 1: (89|90|91) %$/);
    expect(shares(examples.scaleLinear())[0]).toBeLessThan(0.3);
    for (const share of shares(examples.scaleOnItsOwnAxis())) {
      expect(Math.abs(share - 25)).toBeLessThan(2.5);
    }
  });

  it('draws the same samples on a linear axis and on the scale itself', () => {
    const figure = figures.scale(scales.log(1e-4, 1));
    expect(panelsOf(figure).map(({ x }) => x.scale)).toEqual(['linear', 'log']);
    for (const { layers } of panelsOf(figure)) {
      const drawn = layers.map(layer =>
        layer.kind === 'bars'
          ? sum(layer.length)
          : layer.kind === 'histogram'
            ? sum(layer.counts)
            : 0
      );
      expect(sum(drawn)).toBeCloseTo(100, 8);
    }
  });

  it('shows a linear scale over decades on the axis of the decades as well', () => {
    const figure = figures.scale(scales.linear(1e-4, 1));
    expect(panelsOf(figure).map(({ x }) => x.scale)).toEqual(['linear', 'log']);
  });

  it('writes the share above each decade that is wide enough for it', () => {
    const [linear, own] = layersOf(figures.scale(scales.log(1e-4, 1)), 'labels');
    expect(linear.text).toHaveLength(2);
    expect(own.text).toHaveLength(4);
    expect(own.text.join()).toMatch(/^2[3-7] %(,2[3-7] %){3}$/);
    expect(Array.from(own.x)).toBeAllclose([3.16e-4, 3.16e-3, 3.16e-2, 0.316], { rtol: 0.01 });
  });

  it('ends bars where decades end on the axis of the decades', () => {
    const bars = layersOf(figures.scale(scales.log(2e-4, 0.5), { on: 'own' }), 'histogram');
    const ends = bars.map(({ edges }) => [edges[0], edges[edges.length - 1]]);
    const wanted = [2e-4, 1e-3, 1e-2, 0.1, 0.5];
    expect(ends.flat()).toBeAllclose(wanted.slice(1).flatMap((high, i) => [wanted[i], high]));
  });

  it('counts decades of 1 - value near 1', () => {
    const figure = figures.scale(scales.expression('1 - 10^-r', { r: [1, 3] }), { label: 'beta' });
    expect(names(figure).map(name => name.split(':')[0])).toEqual(['0.9 to 0.99', '0.99 to 0.999']);
  });

  it('counts every sample once, on either axis', () => {
    for (const on of ['own', 'linear'] as const) {
      const figure = figures.scale(scales.log(2e-4, 0.5), { on, samples: 777 });
      const bars = [
        ...layersOf(figure, 'histogram').map(layer => layer.counts),
        ...layersOf(figure, 'bars').map(layer => layer.length)
      ];
      expect(bars.map(sum).reduce((a, b) => a + b)).toBeCloseTo(100, 8);
      expect(panelsOf(figure)).toHaveLength(1);
    }
  });

  it('shows scales without decades as one set', () => {
    expect(names(figures.scale(scales.choice(['a', 'b'])))).toEqual(['samples']);
    expect(names(figures.scale(scales.linear(-1, 1), { on: 'linear' }))).toEqual(['samples']);
    expect(panelsOf(figures.scale(scales.integer(1, 4)))[0].x).toMatchObject({ integer: true });
  });

  it.each<[string, Scale<unknown>]>([
    ['whole numbers over decades', scales.integer(1, 1000)],
    ['quantized numbers', scales.quantized(0.5, 100, 0.5)],
    ['betas', scales.oneMinusLog(0.9, 0.9999)],
    ['a range of 300 decades', scales.log(1e-150, 1e150)],
    [
      'hyperparameters that may be missing',
      scales.when(() => true, scales.log(1e-4, 1)) as Scale<unknown>
    ]
  ])('draws %s', (_, scale) => {
    for (const on of ['both', 'own', 'linear'] as const) {
      expect(figures.scale(scale, { on, samples: 100 }).alt).toMatch(/samples|Histogram/);
    }
  });

  it.each<[string, () => unknown, RegExp]>([
    ['no scale', () => figures.scale(3 as never), /must be a scale from `scales/],
    [
      'another axis',
      () => figures.scale(scales.linear(0, 1), { on: 'log' as never }),
      /'own', 'linear' or 'both'/
    ],
    [
      'too many samples',
      () => figures.scale(scales.linear(0, 1), { samples: 1e7 }),
      /at most 1000000/
    ]
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
