import { knownOptions, rangeError, show } from '../errors';
import { crc32 } from '../numeric/crc32';
import { count } from '../numeric/options';
import type { PruneContext, Pruner } from './pruner';
import { halving, longestComplete, refuseBootstrap } from './successiveHalving';

/** Options of `pruners.hyperband`. */
export interface HyperbandOptions {
  /** Step of the lowest rung, a whole number >= 1. Default: `1`. */
  minResource?: number;
  /**
   * How many steps a trial makes that nobody stops, a whole number >= `minResource`; `'auto'`: what the first
   * complete trials made, and no trial is stopped before. Default: `'auto'`.
   */
  maxResource?: number | 'auto';
  /** One of so many trials climbs to the next rung, a whole number >= 2. Default: `3`. */
  reductionFactor?: number;
  /** So many trials must reach a rung before any climbs it, a whole number >= 0; 0 with `'auto'`. Default: `0`. */
  bootstrapCount?: number;
}

/** What is remembered of a study: its brackets, once their number is known, and the trials from before. */
interface Memory {
  early: Set<number>;
  brackets?: Brackets;
}

/** Successive halvings from different lowest rungs, and how many of `total` trials each gets. */
interface Brackets {
  pruners: Pruner[];
  budgets: number[];
  total: number;
  /** The bracket of each trial asked about so far, by number: all are looked at after each report. */
  known: number[];
}

/**
 * Hyperband: several successive halvings beside each other, of which bracket s leaves out the s lowest rungs. Where
 * early values say little of late ones, the brackets that stop late find what the others lose. The trial's number
 * and the study's name say to which bracket it belongs.
 *
 * @throws RangeError if an option is unknown or out of its domain.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, pruner: pruners.hyperband({ maxResource: 81 }) })
 * @see Li et al. 2018, "Hyperband"; Optuna's HyperbandPruner.
 */
export function hyperband(options: HyperbandOptions = {}): Pruner {
  const where = 'pruners.hyperband';
  knownOptions(where, options, ['minResource', 'maxResource', 'reductionFactor', 'bootstrapCount']);
  const minResource = count(where, 'minResource', options.minResource ?? 1);
  const { maxResource = 'auto' } = options;
  const fixed = maxResource === 'auto' ? undefined : count(where, 'maxResource', maxResource);
  const reductionFactor = count(where, 'reductionFactor', options.reductionFactor ?? 3, 2);
  const bootstrapCount = count(where, 'bootstrapCount', options.bootstrapCount ?? 0, 0);
  refuseBootstrap(where, 'maxResource', fixed, bootstrapCount);
  if (fixed !== undefined && fixed < minResource) {
    throw rangeError(
      where,
      '`minResource <= maxResource` must hold',
      `minResource=${minResource}, maxResource=${show(fixed)}`,
      'Pass as maxResource how many steps a whole trial makes.'
    );
  }

  function makeBrackets(most: number, early: readonly number[]): Brackets {
    const ratio = Math.log(most / minResource) / Math.log(reductionFactor);
    const n = Math.max(1, Math.floor(ratio) + 1);
    const indices = Array.from({ length: n }, (_, bracket) => bracket);
    const budgets = indices.map(bracket =>
      Math.ceil((n * reductionFactor ** (n - 1 - bracket)) / (n - bracket))
    );
    const pruners = indices.map(minEarlyStoppingRate =>
      halving({ minResource, reductionFactor, minEarlyStoppingRate, bootstrapCount }, early)
    );
    const total = budgets.reduce((sum, budget) => sum + budget);
    return { pruners, budgets, total, known: [] };
  }

  const memories = new WeakMap<PruneContext['study'], Memory>();
  return {
    name: 'hyperband',
    prune({ trial, trials, study }) {
      const memory: Memory = memories.get(study) ?? { early: new Set() };
      memories.set(study, memory);
      if (!memory.brackets) {
        const longest = longestComplete(trials);
        const most = fixed ?? (longest === undefined ? undefined : longest + 1);
        if (most === undefined) {
          memory.early.add(trial.number);
          return false;
        }
        memory.brackets = makeBrackets(most, [...memory.early]);
      }
      const { budgets, pruners, total, known } = memory.brackets;
      const find = (number: number) => {
        let rest = crc32(`${study.name}_${number}`) % total;
        return budgets.findIndex(budget => (rest -= budget) < 0);
      };
      const bracketOf = (number: number) => (known[number] ??= find(number));
      const own = bracketOf(trial.number);
      const others = trials.filter(({ number }) => bracketOf(number) === own);
      return pruners[own].prune({ trial, trials: others, study });
    }
  };
}
