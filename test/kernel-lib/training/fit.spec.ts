import {
  activations,
  datasets,
  evaluate,
  fit,
  layers,
  optimizers,
  predict,
  sequential,
  TrainingStopped,
  type Examples
} from 'tunelab';
import { batchBounds } from 'tunelab/dist/training/batches';

const { train, dev, test } = datasets.digits({ seed: 1 });
const adam = optimizers.adam({ learningRate: 0.005 });
const classifier = (seed = 1) =>
  sequential(
    [layers.dense(16), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
    { inputs: 64, seed }
  );
const xor: Examples = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] }; // prettier-ignore

describe('fit', () => {
  it('learns the digits: more than 95 % on examples it has never seen', async () => {
    const network = classifier();
    const history = await fit(network, train, { epochs: 15, optimizer: adam, dev });
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: 15 }, (_, i) => i + 1)
    );
    expect(history.epochs[14].loss).toBeLessThan(history.epochs[0].loss / 5);
    expect(history.epochs[14].devAccuracy).toBe(evaluate(network, dev).accuracy);
    expect(evaluate(network, test).accuracy).toBeGreaterThan(0.95);
  });

  it('learns XOR from nested arrays, which no single layer can', async () => {
    const network = sequential(
      [
        layers.dense(16, { initialization: 'he' }),
        layers.relu(),
        layers.dense(2),
        layers.softmax()
      ],
      { inputs: 2, seed: 2 }
    );
    await fit(network, xor, { epochs: 300, optimizer: optimizers.adam({ learningRate: 0.03 }) });
    expect(evaluate(network, xor)).toMatchObject({ accuracy: 1, error: 0 });
    expect(predict(network, [[0, 1]])[0][1]).toBeGreaterThan(0.9);
  });

  it('takes features as one typed array of whole rows', async () => {
    const network = classifier();
    const history = await fit(network, { x: train.x, y: train.y }, { epochs: 1, optimizer: adam });
    const same = await fit(classifier(), train, { epochs: 1, optimizer: adam });
    expect(history.stepLosses).toEqual(same.stepLosses);
  });

  it('gives the same bits for the same seeds, and others for another seed', async () => {
    const run = async (seed: number) =>
      (await fit(classifier(), train, { epochs: 2, optimizer: adam, seed })).stepLosses;
    const first = await run(4);
    expect(await run(4)).toEqual(first);
    expect(await run(5)).not.toEqual(first);
  });

  it('keeps the network as after its last whole step when it is stopped', async () => {
    const network = classifier();
    const stop = new AbortController();
    const reason = new Error('enough');
    const training = fit(network, train, {
      epochs: 1000,
      optimizer: adam,
      signal: stop.signal,
      onEpoch: ({ epoch }) => epoch === 3 && stop.abort(reason)
    });
    const error = await training.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TrainingStopped);
    const { history, cause } = error as TrainingStopped;
    expect(cause).toBe(reason);
    expect(history).toMatchObject({ ended: 'stopped' });
    expect(history.epochs).toHaveLength(3);
    expect(network.steps).toBe(history.stepLosses.length);
    expect(Number.isFinite(evaluate(network, dev).loss)).toBe(true);
  });

  it('lets timers run while it trains', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await fit(classifier(), train, { epochs: 200, optimizer: adam });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  it('says at which step training diverged, and what to try', async () => {
    const wild = optimizers.gradientDescent({ learningRate: 1e30 });
    const network = sequential(
      [layers.dense(16), layers.relu(), layers.dense(10), layers.softmax()],
      { inputs: 64 }
    );
    await expect(fit(network, train, { optimizer: wild })).rejects.toThrow(
      /must stay finite, but it was (NaN|Infinity) at step \d+, in epoch 1.\n.*learning rate below 1e\+30/
    );
  });

  it('joins a lone last row to the mini-batch before it when batch norm needs company', () => {
    expect(batchBounds(9, 4, true)).toEqual([0, 4, 8, 9]);
    expect(batchBounds(9, 4, false)).toEqual([0, 4, 9]);
    expect(batchBounds(10, 4, false)).toEqual([0, 4, 8, 10]);
    expect(batchBounds(3, 4, false)).toEqual([0, 3]);
  });

  const short = sequential([layers.dense(2), layers.softmax()], { inputs: 2 });
  const normed = sequential([layers.dense(2), layers.batchNorm(), layers.softmax()], { inputs: 2 });
  it.each([
    [
      'a label out of range',
      short,
      { x: [[0, 1]], y: [2] },
      {},
      /class numbers from 0 to 1, the outputs of the last layer, but got 2 in row 0/
    ],
    [
      'a label that is no whole number',
      short,
      { x: [[0, 1]], y: [0.5] },
      {},
      /whole numbers from 0, but got 0.5/
    ],
    [
      'examples of the wrong width',
      short,
      { x: [[0, 1, 2]], y: [0] },
      {},
      /network's 2 inputs, those of layer 0, but got 3 features/
    ],
    [
      'a missing label',
      short,
      {
        x: [
          [0, 1],
          [1, 0]
        ],
        y: [0]
      },
      {},
      /one label for each row.* but got 2 rows and 1 labels/
    ],
    ['no rows', short, { x: [], y: [] }, {}, /at least one number/],
    [
      'NaN among the features',
      short,
      { x: [[0, NaN]], y: [0] },
      {},
      /must be finite, but got NaN at row 0, column 1/
    ],
    ['a vector for x', short, { x: [0, 1], y: [0] }, {}, /matrix of \(examples, features\)/],
    [
      'a batch larger than the data',
      short,
      xor,
      { batchSize: 5 },
      /at most the number of training rows, but got batchSize=5 for 4/
    ],
    ['a batch of one row with batch norm', normed, xor, { batchSize: 1 }, /at least 2 rows/],
    ['one row of data with batch norm', normed, { x: [[0, 1]], y: [0] }, {}, /at least 2 rows/],
    [
      '0 epochs',
      short,
      xor,
      { epochs: 0 },
      /`epochs` must be a whole number >= 1, but got epochs=0/
    ],
    ['no optimizer', short, xor, { optimizer: undefined }, /must come from `optimizers.\*`/],
    ['an unknown option', short, xor, { learningRate: 1 }, /but got `learningRate`/],
    [
      'a negative seed',
      short,
      xor,
      { seed: -1 },
      /whole number from 0 to 2\^53 - 1, but got seed=-1/
    ],
    [
      'a dev set of another width',
      short,
      xor,
      { dev: { x: [[1]], y: [0] } },
      /fit \(dev\): .*2 inputs, .*, but got 1/
    ]
  ])('refuses %s before the first step', async (_, network, data, options, message) => {
    // prettier-ignore
    const before = network.steps;
    await expect(fit(network, data, { optimizer: adam, ...options } as never)).rejects.toThrow(
      message
    );
    expect(network.steps).toBe(before);
  });
});

