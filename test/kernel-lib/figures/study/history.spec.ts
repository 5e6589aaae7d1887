import { figures } from 'tunelab';
import fc from 'fast-check';
import { bestSoFar, bestSoFarSteps } from 'tunelab/dist/figures/study/bestSoFar';
import { layersOf, panelsOf } from '../drawn';
import { studyOf } from './tables';

const CAME = [3, 'pruned', 1.5, 2, 1.5, 'failed', 0.5, 4] as const;
const values = CAME.map(one => (typeof one === 'number' ? one : NaN));

describe('the best so far', () => {
  it('is that of Optuna', () => {
    // study of these trials; optuna.visualization._optimization_history._get_optimization_history_info_list(
    //   study, None, 'v', False)[0].best_values_info.values                      (Optuna 5.0.0)
    expect(Array.from(bestSoFar(values, 'minimize'))).toEqual([3, 3, 1.5, 1.5, 1.5, 1.5, 0.5, 0.5]);
  });

  it('is missing before the first finite value, and passes over infinite ones', () => {
    expect(Array.from(bestSoFar([NaN, -Infinity, 2, Infinity], 'minimize'))).toEqual([NaN, NaN, 2, 2]); // prettier-ignore
  });

  it('keeps as corners only what changes, and the end', () => {
    expect(bestSoFarSteps([0, 1, 2, 3, 4, 5, 6, 7], values, 'minimize')).toEqual({
      x: [0, 2, 6, 7],
      y: [3, 1.5, 0.5, 0.5]
    });
  });

  it('maximizes what minimizing does to the negative', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), numbers => {
        const best = Array.from(bestSoFar(numbers, 'maximize'));
        numbers.forEach((_, i) => expect(best[i]).toBe(Math.max(...numbers.slice(0, i + 1))));
      })
    );
  });
});

describe('figures.history', () => {
  it('draws values, the best so far as a step line, and the best as a star', () => {
    const figure = figures.history(studyOf(CAME));
    const [complete, best] = layersOf(figure, 'points');
    expect(Array.from(complete.x)).toEqual([0, 2, 3, 4, 6, 7]);
    expect(Array.from(complete.y)).toEqual([3, 1.5, 2, 1.5, 0.5, 4]);
    expect(best).toMatchObject({ name: 'best', symbol: 'star', x: [6], y: [0.5] });
    expect(layersOf(figure, 'line')).toEqual([
      expect.objectContaining({ step: true, x: [0, 2, 6, 7], y: [3, 1.5, 0.5, 0.5] })
    ]);
  });

  it('marks what was pruned or failed below the values, with the reason', () => {
    const figure = figures.history(studyOf(CAME));
    const [pruned, failed] = layersOf(figure, 'points').slice(2);
    expect(pruned).toMatchObject({ name: 'pruned, no value', symbol: 'diamond', x: [1] });
    expect(failed).toMatchObject({ name: 'failed, no value', symbol: 'cross', x: [5] });
    for (const { y } of [pruned, failed]) expect(y[0]).toBeLessThan(0.5);
    const text = failed.text as (i: number) => string;
    expect(text(0)).toContain('failed: loss is NaN in trial 5');
  });

  it('gives each objective a panel of its own, with its own direction', () => {
    const came = [
      [1, 1],
      [2, 3],
      [0, 2]
    ];
    const figure = figures.history(studyOf(came, { directions: ['minimize', 'maximize'] }));
    expect(panelsOf(figure).map(({ row, y }) => [row, y.label])).toEqual([
      [0, 'value[0]'],
      [1, 'value[1]']
    ]);
    expect(layersOf(figure, 'line').map(({ y }) => Array.from(y))).toEqual([
      [1, 0],
      [1, 3, 3]
    ]);
    expect(panelsOf(figure).map(({ x }) => x.shared)).toEqual(['number', 'number']);
  });

  it('takes a log axis, on which values of 0 and below have no place', () => {
    const figure = figures.history(studyOf([4, 0, 1, 'failed']), { scales: { value: 'log' } });
    expect(panelsOf(figure)[0].y.scale).toBe('log');
    const [complete, , failed] = layersOf(figure, 'points');
    expect(Array.from(complete.x)).toEqual([0, 2]);
    expect(failed.y[0]).toBeGreaterThan(0);
    expect(failed.y[0]).toBeLessThan(1);
    expect(Array.from(layersOf(figure, 'line')[0].y)).toEqual([4, 1, 1]);
  });

  it('says the best trial, counts and improvements in its words', () => {
    const { alt } = figures.history(studyOf(CAME), { labels: { value: 'dev error' } });
    expect(alt).toBe(
      'Values of 8 trials in their order, with the best so far, which improved 2 times. 1 failed. 1 pruned. ' +
        'Best dev error 0.5 in trial 6 (x: 0.6). Range of dev error: 0.5 to 4.'
    );
  });

  it('draws one trial, and trials that all have the same value', () => {
    expect(layersOf(figures.history(studyOf([2])), 'points')).toHaveLength(2);
    const same = figures.history(studyOf([2, 2, 'failed']));
    expect(layersOf(same, 'points')[2].y[0]).toBeLessThan(2);
  });

  it.each([
    [[], 'The study has no trials yet.'],
    [['pruned'], 'None of the 1 trial has a value.'],
    [['failed', 'failed'], /None of the 2 trials has a value. The last that failed: loss is NaN/],
    [['waiting'], 'None of the 1 trial has a value.']
  ] as const)('explains why there is nothing to see of %j', (came, words) => {
    const figure = figures.history(studyOf(came));
    expect(panelsOf(figure)[0].layers).toEqual([]);
    expect(figure.alt).toMatch(words);
  });

  it('refuses what is no study, and names and options that do not exist', () => {
    expect(() => figures.history([] as never)).toThrow(/must be a study/);
    expect(() => figures.history(studyOf([1]), { logY: true } as never)).toThrow(/`logY`/);
    const scales = { values: 'log' } as never;
    expect(() => figures.history(studyOf([1]), { scales })).toThrow(/`scales` must be one of/);
  });
});
