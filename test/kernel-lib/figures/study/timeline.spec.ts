import { figures } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';
import { changed, studyOf } from './tables';

const by = (worker: string, started: number, ended: number | null) => ({
  attributes: { worker },
  started: 1000 * (100 + started),
  ended: ended === null ? null : 1000 * (100 + ended)
});

/** Two workers; a waits from 3 to 5, b from 0 to 1 and from 6 to 10. */
const search = changed(studyOf([1, 2, 'failed', 'pruned', 'waiting']), {
  0: by('a', 0, 3),
  1: by('b', 1, 4),
  2: by('b', 4, 6),
  3: by('a', 5, 10)
});

describe('figures.timeline', () => {
  it('gives each worker a row, and bars the colour of what came of the trial', () => {
    const figure = figures.timeline(search);
    const [panel] = panelsOf(figure);
    expect(panel.y).toMatchObject({ scale: 'category', categories: ['a', 'b'], reversed: true });
    const bars = layersOf(figure, 'bars').slice(0, 3);
    expect(
      bars.map(({ name, at, base, length, trials }) => [
        name,
        ...[at, base!, length, trials!].map(one => Array.from(one))
      ])
    ).toEqual([
      ['complete', [0, 1], [0, 1], [3, 3], [0, 1]],
      ['failed', [1], [4], [2], [2]],
      ['pruned', [0], [5], [5], [3]]
    ]);
  });

  it('shows where workers waited, from the first trial of all to the last', () => {
    const waits = layersOf(figures.timeline(search), 'bars')[3];
    const gaps = Array.from(waits.at, (at, i) => [at, waits.base![i], waits.length[i]]);
    expect(gaps).toEqual([
      [1, 0, 1],
      [0, 3, 2],
      [1, 6, 4]
    ]);
    expect(waits.thickness).toBeLessThan(0.5);
  });

  it('says how many workers there were and how busy', () => {
    // 13 of 20 seconds.
    expect(figures.timeline(search).alt).toMatch(
      /^Timeline of 4 trials over 10 seconds on 2 workers, which were busy 65 % of the time. 1 failed. 1 pruned. 1 waiting./
    );
  });

  it('gives each trial a row of its own where no worker is known', () => {
    const figure = figures.timeline(studyOf([1, 2, 'failed']));
    expect(panelsOf(figure)[0].y).toMatchObject({ label: 'trial', scale: 'linear' });
    expect(layersOf(figure, 'bars').map(({ name, at }) => [name, Array.from(at)])).toEqual([
      ['complete', [0, 1]],
      ['failed', [2]]
    ]);
  });

  it('gives trials without a worker a row below the others', () => {
    const some = changed(search, { 1: { attributes: {} } });
    const figure = figures.timeline(some);
    expect(panelsOf(figure)[0].y.categories).toEqual(['a', 'b', 'not known']);
    expect(Array.from(layersOf(figure, 'bars')[0].at)).toEqual([0, 2]);
  });

  it('lets a running trial last to the latest time known, and a reversed one last 0', () => {
    const odd = changed(studyOf([1, 'running', 2]), {
      0: by('a', 0, 8),
      1: by('b', 2, null),
      2: by('b', 7, 3)
    });
    const bars = layersOf(figures.timeline(odd), 'bars');
    expect(bars.map(({ name, length }) => [name, Array.from(length)]).slice(0, 2)).toEqual([
      ['complete', [8, 0]],
      ['running', [6]]
    ]);
  });

  it.each([
    [1, 'seconds'],
    [60, 'minutes'],
    [3600, 'hours'],
    [86_400, 'days']
  ])('takes the unit that suits: of %d seconds, %s', (seconds, unit) => {
    const long = changed(studyOf([1]), { 0: by('a', 0, 5 * seconds) });
    const figure = figures.timeline(long);
    expect(panelsOf(figure)[0].x.label).toBe(`time since the first trial began (${unit})`);
    expect(Array.from(layersOf(figure, 'bars')[0].length)).toEqual([5]);
  });

  it('explains why there is nothing to see', () => {
    expect(figures.timeline(studyOf([])).alt).toContain('The study has no trials yet.');
    const untimed = changed(studyOf([1]), { 0: { started: 0, ended: 0 } });
    expect(figures.timeline(untimed).alt).toContain('It is not known when the trials');
    expect(figures.timeline(studyOf(['waiting'])).alt).toContain('It is not known when');
  });
});
