import { metrics } from 'tunelab';

const y = [0, 1, 2, 2, 1, 0, 3, 3, 2, 1];
const yHat = [0, 2, 2, 2, 1, 1, 0, 3, 2, 1];

describe('metrics, beside scikit-learn', () => {
  it('accuracy', () => {
    // sklearn.metrics.accuracy_score(y, yHat)
    expect(metrics.accuracy(y, Int32Array.from(yHat))).toBe(0.7);
  });

  it('confusion', () => {
    // sklearn.metrics.confusion_matrix(y, yHat)
    expect(metrics.confusion(y, yHat)).toEqual([
      [1, 1, 0, 0],
      [0, 2, 1, 0],
      [0, 0, 3, 0],
      [1, 0, 0, 1]
    ]);
    expect(metrics.confusion([0], [1], { classes: 3 })).toEqual([[0, 1, 0], [0, 0, 0], [0, 0, 0]]); // prettier-ignore
  });

  it.each([
    // sklearn.metrics.precision_recall_fscore_support(y, yHat, zero_division=0)
    [y, yHat, [0.5, 2 / 3, 0.75, 1], [0.5, 2 / 3, 1, 0.5], [0.5, 2 / 3, 0.857142857142857, 2 / 3], [2, 3, 3, 2]],
    // the same of [0, 1, 1, 3], [0, 0, 1, 1] with labels=[0, 1, 2, 3]: a class never seen, one never found
    [[0, 1, 1, 3], [0, 0, 1, 1], [0.5, 0.5, 0, 0], [1, 0.5, 0, 0], [2 / 3, 0.5, 0, 0], [1, 2, 0, 1]]
  ])('perClass of %j and %j', (truth, predicted, precision, recall, f1, support) => {
    const result = metrics.perClass(truth, predicted);
    expect(result.map(c => c.label)).toEqual([0, 1, 2, 3]);
    expect(result.map(c => c.precision)).toBeAllclose(precision, { atol: 1e-12 });
    expect(result.map(c => c.recall)).toBeAllclose(recall, { atol: 1e-12 });
    expect(result.map(c => c.f1)).toBeAllclose(f1, { atol: 1e-12 });
    expect(result.map(c => c.support)).toEqual(support);
  }); // prettier-ignore

  const scores = [[0.5, 0.2, 0.2, 0.1], [0.1, 0.3, 0.4, 0.2], [0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]]; // prettier-ignore
  it.each([[1, 0.25], [2, 0.5], [3, 0.75], [4, 1]])('topK with k = %i is %f', (k, expected) => {
    // sklearn.metrics.top_k_accuracy_score([0, 1, 2, 0], scores, k=k, labels=[0, 1, 2, 3])
    expect(metrics.topK([0, 1, 2, 0], scores, k)).toBe(expected);
    expect(metrics.topK([0, 1, 2, 0], Float32Array.from(scores.flat()), k)).toBe(expected);
  }); // prettier-ignore

  it('topK counts the first of equal scores as the more probable, as predictClasses does', () => {
    expect(metrics.topK([0], [[1, 1]], 1)).toBe(1);
    expect(metrics.topK([1], [[1, 1]], 1)).toBe(0);
  });

  it.each([
    ['no examples', () => metrics.accuracy([], []), /at least one example/],
    ['other lengths', () => metrics.accuracy([0, 1], [0]), /one prediction for each example, but got 1 for 2/],
    ['half a class', () => metrics.confusion([0.5], [0]), /`y` must hold class numbers from 0 .*but got 0.5 for example 0/],
    ['probabilities for classes', () => metrics.perClass([0], [[0.1, 0.9]] as never), /`yHat` must hold class numbers/],
    ['a class beyond the given ones', () => metrics.confusion([3], [0], { classes: 3 }), /from 0 to 2, but got 3/],
    ['a table of absurd size', () => metrics.confusion([1e9], [0]), /from 0 to 9999, but got 1000000000/],
    ['more than all classes', () => metrics.topK([0], [[0.5, 0.5]], 3), /at least k classes, but got 1 rows of 2/]
  ])('refuse %s', (_, call, message) => {
    expect(call).toThrow(message);
  }); // prettier-ignore
});
