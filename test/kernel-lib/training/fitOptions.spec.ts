import { datasets, evaluate, fit, layers, optimizers, predict, probe, schedules, sequential, TrainingDiverged, type StepRecord, type TrainingStopped } from 'tunelab'; // prettier-ignore
import { describe as describeNumbers } from 'tunelab/dist/training/distribution';

const { train, dev } = datasets.digits({ seed: 1 });
const adam = optimizers.adam({ learningRate: 0.005 });
const make = () =>
  sequential([layers.dense(16), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()], {
    inputs: 64, seed: 1
  }); // prettier-ignore
const bare = () => sequential([layers.dense(16), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 }); // prettier-ignore
const wild = optimizers.gradientDescent({ learningRate: 1e20 });

describe('fit for other losses', () => {
  it('finds the line y = 3x - 1 by mean squared error', async () => {
    const network = sequential([layers.dense(1)], { inputs: 1 });
    const x = Array.from({ length: 64 }, (_, i) => [i / 32 - 1]);
    const optimizer = optimizers.gradientDescent({ learningRate: 0.3 });
    const y = x.map(([v]) => 3 * v - 1);
    const history = await fit(network, { x, y }, { epochs: 200, batchSize: 16, optimizer });
    expect(predict(network, [[2]])[0][0]).toBeCloseTo(5, 3);
    expect(history.epochs[0].accuracy).toBeNaN();
  });

  it('learns a single probability by the logistic loss', async () => {
    const network = sequential([layers.dense(8), layers.tanh(), layers.dense(1), layers.sigmoid()], { inputs: 2 }); // prettier-ignore
    const xor = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] }; // prettier-ignore
    await fit(network, xor, { epochs: 500, optimizer: optimizers.adam({ learningRate: 0.05 }) });
    expect(evaluate(network, xor)).toMatchObject({ accuracy: 1, error: 0 });
    await expect(fit(network, { ...xor, y: [0, 2, 1, 0] }, { optimizer: adam })).rejects.toThrow(
      /targets must lie in \[0, 1\], but got 2 in row 1/
    );
  });
});

describe('fit with a schedule', () => {
  it('records the learning rate of every step and epoch', async () => {
    const schedule = schedules.inverseTime({ decayRate: 1 });
    const history = await fit(make(), train, { epochs: 3, optimizer: adam, schedule });
    expect(history.epochs.map(e => e.learningRate)).toBeAllclose([0.005, 0.0025, 0.005 / 3]);
    const steps = history.stepLosses.length / 3;
    expect(history.learningRates![steps - 1]).toBe(0.005);
    expect(history.learningRates![steps]).toBe(0.0025);
  });

  it('learns what steps with these learning rates learn', async () => {
    const [scheduled, plain] = [make(), make()];
    await fit(scheduled, train, { epochs: 1, optimizer: adam, schedule: () => 0.5 });
    await fit(plain, train, { epochs: 1, optimizer: optimizers.adam({ learningRate: 0.0025 }) });
    expect(scheduled.parameters[0].values).toEqual(plain.parameters[0].values);
  });

  it.each([[NaN], [-1], [undefined], [Infinity]])(
    'refuses a factor of %p, naming the step',
    async factor => {
      const schedule = (step: number) => (step === 2 ? (factor as number) : 1);
      await expect(fit(make(), train, { optimizer: adam, schedule })).rejects.toThrow(/finite factor >= 0, but got .* for step 2/); // prettier-ignore
    }
  );
});

describe('fit that diverges', () => {
  it('names step, epoch and the first layer that gave no finite number', async () => {
    const error = await fit(bare(), train, { optimizer: wild }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TrainingDiverged);
    const { step, epoch, layer, history, message } = error as TrainingDiverged;
    expect({ epoch, ended: history.ended }).toEqual({ epoch: 1, ended: 'diverged' });
    expect(history.stepLosses).toHaveLength(step - 1);
    expect(message).toMatch(/learning rate below 100000000000000000000/);
    expect(message).toMatch(layer === undefined ? /loss itself/ : new RegExp(`layer ${layer} \\(`));
  });

  it('says so when large data have been changed since they were checked', async () => {
    const x = new Float32Array(64 * 16_000).fill(0.5);
    const large = { x, y: new Int32Array(16_000), rows: 16_000, features: 64, classes: 10 };
    const [network, options] = [make(), { epochs: 1, batchSize: 4000, optimizer: adam }];
    await fit(network, large, options);
    large.x[64 * 7 + 3] = NaN;
    await expect(fit(network, large, options)).rejects.toThrow(
      /features hold NaN in row 7, column 3: they were changed/
    );
    expect(() => evaluate(make(), large)).toThrow(/finite, but got NaN in row 7, column 3/);
  });

  it('gives the network its last finite state back if asked', async () => {
    const network = make();
    await fit(network, train, { epochs: 2, optimizer: adam });
    const good = evaluate(network, dev).loss;
    let blow = false;
    const schedule = () => (blow ? 1e30 : 1);
    const onStep = ({ step }: StepRecord) => (blow = step >= 5);
    const options = { optimizer: adam, onDivergence: 'restore', schedule, onStep } as const;
    await expect(fit(network, train, options)).rejects.toThrow(/last finite; the optimizer begins afresh/); // prettier-ignore
    expect(evaluate(network, dev).loss).toBeLessThan(3 * good);
    await fit(network, train, { epochs: 1, optimizer: adam });
    expect(evaluate(network, dev).loss).toBeLessThan(2 * good);
  });
});

