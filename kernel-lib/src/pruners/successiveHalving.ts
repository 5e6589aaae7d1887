import { knownOptions, rangeError } from '../errors';
import { count } from '../numeric/options';
import type { Direction, Trial } from '../trials/trial';
import type { PruneContext, Pruner } from './pruner';
import { lastStep, reportAt, reportedBy } from './reported';

/** Options of `pruners.successiveHalving`. */
export interface SuccessiveHalvingOptions {
  /**
   * Step of the lowest rung, a whole number >= 1; `'auto'`: a hundredth of the longest complete trial, and no
   * trial is stopped before one is complete. Default: `'auto'`.
   */
  minResource?: number | 'auto';
  /** One of so many trials climbs to the next rung, a whole number >= 2. Default: `4`. */
  reductionFactor?: number;
  /** So many of the lowest rungs are left out, a whole number >= 0. Default: `0`. */
  minEarlyStoppingRate?: number;
  /** So many trials must reach a rung before any climbs it, a whole number >= 0; 0 with `'auto'`. Default: `0`. */
  bootstrapCount?: number;
}

/** What a pruner remembers of a study: the values with which each trial reached its rungs, lowest first. */
interface Rungs {
  values: Map<number, number[]>;
  least?: number;
}

/**
 * Asynchronous successive halving: rung k lies at step `minResource * reductionFactor^(minEarlyStoppingRate + k)`.
 * A trial that reaches a rung goes on if its value is among the best `1 / reductionFactor` of all that did so
 * far, without waiting for others.
 *
 * What each trial brought to a rung is remembered while the study lives, and had from its reports for a study
 * that was loaded.
 *
 * @throws RangeError if an option is unknown or out of its domain.
 * @example
 * const pruner = pruners.successiveHalving({ minResource: 2, reductionFactor: 3 });
 * study({ space: { learningRate: scales.log(1e-4, 1) }, pruner })
 * @see Li et al. 2018, "A system for massively parallel hyperparameter tuning"; Optuna's SuccessiveHalvingPruner.
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Pruner {
  return halving(options, []);
}

/** Successive halving that takes what the trials with numbers `early` reported so far for no rung. */
export function halving(options: SuccessiveHalvingOptions, early: readonly number[]): Pruner {
  const where = 'pruners.successiveHalving';
  knownOptions(where, options, [
    'minResource',
    'reductionFactor',
    'minEarlyStoppingRate',
    'bootstrapCount'
  ]);
  const { minResource = 'auto' } = options;
  const fixed = minResource === 'auto' ? undefined : count(where, 'minResource', minResource);
  const factor = count(where, 'reductionFactor', options.reductionFactor ?? 4, 2);
  const skipped = count(where, 'minEarlyStoppingRate', options.minEarlyStoppingRate ?? 0, 0);
  const bootstrap = count(where, 'bootstrapCount', options.bootstrapCount ?? 0, 0);
  refuseBootstrap(where, 'minResource', fixed, bootstrap);
  const memory = new WeakMap<PruneContext['study'], Rungs>();
  return {
    name: 'successive halving',
    prune({ trial, trials, study }) {
      const step = lastStep(trial);
      const none = early.map(number => [number, []] as [number, number[]]);
      const rungs: Rungs = memory.get(study) ?? { values: new Map(none), least: fixed };
      memory.set(study, rungs);
      rungs.least ??= shortest(trials);
      const { least, values } = rungs;
      if (step === undefined) {
        return false;
      }
      if (least === undefined) {
        // Reports from before there were rungs belong to none.
        values.set(trial.number, []);
        return false;
      }
      const stepOf = (rung: number) => least * factor ** (skipped + rung);
      const reached = (other: Trial) => {
        const known = values.get(other.number) ?? rungsOf(other, stepOf, other === trial);
        values.set(other.number, known);
        return known;
      };
      const own = reached(trial);
      const value = reportAt(trial, step)!;
      while (step >= stepOf(own.length)) {
        if (Number.isNaN(value)) {
          return true;
        }
        const rung = own.length;
        own.push(value);
        const competing = trials
          .map(other => reached(other)[rung])
          .filter(other => other !== undefined);
        if (competing.length <= bootstrap || !climbs(value, competing, factor, study.direction)) {
          return true;
        }
      }
      return false;
    }
  };
}

/** @throws RangeError: a study cannot wait for trials at a rung whose step it does not know yet. */
export function refuseBootstrap(
  where: string,
  name: string,
  resource: number | undefined,
  bootstrap: number
): void {
  if (bootstrap > 0 && resource === undefined) {
    throw rangeError(
      where,
      `\`bootstrapCount\` needs a \`${name}\` that is a number`,
      `${name}='auto', bootstrapCount=${bootstrap}`,
      `Pass ${name} as a number of steps.`
    );
  }
}

/** The step of the lowest rung if none was given. */
function shortest(trials: readonly Trial[]): number | undefined {
  const longest = longestComplete(trials);
  return longest === undefined ? undefined : Math.max(1, Math.floor(longest / 100));
}

/** The last step of the longest complete trial; `undefined` while there is none. */
export function longestComplete(trials: readonly Trial[]): number | undefined {
  const steps = trials
    .filter(({ state }) => state === 'complete')
    .map(lastStep)
    .filter((step): step is number => step !== undefined);
  return steps.length === 0 ? undefined : steps.reduce((a, b) => Math.max(a, b));
}

/** The values with which a trial reached its rungs, from its reports; `before` leaves out the latest report. */
function rungsOf(trial: Trial, stepOf: (rung: number) => number, before: boolean): number[] {
  const reports = [...reportedBy(trial)];
  const values: number[] = [];
  for (const [step, value] of before ? reports.slice(0, -1) : reports) {
    while (step >= stepOf(values.length) && !Number.isNaN(value)) {
      values.push(value);
    }
  }
  return values;
}

/** Whether `value` is among the best 1 / factor of `competing`, the best one while these are less than one. */
function climbs(value: number, competing: number[], factor: number, direction: Direction): boolean {
  const last = Math.max(0, Math.floor(competing.length / factor) - 1);
  const sorted = competing.sort((a, b) => (direction === 'minimize' ? a - b : b - a));
  return direction === 'minimize' ? value <= sorted[last] : value >= sorted[last];
}
