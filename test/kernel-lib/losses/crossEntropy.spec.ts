import { crossEntropy } from 'tunelab';
import { torchValues } from '../../fixtures/torchValues';

describe('crossEntropy', () => {
  const { probabilities, labels, loss } = torchValues.crossEntropy;

  it('agrees with PyTorch for class numbers', () => {
    expect(crossEntropy(probabilities, labels)).toBeAllclose(loss);
  });

  it('is the same for one-hot rows', () => {
    const oneHot = labels.map(label => [0, 1, 2, 3].map(j => (j === label ? 1 : 0)));
    expect(crossEntropy(probabilities, oneHot)).toBeAllclose(loss);
  });

  it('of one example is -log of the probability that the true class got', () => {
    expect(crossEntropy([0.3, 0.2, 0.1, 0.4], [0, 1, 0, 0])).toBeCloseTo(-Math.log(0.2), 12);
    expect(crossEntropy([0.3, 0.2, 0.1, 0.4], 1)).toBeCloseTo(-Math.log(0.2), 12);
  });

  it('is infinite when the true class was given no chance, and 0 when it was certain', () => {
    expect(crossEntropy([1, 0], 1)).toBe(Infinity);
    expect(crossEntropy([1, 0], 0)).toBe(0);
  });

  it.each([
    ['scores instead of probabilities', [[2, -1]], [0], /lie in \[0, 1\], but got 2|-1/],
    ['a label that is no class', [[0.5, 0.5]], [2], /whole numbers from 0 to 1, but got 2/],
    ['a negative label', [[0.5, 0.5]], [-1], /but got -1 for example 0/],
    [
      'truth that is not one-hot',
      [[0.3, 0.7]],
      [[1, 1]],
      /must be 1 at the right class.*but got \[1, 1\] for example 0/
    ],
    [
      'too few labels',
      [
        [0.5, 0.5],
        [1, 0]
      ],
      [1],
      /one class number for each example, but got 1 for 2/
    ],
    [
      'one-hot rows of another width',
      [[0.5, 0.5]],
      [[1, 0, 0]],
      /shape of yHat, \(1, 2\), but got 3/
    ]
  ])('refuses %s', (_, yHat, y, message) => {
    // prettier-ignore
    expect(() => crossEntropy(yHat, y as number[])).toThrow(message);
  });
});
