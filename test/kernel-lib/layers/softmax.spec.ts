import fc from 'fast-check';
import * as math from 'mathjs';
import { hardmax, softmax } from 'tunelab';
import { torchValues } from '../../fixtures/torchValues';

const scores = fc.array(fc.double({ min: -700, max: 700, noNaN: true }), {
  minLength: 1,
  maxLength: 20
});

describe('softmax', () => {
  it('agrees with the worked example of the lecture', () => {
    // torch.softmax(torch.tensor([5., 2., -1., 3.]), 0)
    expect(softmax([5, 2, -1, 3])).toBeAllclose([0.842, 0.0419, 0.0021, 0.114], {
      rtol: 0,
      atol: 5e-4
    });
  });

  it('agrees with PyTorch to 1e-6 relative, row by row', () => {
    const { z, a } = torchValues.softmax;
    expect(softmax(z)).toBeAllclose(a, { rtol: 1e-6 });
  });

  it('of [1000, 1000] is [0.5, 0.5], not NaN', () => {
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5]);
  });

  it('gives positive numbers that sum to 1, whatever the scores', () => {
    fc.assert(
      fc.property(scores, z => {
        const a = softmax(z);
        const sum = a.reduce((total, value) => total + value, 0);
        return a.every(value => value >= 0 && value <= 1) && Math.abs(sum - 1) < 1e-12;
      })
    );
  });

  it('does not change when the same number is added to all scores', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: -50, max: 50 }), (z, shift) => {
        expect(softmax(z.map(value => value + shift))).toBeAllclose(softmax(z), {
          rtol: 1e-9,
          atol: 1e-12
        });
      })
    );
  });

  it('comes back in the form in which the scores came', () => {
    expect(softmax(Float32Array.of(0, 0))).toEqual(Float32Array.of(0.5, 0.5));
    expect(softmax(Float64Array.of(0, 0))).toEqual(Float64Array.of(0.5, 0.5));
    const matrix = softmax(math.matrix([[0, 0]]));
    expect(math.isMatrix(matrix)).toBe(true);
    expect(matrix.toArray()).toEqual([[0.5, 0.5]]);
  });

  it('leaves its input as it was', () => {
    const z = [1, 2, 3];
    softmax(z);
    expect(z).toEqual([1, 2, 3]);
  });

  it.each([
    ['an empty vector', [], /at least one number, but got an empty array/],
    ['NaN', [1, NaN], /must be finite, but got NaN at index 1/],
    ['ragged rows', [[1, 2], [3]], /same length, but got 2 numbers in row 0 and \[3\] in row 1/],
    ['text', 'abc', /must be a vector or a matrix, but got "abc"/],
    ['a string among numbers', [1, '2'], /must be numbers, but got "2" at index 1/],
    ['nothing', undefined, /must be a vector or a matrix, but got undefined/]
  ])('refuses %s with a sentence', (_, z, message) => {
    expect(() => softmax(z as number[])).toThrow(message);
  });
});

describe('hardmax', () => {
  it('puts 1 at the largest and 0 at all others', () => {
    expect(hardmax([5, 2, -1, 3])).toEqual([1, 0, 0, 0]);
    expect(hardmax([[1, 2], [4, 3]])).toEqual([[0, 1], [1, 0]]); // prettier-ignore
  });

  it('takes the first of equal ones', () => {
    expect(hardmax([2, 2, 2])).toEqual([1, 0, 0]);
  });

  it('is what softmax of ever larger multiples comes to', () => {
    const z = [0.3, 0.1, 0.2];
    expect(softmax(z.map(value => value * 1e4))).toBeAllclose(hardmax(z), { rtol: 0, atol: 1e-12 });
  });
});
