import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import type { FloatArray, Program } from '../wasm/engine';
import type { EpochRecord } from './history';

/** When `fit` ends training because it no longer improves. */
export interface EarlyStoppingOptions {
  /** Epochs without improvement after which training ends, a whole number >= 1. Default: `5`. */
  patience?: number;
  /** Least change that counts as an improvement, >= 0. Default: `0`. */
  minimumChange?: number;
  /** Whether the network gets the parameters of its best epoch back. Default: `false`. */
  restoreBest?: boolean;
  /** What is watched. Default: `'devLoss'` with a dev set, else `'loss'`. */
  monitor?: 'loss' | 'accuracy' | 'devLoss' | 'devAccuracy';
}

const MONITORS = ['loss', 'accuracy', 'devLoss', 'devAccuracy'] as const;

/** Watches the records of epochs. */
export interface EarlyStopping {
  readonly bestEpoch: number | undefined;
  /** Whether training should end after this epoch. */
  after(record: EpochRecord): boolean;
  /** Called once at the end, however training ended by itself. */
  end(): void;
}

/** @throws RangeError if an option is out of range, or a dev set is asked for and there is none. */
export function createEarlyStopping(
  options: EarlyStoppingOptions,
  program: Program,
  hasDev: boolean
): EarlyStopping {
  const where = 'fit (earlyStopping)';
  knownOptions(where, options, ['patience', 'minimumChange', 'restoreBest', 'monitor']);
  const { minimumChange = 0, restoreBest = false } = options;
  const patience = count(where, 'patience', options.patience ?? 5);
  const monitor = options.monitor ?? (hasDev ? 'devLoss' : 'loss');
  if (!(minimumChange >= 0 && minimumChange < Infinity)) {
    throw rangeError(where, '`minimumChange` must be a finite number >= 0', show(minimumChange), 'Leave it out for 0.'); // prettier-ignore
  }
  if (!MONITORS.includes(monitor) || (monitor.startsWith('dev') && !hasDev)) {
    throw rangeError(
      where,
      `\`monitor\` must be one of ${MONITORS.join(', ')}, and \`dev\` be given for the last two`,
      `${show(monitor)}${hasDev ? '' : ' without `dev`'}`,
      'Pass dev: data.dev to fit.'
    );
  }
  const sign = monitor.endsWith('ccuracy') ? -1 : 1;
  let best = Infinity;
  let bestEpoch: number | undefined;
  let kept: FloatArray[] | undefined;
  let waited = 0;
  return {
    get bestEpoch() {
      return bestEpoch;
    },
    after(record) {
      const value = sign * record[monitor]!;
      if (value < best - (bestEpoch === undefined ? 0 : minimumChange)) {
        [best, bestEpoch, waited] = [value, record.epoch, 0];
        kept = restoreBest ? program.parameters.map(({ values }) => values.slice()) : undefined;
        return false;
      }
      waited++;
      return waited >= patience;
    },
    end() {
      program.parameters.forEach(({ values }, i) => kept && values.set(kept[i]));
    }
  };
}
