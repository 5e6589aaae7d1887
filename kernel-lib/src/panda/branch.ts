import { programOf, restoreSteps, sequential, type Network } from '../training/network';
import type { Variant } from '../wasm/engine';
import type { Snapshot } from './format';
import type { Prepared } from './options';

/**
 * What a run needs that goes on from a snapshot of another: a copy of its network, and the same data and options.
 * @param before mini-batches that the network had learned from when the other run began
 */
export function branchOf(
  { layers, inputs, precision, seed, engine }: Network,
  before: number,
  prepared: Prepared,
  name: string,
  { tick, place, settings, state }: Snapshot
): { network: Network; prepared: Prepared } {
  const variant = engine as Variant;
  const network = sequential(layers, { inputs, precision, seed, variant });
  programOf(network).restoreState(state);
  restoreSteps(network, before + place.step);
  const start = { ...prepared.start, name, branch: { tick, place }, settings, state };
  return { network, prepared: { ...prepared, start } };
}
