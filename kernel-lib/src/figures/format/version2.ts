/** Kind `figure`, version 2: a scene, or a table of trials and a view of it, with names of columns for arrays. */
import type { Axis } from '../../scales/axis';
import type { Direction } from '../../trials/trial';
import type { ScaleCode, VariableNames } from '../study/code';
import type { StudyFigureName, TrialView } from '../study/view';
import type { ColorAxis, FigureCommon } from './common';
import type { StoredPanel } from './layers';

interface Common extends FigureCommon {
  version: 2;
  /** Updates for this figure come over a comm while its kernel runs; see FORMAT.md. */
  live?: { id: string };
}

/** A figure drawn from panels of layers. */
export interface ScenePayload extends Common {
  /** What kind of figure it is, for whoever looks for one; drawing goes by the panels alone. */
  figure: string;
  panels: StoredPanel[];
  /** The scale of all layers that have colours. */
  color?: ColorAxis;
  /** What can be steered of the training run that it shows. */
  steer?: Steer;
}

/** A training run as its reader steers it. */
export interface Steer {
  state: 'running' | 'paused' | 'ended' | 'lost';
  controls: SteerControl[];
  /** Names of the snapshots that can be gone back to, oldest first. */
  snapshots: string[];
}

/** A number that a reader may change. */
export interface SteerControl {
  /** As the command `set` calls it. */
  name: string;
  /** Its `range` is what a slider covers; other numbers may be allowed. */
  axis: Axis;
  value: number;
  /** Where a slider stops, rising. Default: anywhere. */
  stops?: number[];
}

/** A column that only some rows have a value in. */
export interface SparseTexts {
  row: string;
  text: string;
}

/** A `TrialTable` with names of columns for arrays. */
export interface StoredTable {
  study: string;
  variables?: VariableNames;
  directions: Direction[];
  metrics: Axis[];
  length: number;
  /** Left out where row 0 is trial 0, row 1 trial 1 and so on. */
  number?: string;
  state: string;
  values: string[];
  hyperparameters: { name: string; axis: Axis; code?: ScaleCode; values: string }[];
  started?: string;
  ended?: string;
  worker?: string;
  workers?: string[];
  reports?: { row: string; step: string; value: string };
  importance?: Record<string, string>;
  errors?: SparseTexts;
  notes?: SparseTexts;
}

/** A figure drawn from the trials of a study, in kernel and page alike. */
export interface StudyPayload extends Common {
  figure: StudyFigureName;
  trials: StoredTable;
  view: TrialView;
}
