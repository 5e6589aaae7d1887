import { scales, study, type Sampler } from 'tunelab';
import type { SearchHistory } from 'tunelab';

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

  it('is read in the order of ends, so no two trials end at the same time', async () => {
    const s = study({ space });
    await s.optimize(() => 1, { trials: 50 });
    const ends = s.trials.map(({ ended }) => ended!);
    ends.slice(1).forEach((end, i) => expect(end).toBeGreaterThan(ends[i]));
  });
});
