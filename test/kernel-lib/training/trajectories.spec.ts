import {
  engineInfo,
  layers,
  optimizers,
  sequential,
  type Network,
  type OptimizerPlan,
  type Variant
} from 'tunelab';
import { programOf } from 'tunelab/dist/training/network';
import { torchValues } from '../../fixtures/torchValues';

const { batches, labels, initial, optimizers: expected } = torchValues.training;

/** The network of torch_values.py, with its initial weights. */
function fromTorch(precision: 'float32' | 'float64', variant?: Variant): Network {
  const network = sequential(
    [layers.dense(5), layers.batchNorm(), layers.relu(), layers.dense(3), layers.softmax()],
    { inputs: 6, precision, variant }
  );
  for (const { layer, name, values } of network.parameters) {
    values.set((initial as Record<string, number[] | number[][]>)[`${layer}.${name}`].flat());
  }
  return network;
}

function train(network: Network, plan: OptimizerPlan): number[] {
  const program = programOf(network);
  const Floats = network.precision === 'float64' ? Float64Array : Float32Array;
  return batches.map(
    (batch, t) =>
      program.step(Floats.from(batch.flat()), Int32Array.from(labels[t]), batch.length, plan).loss
  );
}

const plans: [keyof typeof expected, OptimizerPlan][] = [
  ['gradientDescent', optimizers.gradientDescent({ learningRate: 0.1 })],
  ['momentum', optimizers.momentum({ learningRate: 0.05, beta: 0.9 })],
  ['adam', optimizers.adam({ learningRate: 0.01 })]
];

describe.each(plans)('%s, 30 steps from the same weights on the same batches', (name, plan) => {
  it('has the losses of PyTorch to 1e-9 in float64', () => {
    expect(train(fromTorch('float64'), plan)).toBeAllclose(expected[name].losses, { rtol: 1e-9 });
  });

  const builds = new Set<Variant>(['reference', 'plain', engineInfo().engine as Variant]);
  it.each([...builds])('has the losses of PyTorch to 1e-4 in float32, build %s', variant => {
    const losses = train(fromTorch('float32', variant), plan);
    expect(losses).toBeAllclose(expected[name].losses, { rtol: 1e-4 });
  });

  it('ends with the parameters and averages of PyTorch, the variance biased', () => {
    const network = fromTorch('float64');
    train(network, plan);
    const rows = batches[0].length;
    const start = 0.9 ** batches.length;
    // Batch norm takes the bias before it away: its gradient is rounding noise around 0, which Adam
    // turns into steps of full size. No value of it is the right one.
    const meaningful = network.parameters.filter(p => !(p.layer === 0 && p.name === 'bias'));
    for (const { layer, name: parameter, values } of meaningful) {
      const torch = (expected[name].final as Record<string, number[] | number[][]>)[
        `${layer}.${parameter}`
      ].flat();
      // Both averages begin at 1; what torch adds is larger by rows / (rows - 1).
      const want =
        parameter === 'runningVariance'
          ? torch.map(value => start + ((value - start) * (rows - 1)) / rows)
          : torch;
      expect(values).toBeAllclose(want, { rtol: 1e-6, atol: 1e-9 });
    }
  });
});
