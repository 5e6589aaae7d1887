import fc from 'fast-check';
import * as math from 'mathjs';
import { batchNorm, layers } from 'tunelab';
import { torchValues } from '../../fixtures/torchValues';

const reference = torchValues.batchNorm;

describe('batchNorm', () => {
  it('agrees with PyTorch in train mode to 1e-6 relative', () => {
    const { z, gamma, beta, train } = reference;
    expect(batchNorm(z, { gamma, beta })).toBeAllclose(train, { rtol: 1e-6 });
  });

  it('agrees with PyTorch in test mode, where mean and variance are given', () => {
    const { z, gamma, beta, mean, variance, test } = reference;
    const got = batchNorm(z, { gamma, beta, mean, variance, epsilon: 1e-3 });
    expect(got).toBeAllclose(test, { rtol: 1e-6 });
  });

  it('gives mean 0 and variance 1 without gamma and beta', () => {
    const column = batchNorm([3, 5, 8, 100], { epsilon: 1e-12 });
    expect(column.reduce((a, b) => a + b)).toBeCloseTo(0, 9);
    expect(column.reduce((a, b) => a + b * b, 0) / 4).toBeCloseTo(1, 9);
  });

  it('is undone by gamma = sqrt(sigma^2 + epsilon) and beta = mu', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 }),
        z => {
          const mu = z.reduce((a, b) => a + b) / z.length;
          const variance = z.reduce((a, b) => a + (b - mu) ** 2, 0) / z.length;
          const same = batchNorm(z, { gamma: Math.sqrt(variance + 1e-5), beta: mu });
          expect(same).toBeAllclose(z, { rtol: 1e-9, atol: 1e-9 });
        }
      )
    );
  });

  it('gives beta for a constant unit: epsilon keeps it from dividing by zero', () => {
    expect(batchNorm([7, 7, 7], { beta: 2 })).toEqual([2, 2, 2]);
  });

  it('gives one example the same output in any batch when mean and variance are given', () => {
    const statistics = { mean: [1, 2], variance: [3, 4] };
    const [alone] = batchNorm([[5, 6]], statistics);
    const [inCompany] = batchNorm([[5, 6], [70, -80]], statistics); // prettier-ignore
    expect(inCompany).toEqual(alone);
  });

  it('comes back as a mathjs matrix for a mathjs matrix', () => {
    const z = math.matrix([
      [1, 2],
      [3, 6]
    ]);
    const out = batchNorm(z, { epsilon: 1e-12 });
    expect(math.isMatrix(out)).toBe(true);
    expect(out.toArray()).toBeAllclose([[-1, -1], [1, 1]], { rtol: 1e-9 }); // prettier-ignore
  });

  it.each([
    ['one example', [[1, 2]], {}, /at least 2 examples.*but got 1 example/],
    [
      'a gamma of the wrong length',
      [
        [1, 2],
        [3, 4]
      ],
      { gamma: [1, 1, 1] },
      /one for each unit, but got 3 numbers for 2 units/
    ],
    ['epsilon = 0', [1, 2], { epsilon: 0 }, /finite number > 0, but got epsilon=0/],
    ['a mean without a variance', [1, 2], { mean: 0 }, /go together, but got only `mean`/],
    [
      'a negative variance',
      [1, 2],
      { mean: 0, variance: -1 },
      /never negative, but got variance=-1/
    ],
    ['an unknown option', [1, 2], { momentum: 0.9 }, /options are .* but got `momentum`/],
    [
      'numbers whose squares overflow',
      [1e200, -1e200],
      {},
      /squares of z must be finite, but got numbers up to 1e\+200/
    ],
    ['an infinite element', [1, Infinity], {}, /must be finite, but got Infinity at index 1/]
  ])('refuses %s with a sentence', (_, z, options, message) => {
    // prettier-ignore
    expect(() => batchNorm(z as number[][], options as never)).toThrow(message);
  });
});

describe('layers.batchNorm', () => {
  it('has the documented defaults', () => {
    expect(layers.batchNorm()).toEqual({
      type: 'batchNorm',
      decay: 0.9,
      epsilon: 1e-5,
      affine: true
    });
  });

  it.each([
    ['decay = 1', { decay: 1 }, /`0 <= decay < 1` must hold, but got decay=1/],
    ['a negative epsilon', { epsilon: -1 }, /finite number > 0, but got epsilon=-1/],
    ['momentum, which is called decay here', { momentum: 0.1 }, /but got `momentum`/]
  ])('refuses %s', (_, options, message) => {
    expect(() => layers.batchNorm(options as never)).toThrow(message);
  });
});
