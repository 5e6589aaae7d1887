import type { Space } from '../trials/view';
import { openStored } from './open';
import { readSettings, type StoredStudyOptions, type StudyOptions } from './settings';
import { Study } from './study';
import { entriesOf } from './warmStart';

/**
 * Begins a search for good hyperparameters; with a storage, continues it if it is there.
 *
 * @param options the space, and how to search it
 * @returns a study without trials; `optimize` makes some, `ask` and `tell` one at a time. With `storage` a promise of
 *   the study, with the trials that are stored.
 * @throws RangeError if the space or a group in it is empty, a scale is none, a name has a dot, or an option is unknown;
 *   with `storage` also if what is stored under the name was made with another space, other directions or another seed.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), units: scales.integer(8, 64) },
 *   sampler: samplers.random(), seed: 1
 * });
 * @see lecture, "Tuning process".
 */
export function study<S extends Space>(
  options: StudyOptions<S> & { storage?: undefined }
): Study<S>;
export function study<S extends Space>(options: StoredStudyOptions<S>): Promise<Study<S>>;
export function study<S extends Space>(
  options: StudyOptions<S> | StoredStudyOptions<S>
): Study<S> | Promise<Study<S>> {
  const settings = readSettings(options);
  if ('storage' in options && options.storage !== undefined) {
    return openStored(settings, options);
  }
  const entries = entriesOf(settings, options.warmStart);
  const created = new Study(settings);
  // In memory they are there at once.
  void created.takeOver(entries);
  return created;
}
