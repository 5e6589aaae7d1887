/** The trials of a study as columns: what every figure of a study is drawn from, in the kernel and in the page. */
import type { Axis } from '../../scales/axis';
import type { Direction, TrialState } from '../../trials/trial';
import type { Numbers } from '../scene/scene';
import type { ScaleCode, VariableNames } from './code';

/** In this order the column `state` counts them. */
export const STATES: readonly TrialState[] = ['waiting', 'running', 'complete', 'pruned', 'failed'];

/** One hyperparameter of all trials. */
export interface HyperparameterColumn {
  /** With dots where it stands in groups. */
  name: string;
  axis: Axis;
  /** How its scale is written. */
  code?: ScaleCode;
  /** In its own units, on a category axis the index; NaN where it does not exist or has no place on its scale. */
  values: Numbers;
}

/** What trials reported while they ran: one row for each report, those of a trial together and in their order. */
export interface ReportColumns {
  /** Row of the trial in the table. */
  row: Numbers;
  step: Numbers;
  value: Numbers;
}

export interface TrialTable {
  study: string;
  /** What the notebook calls it, and its objective. */
  variables?: VariableNames;
  directions: readonly Direction[];
  /** One axis for each objective. */
  metrics: readonly Axis[];
  /** How many trials. All columns of trials have this length. */
  length: number;
  /** Numbers of the trials. */
  number: Numbers;
  /** Index into `STATES`. */
  state: Numbers;
  /** One column for each objective, NaN unless the trial is complete. */
  values: readonly Numbers[];
  hyperparameters: readonly HyperparameterColumn[];
  /** Seconds since the first trial began: NaN where unknown. Left out of large tables unless a view needs them. */
  started?: Numbers;
  ended?: Numbers;
  /** Index into `workers`: which worker ran it. */
  worker?: Numbers;
  workers?: readonly string[];
  reports?: ReportColumns;
  /** Importance of the hyperparameters, in their order, by name of the measure. */
  importance?: Readonly<Record<string, Numbers>>;
  /** Why trials failed, and notes: sparse, by row. */
  errors?: Readonly<Record<number, string>>;
  notes?: Readonly<Record<number, string>>;
}
