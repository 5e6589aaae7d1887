import { knownOptions, rangeError, show } from '../errors';
import { count, flag, positive } from '../numeric/options';
import type { DensePlan, Initialization } from '../wasm/engine';

const NAMES = ['fanIn', 'he', 'xavier', 'leCun'];
const PLANS = [...NAMES, 'normal', 'uniform', 'constant'];

/** Options of `layers.dense`. */
export interface DenseOptions {
  /**
   * Whether a bias b is added. `'auto'`: yes, but for a layer with batch norm right after it, as in the lecture: the mean
   * takes b away, its gradient is 0, and beta does its work. `true` keeps it there all the same, to show that, or to
   * have the parameters of PyTorch and Keras, whose default it is. Default: `'auto'`.
   */
  bias?: boolean | 'auto';
  /**
   * How the weights begin: a name or one of `initializations.*`. `'fanIn'`: uniform in ±1/√inputs, weights and bias, as
   * PyTorch's `nn.Linear`. The others leave the bias at 0: `'he'`, normal with variance 2/inputs, made for ReLU;
   * `'xavier'`, normal with variance 2/(inputs + units), for tanh and sigmoid; `'leCun'`, normal with variance 1/inputs.
   * Default: `'fanIn'`.
   */
  initialization?: Initialization;
  /** Longest that the weights into one unit may be, > 0: after each update longer ones are shortened to it. Default: no limit. */
  maxNorm?: number;
}

/**
 * A fully connected layer: `z = x W + b`, shapes (rows, inputs) x (inputs, units) + (units) -> (rows, units).
 *
 * @param units how many units it has, a whole number >= 1
 * @throws RangeError if `units` is not such a number, `maxNorm` is not > 0, the initialization or an option is unknown.
 * @example sequential([layers.dense(32), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see lecture, "Fitting Batch Norm into a neural network": the step that computes Z; max-norm: Srivastava et al. 2014.
 */
export function dense(units: number, options: DenseOptions = {}): DensePlan {
  const where = 'layers.dense';
  knownOptions(where, options, ['bias', 'initialization', 'maxNorm']);
  const { bias = 'auto', initialization = 'fanIn', maxNorm } = options;
  const plan = {
    type: 'dense',
    units: count(where, 'units', units),
    bias: bias === 'auto' ? bias : flag(where, 'bias', bias),
    initialization: checkInitialization(where, initialization)
  } as const;
  return maxNorm === undefined ? plan : { ...plan, maxNorm: positive(where, 'maxNorm', maxNorm) };
}

/** @throws RangeError unless `how` is a name or comes from `initializations.*`. */
function checkInitialization(where: string, how: Initialization): Initialization {
  const known = typeof how === 'string' ? NAMES.includes(how) : PLANS.includes(how?.type);
  if (!known) {
    throw rangeError(
      where,
      "`initialization` must be 'fanIn', 'he', 'xavier', 'leCun' or one of `initializations.*`",
      show(how),
      "Use 'he' in front of ReLU, 'xavier' in front of tanh and sigmoid, 'fanIn' elsewhere."
    );
  }
  return how;
}
