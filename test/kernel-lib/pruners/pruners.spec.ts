import { Pruned, pruners, scales, study, type Pruner } from 'tunelab';
import { crc32 } from 'tunelab/dist/numeric/crc32';
import { percentile } from 'tunelab/dist/numeric/stats';
import { optunaValues } from '../../fixtures/optunaValues';

const space = { x: scales.linear(0, 1) };
const { sequences, cases } = optunaValues.pruners;

type Options = Record<string, number | string | undefined>;
function make(name: string, { share, inner, ...options }: Options): Pruner {
  switch (name) {
    case 'percentile':
      return pruners.percentile(share as number, options);
    case 'patient':
      return pruners.patient(inner ? pruners.median() : null, options as never);
    default:
      return pruners[name as 'median'](options);
  }
}

/** The step at which each trial was stopped, as the fixture records Optuna's decisions. */
async function decisions(
  pruner: Pruner,
  direction: 'minimize' | 'maximize',
  events: (number | null)[][]
) {
  const search = study({ space, pruner, direction, name: 'recorded' });
  const stopped: (number | null)[] = [];
  for (const [number, step, value] of events as [number, number | null, number | null][]) {
    if (number === search.trials.length) {
      await search.ask();
      stopped.push(null);
    }
    if (stopped[number] !== null) {
      continue;
    }
    if (step === null) {
      await search.tell(number, value!);
      continue;
    }
    await search.report(number, step, value ?? NaN).catch(async (error: Error) => {
      if (!(error instanceof Pruned)) {
        throw error;
      }
      stopped[number] = step;
      await search.tell(number, error);
    });
  }
  return { stopped, search };
}

describe('decides as Optuna 5.0.0 on the same reports:', () => {
  it.each(
    cases.map(
      one => [one.pruner, JSON.stringify(one.options), one.direction, one.sequence, one] as const
    )
  )('%s %s, %s, %s', async (name, _, direction, sequence, { options, stopped }) => {
    const found = await decisions(
      make(name, options),
      direction as 'minimize',
      sequences[sequence as keyof typeof sequences]
    );
    expect(found.stopped).toEqual(stopped);
  });
});

const family: [string, () => Pruner][] = [
  ['median', () => pruners.median({ startupTrials: 1 })],
  ['percentile', () => pruners.percentile(10, { startupTrials: 1 })],
  ['successiveHalving', () => pruners.successiveHalving({ minResource: 1, reductionFactor: 2 })],
  ['hyperband', () => pruners.hyperband({ maxResource: 9 })],
  ['patient', () => pruners.patient(null, { patience: 0 })],
  ['threshold', () => pruners.threshold({ upper: 50 })]
];

describe.each(family)('the pruner %s keeps the contract:', (_, create) => {
  const curves = (config: { x: number }, number: number, step: number) =>
    number === 0 ? 1 / (step + 1) : 100 + config.x * step + step;

  it('lets a trial without reports go on', async () => {
    const search = study({ space, pruner: create() });
    await search.optimize(({ x }) => x, { trials: 8 });
    expect(search.trials.map(({ state }) => state)).toEqual(Array(8).fill('complete'));
  });

  it('stops trials that are worse at every step and get worse still, and says who did', async () => {
    const search = study({ space, pruner: create() });
    await search.optimize(
      (config, { report, trial }) => {
        for (let step = 1; step <= 9; step++) {
          report(step, curves(config, trial.number, step));
        }
        return curves(config, trial.number, 9);
      },
      { trials: 12 }
    );
    const pruned = search.trials.filter(({ state }) => state === 'pruned');
    expect(search.trials[0].state).toBe('complete');
    expect(pruned.length).toBeGreaterThan(2);
    expect(pruned.every(({ value, reports }) => value === null && reports.length > 0)).toBe(true);
  });

  it('decides the same again, and apart for two studies', async () => {
    const [sequence] = Object.values(sequences);
    const pruner = create();
    const first = await decisions(pruner, 'minimize', sequence);
    const second = await decisions(pruner, 'minimize', sequence);
    expect(second.stopped).toEqual(first.stopped);
  });

  it('is one: it takes infinite and missing values without a word', async () => {
    const search = study({ space, pruner: create() });
    await search.optimize(
      (_config, { report }) => {
        [Infinity, NaN, -Infinity].forEach((value, step) => report(step, value));
        return 1;
      },
      { trials: 6 }
    );
    expect(search.trials.filter(({ state }) => state === 'failed')).toEqual([]);
  });
});

