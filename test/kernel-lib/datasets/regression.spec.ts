import { selectRows } from 'tunelab/dist/datasets/dataset';
import { toRegression } from 'tunelab/dist/datasets/regression';

describe('toRegression', () => {
  it('reads one number for each example', () => {
    expect(toRegression('fit', { x: [[0], [1]], y: [1, 3] })).toEqual({
      x: Float32Array.of(0, 1),
      targets: Float32Array.of(1, 3),
      rows: 2,
      features: 1,
      outputs: 1
    });
  });

  it('reads rows of numbers, and typed arrays of whole rows', () => {
    const fromRows = toRegression('fit', {
      x: [
        [0, 1],
        [2, 3]
      ],
      y: [
        [1, 2, 3],
        [4, 5, 6]
      ]
    });
    expect([fromRows.outputs, ...fromRows.targets]).toEqual([3, 1, 2, 3, 4, 5, 6]);
    const typed = {
      x: Float32Array.of(0, 1, 2, 3),
      y: Float32Array.of(1, 2, 3, 4, 5, 6)
    };
    expect(toRegression('fit', typed, { outputs: 3 })).toEqual(fromRows);
  });

  it('gives its own form back unchanged', () => {
    const data = toRegression('fit', { x: [[0], [1]], y: [1, 3] });
    expect(toRegression('fit', data)).toBe(data);
  });

  it('makes two classes 0 and 1 for one output, and one-hot rows for as many outputs', () => {
    const data = {
      x: Float32Array.of(5, 6, 7),
      y: Int32Array.of(1, 0, 1),
      rows: 3,
      features: 1,
      classes: 2,
      classNames: ['no', 'yes']
    };
    expect([...toRegression('fit', data, { outputs: 1 }).targets]).toEqual([1, 0, 1]);
    const oneHot = toRegression('fit', data, { outputs: 2 });
    expect([...oneHot.targets]).toEqual([0, 1, 1, 0, 0, 1]);
    expect(oneHot.outputNames).toEqual(['no', 'yes']);
    // prettier-ignore
    expect(() => toRegression('fit', { ...data, classes: 3 }, { outputs: 1 })).toThrow(/3 classes for 1 output/);
  });

  it('selects rows with their targets and names', () => {
    const data = {
      x: Float32Array.of(0, 1, 2, 3, 4, 5),
      targets: Float32Array.of(10, 11, 12),
      rows: 3,
      features: 2,
      outputs: 1,
      featureNames: ['a', 'b']
    };
    expect(selectRows(data, [2, 0])).toEqual({
      ...data,
      x: Float32Array.of(4, 5, 0, 1),
      targets: Float32Array.of(12, 10),
      rows: 2
    });
  });

  it.each([
    ['no examples at all', 5, {}, /regression data, or as { x, y }, but got 5/],
    ['rows that do not agree', { x: [[1], [2]], y: [1] }, {}, /2 rows and 1 labels/],
    ['a vector for x', { x: [1, 2], y: [1, 2] }, {}, /x must be a matrix/],
    ['NaN in y', { x: [[1]], y: [NaN] }, {}, /finite, but got NaN at index 0/],
    [
      'infinity in float32',
      { x: [[1], [1e300]], y: [1, 2] },
      {},
      /all features must be finite, but got Infinity in row 1, column 0/
    ],
    ['a target too large for float32', { x: [[1]], y: [1e300] }, {}, /all targets must be finite/],
    ['another width', { x: [[1]], y: [1] }, { features: 2 }, /network's 2 inputs, .*, but got 1 f/],
    ['other outputs', { x: [[1]], y: [[1, 2]] }, { outputs: 3 }, /3 outputs, .*, but got 2 targets/]
  ])('refuses %s', (_, data, expected, message) => {
    expect(() => toRegression('fit', data as never, expected)).toThrow(message);
  });
});
