import { rangeError, show } from '../errors';
import type { Trial } from '../trials/trial';
import type { StudyView } from '../trials/view';

/** What a pruner is told when a running trial has reported a value. */
export interface PruneContext {
  /** The trial that has just reported. */
  readonly trial: Trial;
  /** All trials of the study, this one included. */
  readonly trials: readonly Trial[];
  /** Its direction and name; what a pruner remembers of a study goes when the study goes. */
  readonly study: Pick<StudyView, 'name' | 'direction'>;
}

/** Decides after each report whether a trial is worth going on with. */
export interface Pruner {
  readonly name: string;
  /** Whether the trial should end now. */
  prune(context: PruneContext): boolean;
}

/** @throws RangeError unless `pruner` has a method `prune`. */
export function checkPruner(where: string, pruner: unknown): Pruner {
  if (typeof (pruner as Pruner | undefined)?.prune !== 'function') {
    throw rangeError(
      where,
      '`pruner` must come from `pruners.*`',
      show(pruner),
      'Call the factory: pruners.median(), not pruners.median.'
    );
  }
  return pruner as Pruner;
}
