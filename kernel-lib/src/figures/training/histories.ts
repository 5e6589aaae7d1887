/** Histories of training as curves: read from what `fit` returned, or from JSON. */
import { show, typeError } from '../../errors';
import type { RunEpoch } from '../../panda/format';
import type { EpochRecord, History } from '../../training/history';

export type Metric = 'loss' | 'accuracy' | 'error';

export const READERS: Record<
  Metric,
  Record<'train' | 'dev', (record: EpochRecord) => number | undefined>
> = {
  loss: { train: record => record.loss, dev: record => record.devLoss },
  accuracy: { train: record => record.accuracy, dev: record => record.devAccuracy },
  error: {
    train: record => 1 - record.accuracy,
    dev: record => (record.devAccuracy === undefined ? undefined : 1 - record.devAccuracy)
  }
};

/** JSON has no NaN and writes null: the accuracy of a regression, say. */
const fromJson = (record: EpochRecord): EpochRecord =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, value === null ? NaN : value])
  ) as never;

function isHistory(value: unknown): value is History {
  return (
    typeof value === 'object' &&
    value !== null &&
    Array.isArray((value as Partial<History>).epochs) &&
    (value as Partial<History>).stepLosses !== undefined
  );
}

/** @throws TypeError unless it is a history, or an object of histories by name. */
export function readHistories(where: string, input: unknown): [name: string, history: History][] {
  if (isHistory(input)) {
    return [['', input]];
  }
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const odd = entries.find(([, history]) => !isHistory(history));
  if (entries.length === 0 || odd) {
    throw typeError(
      where,
      'the input must be a history or an object of histories by name',
      odd ? `${odd[0]}=${show(odd[1])}` : show(input),
      'Pass what `fit` returned, or { small: historyA, large: historyB }.'
    );
  }
  return entries as [string, History][];
}

/** A metric of the epochs that have it, and which of them those are. */
export function metricOf(
  { epochs }: History,
  metric: Metric,
  set: 'train' | 'dev'
): { records: EpochRecord[]; values: Float64Array } {
  const found = epochs.flatMap(record => {
    const value = READERS[metric][set](fromJson(record));
    return value === undefined ? [] : [{ record, value }];
  });
  return {
    records: found.map(({ record }) => record),
    values: Float64Array.from(found, ({ value }) => value)
  };
}

/** Losses of the mini-batches: stored as JSON, a typed array is an object and NaN is null. */
export function stepLossesOf({ stepLosses }: History): Float64Array {
  return stepLosses instanceof Float32Array
    ? new Float64Array(stepLosses)
    : Float64Array.from(Object.values<number | null>(stepLosses), loss => loss ?? NaN);
}

/** How many mini-batches there were. */
export function stepCount({ stepLosses }: History): number {
  return (stepLosses.length as number | undefined) ?? Object.keys(stepLosses).length;
}

/** At which step each of some epochs ended. */
export function stepsOf(
  history: History,
  losses: Float64Array,
  records: readonly EpochRecord[]
): Float64Array {
  const perEpoch = stepsPerEpoch(history, losses);
  return Float64Array.from(
    records,
    record => (record as Partial<RunEpoch>).tick ?? record.epoch * perEpoch
  );
}

/**
 * Steps in an epoch. They divide all steps unless training ended within one; then several numbers are possible, and
 * the one is taken whose mean loss over the first epoch is nearest to the recorded one.
 */
function stepsPerEpoch({ epochs, ended }: History, losses: Float64Array): number {
  const most = losses.length / epochs.length;
  if (ended === 'complete' || ended === 'early' || epochs.length === 0) {
    return most;
  }
  const least = Math.floor(losses.length / (epochs.length + 1)) + 1;
  let [best, nearest, sum] = [Math.floor(most), Infinity, 0];
  for (let steps = 1; steps <= most; steps++) {
    sum += losses[steps - 1];
    const off = Math.abs(sum / steps - epochs[0].loss);
    if (steps >= least && off < nearest) {
      [best, nearest] = [steps, off];
    }
  }
  return best;
}
