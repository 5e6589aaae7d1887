import fc from 'fast-check';
import { figures, softmax } from 'tunelab';
import { layersOf, sceneIn } from './scenes';

const z = [5, 2, -1, 3];

describe('figures.probabilities', () => {
  // torch.softmax(torch.tensor([5., 2., -1., 3.]) / T, 0)
  it.each([
    [0.5, [0.9796232581, 0.0024282434, 0.000006019, 0.0179424267]],
    [1, [0.842033565, 0.0419223824, 0.0020871926, 0.1139568463]],
    [4, [0.4343996942, 0.205195876, 0.0969276726, 0.2634767294]]
  ])('at temperature %d shows what softmax(z / T) answers', (temperature, expected) => {
    const figure = figures.probabilities(softmax(z), { temperatures: [temperature] });
    const [{ length }] = layersOf(figure, 'bars');
    expected.forEach((p, i) => expect(length[i]).toBeCloseTo(p, 6));
  });

  it('keeps any scores at any temperature equal to softmax(z / T)', () => {
    const scores = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), {
      minLength: 2,
      maxLength: 8
    });
    fc.assert(
      fc.property(scores, fc.double({ min: 0.2, max: 10, noNaN: true }), (given, T) => {
        const figure = figures.probabilities(softmax(given), { temperatures: [T] });
        const expected = softmax(given.map(each => each / T));
        expected.forEach((p, i) => expect(layersOf(figure, 'bars')[0].length[i]).toBeCloseTo(p, 5));
      }),
      { numRuns: 50, seed: 1 }
    );
  });

  it('stands temperatures side by side within the place of their class', () => {
    const bars = layersOf(figures.probabilities(softmax(z), { temperatures: [1, 4] }), 'bars');
    expect(bars.map(({ name }) => name)).toEqual(['T = 1', 'T = 4']);
    expect(bars.map(({ at }) => at[2])).toEqual([1.8, 2.2]);
    expect(bars.every(({ thickness }) => thickness === 0.4)).toBe(true);
  });

  it('gives each example a panel with the same axes, which says what was found', () => {
    const p = [
      [0.7, 0.3],
      [0.6, 0.4]
    ];
    const { panels } = sceneIn(figures.probabilities(p, { y: [0, 1], classNames: ['cat', 'dog'] }));
    expect(panels.map(({ title }) => title)).toEqual([
      'example 0: cat, right',
      'example 1: cat, is dog'
    ]);
    expect(panels.every(({ y }) => y.shared === 'probability' && y.range?.[1] === 1)).toBe(true);
  });

  it('gives the true class a colour of its own', () => {
    const figure = figures.probabilities([0.2, 0.7, 0.1], { y: [1] });
    expect(
      layersOf(figure, 'bars').map(({ name, at, length }) => [
        name,
        [...Array.from(at)],
        [...Array.from(length)]
      ])
    ).toEqual([
      ['other classes', [0, 2], [0.2, 0.1]],
      ['true class', [1], [0.7]]
    ]);
  });

  it('takes vectors by name', () => {
    const figure = figures.probabilities({ before: [0.5, 0.5], after: [0.1, 0.9] });
    expect(sceneIn(figure).panels.map(({ title }) => title)).toEqual(['before', 'after']);
    expect(figure.alt).toBe(
      'Bars of the probabilities of 2 classes for 2 examples. before: most probable is 0 with 50 %; after: most probable is 1 with 90 %.'
    );
  });

  it('stays finite where a class is impossible', () => {
    const figure = figures.probabilities([1, 0], { temperatures: [0.01, 100] });
    expect(layersOf(figure, 'bars').map(({ length }) => Array.from(length))).toEqual([
      [1, 0],
      [1, 0]
    ]);
  });

  it.each([
    [
      'scores',
      [[5, 2]],
      {},
      'probabilities must be from 0 to 1 and sum to 1, but got [5, 2], with sum 7'
    ],
    ['NaN', [NaN, 1], {}, 'must be finite'],
    ['nothing', {}, {}, 'there must be at least one example'],
    ['25 examples', Array.from({ length: 25 }, () => [1]), {}, 'room for 24 examples'],
    [
      'temperature 0',
      [0.5, 0.5],
      { temperatures: [0] },
      '`temperatures` must be a finite number > 0'
    ],
    ['labels beyond the classes', [0.5, 0.5], { y: [2] }, 'class numbers below 2'],
    ['an unknown option', [0.5, 0.5], { temperature: 2 }, '`temperature`']
  ])('refuses %s', (_, p, options, words) => {
    expect(() => figures.probabilities(p as number[], options as object)).toThrow(words);
  });
});
