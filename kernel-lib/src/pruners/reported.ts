import type { Direction, Trial } from '../trials/trial';

/** What a trial reported, one value for each step: what is reported again for the same step does not count. */
export function reportedBy(trial: Trial): Map<number, number> {
  const values = new Map<number, number>();
  for (const [step, value] of trial.reports) {
    if (!values.has(step)) {
      values.set(step, value);
    }
  }
  return values;
}

/** The value at one step, `undefined` if the trial reported none there. */
export function reportAt(trial: Trial, step: number): number | undefined {
  return trial.reports.find(report => report[0] === step)?.[1];
}

/** The largest step that a trial reported, `undefined` without a report. */
export function lastStep(trial: Trial): number | undefined {
  return trial.reports.reduce<number | undefined>(
    (last, [step]) => (last === undefined || step > last ? step : last),
    undefined
  );
}

/** The best of some values, NaN left out; NaN if there is no other. */
export function bestOf(values: Iterable<number>, direction: Direction): number {
  let best = NaN;
  for (const value of values) {
    if (Number.isNaN(best) || (direction === 'minimize' ? value < best : value > best)) {
      best = value;
    }
  }
  return best;
}

/**
 * Whether `step` is the first that was reported in its interval: pruners look once in `interval` steps after the
 * warm-up, also when the objective reports at irregular steps.
 */
export function firstInInterval(
  trial: Trial,
  step: number,
  warmup: number,
  interval: number
): boolean {
  const begin = Math.floor((step - warmup) / interval) * interval + warmup;
  return trial.reports.every(([other]) => other === step || other < begin);
}
