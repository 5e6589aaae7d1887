import { figures } from 'tunelab';
import type { Trial } from 'tunelab/dist/trials/trial';
import { layersOf, panelsOf } from '../drawn';
import { changed, studyOf } from './tables';

const CAME = [3, 'pruned', 1.5, 2, 1.5, 'failed', 0.5, 4] as const;

/** Reports 5 - number and 4 - number, but for the failed trial. */
const reported = changed(
  studyOf(CAME),
  Object.fromEntries(
    CAME.flatMap((one, i): [number, Partial<Trial>][] =>
      one === 'failed'
        ? []
        : [
            [
              i,
              {
                reports: [
                  [0, 5 - i],
                  [1, 4 - i]
                ]
              }
            ]
          ]
    )
  )
);

describe('figures.intermediateValues', () => {
  it('draws the reports that Optuna draws, lines of a state as one layer', () => {
    // optuna.visualization._intermediate_values._get_intermediate_plot_info(study).trial_infos: (Optuna 5.0.0)
    //   (0, [(0, 5.0), (1, 4.0)]), (1, [(0, 4.0), (1, 3.0)]), …, (7, [(0, -2.0), (1, -3.0)]), without 5
    const lines = layersOf(figures.intermediateValues(reported), 'line');
    expect(lines.map(({ name }) => name)).toEqual(['complete', 'pruned', 'best']);
    expect(Array.from(lines[0].x)).toEqual([0, 1, NaN, 0, 1, NaN, 0, 1, NaN, 0, 1, NaN, 0, 1]);
    expect(Array.from(lines[0].y)).toEqual([5, 4, NaN, 3, 2, NaN, 2, 1, NaN, 1, 0, NaN, -2, -3]);
    expect(Array.from(lines[1].y)).toEqual([4, 3]);
    expect(Array.from(lines[2].y)).toEqual([-1, -2]);
  });

  it('draws pruned trials back, with a mark where each was stopped, and the best in front', () => {
    const { layers } = panelsOf(figures.intermediateValues(reported))[0];
    expect(layers.map(({ kind, name, faint }) => [kind, name, faint ?? false])).toEqual([
      ['line', 'complete', false],
      ['line', 'pruned', true],
      ['points', 'stopped', true],
      ['line', 'best', false]
    ]);
    expect(layers[2]).toMatchObject({ x: [1], y: [3], trials: [1] });
  });

  it('breaks lines at reports that are not finite, and counts them', () => {
    const odd = changed(studyOf([1, 'pruned']), {
      0: {
        reports: [
          [0, 2],
          [1, NaN],
          [2, 1]
        ]
      },
      1: {
        reports: [
          [0, 3],
          [1, Infinity]
        ]
      }
    });
    const figure = figures.intermediateValues(odd);
    const [pruned, best] = layersOf(figure, 'line');
    expect(Array.from(best.y)).toEqual([2, NaN, 1]);
    expect(Array.from(pruned.y)).toEqual([3, NaN]);
    expect(layersOf(figure, 'points')[0]).toMatchObject({ x: [0], y: [3] });
    expect(figure.alt).toMatch(/^What 2 trials reported while running from step 0 to 2. 2 reports without a place/); // prettier-ignore
  });

  it('joins thousands of trials into a few layers, which one sees through', () => {
    const study = studyOf(Array.from({ length: 3000 }, (_, i) => i));
    const many = changed(
      study,
      Object.fromEntries(study.trials.map((_, i) => [i, { reports: [[0, i]] as const }]))
    );
    const lines = layersOf(figures.intermediateValues(many), 'line');
    expect(lines.map(({ name, x, faint }) => [name, x.length, faint ?? false])).toEqual([
      ['complete', 2 * 2999 - 1, true],
      ['best', 1, false]
    ]);
  });

  it('names and scales what was reported as the value', () => {
    const figure = figures.intermediateValues(reported, {
      scales: { value: 'log' },
      labels: { value: 'loss' }
    });
    expect(panelsOf(figure)[0].y).toMatchObject({ label: 'reported loss', scale: 'log' });
  });

  it('leaves out states that are hidden', () => {
    const figure = figures.intermediateValues(reported, { hidden: ['complete'] });
    expect(layersOf(figure, 'line').map(({ name }) => name)).toEqual(['pruned']);
  });

  it.each([
    [studyOf([]), {}, 'The study has no trials yet.'],
    [
      studyOf([1]),
      {},
      'No trial reported while it ran: call report(step, value) in the objective.'
    ],
    [reported, { hidden: ['complete', 'pruned'] }, 'None of the trials with reports is in this view.'] // prettier-ignore
  ] as const)('explains why there is nothing to see', (study, options, words) => {
    expect(figures.intermediateValues(study, options).alt).toContain(words);
  });
});
