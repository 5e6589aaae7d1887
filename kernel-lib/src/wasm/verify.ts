import type { Engine, NetworkPlan } from './engine';
import { referenceEngine } from './reference/program';

/** A network with every layer and widths that are no multiples of a vector. */
const PLAN: NetworkPlan = {
  inputs: 9,
  layers: [
    { type: 'dense', units: 13, bias: true, initialization: 'he' },
    { type: 'batchNorm', decay: 0.9, epsilon: 1e-5, affine: true },
    { type: 'relu' },
    { type: 'dense', units: 7, bias: true, initialization: 'he', maxNorm: 1 },
    { type: 'gelu', approximation: 'none' },
    { type: 'gelu', approximation: 'tanh' },
    { type: 'leakyRelu', slope: 0.1 },
    { type: 'elu', alpha: 1 },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 6, bias: true, initialization: 'he' },
    { type: 'tanh' },
    { type: 'sigmoid' },
    { type: 'dense', units: 5, bias: true, initialization: 'fanIn' },
    { type: 'softmax', labelSmoothing: 0.1 }
  ],
  seed: 7,
  precision: 'float32'
};
const ROWS = 11;

/**
 * Whether an engine trains a small network as the reference does: a compiler or a machine that computes wrongly
 * must not be chosen. Takes well below a millisecond.
 */
export function agreesWithReference(engine: Engine): boolean {
  const x = Float32Array.from({ length: ROWS * PLAN.inputs }, (_, i) => Math.sin(1 + 3 * i));
  const labels = Int32Array.from({ length: ROWS }, (_, i) => (i * i) % 5);
  const optimizer = { type: 'gradientDescent', learningRate: 0.1, weightDecay: 0 } as const;
  const [ours, theirs] = [engine, referenceEngine].map(candidate => {
    const program = candidate.compile(PLAN);
    const losses = [1, 2, 3].map(() => program.step(x, labels, ROWS, optimizer).loss);
    return [...losses, ...program.parameters.flatMap(({ values }) => Array.from(values))];
  });
  return ours.every((value, i) => Math.abs(value - theirs[i]) <= 1e-4 * (1 + Math.abs(theirs[i])));
}
