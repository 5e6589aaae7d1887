import type { Scale } from '../scales/scale';
import type { Direction, Trial } from './trial';

/** The hyperparameters to search, by name. */
export type Space = Readonly<Record<string, Scale<unknown>>>;

/** The type of one configuration drawn from a space. */
export type ConfigOf<S extends Space> = {
  -readonly [K in keyof S]: S[K] extends Scale<infer T> ? T : never;
};

/** What figures and importance read of a study: no behaviour, so that stored studies fit too. */
export interface StudyView {
  readonly name: string;
  /** Which way is better; with several objectives that of the first. */
  readonly direction: Direction;
  /** One for each objective. Default: `[direction]`. */
  readonly directions?: readonly Direction[];
  readonly space: Space;
  readonly trials: readonly Trial[];
}
