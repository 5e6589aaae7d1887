import { backward, figures, forward, layers, optimizers, sequential, update } from 'tunelab';
import type { Figure, OptimizerPlan } from 'tunelab';

export const title = 'Paths of optimizers over the contours of a loss';

/** A long narrow valley, lowest at (0, 0). */
const loss = (x: number, y: number) => 0.05 * x * x + y * y;

/** The weights of a network of two weights, with the loss's gradient put in by hand before each step. */
function pathOf(optimizer: OptimizerPlan, steps: number): number[][] {
  const network = sequential([layers.dense(1, { bias: false })], { inputs: 2, seed: 1 });
  const [weights] = network.parameters;
  const batch = { x: [[0, 0]], y: [0] };
  weights.values.set([-9, 2]);
  const path = [Array.from(weights.values)];
  for (let step = 0; step < steps; step++) {
    forward(network, batch.x);
    backward(network, batch);
    const [x, y] = weights.values;
    weights.gradient!.set([0.1 * x, 2 * y]);
    update(network, { optimizer });
    path.push(Array.from(weights.values));
  }
  return path;
}

export async function example(): Promise<Figure> {
  return figures.optimizerPaths(
    loss,
    {
      'gradient descent': pathOf(optimizers.gradientDescent({ learningRate: 0.9 }), 40),
      momentum: pathOf(optimizers.momentum({ learningRate: 0.15, beta: 0.8 }), 40),
      Adam: pathOf(optimizers.adam({ learningRate: 0.5 }), 40)
    },
    { title: 'Forty steps into a narrow valley' }
  );
}
