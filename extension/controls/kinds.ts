/** Kinds of figures that a table of trials can be drawn as, and what a reader can choose in each. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { StudyFigureName } from 'tunelab/dist/figures/study/view';

export type Field = 'x' | 'y' | 'color' | 'size';

interface Kind {
  label: (trans: TranslationBundle) => string;
  fields: readonly Field[];
  /** Whether the metric lies on an axis that has no field. */
  metric?: boolean;
  /** Whether the table has what it draws. Default: always. */
  fits?: (table: TrialTable) => boolean;
}

const several = ({ hyperparameters }: TrialTable): boolean => hyperparameters.length > 1;

export const KINDS: Readonly<Record<StudyFigureName, Kind>> = {
  scatter: { label: trans => trans.__('Scatter'), fields: ['x', 'y', 'color', 'size'] },
  slice: {
    label: trans => trans.__('Slices'),
    fields: ['y', 'color'],
    fits: ({ hyperparameters }) => hyperparameters.length > 0
  },
  parallelCoordinates: {
    label: trans => trans.__('Parallel coordinates'),
    fields: ['color'],
    fits: ({ hyperparameters }) => hyperparameters.length > 0
  },
  history: { label: trans => trans.__('History'), fields: [], metric: true },
  scatterMatrix: { label: trans => trans.__('Matrix'), fields: ['color'], fits: several },
  contour: { label: trans => trans.__('Contours'), fields: ['color'], fits: several },
  rank: { label: trans => trans.__('Ranks'), fields: ['color'], fits: several },
  paretoFront: {
    label: trans => trans.__('Pareto front'),
    fields: ['color'],
    fits: ({ directions }) => directions.length > 1
  },
  distribution: { label: trans => trans.__('Distribution'), fields: [] },
  importance: {
    label: trans => trans.__('Importance'),
    fields: [],
    fits: ({ importance }) => importance !== undefined
  },
  intermediateValues: {
    label: trans => trans.__('Curves'),
    fields: [],
    metric: true,
    fits: ({ reports }) => reports !== undefined
  },
  timeline: {
    label: trans => trans.__('Timeline'),
    fields: [],
    fits: ({ started, ended }) => started !== undefined && ended !== undefined
  },
  trialTable: { label: trans => trans.__('Table'), fields: [] }
};
