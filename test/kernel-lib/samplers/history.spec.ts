import { scales, study, type Sampler, type SearchHistory, type Space, type Trial } from 'tunelab';
import { historyOf } from 'tunelab/dist/samplers/history';
import { dimensionsOf } from 'tunelab/dist/study/space';

/** A sampler that shows what samplers are shown. */
function spy() {
  const seen: SearchHistory[] = [];
  const sampler: Sampler = {
    name: 'spy',
    ask({ history, dimensions, number }) {
      seen.push(history);
      return dimensions.map((_, j) => ((number + j) % 10) / 10);
    }
  };
  return { seen, sampler };
}
const space = {
  x: scales.linear(-1, 1),
  layers: scales.integer(1, 4),
  activation: scales.choice(['relu', 'tanh'])
};

describe('the history that a sampler is shown', () => {
  it('is one object that grows, with positions of values, losses and the order of results', async () => {
    const { seen, sampler } = spy();
    const s = study({ space, sampler, direction: 'maximize' });
    const trials = [(await s.ask())!, (await s.ask())!, (await s.ask())!, (await s.ask())!];
    await s.tell(trials[2], 5);
    await s.tell(trials[0], 7);
    await s.tell(trials[1], new Error('no luck'));
    const history = seen[0];
    expect(seen.every(other => other === history)).toBe(true);
    expect(history.size).toBe(4);
    // Trial 1 was asked for at (0.1, 0.2, 0.3): 1 layer of 4 has the share [0, 0.25], relu has [0, 0.5].
    expect([...history.points.slice(3, 6)]).toBeAllclose([0.1, 0.125, 0.25]);
    expect([...history.losses.slice(0, 4)]).toEqual([-7, NaN, -5, NaN]);
    expect(history.finished).toEqual([2, 0, 1]);
    expect([...history.running]).toEqual([3]);
    expect(history.best).toBe(0);
    expect([0, 1, 2, 3].map(number => history.state(number))).toEqual([
      'complete', 'failed', 'complete', 'running'
    ]); // prettier-ignore
  });

  it('names the kinds of dimensions', async () => {
    const { seen, sampler } = spy();
    await study({ space, sampler }).ask();
    const kinds = seen[0].dimensions.map(({ kind, size }) => [kind, size]);
    expect(kinds).toEqual([['continuous', Infinity], ['integer', 4], ['choice', 2]]); // prettier-ignore
  });

  it('knows which hyperparameters a trial has, and puts the others in the middle', async () => {
    const { seen, sampler } = spy();
    const conditional = {
      layers: scales.integer(1, 4),
      units: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.linear(0, 1))
    };
    const s = study({ space: conditional, sampler });
    for (let i = 0; i < 200; i++) {
      await s.ask();
    }
    const [history] = seen;
    s.trials.forEach(({ config, number }) => {
      expect(history.has(number, 0)).toBe(true);
      expect(history.has(number, 1)).toBe('units' in config);
      expect(history.points[2 * number + 1]).toBe(config.units ?? 0.5);
    });
    expect(new Set(s.trials.map(({ config }) => 'units' in config)).size).toBe(2);
  });

  it('refuses trials that were made with another space, by name and value', () => {
    const trial = { number: 0, state: 'running', config: { layers: 2, units: 'many' } };
    const rebuild = (now: Space) => () =>
      historyOf(dimensionsOf(now), 'minimize', [trial as unknown as Trial]);
    expect(rebuild({ layers: scales.integer(3, 4) })).toThrow(
      /each trial's `layers` must lie in the study's space, but got 2\.\nThe space changed/
    );
    expect(rebuild({ units: scales.linear(0, 1) })).toThrow(/`units` .*but got "many"/);
    expect(rebuild({ units: scales.when(() => true, scales.linear(0, 1)) })).toThrow(/got "many"/);
    expect(rebuild({ beta: scales.linear(0, 1) })).toThrow(/`beta` .*but got undefined/);
    expect(rebuild({ units: scales.choice(['few']) })).toThrow(/but got "many"/);
    expect(rebuild({ layers: scales.integer(1, 4) })().points[0]).toBe(0.375);
  });

  it('is read in the order of ends, so no two trials end at the same time', async () => {
    const s = study({ space });
    await s.optimize(() => 1, { trials: 50 });
    const ends = s.trials.map(({ ended }) => ended!);
    ends.slice(1).forEach((end, i) => expect(end).toBeGreaterThan(ends[i]));
  });
});
