import { samplers, scales, stopRules, study } from 'tunelab';

const space = { x: scales.linear(-3, 3) };
const random = () => study({ space, sampler: samplers.random(), seed: 1 });
const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

describe('what ends a search', () => {
  it('is the time: no trial begins afterwards', async () => {
    const search = random();
    const began = Date.now();
    await search.optimize(() => pause(20).then(() => 1), { seconds: 0.2 });
    expect(Date.now() - began).toBeGreaterThanOrEqual(200);
    expect(search.trials.length).toBeGreaterThan(0);
    expect(search.trials.length).toBeLessThanOrEqual(10);
    expect(search.trials.every(({ state }) => state === 'complete')).toBe(true);
  });

  it('is the first of trials and time', async () => {
    const search = random();
    await search.optimize(({ x }) => x, { trials: 3, seconds: 100 });
    expect(search.trials).toHaveLength(3);
  });

  it('is a rule: so many trials without improvement', async () => {
    const search = random();
    const values = [5, 4, 4, 3, 3, 3, NaN, 6, 1];
    await search.optimize((_, { trial }) => values[trial.number], { stopWhen: stopRules.noImprovement(4) }); // prettier-ignore
    // The last better one was the fourth; an equal one is no improvement, and a failed one counts.
    expect(search.trials).toHaveLength(8);
    expect(search.sinceImproved).toBe(4);
  });

  it('is a rule: a value that is reached, in either direction', async () => {
    const down = random();
    await down.optimize((_, { trial }) => 1 / (1 + trial.number), { stopWhen: [stopRules.valueReached(0.25)] }); // prettier-ignore
    expect(down.trials).toHaveLength(4);
    const up = study({ space, direction: 'maximize' });
    await up.optimize((_, { trial }) => trial.number, { trials: 9, stopWhen: stopRules.valueReached(3) }); // prettier-ignore
    expect(up.trials).toHaveLength(4);
  });

  it('is a rule of one’s own, which sees the search', async () => {
    const search = random();
    await search.optimize(({ x }) => x, {
      stopWhen: ({ finished, trials, best }) => finished === 6 && trials.length === 6 && best !== undefined // prettier-ignore
    });
    expect(search.finished).toBe(6);
  });

  it('is for several objectives when none reaches the front', async () => {
    const search = study({ space, directions: ['minimize', 'minimize'], sampler: samplers.random() }); // prettier-ignore
    const values = [[3, 3], [4, 2], [5, 5], [6, 6], [1, 9], [9, 9], [8, 8], [7, 7]]; // prettier-ignore
    await search.optimize((_, { trial }) => values[trial.number], { stopWhen: stopRules.noImprovement(3) }); // prettier-ignore
    expect(search.finished).toBe(8);
  });
});

describe('a trial that takes too long', () => {
  it('has its signal aborted, fails, and the search goes on; what it returns later counts no more', async () => {
    const search = random();
    const aborted: string[] = [];
    let late: () => void = () => undefined;
    await search.optimize(
      (_, { trial, signal }) => {
        signal.addEventListener('abort', () => aborted.push(String(signal.reason)));
        return trial.number === 0
          ? new Promise<number>(resolve => (late = () => resolve(-1)))
          : trial.number;
      },
      { trials: 3, trialSeconds: 0.05 }
    );
    late();
    await pause(10);
    expect(search.trials[0]).toMatchObject({ state: 'failed', error: 'the trial took longer than 0.05 s' }); // prettier-ignore
    expect(search.trials.slice(1).map(({ value }) => value)).toEqual([1, 2]);
    expect(aborted).toEqual(['TimeUp: the trial took longer than 0.05 s']);
  });

  it('is still stopped by the search’s own signal', async () => {
    const stop = new AbortController();
    const search = random();
    setTimeout(() => stop.abort(), 20);
    const running = search.optimize(
      (_, { signal }) => new Promise<number>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))), // prettier-ignore
      { trials: 3, trialSeconds: 100, signal: stop.signal }
    );
    await expect(running).rejects.toThrow('stopped after 0 trials');
    expect(search.trials[0].error).toBe('the search was stopped while this trial was running');
  });
});

describe('optimize', () => {
  it('tries a failed trial again as often as it may, then goes on', async () => {
    const search = random();
    const numbers = (await search.optimize(
      (_, { trial }) => {
        if (trial.number !== 4) throw new Error('no luck');
        return 1;
      },
      { trials: 5, retries: 2 }
    )).trials.map(({ retryOf }) => retryOf); // prettier-ignore
    expect(numbers).toEqual([undefined, 0, 1, undefined, 3]);
  });

  it.each([
    [
      'nothing that ends it',
      {},
      /`trials` must be a whole number >= 1, or `seconds` or `stopWhen`/
    ],
    ['no time', { seconds: 0 }, /`seconds` must be a finite number > 0/],
    ['no time for a trial', { trials: 1, trialSeconds: NaN }, /`trialSeconds` must be a finite/],
    ['a rule that is none', { stopWhen: 5 }, /`stopWhen` must be a stop rule/],
    ['half a retry', { trials: 1, retries: 0.5 }, /`retries` must be a whole number >= 0/]
  ])('refuses %s', async (_, options, message) => {
    await expect(random().optimize(({ x }) => x, options as never)).rejects.toThrow(message);
  });

  it.each([
    ['noImprovement', () => stopRules.noImprovement(0), /`trials` must be a whole number >= 1/],
    ['valueReached', () => stopRules.valueReached(NaN), /`value` must be a finite number/]
  ])('stopRules.%s refuses what makes no sense', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
