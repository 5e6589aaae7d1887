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
import { referenceEngine } from 'tunelab/dist/wasm/reference/program';
import { optimizedEngines } from '../../fixtures/optimizedEngines';
import { retrace, trajectories } from '../../fixtures/torchEngine';
import { torchValues } from '../../fixtures/torchValues';

const { batches, labels, initial, optimizers: expected } = torchValues.training;

/** The network of torch_values.py, with its initial weights. */
function fromTorch(precision: 'float32' | 'float64', variant?: Variant): Network {
  const network = sequential(
    [
      layers.dense(5, { bias: true }),
      layers.batchNorm(),
      layers.relu(),
      layers.dense(3),
      layers.softmax()
    ],
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

/** 200 steps of every layer, loss, optimizer, limit and schedule, in V8's optimized code. */
describe.each(trajectories)('200 steps of %s', (_, example) => {
  it('have the losses of PyTorch to 1e-8 in float64, and its test loss with our averages', () => {
    const { losses, testLoss } = retrace(referenceEngine, 'float64', example);
    expect(losses).toBeAllclose(example.losses, { rtol: 1e-8 });
    expect(testLoss).toBeAllclose(example.testLoss, { rtol: 1e-8 });
  });

  it.each(optimizedEngines.map(engine => [engine.name, engine] as const))(
    'have the losses of PyTorch to 1e-4 in float32, build %s',
    (_name, engine) => {
      const { losses, testLoss } = retrace(engine, 'float32', example);
      expect(losses).toBeAllclose(example.losses, { rtol: 1e-4 });
      expect(testLoss).toBeAllclose(example.testLoss, { rtol: 1e-4 });
    }
  );

  it('give the same bits in every run, and on all builds that round alike', () => {
    const bits = optimizedEngines.slice(1).map(engine => {
      const [once, again] = [1, 2].map(() => {
        const { losses, outputs, program } = retrace(engine, 'float32', example);
        return [
          losses,
          ...outputs.map(output => Array.from(output)),
          ...program.parameters.map(p => Array.from(p.values))
        ];
      });
      expect(again).toEqual(once);
      return once;
    });
    const [, relaxed, ...wide] = bits;
    wide.forEach(other => expect(other).toEqual(relaxed));
  });
});
