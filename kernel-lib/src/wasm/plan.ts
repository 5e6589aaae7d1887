import { rangeError } from '../errors';
import type { FloatArray, Mode, NetworkPlan, Parameter, ProgramState } from './engine';

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

/** Share of the truth that the last layer spreads over all classes. */
export function labelSmoothingOf({ layers }: NetworkPlan): number {
  const last = layers[layers.length - 1];
  return last.type === 'softmax' ? last.labelSmoothing : 0;
}

/**
 * What gradients are multiplied by so that their norm is at most `limit`. The 1e-6 is of
 * `torch.nn.utils.clip_grad_norm_`: norms just above the limit end a little below it.
 */
export function clipFactor(limit: number, squaredNorm: number): number {
  return Math.min(1, limit / (Math.sqrt(squaredNorm) + 1e-6));
}

/** @throws RangeError unless the layer with this number drops units. */
export function checkDropoutLayer({ layers }: NetworkPlan, layer: number): void {
  if (layers[layer]?.type !== 'dropout') {
    throw rangeError(
      'setDropoutMask',
      '`layer` must be the place of a dropout layer, counted from 0',
      `${layer}, ${layers[layer] ? `which is ${layers[layer].type}` : 'where none is'}`,
      `The layers are ${layers.map(({ type }) => type).join(', ')}.`
    );
  }
}

/** What `restoreState` of every engine asks first. @throws RangeError for the state of another network. */
export function checkState(parameters: readonly Parameter[], state: ProgramState): void {
  const lengths = (arrays: readonly FloatArray[]) => arrays.map(({ length }) => length).join(', ');
  const [ours, theirs] = [
    lengths(parameters.map(({ values }) => values)),
    lengths(state.parameters)
  ];
  if (ours !== theirs) {
    throw rangeError(
      'restoreState',
      `a state must have this network's parameters, of lengths ${ours}`,
      `lengths ${theirs}`,
      'Restore it into a network with the layers of the one that saved it.'
    );
  }
}
