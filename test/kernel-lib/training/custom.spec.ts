import {
  activations, backward, checkGradients, createRng, datasets, estimateBatchNorm, evaluate, fit, forward, layers,
  miniBatches, optimizers, predict, predictClasses, sequential, summary, trainStep, update, type Layer
} from 'tunelab'; // prettier-ignore

const { train, dev } = datasets.digits({ seed: 1 });
const optimizer = optimizers.adam({ learningRate: 0.005 });
const list = [layers.dense(16), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()]; // prettier-ignore
const make = (variant?: 'reference') => sequential(list, { inputs: 64, seed: 3, variant });
const state = (network: ReturnType<typeof make>) =>
  network.parameters.map(p => Array.from(p.values));

describe.each(['auto', 'reference'] as const)("a learner's own loop, build %s", variant => {
  const build = () => sequential(list, { inputs: 64, seed: 3, variant });

  it('forward, backward, update learn exactly what fit learns', async () => {
    const [own, fitted] = [build(), build()];
    const options = { batchSize: 64, seed: 5 };
    const history = await fit(fitted, train, { ...options, epochs: 2, optimizer });
    const losses: number[] = [];
    for (const epoch of [1, 2]) {
      for (const batch of miniBatches(train, { ...options, epoch })) {
        forward(own, batch.x);
        losses.push(backward(own, batch).loss);
        update(own, { optimizer });
      }
    }
    expect(Float32Array.from(losses)).toEqual(history.stepLosses);
    expect(state(own)).toEqual(state(fitted));
    expect(own.steps).toBe(fitted.steps);
  });

  it('trainStep is the three in one', () => {
    const [own, whole] = [build(), build()];
    const limits = { clipNorm: 0.5, clipValue: 0.1 };
    for (const batch of miniBatches(train, { batchSize: 32 })) {
      forward(own, batch.x);
      const { loss } = backward(own, batch);
      update(own, { optimizer, ...limits });
      expect(trainStep(whole, batch, { optimizer, ...limits }).loss).toBe(loss);
    }
    expect(state(own)).toEqual(state(whole));
  });
});

