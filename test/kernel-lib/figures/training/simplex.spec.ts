import fc from 'fast-check';
import { figures, softmax } from 'tunelab';
import { layersOf, sceneIn } from './scenes';

describe('figures.simplex', () => {
  it('puts certain examples in the corners and the undecided one in the middle', () => {
    const third = 1 / 3;
    const figure = figures.simplex(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [third, third, third]
      ],
      { y: [0, 1, 2, 2] }
    );
    const [first, second, last] = layersOf(figure, 'points');
    expect([first.x[0], first.y[0]]).toEqual([0, 0]);
    expect([second.x[0], second.y[0]]).toEqual([1, 0]);
    // numpy: np.array([1/3, 1/3, 1/3]) @ np.array([[0, 0], [1, 0], [.5, .75**.5]]) is [0.5, 0.28867513]
    expect(last.x[1]).toBeCloseTo(0.5, 6);
    expect(last.y[1]).toBeCloseTo(0.28867513, 6);
    expect(last.y[0]).toBeCloseTo(0.75 ** 0.5, 6);
  });

  it('keeps all that softmax can answer inside of the triangle', () => {
    const scores = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
      minLength: 3,
      maxLength: 3
    });
    fc.assert(
      fc.property(scores, z => {
        const [{ x, y }] = layersOf(figures.simplex(softmax(z)), 'points').filter(
          layer => layer.x.length > 0
        );
        const height = y[0] / 0.75 ** 0.5;
        expect(height).toBeGreaterThanOrEqual(-1e-6);
        expect(x[0]).toBeGreaterThanOrEqual(height / 2 - 1e-6);
        expect(x[0]).toBeLessThanOrEqual(1 - height / 2 + 1e-6);
      }),
      { numRuns: 50, seed: 1 }
    );
  });

  it('colours by the true class, else by the most probable one', () => {
    const p = [
      [0.6, 0.3, 0.1],
      [0.2, 0.7, 0.1]
    ];
    const counts = (figure: ReturnType<typeof figures.simplex>) =>
      layersOf(figure, 'points').map(({ x }) => x.length);
    expect(counts(figures.simplex(p))).toEqual([1, 1, 0]);
    expect(counts(figures.simplex(p, { y: [2, 1] }))).toEqual([0, 1, 1]);
    expect(figures.simplex(p, { y: [2, 1] }).alt).toContain('It is the true one for 1 of 2.');
  });

  it('has no axes but names at the corners, and one unit for both directions', () => {
    const figure = figures.simplex([[0.2, 0.3, 0.5]], { classNames: ['cat', 'dog', 'hen'] });
    const [{ x, y }] = sceneIn(figure).panels;
    expect([x.hidden, y.hidden, y.equal]).toEqual([true, true, true]);
    const [below, above] = layersOf(figure, 'labels');
    expect([...below.text, ...above.text]).toEqual(['cat', 'dog', 'hen']);
    // Beyond the corners: a certain example does not hide the name.
    expect(Math.max(...Array.from(below.y))).toBeLessThan(-0.02);
    expect(above.y[0]).toBeGreaterThan(0.75 ** 0.5 + 0.02);
  });

  it.each([
    [
      'four classes',
      [[0.25, 0.25, 0.25, 0.25]],
      {},
      'there must be 3 probabilities for each example, but got 4'
    ],
    ['scores', [[2, 1, 0]], {}, 'Pass the outputs of softmax'],
    [
      'labels of other examples',
      [[1, 0, 0]],
      { y: [0, 1] },
      'one class number for each of the 1 examples'
    ],
    ['a fourth class', [[1, 0, 0]], { y: [3] }, 'class numbers from 0 to 2']
  ])('refuses %s', (_, p, options, words) => {
    expect(() => figures.simplex(p, options)).toThrow(words);
  });
});
