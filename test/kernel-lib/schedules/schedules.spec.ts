import { schedules, type Schedule } from 'tunelab';

/** Factors of the first `n` epochs, or steps: one step an epoch makes both clocks the same. */
function factors(schedule: Schedule, n: number, steps = n): number[] {
  return Array.from({ length: n }, (_, t) => schedule(t, { epoch: t, stepsPerEpoch: 1, steps }));
}

// Expected: the learning rates of an SGD with lr=1 before each `scheduler.step()`, torch.optim.lr_scheduler.
const cases: [string, Schedule, number[]][] = [
  // StepLR(optimizer, 3, gamma=0.5)
  ['step', schedules.step({ every: 3, factor: 0.5 }), [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]],
  // ExponentialLR(optimizer, 0.9)
  ['exponential', schedules.exponential({ factor: 0.9 }), [1, 0.9, 0.81, 0.729, 0.6561, 0.59049]],
  // LambdaLR(optimizer, lambda epoch: 1 / (1 + 0.5 * epoch))
  [
    'inverseTime',
    schedules.inverseTime({ decayRate: 0.5 }),
    [1, 0.666666666667, 0.5, 0.4, 0.333333333333, 0.285714285714]
  ],
  // CosineAnnealingLR(optimizer, 8, eta_min=0.1)
  [
    'cosine',
    schedules.cosine({ length: 8, minimum: 0.1 }),
    [1, 0.96574578963, 0.868198051534, 0.722207544564, 0.55, 0.377792455436, 0.231801948466, 0.13425421037, 0.1] // prettier-ignore
  ],
  // SequentialLR(optimizer, [LinearLR(optimizer, 0.25, total_iters=4), CosineAnnealingLR(optimizer, 6)], milestones=[4])
  [
    'warmUp',
    schedules.warmUp(schedules.cosine({ length: 6 }), { length: 4, start: 0.25 }),
    [0.25, 0.4375, 0.625, 0.8125, 1, 0.933012701892, 0.75, 0.5, 0.25, 0.066987298108, 0]
  ],
  // LinearLR(optimizer, total_iters=5)
  [
    'warmUp to a constant',
    schedules.warmUp(schedules.constant(), { length: 5 }),
    [0.333333333333, 0.466666666667, 0.6, 0.733333333333, 0.866666666667, 1, 1]
  ]
];

describe.each(cases)('schedules.%s', (_, schedule, expected) => {
  it('gives the factors of PyTorch', () => {
    expect(factors(schedule, expected.length)).toBeAllclose(expected, { rtol: 1e-10, atol: 1e-12 });
  });

  it('is a pure function: asked again, it says the same', () => {
    expect(factors(schedule, 5)).toEqual(factors(schedule, 5));
  });
});

describe('schedules', () => {
  const at = { epoch: 2, stepsPerEpoch: 10, steps: 100 };

  it('count epochs by default, steps when asked', () => {
    expect(schedules.exponential({ factor: 0.5 })(25, at)).toBe(0.25);
    expect(schedules.exponential({ factor: 0.5, unit: 'step' })(3, at)).toBe(0.125);
  });

  it('cosine reaches its lowest point at the end of the training, and stays there', () => {
    const schedule = schedules.cosine({ minimum: 0.2 });
    expect(schedule(0, at)).toBe(1);
    expect(schedule(50, at)).toBeCloseTo(0.6, 12);
    expect(schedule(100, at)).toBeCloseTo(0.2, 12);
    expect(schedule(500, at)).toBeCloseTo(0.2, 12);
    expect(schedules.cosine({ unit: 'epoch' })(0, { ...at, epoch: 5 })).toBeCloseTo(0.5, 12);
  });

  it('warmUp leaves the rest of the training to what follows', () => {
    const schedule = schedules.warmUp(schedules.cosine(), { length: 20 });
    expect(schedule(20, at)).toBe(1);
    expect(schedule(60, at)).toBeCloseTo(0.5, 12);
  });

  it.each([
    ['every of 0', () => schedules.step({ every: 0 }), /`every` must be a whole number >= 1/],
    ['a negative factor', () => schedules.exponential({ factor: -1 }), /`factor` must be a finite number > 0/],
    ['a decay rate of 0', () => schedules.inverseTime({ decayRate: 0 }), /`decayRate` must be/],
    ['a minimum of 1', () => schedules.cosine({ minimum: 1 }), /`0 <= minimum < 1` must hold/],
    ['another unit', () => schedules.cosine({ unit: 'batch' as never }), /'epoch' or 'step', but got unit="batch"/],
    ['a number for a schedule', () => schedules.warmUp(1 as never, { length: 1 }), /must be a schedule, but got 1/],
    ['an unknown option', () => schedules.step({ every: 1, gamma: 2 } as never), /but got `gamma`/]
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message);
  }); // prettier-ignore
});
