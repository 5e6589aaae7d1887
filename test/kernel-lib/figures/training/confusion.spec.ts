import { figures, metrics } from 'tunelab';
import { heatOf, sceneIn } from './scenes';

// y = [2,0,2,2,0,1,1,2,0,1]; p = [0,0,2,2,0,2,1,2,0,1]
const y = [2, 0, 2, 2, 0, 1, 1, 2, 0, 1];
const yHat = [0, 0, 2, 2, 0, 2, 1, 2, 0, 1];

describe('figures.confusion', () => {
  it('colours cells by the share of their row, as scikit-learn normalizes by the truth', () => {
    const figure = figures.confusion(metrics.confusion(y, yHat));
    // sklearn.metrics.confusion_matrix(y, p, normalize="true").round(4); cells of 0 are blank
    const shares = Array.from(heatOf(figure).values, share =>
      Number.isNaN(share) ? 'blank' : share.toFixed(4)
    );
    expect(shares).toEqual(
      ['1.0000', 'blank', 'blank', 'blank', '0.6667', '0.3333', '0.2500', 'blank', '0.7500'] // prettier-ignore
    );
    expect(sceneIn(figure).color).toMatchObject({ range: [0, 1], better: 'high' });
  });

  it('writes counts and shares in the cells, and nothing where nothing was counted', () => {
    // sklearn.metrics.confusion_matrix(y, p) is [[3, 0, 0], [0, 2, 1], [1, 0, 3]]
    expect(heatOf(figures.confusion(metrics.confusion(y, yHat))).labels).toEqual([
      '3\n100 %',
      '',
      '',
      '',
      '2\n67 %',
      '1\n33 %',
      '1\n25 %',
      '',
      '3\n75 %'
    ]);
  });

  it('says the accuracy in the title, and what is mistaken most in words', () => {
    const classNames = ['cat', 'dog', 'chick'];
    const figure = figures.confusion(metrics.confusion(y, yHat), { classNames });
    // sklearn.metrics.accuracy_score(y, p) is 0.8
    expect(figure.title).toBe('Confusion matrix: accuracy 80 %');
    expect(figure.alt).toBe(
      'Confusion matrix of 10 examples in 3 classes. Accuracy 80 %: 8 of 10 are right. ' +
        'Most often mistaken: dog for chick, 1 time.'
    );
  });

  it('has the first class at the top, and names on both axes', () => {
    const [{ x, y: down }] = sceneIn(
      figures.confusion([
        [3, 1],
        [0, 2]
      ])
    ).panels;
    expect(x).toMatchObject({ label: 'predicted class', categories: ['0', '1'] });
    expect(down).toMatchObject({ label: 'true class', categories: ['0', '1'], reversed: true });
  });

  it('leaves the row of a class without examples blank', () => {
    const { values, labels } = heatOf(
      figures.confusion([
        [2, 0],
        [0, 0]
      ])
    );
    expect(Array.from(values)).toEqual([1, NaN, NaN, NaN]);
    expect(labels).toEqual(['2\n100 %', '', '', '']);
  });

  it.each([
    [12, 'count and share', '4\n100 %'],
    [13, 'the count', '4'],
    [30, 'the count', '4'],
    [31, 'nothing', undefined]
  ])('with %i classes a cell says %s', (classes, _, text) => {
    const table = Array.from({ length: classes }, (__, i) =>
      Array.from({ length: classes }, (___, j) => (i === j ? 4 : 0))
    );
    expect(heatOf(figures.confusion(table)).labels?.[0]).toBe(text);
  });

  it.each([
    ['a table that is not square', [[1, 2]], 'shape (1, 2)'],
    ['parts of examples', [[0.5]], '0.5 in row 0, column 0'],
    [
      'negative counts',
      [
        [1, 0],
        [-1, 1]
      ],
      '-1 in row 1, column 0'
    ],
    ['a table of nothing', [[0]], 'zeros only'],
    ['class numbers instead of a table', [0, 1, 2], 'shape (3)']
  ])('refuses %s', (_, table, got) => {
    expect(() => figures.confusion(table as number[][])).toThrow(`but got ${got}.\nPass metrics.confusion`); // prettier-ignore
  });

  it('refuses too few names', () => {
    expect(() => figures.confusion([[1, 0], [0, 1]], { classNames: ['cat'] })).toThrow('`classNames` must name each of the 2 classes'); // prettier-ignore
  });
});