describe('early stopping', () => {
  it('ends when dev does not improve, and gives the best parameters back', async () => {
    const network = make();
    const history = await fit(network, train, {
      epochs: 500, optimizer: optimizers.adam({ learningRate: 0.02 }), dev, earlyStopping: { patience: 3, restoreBest: true }
    }); // prettier-ignore
    expect(history.ended).toBe('early');
    const losses = history.epochs.map(e => e.devLoss!);
    expect(history.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(history.epochs).toHaveLength(history.bestEpoch! + 3);
    expect(evaluate(network, dev).loss).toBeCloseTo(Math.min(...losses), 6);
  });

  it('counts only changes of at least `minimumChange`', async () => {
    const earlyStopping = { patience: 2, minimumChange: 100 };
    const history = await fit(make(), train, { epochs: 50, optimizer: adam, earlyStopping });
    expect(history.epochs).toHaveLength(3);
    expect(history.bestEpoch).toBe(1);
  });

  it('refuses to watch dev when there is none', async () => {
    const options = { optimizer: adam, earlyStopping: { monitor: 'devLoss' } } as const;
    await expect(fit(make(), train, options)).rejects.toThrow(/without `dev`/);
  });
});

describe('callbacks', () => {
  it('see every step and are waited for', async () => {
    const seen: number[] = [];
    let running = false;
    const history = await fit(make(), train, {
      epochs: 1, optimizer: adam,
      onStep: async ({ step, loss }) => {
        expect(running).toBe(false);
        running = true;
        await new Promise(resolve => setImmediate(resolve));
        running = false;
        seen[step - 1] = loss;
      }
    }); // prettier-ignore
    expect(Float32Array.from(seen)).toEqual(history.stepLosses);
  });

  it('stop training with what they throw, after a whole step', async () => {
    const network = make();
    const onStep = ({ step }: StepRecord) => {
      if (step === 4) throw new Error('enough');
    };
    await expect(fit(network, train, { optimizer: adam, onStep })).rejects.toThrow('enough');
    expect(network.steps).toBe(4);
    expect(evaluate(network, dev).loss).toBeGreaterThan(0);
  });

  it('end training of more epochs than any memory holds records for, and all records are there', async () => {
    const onStep = ({ step }: StepRecord) => {
      if (step === 70_000) controller.abort();
    };
    const controller = new AbortController();
    const network = sequential([layers.dense(1)], { inputs: 1 });
    const options = { epochs: 1e12, optimizer: adam, onStep, signal: controller.signal };
    const error = await fit(network, { x: [[1]], y: [2] }, options).catch(
      (e: TrainingStopped) => e
    );
    const { stepLosses, learningRates } = (error as TrainingStopped).history;
    expect([stepLosses.length, learningRates!.length]).toEqual([70_000, 70_000]);
    expect([stepLosses[0] > 0.1, stepLosses[69_999] < 1e-6, learningRates![69_999]]).toEqual([
      true,
      true,
      0.005
    ]);
  });

  it('one network is trained by one fit at a time', async () => {
    const network = make();
    const first = fit(network, train, { epochs: 50, optimizer: adam });
    await expect(fit(network, train, { optimizer: adam })).rejects.toThrow(
      /one `fit` or `panda` at a time/
    );
    await first;
    await fit(network, train, { epochs: 1, optimizer: adam });
  });
});

describe('probes', () => {
  it('record all layers once an epoch, and change nothing', async () => {
    const [watched, free] = [make(), make()];
    const options = { epochs: 2, optimizer: adam };
    const { probes, ...history } = await fit(watched, train, { ...options, probes: [{}] });
    const { probes: none, ...same } = await fit(free, train, options);
    expect(none).toEqual([]);
    expect(history).toEqual(same);
    const steps = history.stepLosses.length / 2;
    expect([...new Set(probes!.map(p => p.step))]).toEqual([steps, 2 * steps]);
    const ends = probes!.filter(p => p.epoch === 2 && p.subject === 'weights');
    expect(ends.map(p => `${p.layer}.${p.name}`)).toEqual(['0.weights', '1.gamma', '1.beta', '3.weights', '3.bias']); // prettier-ignore
    const { values } = watched.parameters[0];
    expect(ends[0].distribution.mean).toBeCloseTo(
      Array.from(values).reduce((a, b) => a + b) / values.length,
      6
    );
    const softmax = probes!.find(p => p.layer === 4 && p.subject === 'activations')!;
    expect(softmax.distribution.mean).toBeCloseTo(0.1, 5);
    expect(structuredClone(probes)).toEqual(probes);
  });

  it('look every n steps at the chosen layers', async () => {
    const probes = [{ every: 5, layers: [2], record: ['activations'] as const, bins: 4 }];
    const history = await fit(make(), train, { epochs: 1, optimizer: adam, probes });
    expect(history.probes!.slice(0, 3).map(p => p.step)).toEqual([5, 10, 15]);
    const [{ distribution, layer, type }] = history.probes!;
    expect({ layer, type }).toEqual({ layer: 2, type: 'relu' });
    expect(distribution.histogram.counts).toHaveLength(4);
    expect(distribution.zeros).toBeGreaterThan(0.1);
  });

  it('probe looks at gradients for given examples, without learning', () => {
    const network = make();
    const before = Array.from(network.parameters[0].values);
    const records = probe(network, dev, { layers: [3], record: ['gradients'] });
    expect(records.map(r => r.name)).toEqual(['weights', 'bias']);
    expect(records[0].distribution.deviation).toBeGreaterThan(0);
    expect(Array.from(network.parameters[0].values)).toEqual(before);
  });

  it('describe numbers as numpy does', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i * i));
    const all = describeNumbers(values, 5);
    // v = numpy.sin(numpy.arange(50.0) ** 2); numpy.percentile(v, [0, 1, 5, 25, 50, 75, 95, 99, 100]), v.mean(), v.std()
    expect(all.percentiles).toBeAllclose(
      [
        -0.9999908622413068, -0.9996072764555273, -0.9912405431567105, -0.7901192168346536,
        -0.2323675648238067, 0.6399196280435712, 0.9909258515967995, 0.9983193690757911,
        0.9988152247235795
      ],
      { rtol: 1e-9 }
    );
    expect([all.mean, all.deviation]).toBeAllclose([-0.10120144471732687, 0.7131596938484582], {
      rtol: 1e-9
    });
    // numpy.histogram(v, 5)[0]
    expect(all.histogram.counts).toEqual([17, 9, 8, 3, 13]);
    expect(all.count + all.notFinite).toBe(50);
  });

  it('describe many numbers by percentiles close to the exact ones', () => {
    const values = Float32Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 1000);
    const { percentiles, histogram } = describeNumbers(values, 20);
    expect(percentiles).toBeAllclose([-10, -9.8, -9, -5, 0, 5, 9, 9.8, 10], { rtol: 0, atol: 20 / 4096 });
    expect(histogram.counts.reduce((a, b) => a + b)).toBe(20_001);
  }); // prettier-ignore

  it('describe survives constants, nothing and infinities', () => {
    expect(describeNumbers(new Float32Array(3).fill(2), 3)).toMatchObject({ mean: 2, deviation: 0, histogram: { counts: [3, 0, 0] } }); // prettier-ignore
    expect(describeNumbers(Float32Array.of(1, Infinity, NaN), 2)).toMatchObject({ count: 1, notFinite: 2, mean: 1 });
    expect(describeNumbers(Float32Array.of(NaN), 2)).toMatchObject({ count: 0, histogram: { counts: [0, 0] } });
  }); // prettier-ignore

  it.each([
    ['a layer that does not exist', [{ layers: [9] }], /layers 0 to 4.* but got layer 9/],
    ['an unknown subject', [{ record: ['loss'] }], /but got "loss"/],
    ['every 0 steps', [{ every: 0 }], /`every` must be a whole number >= 1/],
    ['no array', {}, /`probes` must be an array/]
  ])('refuse %s', async (_, probes, message) => {
    await expect(fit(make(), train, { optimizer: adam, probes } as never)).rejects.toThrow(message);
  });
});
