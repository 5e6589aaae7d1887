import type { NetworkPlan } from './engine';

/** How many learned numbers a plan has: the length of its contiguous parameter memory. */
export function learnedNumbers(plan: NetworkPlan): number {
  let width = plan.inputs;
  let total = 0;
  for (const layer of plan.layers) {
    if (layer.type === 'dense') {
      total += width * layer.units + (layer.bias ? layer.units : 0);
      width = layer.units;
    } else if (layer.type === 'batchNorm') {
      total += 2 * width;
    }
  }
  return total;
}