describe('a pruner in a study', () => {
  it('ends a trial through report, which throws Pruned', async () => {
    const search = study({ space, pruner: pruners.threshold({ upper: 1 }) });
    const trial = (await search.ask())!;
    await search.report(trial, 0, 0.5);
    await expect(search.report(trial, 1, 2)).rejects.toThrow(
      'the threshold pruner stopped it at step 1'
    );
    expect(search.trials[0].reports).toHaveLength(2);
  });

  it('that throws makes the trial a failed one and loses nothing', async () => {
    const broken = { name: 'broken', prune: () => JSON.parse('{') as boolean };
    const search = study({ space, pruner: broken });
    jest.spyOn(console, 'warn').mockImplementation();
    await search.optimize((_, { report }) => (report(0, 1), 1), { trials: 2 });
    expect(search.trials[0]).toMatchObject({ state: 'failed', reports: [[0, 1]] });
  });

  it('goes on with trials whose rungs it did not see, from their reports', async () => {
    const options = { minResource: 1, reductionFactor: 2 };
    const { search } = await decisions(
      pruners.successiveHalving(options),
      'minimize',
      sequences['one after the other']
    );
    const trial = { ...search.trials[29], state: 'running' as const };
    const decide = (value: number) => {
      const running = { ...trial, reports: [[1, value] as const] };
      const trials = [...search.trials.slice(0, 29), running];
      return pruners.successiveHalving(options).prune({ trial: running, trials, study: search });
    };
    expect([decide(9), decide(-9)]).toEqual([true, false]);
  });
});

describe('what pruners compute with', () => {
  it('percentile is numpy.nanpercentile', () => {
    // numpy.nanpercentile([3, 1, nan, 2, 10], [0, 25, 50, 90, 100])
    const values = [3, 1, NaN, 2, 10];
    expect([0, 25, 50, 90, 100].map(share => percentile(values, share))).toBeAllclose(
      [1, 1.75, 2.5, 7.9, 10],
      { rtol: 1e-15 }
    );
    expect(percentile([NaN], 50)).toBeNaN();
  });

  it('crc32 is binascii.crc32, beyond ASCII too', () => {
    // binascii.crc32('study_0'.encode()), binascii.crc32('étude 🐼'.encode())
    expect([crc32('study_0'), crc32('étude 🐼')]).toEqual([368277276, 1791005287]);
  });
});

describe('what makes no sense is refused:', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'the factory itself',
      () => study({ space, pruner: pruners.median as never }),
      /study: `pruner` must come from `pruners/
    ],
    ['101 percent', () => pruners.percentile(101), /number from 0 to 100, in percent, but got 101/],
    ['no percentage', () => pruners.percentile(undefined as never), /but got undefined/],
    [
      'an unknown option',
      () => pruners.median({ startup: 1 } as never),
      /options are `startupTrials`.*but got `startup`/
    ],
    [
      'negative warm-up',
      () => pruners.median({ warmupSteps: -1 }),
      /`warmupSteps` must be a whole number >= 0/
    ],
    [
      'no interval',
      () => pruners.median({ intervalSteps: 0 }),
      /`intervalSteps` must be a whole number >= 1/
    ],
    ['a factor of 1', () => pruners.successiveHalving({ reductionFactor: 1 }), /whole number >= 2/],
    [
      'bootstrap without steps',
      () => pruners.successiveHalving({ bootstrapCount: 2 }),
      /needs a `minResource` that is a number/
    ],
    [
      'bootstrap without an end',
      () => pruners.hyperband({ bootstrapCount: 2 }),
      /needs a `maxResource` that is a number/
    ],
    [
      'an end before the beginning',
      () => pruners.hyperband({ minResource: 5, maxResource: 2 }),
      /minResource <= maxResource/
    ],
    [
      'no patience',
      () => pruners.patient(null, {} as never),
      /`patience` must be a whole number >= 0, but got patience=undefined/
    ],
    [
      'a text as a pruner',
      () => pruners.patient('median' as never, { patience: 1 }),
      /must come from `pruners/
    ],
    [
      'negative loss',
      () => pruners.patient(null, { patience: 1, minDelta: NaN }),
      /`minDelta` must be a finite number >= 0/
    ],
    ['no limit', () => pruners.threshold({}), /a number `lower` or `upper` must be given/],
    [
      'limits the wrong way round',
      () => pruners.threshold({ lower: 2, upper: 1 }),
      /lower=2, upper=1/
    ],
    ['a limit of NaN', () => pruners.threshold({ upper: NaN }), /upper=NaN/]
  ])('%s', (_, wrong, message) => {
    expect(wrong).toThrow(message);
  });
});
