import {
  activations, checkGradients, estimateBatchNorm, evaluate, fit, forward, layers, load, optimizers, panda, predict, probe,
  save, sequential, trainStep, type Layer
} from 'tunelab'; // prettier-ignore

const optimizer = optimizers.adam();
const network = () =>
  sequential([layers.dense(3), layers.batchNorm(), layers.relu(), layers.dense(2), layers.softmax()], {
    inputs: 4
  }); // prettier-ignore
const narrow = { x: [[1, 2, 3], [3, 2, 1]], y: [0, 1] }; // prettier-ignore
const third = { x: [[1, 2, 3, 4], [4, 3, 2, 1]], y: [0, 2] }; // prettier-ignore
const single = { x: [[1, 2, 3, 4]], y: [0] };

type Call = [string, (data: typeof narrow) => unknown];
/** Those that learn or measure. */
const withLabels: Call[] = [
  ['fit', data => fit(network(), data, { optimizer })],
  ['panda', data => panda(network(), data, { optimizer })],
  ['trainStep', data => trainStep(network(), data, { optimizer })],
  ['evaluate', data => evaluate(network(), data)],
  ['probe', data => probe(network(), data)],
  ['checkGradients', data => checkGradients(network(), data)]
];
const withoutLabels: Call[] = [
  ['predict', ({ x }) => predict(network(), x)],
  ['activations', ({ x }) => activations(network(), x)],
  ['forward', ({ x }) => forward(network(), x)],
  ['estimateBatchNorm', data => estimateBatchNorm(network(), data)]
];

async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'no error';
}

describe('shapes that do not agree', () => {
  it.each([...withLabels, ...withoutLabels])('%s says which layer takes other inputs', async (name, call) => {
    expect(await messageOf(() => call(narrow))).toMatch(
      new RegExp(`^RangeError: ${name}: each example must have the network's 4 inputs, those of layer 0.*, but got 3 features\\.\\n.+`)
    );
  }); // prettier-ignore

  it.each(withLabels)('%s says which layer has no such class', async (name, call) => {
    expect(await messageOf(() => call(third))).toMatch(
      new RegExp(`^RangeError: ${name}: labels are class numbers from 0 to 1, the outputs of the last layer, but got 2 in row 1`)
    );
  }); // prettier-ignore

  it.each([...withLabels, withoutLabels[2]])('%s says which layer cannot learn from 1 row', async (name, call) => {
    const message = await messageOf(() => call(single));
    const fits = new RegExp(`^RangeError: ${name}: layer 1 \\(batchNorm\\) needs at least 2 rows .*, but got 1 row\\.`);
    expect(name === 'evaluate' ? 'no error' : message).toMatch(name === 'evaluate' ? message : fits);
  }); // prettier-ignore

  it('in a saved network are told by the layer that they belong to', () => {
    const text = Buffer.from(save(network())).toString('latin1');
    const loaded = (from: string, to: string) => () => load(new Uint8Array(Buffer.from(text.replace(from, to), 'latin1')));
    expect(loaded('"shape":[4,3]', '"shape":[3,4]')).toThrow(/^load: layer 0 \(dense\) must have `weights` of shape \(4, 3\), but got shape \(3, 4\)/);
    expect(loaded('"1.gamma"', '"1.gemma"')).toThrow(/^load: layer 1 \(batchNorm\) must have `gamma`/);
    expect(loaded('\\"decay\\":0.9', '\\"decay\\":1.9')).toThrow(/^load: layer 1 \(batchNorm\) must be as its factory makes it.*\n.*decay=1.9/);
    expect(loaded('\\"relu\\"', '\\"rulu\\"')).toThrow(/^load: layers are made by .* as layer 2\.\nThe file is damaged/);
  }); // prettier-ignore
});

describe('layers written by hand', () => {
  it.each<[string, object | null, RegExp]>([
    ['nothing', null, /^sequential: layers are made by `layers\.\*`, but got null as layer 1/],
    ['units that are missing', { type: 'dense' }, /^sequential: layer 1 \(dense\) must be .*\n.*units=undefined/],
    ['units below 1', { type: 'dense', units: -1 }, /^sequential: layer 1 \(dense\) must be .*\n.*units=-1/],
    ['a rate above 1', { type: 'dropout', rate: 3 }, /^sequential: layer 1 \(dropout\) must be .*\n.*rate=3/],
    ['an option of another layer', { type: 'batchNorm', rate: 1 }, /^sequential: layer 1 \(batchNorm\) must be .*\n.*`rate`/]
  ])('are refused by place and type: %s', (_, layer, message) => {
    expect(() => sequential([layers.relu(), layer as Layer], { inputs: 1 })).toThrow(message);
  }); // prettier-ignore

  it('get the defaults of their factories', () => {
    const [normal] = sequential([{ type: 'batchNorm' } as Layer, layers.dense(2)], { inputs: 1 }).layers;
    expect(normal).toEqual(layers.batchNorm());
  }); // prettier-ignore
});

describe('sizes that no memory holds', () => {
  const rows = 20_000;
  const many = { x: new Float32Array(rows), y: new Float32Array(rows) };
  const big = (precision: 'float32' | 'float64') =>
    sequential([layers.dense(100_000), layers.dense(1)], { inputs: 1, precision });
  const calls: [string, (precision: 'float32' | 'float64') => unknown][] = [
    ['fit', precision => fit(big(precision), many, { optimizer, batchSize: rows })],
    ['trainStep', precision => trainStep(big(precision), many, { optimizer })],
    ['forward', precision => forward(big(precision), many.x)],
    ['probe', precision => probe(big(precision), many)],
    ['checkGradients', precision => checkGradients(big(precision), many)]
  ];
  it.each(calls)('%s says how many GiB they would need, before it asks for any', async (name, call) => {
    const message = new RegExp(`^RangeError: ${name}: .* would need [\\d.]+ GiB`);
    expect(await messageOf(() => call('float32'))).toMatch(message);
    expect(await messageOf(() => call('float64'))).toMatch(message);
  }); // prettier-ignore

  it('predict and evaluate work by parts, and say it of a part or of the outputs', async () => {
    const part = () => sequential([layers.dense(200_000), layers.dense(1)], { inputs: 1, precision: 'float64' });
    expect(await messageOf(() => evaluate(part(), many))).toMatch(/^RangeError: evaluate: .* would need [\d.]+ GiB/);
    expect(await messageOf(() => predict(part(), many.x))).toMatch(/^RangeError: predict: .* would need [\d.]+ GiB/);
    const wide = sequential([layers.dense(100_000)], { inputs: 1 });
    expect(await messageOf(() => predict(wide, many.x))).toMatch(/20000 rows of 100000 outputs, which would need 7.45 GiB/);
  }); // prettier-ignore
});
