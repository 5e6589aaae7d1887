import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import { checkPruner, type Pruner } from './pruner';
import { bestOf, reportedBy } from './reported';

/** Options of `pruners.patient`. */
export interface PatientOptions {
  /** For so many steps more than one a trial may stand still, a whole number >= 0. */
  patience: number;
  /** What the best value must lose by to count as standing still, a number >= 0. Default: `0`. */
  minDelta?: number;
}

/**
 * Lets another pruner decide only once a trial stands still: the best of its last `patience + 1` values is worse
 * than its best before them, by more than `minDelta`. Without another pruner it stops the trial itself.
 *
 * @param pruner from `pruners.*`, or `null`
 * @throws RangeError if `pruner` is none, or `patience` or `minDelta` is out of its domain.
 * @example
 * study({ space: { learningRate: scales.log(1e-4, 1) }, pruner: pruners.patient(pruners.median(), { patience: 3 }) })
 * @see Optuna's PatientPruner.
 */
export function patient(pruner: Pruner | null, options: PatientOptions): Pruner {
  const where = 'pruners.patient';
  const inner = pruner === null ? null : checkPruner(where, pruner);
  knownOptions(where, options, ['patience', 'minDelta']);
  const patience = count(where, 'patience', options.patience, 0);
  const { minDelta = 0 } = options;
  if (typeof minDelta !== 'number' || !(minDelta >= 0 && minDelta < Infinity)) {
    throw rangeError(
      where,
      '`minDelta` must be a finite number >= 0',
      show(minDelta),
      'Leave it out to count every loss.'
    );
  }
  return {
    name: inner ? `patient ${inner.name}` : 'patient',
    prune(context) {
      const { direction } = context.study;
      const values = [...reportedBy(context.trial)].sort((a, b) => a[0] - b[0]).map(([, v]) => v);
      if (values.length <= patience + 1) {
        return false;
      }
      const before = bestOf(values.slice(0, -patience - 1), direction);
      const after = bestOf(values.slice(-patience - 1), direction);
      const still =
        direction === 'minimize' ? before + minDelta < after : before - minDelta > after;
      return still && (inner === null || inner.prune(context));
    }
  };
}
