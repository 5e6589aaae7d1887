import type { Mode, NetworkPlan } from './engine';

export type Loss = 'crossEntropy' | 'logistic' | 'meanSquaredError';

/** The loss that a network is trained by follows from its last layer. */
export function lossOf({ layers }: Pick<NetworkPlan, 'layers'>): Loss {
  const { type } = layers[layers.length - 1];
  return type === 'softmax' ? 'crossEntropy' : type === 'sigmoid' ? 'logistic' : 'meanSquaredError';
}

/** How many learned numbers a plan has: the length of its contiguous parameter memory. */
export function learnedNumbers(plan: NetworkPlan): number {
  let width = plan.inputs;
  let total = 0;
  for (const layer of plan.layers) {
    if (layer.type === 'dense') {
      total += width * layer.units + (layer.bias ? layer.units : 0);
      width = layer.units;
    } else if (layer.type === 'batchNorm' && layer.affine) {
      total += 2 * width;
    }
  }
  return total;
}

/** What every engine's `backward` asks first. @throws Error after a forward pass in test mode. */
export function checkTrainMode(mode: Mode): void {
  if (mode === 'test') {
    throw new Error(
      'backward: gradients need a forward pass in train mode, but the last one was in test mode.\n' +
        "Call forward(x, rows, 'train') first: in test mode batch norm does not depend on the batch."
    );
  }
}
