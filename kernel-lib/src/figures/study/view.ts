/** How a table of trials is looked at: what a reader may change in the page, without the kernel. */

/** Kinds of figures that are drawn from a table of trials. */
export const STUDY_FIGURES = [
  'scatter',
  'scatterMatrix',
  'slice',
  'contour',
  'parallelCoordinates',
  'rank',
  'paretoFront',
  'history',
  'distribution',
  'intermediateValues',
  'timeline',
  'importance',
  'trialTable'
] as const;
export type StudyFigureName = (typeof STUDY_FIGURES)[number];

/**
 * A view: names are those of hyperparameters, `value` (or `value[0]`, `value[1]`, …) or `number`. A kind reads the
 * fields it knows and has defaults for all.
 */
export interface TrialView {
  x?: string;
  y?: string;
  /** What colours the marks; an empty text for nothing. */
  color?: string;
  size?: string;
  /** Hyperparameters of a matrix, slices, parallel coordinates, in their order. */
  names?: readonly string[];
  /** Labels of axes by name. */
  labels?: Readonly<Record<string, string>>;
  /** Axes drawn otherwise than their scale says, by name. */
  scales?: Readonly<Record<string, 'linear' | 'log'>>;
  /** States that are left out. */
  hidden?: readonly string[];
  /** Trials outside of these ranges are left out, by name, in own units. */
  ranges?: Readonly<Record<string, readonly [number, number]>>;
  /** Trials drawn above all, by number. */
  pinned?: readonly number[];
  /** Rows of a table in the order of this quantity. Default: by number. */
  sort?: string;
  /** The largest first. Default: `false`. */
  descending?: boolean;
}
