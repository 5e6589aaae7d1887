import { hyperparametersOf, valueAt } from '../../trials/names';
import { valuesOf, type Trial } from '../../trials/trial';
import type { StudyView } from '../../trials/view';
import { axisLabel } from '../labels';
import { codeOf, variableNames } from './code';
import { STATES, type HyperparameterColumn, type ReportColumns, type TrialTable } from './table';

/** Reasons and notes are for hovering: a few lines of each, and of the last thousand trials that have one. */
const MOST_CHARACTERS = 200;
const MOST_TEXTS = 1000;

/** All that figures read of a study, as columns. */
export function tableOfStudy(study: StudyView): TrialTable {
  const { trials, space, name } = study;
  const variables = variableNames(study);
  const directions = study.directions ?? [study.direction];
  const length = trials.length;
  const several = directions.length > 1;
  const state = new Uint8Array(length);
  const number = new Float64Array(length);
  const values = directions.map(() => new Float64Array(length).fill(NaN));
  const order = new Map(STATES.map((one, i) => [one, i]));
  for (let row = 0; row < length; row++) {
    const trial = trials[row];
    number[row] = trial.number;
    state[row] = order.get(trial.state)!;
    const outcome = trial.state === 'complete' ? valuesOf(trial) : undefined;
    outcome?.forEach((value, i) => values[i] && (values[i][row] = value));
  }
  return {
    study: name,
    ...(variables && { variables }),
    directions,
    metrics: directions.map((_, i) => ({
      label: several ? `value[${i}]` : 'value',
      scale: 'linear'
    })),
    length,
    number,
    state,
    values,
    hyperparameters: hyperparametersOf(space).map(one => columnOf(one, trials)),
    ...timesOf(trials),
    ...workersOf(trials),
    ...reportsOf(trials),
    ...textsOf('errors', trials, ({ error }) => error),
    ...textsOf('notes', trials, ({ note }) => note)
  };
}

function columnOf(
  { name, path, value: scale }: ReturnType<typeof hyperparametersOf>[number],
  trials: readonly Trial[]
): HyperparameterColumn {
  const values = new Float64Array(trials.length);
  for (let row = 0; row < trials.length; row++) {
    // A stored study may hold trials from before a hyperparameter was added, or its scale changed.
    const value = valueAt(trials[row].config, path);
    values[row] = value !== undefined && scale.contains(value) ? scale.toNumber(value) : NaN;
  }
  return { name, axis: scale.axis(axisLabel(name)), code: codeOf(scale), values };
}

/** Seconds since the first trial began, to the millisecond. A trial that waits has not begun, and 0 stands for an unknown time. */
function timesOf(trials: readonly Trial[]): Pick<TrialTable, 'started' | 'ended'> {
  const began = (trial: Trial) => trial.state !== 'waiting' && trial.started > 0;
  const first = trials.reduce((low, one) => (began(one) ? Math.min(low, one.started) : low), Infinity); // prettier-ignore
  if (first === Infinity) {
    return {};
  }
  const seconds = (time: number | null) => (time ? Math.round(time - first) / 1000 : NaN);
  return {
    started: Float64Array.from(trials, one => (began(one) ? seconds(one.started) : NaN)),
    ended: Float64Array.from(trials, one => (began(one) ? seconds(one.ended) : NaN))
  };
}

/** Who ran the trials, where the objective or the study's storage wrote it down as attribute `worker`. */
function workersOf(trials: readonly Trial[]): Pick<TrialTable, 'worker' | 'workers'> {
  const workers = new Map<string, number>();
  const worker = Float64Array.from(trials, ({ attributes }) => {
    const id = attributes.worker;
    if (typeof id !== 'string' && typeof id !== 'number') {
      return NaN;
    }
    const name = String(id).slice(0, MOST_CHARACTERS);
    workers.set(name, workers.get(name) ?? workers.size);
    return workers.get(name)!;
  });
  return workers.size > 0 ? { worker, workers: [...workers.keys()] } : {};
}

function reportsOf(trials: readonly Trial[]): { reports?: ReportColumns } {
  const count = trials.reduce((sum, { reports }) => sum + reports.length, 0);
  if (count === 0) {
    return {};
  }
  const row = new Uint32Array(count);
  const step = new Float64Array(count);
  const value = new Float64Array(count);
  let at = 0;
  trials.forEach(({ reports }, i) => {
    for (const report of reports) {
      row[at] = i;
      step[at] = report[0];
      value[at++] = report[1];
    }
  });
  return { reports: { row, step, value } };
}

function textsOf<Key extends 'errors' | 'notes'>(
  key: Key,
  trials: readonly Trial[],
  textOf: (trial: Trial) => string | undefined
): { [K in Key]?: Record<number, string> } {
  const texts: Record<number, string> = {};
  let left = MOST_TEXTS;
  for (let row = trials.length - 1; row >= 0 && left > 0; row--) {
    const text = textOf(trials[row]);
    if (text) {
      texts[row] = text.slice(0, MOST_CHARACTERS);
      left--;
    }
  }
  return (left < MOST_TEXTS ? { [key]: texts } : {}) as { [K in Key]?: Record<number, string> };
}
