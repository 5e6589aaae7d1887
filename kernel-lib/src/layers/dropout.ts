import { knownOptions } from '../errors';
import { fraction } from '../numeric/options';
import { checkSeed } from '../numeric/rng';
import type { DropoutPlan } from '../wasm/engine';

/** Options of `layers.dropout`. */
export interface DropoutOptions {
  /** Seed of the masks. Default: the network's. */
  seed?: number;
}

/**
 * Dropout: in training each unit of each example becomes 0 with probability `rate`, and the others are divided by
 * 1 - rate, so that the expected value stays (inverted dropout); at test time nothing happens. Shapes stay as they
 * are. Every step draws a new mask, which depends only on the seed, the layer's place and the number of updates so far.
 *
 * @param rate share of the units that are dropped, in [0, 1). Default: `0.5`
 * @throws RangeError if `rate` is outside [0, 1), `seed` is no seed, or an option is unknown.
 * @example sequential([layers.dense(32), layers.relu(), layers.dropout(0.2), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see Srivastava et al. 2014; default as PyTorch's `Dropout`.
 */
export function dropout(rate = 0.5, options: DropoutOptions = {}): DropoutPlan {
  const where = 'layers.dropout';
  knownOptions(where, options, ['seed']);
  fraction(
    where,
    'rate',
    rate,
    'It is the share of units that are dropped: 0.5 drops half of them.'
  );
  const { seed } = options;
  return seed === undefined
    ? { type: 'dropout', rate }
    : { type: 'dropout', rate, seed: checkSeed(where, seed) };
}
