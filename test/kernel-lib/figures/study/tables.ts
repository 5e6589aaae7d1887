import { scales } from 'tunelab';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { Trial } from 'tunelab/dist/trials/trial';
import type { StudyView } from 'tunelab/dist/trials/view';

/** What a trial came to: its value, or the state in which it ended without one. */
export type Came = number | readonly number[] | Trial['state'];

/** A study whose trials came to these, one second each, one after the other. */
export function studyOf(came: readonly Came[], changes: Partial<StudyView> = {}): StudyView {
  const trials = came.map((one, number): Trial => {
    const state = typeof one === 'string' ? one : 'complete';
    return {
      number,
      state,
      config: { x: number / 10 },
      value: typeof one === 'number' ? one : null,
      ...(typeof one === 'object' && { values: one }),
      reports: [],
      attributes: {},
      ...(state === 'failed' && { error: `loss is NaN in trial ${number}` }),
      seed: number,
      started: 1000 * (number + 1),
      ended: state === 'running' || state === 'waiting' ? null : 1000 * (number + 2)
    };
  });
  return {
    name: 's',
    direction: 'minimize',
    space: { x: scales.linear(0, 10) },
    trials,
    ...changes
  };
}

/** The same study with other fields for some of its trials, by number. */
export function changed(
  study: StudyView,
  changes: Readonly<Record<number, Partial<Trial>>>
): StudyView {
  return { ...study, trials: study.trials.map(one => ({ ...one, ...changes[one.number] })) };
}

export const tableOf = (came: readonly Came[], changes: Partial<StudyView> = {}): TrialTable =>
  tableOfStudy(studyOf(came, changes));
