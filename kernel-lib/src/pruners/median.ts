import { percentileRule, type PercentileOptions } from './percentile';
import type { Pruner } from './pruner';

/**
 * Stops a trial whose best value so far is worse than the median of what the complete trials reported at the
 * same step: `percentile(50)`.
 *
 * @throws RangeError if an option is unknown or out of its domain.
 * @example
 * study({ space: { learningRate: scales.log(1e-4, 1) }, pruner: pruners.median({ startupTrials: 5, warmupSteps: 10 }) })
 * @see Golovin et al. 2017, "Google Vizier", section 3.2; Optuna's MedianPruner.
 */
export function median(options: PercentileOptions = {}): Pruner {
  return percentileRule('median', 50, options);
}
