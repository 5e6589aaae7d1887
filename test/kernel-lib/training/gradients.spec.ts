import { createRng, forward, layers, sequential, type Layer } from 'tunelab';
import { programOf } from 'tunelab/dist/training/network';
import { centralDifferences } from '../contracts/centralDifferences';

const ROWS = 7;
const INPUTS = 4;
const networks: [string, Layer[]][] = [
  ['softmax regression', [layers.dense(3), layers.softmax()]],
  ['no bias', [layers.dense(3, { bias: false }), layers.softmax()]],
  ['one hidden layer', [layers.dense(5), layers.relu(), layers.dense(3), layers.softmax()]],
  [
    'batch norm before the activation',
    [layers.dense(5), layers.batchNorm(), layers.relu(), layers.dense(3), layers.softmax()]
  ],
  [
    'batch norm on the inputs, after the activation and on the scores',
    [
      layers.batchNorm({ epsilon: 0.01 }),
      layers.dense(5, { initialization: 'he' }),
      layers.relu(),
      layers.batchNorm(),
      layers.dense(3),
      layers.batchNorm(),
      layers.softmax()
    ]
  ]
];

describe.each(networks)('gradients of %s', (_, list) => {
  const network = sequential(list, { inputs: INPUTS, seed: 3, precision: 'float64' });
  const program = programOf(network);
  const rng = createRng(11);
  const x = Float64Array.from({ length: ROWS * INPUTS }, () => rng.normal());
  const labels = Int32Array.from({ length: ROWS }, () => rng.integer(3));
  const lossNow = () => {
    program.forward(x, ROWS, 'train');
    return program.loss(labels).loss;
  };

  it.each(network.parameters.filter(({ gradient }) => gradient).map(p => [p.layer, p.name, p]))(
    'layer %i, %s: agree with central differences',
    (_layer, _name, parameter) => {
      const { values, gradient } = parameter as (typeof network.parameters)[number];
      lossNow();
      program.backward(labels);
      const analytic = Array.from(gradient!);
      expect(analytic).toBeAllclose(centralDifferences(values, lossNow), {
        rtol: 1e-6,
        atol: 1e-9
      });
    }
  );

  it('are refused after a pass in test mode, where they would be wrong', () => {
    program.forward(x, ROWS, 'test');
    expect(() => program.backward(labels)).toThrow(/forward pass in train mode/);
  });
});

it('a dense layer has no bias before batch norm, unless it says so, and one everywhere else', () => {
  const biased = (...hidden: Layer[]) =>
    sequential([...hidden, layers.dense(2)], { inputs: 3, seed: 1 })
      .parameters.filter(({ name }) => name === 'bias')
      .map(({ layer }) => layer);
  expect(biased(layers.dense(4), layers.batchNorm())).toEqual([2]);
  expect(biased(layers.dense(4), layers.batchNorm({ affine: false }))).toEqual([2]);
  expect(biased(layers.dense(4, { bias: true }), layers.batchNorm())).toEqual([0, 2]);
  expect(biased(layers.dense(4), layers.dropout(0.5), layers.batchNorm())).toEqual([0, 3]);
  expect(biased(layers.batchNorm(), layers.dense(4), layers.relu())).toEqual([1, 3]);
});

it('without the bias before batch norm the network says the same of the same weights', () => {
  const [bare, biased] = ['auto' as const, true].map(bias =>
    sequential([layers.dense(5, { bias }), layers.batchNorm(), layers.dense(3)], {
      inputs: INPUTS, precision: 'float64', seed: 1
    })
  );
  const x = [[1, 2, 3, 4], [0, 1, 0, -1], [2, 2, -5, 1]];
  const [without, withBias] = [bare, biased].map(network => forward(network, x, { mode: 'train' }).values);
  expect(without).toBeAllclose(Array.from(withBias), { rtol: 1e-12, atol: 1e-14 });
}); // prettier-ignore

it('the bias before batch norm has no gradient: the mean takes it away', () => {
  const network = sequential(
    [
      layers.dense(5, { bias: true }),
      layers.batchNorm(),
      layers.relu(),
      layers.dense(3),
      layers.softmax()
    ],
    { inputs: INPUTS, precision: 'float64' }
  );
  const program = programOf(network);
  const rng = createRng(5);
  program.forward(
    Float64Array.from({ length: ROWS * INPUTS }, () => rng.normal()),
    ROWS,
    'train'
  );
  program.backward(Int32Array.from({ length: ROWS }, (_, i) => i % 3));
  const bias = network.parameters.find(({ layer, name }) => layer === 0 && name === 'bias')!;
  expect(bias.gradient!).toBeAllclose(new Array(5).fill(0), { rtol: 0, atol: 1e-15 });
});
