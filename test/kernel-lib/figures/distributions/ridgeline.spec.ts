import { datasets, figures, fit, layers, optimizers, sequential } from 'tunelab';
import { normal } from '../examples';
import { layersOf, panelsOf } from '../drawn';

const listed = (values: ArrayLike<number>) => Array.from(values);
const EPOCHS = {
  epochs: [1, 2, 3],
  values: [1, 2, 3].map(epoch => normal(2000, epoch, 1))
};

describe('figures.ridgeline', () => {
  it('draws a ridge for each epoch on its line, the first on top, later ones in front', () => {
    const figure = figures.ridgeline(EPOCHS);
    const ridges = layersOf(figure, 'band');
    expect(ridges.map(({ low }) => new Set(listed(low)))).toEqual([1, 2, 3].map(at => new Set([at]))); // prettier-ignore
    expect(panelsOf(figure)[0].y).toMatchObject({ label: 'epoch', reversed: true });
    for (const { low, high } of ridges) {
      // Upwards on an axis that grows downwards.
      listed(high).forEach((value, i) => expect(value).toBeLessThanOrEqual(low[i]));
    }
  });

  it('draws densities: all ridges of a panel have the same area, their peaks where the values are', () => {
    const ridges = layersOf(figures.ridgeline(EPOCHS), 'band').map(({ x, low, high }) => {
      const heights = listed(low).map((base, i) => base - high[i]);
      const area = heights.slice(1).reduce((sum, height, i) => {
        return sum + ((height + heights[i]) / 2) * (x[i + 1] - x[i]);
      }, 0);
      const middle = heights.reduce((sum, height, i) => sum + height * x[i], 0) / heights.reduce((a, b) => a + b, 0); // prettier-ignore
      return { area, middle };
    });
    ridges.forEach(({ area, middle }, i) => {
      expect(area / ridges[0].area).toBeCloseTo(1, 1);
      expect(middle).toBeCloseTo(i + 1, 1);
    });
  });

  it('draws the records of probes by epoch, or by step where an epoch has several', async () => {
    const { train } = datasets.digits();
    const learn = (every: 'epoch' | number) =>
      fit(sequential([layers.dense(10), layers.softmax()], { inputs: 64, seed: 1 }), train, {
        optimizer: optimizers.adam(),
        epochs: 3,
        seed: 1,
        probes: [{ every, layers: [0], record: ['activations'] }]
      });
    const byEpoch = figures.ridgeline(await learn('epoch'));
    expect(panelsOf(byEpoch)[0].y.label).toBe('epoch');
    expect(layersOf(byEpoch, 'band').map(({ low }) => low[0])).toEqual([1, 2, 3]);
    const byStep = figures.ridgeline(await learn(5));
    expect(panelsOf(byStep)[0].y.label).toBe('step');
    expect(byStep.alt).toMatch(/^Ridges of activations by step, the first on top. layer 0 \(dense\): \d+ ridges, median/); // prettier-ignore
  });

  it('draws at most 20 ridges, evenly over uneven times, or as many as asked', () => {
    const steps = Array.from({ length: 300 }, (_, i) => i ** 2 + 1);
    const values = steps.map(() => [1, 2, 2, 3]);
    const drawn = layersOf(figures.ridgeline({ steps, values }), 'band').map(({ low }) => low[0]);
    expect(drawn).toHaveLength(20);
    const gap = (steps[299] - 1) / 19;
    drawn.forEach((at, i) => expect(Math.abs(at - 1 - i * gap)).toBeLessThan(300));
    expect(layersOf(figures.ridgeline({ steps, values }, { ridges: 5 }), 'band')).toHaveLength(5);
    expect(layersOf(figures.ridgeline({ steps, values }, { ridges: 1 }), 'band')).toHaveLength(1);
  });

  it('draws equal values as a spike no higher than the others', () => {
    const figure = figures.ridgeline({
      epochs: [1, 2],
      values: [
        [0, 0, 0],
        [-1, 0, 1, 2]
      ]
    });
    for (const { low, high, x } of layersOf(figure, 'band')) {
      listed(x).forEach(value => expect(value).not.toBeNaN());
      listed(high).forEach((value, i) => expect(low[i] - value).toBeLessThanOrEqual(2.5));
    }
    const all = figures.ridgeline({ epochs: [1], values: [[4, 4]] });
    expect(layersOf(all, 'band')).toHaveLength(1);
  });

  it('leaves out what is not finite, and says so', () => {
    const figure = figures.ridgeline({ epochs: [1, 2], values: [[NaN, 1, 2], [Infinity]] });
    expect(layersOf(figure, 'band')).toHaveLength(1);
    expect(figure.alt).toContain('2 values left out: not finite.');
    const nothing = figures.ridgeline({ epochs: [1], values: [[NaN]] });
    expect(panelsOf(nothing)[0].layers).toEqual([]);
    expect(figures.ridgeline({ epochs: [], values: [] }).alt).toContain('0 ridges');
  });

  it('refuses bad options', () => {
    expect(() => figures.ridgeline(EPOCHS, { ridges: 0 })).toThrow(/`ridges`/);
    expect(() => figures.ridgeline(EPOCHS, { bins: 1.5 })).toThrow(/`bins`/);
    expect(() => figures.ridgeline(EPOCHS, { overlap: 2 } as never)).toThrow(/`overlap`/);
    expect(() => figures.ridgeline([] as never)).toThrow(/must have recorded something/);
    const mixed = { a: EPOCHS, b: { steps: [1], values: [[1]] } };
    expect(() => figures.ridgeline(mixed)).toThrow(/by steps or all by epochs/);
  });
});
