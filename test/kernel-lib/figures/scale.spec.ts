import { figures, scales } from 'tunelab';
import { decodeColumn, type HistogramPayload } from 'tunelab/dist/figures/payload';
import * as examples from './examples';

const payload = (figure: { payload: unknown }) => figure.payload as HistogramPayload;
const names = (figure: { payload: unknown }) => payload(figure).series.map(({ name }) => name);
/** The percentages in the legend. */
const shares = (figure: { payload: unknown }) =>
  names(figure).map(name => Number(/: ([\d.]+) %$/.exec(name)![1]));

describe('figures.scale', () => {
  it("tells the lecture's argument: linear sampling puts 90 % of learning rates into the top decade", () => {
    expect(names(examples.scaleLinear())[3]).toMatch(/^0.1 to 1: (89|90|91) %$/);
    expect(shares(examples.scaleLinear())[0]).toBeLessThan(0.3);
    for (const share of shares(examples.scaleOnItsOwnAxis())) {
      expect(Math.abs(share - 25)).toBeLessThan(2.5);
    }
  });

  it('counts decades of 1 - value near 1', () => {
    expect(names(examples.scaleNearOne()).map(name => name.split(':')[0])).toEqual([
      '0.9 to 0.99',
      '0.99 to 0.999'
    ]);
  });

  it('counts every sample once, on either axis', () => {
    for (const on of ['own', 'linear'] as const) {
      const { columns } = payload(figures.scale(scales.log(2e-4, 0.5), { on, samples: 777 }));
      const counts = Object.keys(columns).filter(name => name.startsWith('counts'));
      const all = counts.flatMap(name => Array.from(decodeColumn(columns[name]) as Uint32Array));
      expect(all.reduce((a, b) => a + b)).toBe(777);
    }
  });

  it('shows scales without decades as one set', () => {
    expect(names(figures.scale(scales.choice(['a', 'b'])))).toEqual(['samples']);
    expect(names(figures.scale(scales.linear(-1, 1), { on: 'linear' }))).toEqual(['samples']);
    expect(payload(figures.scale(scales.integer(1, 4))).axes.x).toMatchObject({ integer: true });
  });

  it.each<[string, () => unknown, RegExp]>([
    ['no scale', () => figures.scale(3 as never), /must be a scale from `scales/],
    [
      'another axis',
      () => figures.scale(scales.linear(0, 1), { on: 'log' as never }),
      /'own' or 'linear'/
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