describe('activations', () => {
  it('show z before and z-tilde after batch norm: mean 0 and variance 1 in train mode', async () => {
    const network = classifier();
    await fit(network, train, { epochs: 1, optimizer: adam });
    const averages = network.parameters.find(({ name }) => name === 'runningMean')!.values.slice();
    for (const { name, values } of network.parameters) {
      // As if gamma and beta had learned nothing, to see the normalization alone.
      if (name === 'gamma' || name === 'beta') {
        values.fill(name === 'gamma' ? 1 : 0);
      }
    }
    const [z, zTilde] = activations(network, dev.x, { mode: 'train' });
    expect([z.type, zTilde.type]).toEqual(['dense', 'batchNorm']);
    expect([z.rows, z.units]).toEqual([dev.rows, 16]);
    for (let unit = 0; unit < 16; unit++) {
      const column = Array.from({ length: dev.rows }, (_, r) => zTilde.values[r * 16 + unit]);
      const mean = column.reduce((a, b) => a + b) / dev.rows;
      expect(mean).toBeCloseTo(0, 5);
      expect(column.reduce((a, b) => a + (b - mean) ** 2, 0) / dev.rows).toBeCloseTo(1, 2);
    }
    const after = network.parameters.find(({ name }) => name === 'runningMean')!.values;
    expect(after).toEqual(averages);
  });

  it('give one example the same answer in any company in test mode', () => {
    const network = classifier();
    const [alone] = predict(network, [Array.from(dev.x.subarray(0, 64))]);
    expect(predict(network, dev.x)[0]).toBeAllclose(alone, { rtol: 1e-6 });
  });

  it('refuse a single row in train mode with batch norm', () => {
    expect(() => activations(classifier(), dev.x.subarray(0, 64), { mode: 'train' })).toThrow(
      /at least 2 rows/
    );
  });
});

describe('sequential', () => {
  it.each([
    ['no layers', [], { inputs: 2 }, /at least one layer/],
    [
      'softmax before the end',
      [layers.softmax(), layers.dense(2)],
      { inputs: 2 },
      /must be the last layer, but got softmax as layer 0/
    ],
    [
      'a factory that was not called',
      [layers.relu],
      { inputs: 2 },
      /made by `layers.\*`, but got a function named relu/
    ],
    [
      'no inputs',
      [layers.relu()],
      undefined,
      /`inputs` must be a whole number >= 1, but got inputs=undefined/
    ],
    ['half an input', [layers.relu()], { inputs: 1.5 }, /but got inputs=1.5/]
  ])('refuses %s', (_, list, options, message) => {
    // prettier-ignore
    expect(() => sequential(list as never, options as never)).toThrow(message);
  });

  it.each([
    ['0 units', () => layers.dense(0), /`units` must be a whole number >= 1, but got units=0/],
    [
      'an unknown initialization',
      () => layers.dense(3, { initialization: 'zeros' as never }),
      /`initialization` must be 'fanIn', 'he'.* but got "zeros"/
    ]
  ])('layers.dense refuses %s', (_, make, message) => {
    // prettier-ignore
    expect(make).toThrow(message);
  });

  it('refuses class numbers for a network with more than one number of output and no softmax', async () => {
    const network = sequential([layers.dense(2)], { inputs: 2 });
    await expect(fit(network, xor, { optimizer: adam })).rejects.toThrow(
      /one target for each of the network's 2 outputs, those of the last layer, but got 1 target\./
    );
  });

  it('refuses to train a network that has nothing to learn', async () => {
    const network = sequential([layers.softmax()], { inputs: 2 });
    await expect(fit(network, xor, { optimizer: adam })).rejects.toThrow(
      /a layer that learns, but got softmax/
    );
  });

  it('says how much memory an absurd network would need, before taking any', () => {
    expect(() => sequential([layers.dense(1e6)], { inputs: 1e6 })).toThrow(
      /would need 1.49e\+4 GiB: 1.00e\+12 parameters/
    );
  });
});
