import { liesIn } from '../study/space';
import { hyperparametersOf, namedValuesOf, namesOf, valueAt } from '../trials/names';
import type { Direction, Trial } from '../trials/trial';
import type { Space, StudyView } from '../trials/view';

/** A configuration of the old study that is tried anew. */
export interface Probe {
  /** Number of the old trial; of several with this configuration the first. */
  trial: number;
  config: Readonly<Record<string, unknown>>;
  /** Its old value, the mean if it was tried several times. */
  before: number;
}

/** The configuration as a text, by which equal ones are known. */
export const keyOf = (config: object) =>
  JSON.stringify(
    namedValuesOf(config)
      .map(({ name, value }) => [name, value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  );

/** Mean value of each configuration of a study that was tried to its end, in the order of first trials. */
export function meanValues(trials: readonly Trial[]): Map<string, { trial: Trial; mean: number }> {
  const found = new Map<string, { trial: Trial; values: number[] }>();
  for (const trial of trials) {
    if (trial.state === 'complete' && trial.value !== null) {
      const key = keyOf(trial.config);
      const entry = found.get(key) ?? { trial, values: [] };
      found.set(key, entry);
      entry.values.push(trial.value);
    }
  }
  return new Map(
    [...found].map(([key, { trial, values }]) => [
      key,
      { trial, mean: values.reduce((sum, value) => sum + value) / values.length }
    ])
  );
}

/** Configurations that differ by less than this share of every scale are taken for one. */
const NEAR = 0.02;

/**
 * The configurations that tell most about the old study with few trials: its best; for half of the others the next
 * best that are not nearly the same, as challengers; and half spread evenly over the ranking, without which there is
 * no correlation to be seen.
 */
export function chooseProbes(
  { trials, direction }: Pick<StudyView, 'trials' | 'direction'>,
  space: Space,
  count: number
): Probe[] {
  const ranked = [...meanValues(trials).values()]
    .filter(({ trial }) => fits(space, trial.config))
    .map(({ trial, mean }) => ({ trial: trial.number, config: trial.config, before: mean }))
    .sort((a, b) => signOf(direction) * (a.before - b.before) || a.trial - b.trial);
  // Searches end with many trials around their best.
  const different: Probe[] = [];
  for (const probe of ranked) {
    if (!different.some(other => near(space, other.config, probe.config))) {
      different.push(probe);
    }
  }
  if (different.length <= count) {
    return different;
  }
  const head = 1 + Math.floor((count - 1) / 2);
  const rest = count - head;
  const places = Array.from({ length: rest }, (_, i) =>
    Math.round(head + ((i + 1) * (different.length - 1 - head)) / rest)
  );
  return [...different.slice(0, head), ...places.map(place => different[place])];
}

function near(space: Space, a: Probe['config'], b: Probe['config']): boolean {
  return hyperparametersOf(space).every(({ path, value: scale }) => {
    const [one, other] = [valueAt(a, path), valueAt(b, path)];
    return (
      one === other ||
      (one !== undefined &&
        other !== undefined &&
        scale.size === Infinity &&
        Math.abs(scale.toUnit(one) - scale.toUnit(other)) < NEAR)
    );
  });
}

/** 1 if small is good. */
export const signOf = (direction: Direction) => (direction === 'minimize' ? 1 : -1);

/** Whether a configuration could have been made in the space, with nothing left over. */
function fits(space: Space, config: object): boolean {
  const names = namesOf(space);
  return namedValuesOf(config).every(({ name }) => names.includes(name)) && liesIn(space, config);
}
