/** How weights begin, as `initializations.*`: for `initialization` of `layers.dense`. */
import { knownOptions, rangeError, show } from '../errors';
import { finite, nonNegative } from '../numeric/options';
import type { InitializationPlan } from '../wasm/engine';

/** Options of `initializations.he`, `xavier` and `leCun`. */
export interface ScaledOptions {
  /** Normal, or uniform in ±√(3 variance). Default: `'normal'`. */
  distribution?: 'normal' | 'uniform';
}

function scaled(type: 'he' | 'xavier' | 'leCun', options: ScaledOptions): InitializationPlan {
  const where = `initializations.${type}`;
  knownOptions(where, options, ['distribution']);
  const { distribution = 'normal' } = options;
  if (distribution !== 'normal' && distribution !== 'uniform') {
    throw rangeError(
      where,
      "`distribution` must be 'normal' or 'uniform'",
      show(distribution),
      'Both have the same variance; leave it out for normal.'
    );
  }
  return { type, distribution };
}

/**
 * Weights and bias uniform in ±1/√inputs: how PyTorch's `nn.Linear` begins.
 * @example layers.dense(32, { initialization: initializations.fanIn() }) // the default
 */
export function fanIn(): InitializationPlan {
  return { type: 'fanIn' };
}

/**
 * Variance 2/inputs, which keeps the size of activations from layer to layer with ReLU; bias 0.
 * @throws RangeError for another distribution or an unknown option.
 * @example layers.dense(32, { initialization: initializations.he({ distribution: 'uniform' }) })
 * @see He et al. 2015; `torch.nn.init.kaiming_normal_`, `kaiming_uniform_` with nonlinearity 'relu'.
 */
export function he(options: ScaledOptions = {}): InitializationPlan {
  return scaled('he', options);
}

/**
 * Variance 2/(inputs + units), a compromise between activations on the way up and gradients on the way down; bias 0.
 * @throws RangeError for another distribution or an unknown option.
 * @example layers.dense(32, { initialization: initializations.xavier() }) // for tanh and sigmoid
 * @see Glorot and Bengio 2010; `torch.nn.init.xavier_normal_`, `xavier_uniform_`.
 */
export function xavier(options: ScaledOptions = {}): InitializationPlan {
  return scaled('xavier', options);
}

/**
 * Variance 1/inputs; bias 0.
 * @throws RangeError for another distribution or an unknown option.
 * @example layers.dense(32, { initialization: initializations.leCun() })
 * @see LeCun, Bottou, Orr and Müller 1998.
 */
export function leCun(options: ScaledOptions = {}): InitializationPlan {
  return scaled('leCun', options);
}

/** Options of `initializations.normal`. */
export interface NormalOptions {
  /** Default: `0`. */
  mean?: number;
  /** Standard deviation, >= 0. Default: `1`. */
  deviation?: number;
}

/**
 * Weights from a normal distribution, whatever the widths; bias 0.
 * @throws RangeError if a number is not finite, `deviation` is negative, or an option is unknown.
 * @example layers.dense(32, { initialization: initializations.normal({ deviation: 0.01 }) })
 * @see defaults as `torch.nn.init.normal_`.
 */
export function normal(options: NormalOptions = {}): InitializationPlan {
  const where = 'initializations.normal';
  knownOptions(where, options, ['mean', 'deviation']);
  return {
    type: 'normal',
    mean: finite(where, 'mean', options.mean ?? 0),
    deviation: nonNegative(where, 'deviation', options.deviation ?? 1)
  };
}

/**
 * Weights uniform in [low, high), whatever the widths; bias 0.
 * @param low default: `0`
 * @param high above low; default: `1`
 * @throws RangeError if a bound is not finite or `low < high` does not hold.
 * @example layers.dense(32, { initialization: initializations.uniform(-0.05, 0.05) })
 * @see defaults as `torch.nn.init.uniform_`.
 */
export function uniform(low = 0, high = 1): InitializationPlan {
  const where = 'initializations.uniform';
  finite(where, 'low', low);
  if (finite(where, 'high', high) <= low) {
    throw rangeError(
      where,
      '`low < high` must hold',
      `low=${low}, high=${high}`,
      'For weights that are all alike use initializations.constant.'
    );
  }
  return { type: 'uniform', low, high };
}

/**
 * All weights the same; bias 0. With it the units of a hidden layer stay alike for ever: a lesson, not a method.
 * @throws RangeError if `value` is not finite.
 * @example layers.dense(10, { initialization: initializations.constant(0) }) // softmax regression may begin at 0
 */
export function constant(value: number): InitializationPlan {
  return { type: 'constant', value: finite('initializations.constant', 'value', value) };
}
