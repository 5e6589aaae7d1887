import { rangeError, show, typeError } from '../errors';
import { namesOf } from '../trials/names';
import type { Trial } from '../trials/trial';
import type { ConfigOf, Space, StudyView } from '../trials/view';
import type { Entry } from './ledger';
import type { StudySettings } from './settings';
import { configAt, liesIn } from './space';

/**
 * The finished trials of another study as this one takes them over: those whose values make a whole configuration of
 * its space that its constraint allows. Hyperparameters that it does not have are left out.
 *
 * @throws TypeError if `other` is no study, RangeError if its directions are others or none of its trials fits.
 */
export function entriesOf<S extends Space>(
  { space, directions, constraint }: StudySettings<S>,
  other: StudyView | undefined
): Entry<ConfigOf<S>>[] {
  if (other === undefined) {
    return [];
  }
  const where = 'study, warmStart';
  if (typeof other !== 'object' || other === null || !Array.isArray(other.trials)) {
    throw typeError(where, 'it must be another study', show(other), 'Pass what `study` or `openStudy` returned.'); // prettier-ignore
  }
  const theirs = other.directions ?? [other.direction];
  if (String(theirs) !== String(directions)) {
    throw rangeError(
      where,
      `values must mean the same: ${directions.join(', ')}`,
      theirs.join(', '),
      'Pass the same `direction`, or queue the best configurations with `enqueue` instead.'
    );
  }
  const finished = other.trials.filter(({ ended }) => ended !== null);
  const entries = finished
    .sort((a, b) => a.ended! - b.ended! || a.number - b.number)
    .filter(({ config }) => liesIn(space, config))
    .map(trial => entryOf(space, trial, other.name))
    .filter(({ config }) => constraint?.(config) ?? true);
  if (finished.length > 0 && entries.length === 0) {
    throw rangeError(
      where,
      `at least one trial must lie in the space of ${namesOf(space).join(', ')}`,
      `${finished.length} that do not, the first with ${JSON.stringify(finished[0].config)}`,
      'Widen the scales, or begin without `warmStart`.'
    );
  }
  return entries;
}

function entryOf<S extends Space>(
  space: S,
  { state, config, value, values, reports, attributes, error, number, origin }: Trial,
  study: string
): Entry<ConfigOf<S>> {
  return {
    state: state as Entry<unknown>['state'],
    config: configAt(space, [], config),
    value,
    ...(values && { values }),
    reports,
    attributes,
    ...(error !== undefined && { error }),
    origin: origin ?? { study, number }
  };
}