describe("a learner's own loop", () => {
  it('may change gradients by hand before the update', () => {
    const network = make();
    const before = state(network)[0];
    forward(network, train.x.subarray(0, 640));
    backward(network, { x: train.x.subarray(0, 640), y: train.y.subarray(0, 10) });
    network.parameters.forEach(({ gradient }) => gradient?.fill(1));
    update(network, { optimizer: optimizers.gradientDescent({ learningRate: 0.5 }) });
    expect(state(network)[0]).toBeAllclose(before.map(w => w - 0.5), { atol: 1e-6 });
  }); // prettier-ignore

  it('mini-batches hold every row once, in another order each epoch', () => {
    const rows = (epoch: number) =>
      [...miniBatches(train, { batchSize: 50, epoch })].flatMap(b => Array.from(b.x).map(String).join()); // prettier-ignore
    expect(rows(1)).not.toEqual(rows(2));
    expect(rows(1)).toEqual(rows(1));
    const labels = [...miniBatches(train, { batchSize: 50 })].flatMap(b => Array.from(b.y));
    expect(labels.sort()).toEqual(Array.from(train.y).sort());
  });

  it('backward refuses to go without a forward pass of the same rows in train mode', () => {
    const network = make();
    const [batch] = miniBatches(train, { batchSize: 8 });
    expect(() => backward(network, batch)).toThrow(/forward pass in train mode.* but got none before/);
    forward(network, batch.x, { mode: 'test' });
    expect(() => backward(network, batch)).toThrow(/but got none before/);
    forward(network, dev.x.subarray(0, 640));
    expect(() => backward(network, batch)).toThrow(/8 rows after a forward pass of 10/);
  }); // prettier-ignore

  it.each([
    ['no examples', () => [...miniBatches([[1]] as never)], /examples come as/],
    ['a batch larger than the data', () => [...miniBatches(train, { batchSize: 1e6 })], /at most the number of training rows/],
    ['a limit of 0', () => trainStep(make(), train, { optimizer, clipNorm: 0 }), /`clipNorm` must be a finite number > 0/],
    ['no optimizer', () => update(make(), {} as never), /must come from `optimizers/]
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  }); // prettier-ignore
});

describe('predict', () => {
  it('gives the same numbers typed and nested, in more rows than one pass takes', () => {
    const network = make();
    const rng = createRng(1);
    const x = Float32Array.from({ length: 2500 * 64 }, () => rng.uniform());
    const typed = predict(network, x, { typed: true });
    expect(typed).toMatchObject({ rows: 2500, units: 10 });
    const nested = predict(network, x);
    expect(nested.flat()).toEqual(Array.from(typed.values));
    const best = nested.map(row => row.indexOf(Math.max(...row)));
    expect(Array.from(predictClasses(network, x))).toEqual(best);
  });

  it('refuses NaN in a typed array as in a nested one', () => {
    expect(() => predict(make(), new Float32Array(64).fill(NaN))).toThrow(/must be finite/);
  });
});

describe('estimateBatchNorm', () => {
  it('finds mean and biased variance of each layer over all rows, the lower layers in test mode', async () => {
    const network = sequential(
      [layers.dense(9), layers.batchNorm(), layers.tanh(), layers.dense(7), layers.batchNorm(), layers.dense(10), layers.softmax()],
      { inputs: 64, seed: 2 }
    ); // prettier-ignore
    await fit(network, train, { epochs: 1, optimizer });
    estimateBatchNorm(network, train);
    const seen = activations(network, train.x);
    for (const layer of [1, 4]) {
      const { values, units, rows } = seen[layer - 1];
      const column = (j: number) => Array.from({ length: rows }, (_, r) => values[r * units + j]);
      const means = Array.from({ length: units }, (_, j) => column(j).reduce((a, b) => a + b) / rows); // prettier-ignore
      const variances = means.map((m, j) => column(j).reduce((a, v) => a + (v - m) ** 2, 0) / rows);
      const find = (name: string) => network.parameters.find(p => p.layer === layer && p.name === name)!.values; // prettier-ignore
      expect(find('runningMean')).toBeAllclose(means, { rtol: 1e-5, atol: 1e-5 });
      expect(find('runningVariance')).toBeAllclose(variances, { rtol: 1e-5 });
    }
  });
});

describe('summary', () => {
  it('counts as PyTorch does: sum(p.numel() for p in model.parameters())', async () => {
    // nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10)): 2474
    const table = summary(
      sequential([layers.dense(32, { bias: true }), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 })
    ); // prettier-ignore
    expect(table.parameters).toBe(2474);
    expect(table.averages).toBe(64);
    expect(table.layers.map(l => l.parameters)).toEqual([2080, 64, 0, 330, 0]);
    expect(table.toMarkdown().split('\n').slice(0, 5)).toEqual([
      '| layer | type | output shape | parameters |',
      '| ---: | --- | --- | ---: |',
      '|  | inputs | (rows, 64) |  |',
      '| 0 | dense | (rows, 32) | 2,080 |',
      '| 1 | batchNorm | (rows, 32) | 64 |'
    ]);
    expect(table.toString()).toMatch(/total\s+2,474\n64 more numbers are averages/);
    const shown = (table as never)[Symbol.for('Jupyter.display')] as () => Promise<{
      data: object;
    }>;
    expect(Object.keys((await shown.call(table)).data)).toEqual(['text/markdown', 'text/plain']);
  });
});

describe('mini-batches of plain arrays', () => {
  it('are those of fit: class numbers make a dataset, other numbers regression data', () => {
    const x = [[1, 2], [3, 4], [5, 6]];
    const network = sequential([layers.dense(3), layers.softmax()], { inputs: 2 });
    const sizes = [...miniBatches({ x, y: [0, 1, 2] }, { batchSize: 2, lone: true })].map(batch => {
      forward(network, batch.x);
      expect(backward(network, batch).loss).toBeGreaterThan(0);
      return batch.rows;
    });
    expect(sizes).toEqual([2, 1]);
    const [all] = miniBatches({ x, y: [0.5, -1, 2] });
    expect('targets' in all && [...all.targets].sort()).toEqual([-1, 0.5, 2]);
  }); // prettier-ignore
});

describe('summary of biases', () => {
  it('names those that batch norm right after them takes away, and no others', () => {
    const of = (hidden: Layer[]) => String(summary(sequential([...hidden, layers.dense(2)], { inputs: 3 })));
    expect(of([layers.dense(4, { bias: true }), layers.batchNorm(), layers.relu()])).toMatch(/\nThe bias of layer 0 cannot change anything: .*`bias: true`/);
    expect(of([layers.dense(4), layers.batchNorm()])).not.toMatch(/bias/);
    expect(of([layers.dense(4), layers.relu(), layers.batchNorm()])).not.toMatch(/bias/);
  }); // prettier-ignore
});

describe('checkGradients', () => {
  it('leaves the network as it is, gradients included', () => {
    const network = sequential([layers.dense(4), layers.dropout(), layers.dense(2), layers.softmax()], { inputs: 2 });
    const before = network.parameters.map(({ gradient }) => Array.from(gradient!));
    expect(checkGradients(network, { x: [[1, 2], [3, 4]], y: [0, 1] }).formulaError).toBeLessThan(1e-6);
    expect(network.parameters.map(({ gradient }) => Array.from(gradient!))).toEqual(before);
  }); // prettier-ignore

  const rng = createRng(7);
  const x = Array.from({ length: 9 }, () => Array.from({ length: 5 }, () => rng.normal()));
  const networks: [string, Layer[], unknown][] = [
    ['softmax', [layers.dense(6), layers.batchNorm(), layers.tanh(), layers.dense(3), layers.softmax()], x.map((_, i) => i % 3)],
    ['sigmoid', [layers.dense(6), layers.gelu(), layers.dense(2), layers.sigmoid()], x.map((_, i) => [i % 2, 1 - (i % 2)])],
    ['mean squared error with dropout', [layers.dense(6), layers.elu(), layers.dropout(0.5), layers.dense(1)], x.map(row => row[0])]
  ]; // prettier-ignore
  it.each(networks)('agrees for %s, and leaves the parameters as they are', (_, list, y) => {
    const network = sequential(list, { inputs: 5, seed: 1 });
    const before = network.parameters.map(p => Array.from(p.values));
    const check = checkGradients(network, { x, y } as never);
    expect(check.formulaError).toBeLessThan(1e-7);
    expect(check.engineError).toBeLessThan(1e-4);
    expect(check.parameters.length).toBeGreaterThan(1);
    expect(network.parameters.map(p => Array.from(p.values))).toEqual(before);
  });

  it('sees a gradient that is wrong', () => {
    const network = sequential([layers.dense(3), layers.softmax()], { inputs: 5, precision: 'float64' }); // prettier-ignore
    const y = x.map((_, i) => i % 3);
    // With steps of this size central differences are off by far more than rounding.
    expect(checkGradients(network, { x, y }, { step: 3 }).formulaError).toBeGreaterThan(1e-3);
  });
});

it('evaluate gives mean squared error and no accuracy for a linear output', () => {
  const network = sequential([layers.dense(1, { bias: false })], { inputs: 1 });
  network.parameters[0].values.fill(2);
  // torch.nn.functional.mse_loss(torch.tensor([2., 4.]), torch.tensor([1., 1.])): 5
  expect(evaluate(network, { x: [[1], [2]], y: [1, 1] })).toEqual({ loss: 5, accuracy: NaN, error: NaN }); // prettier-ignore
});
