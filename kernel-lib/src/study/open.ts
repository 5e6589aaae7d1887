import { knownOptions, rangeError, show, typeError } from '../errors';
import { auto } from '../samplers/auto';
import type { Operation } from '../storage/operation';
import type { StudyStorage } from '../storage/storage';
import type { ConfigOf, Space } from '../trials/view';
import { Records } from './record';
import type { Replay, StoredStudy } from './replay';
import type { StoredStudyOptions, StudySettings } from './settings';
import { sharedReplay } from './shared';
import { StoredLedger } from './stored';
import { checkStoredSpace, describeSpace, SPACE, storedSpace } from './storedSpace';
import { Study } from './study';
import { entriesOf } from './warmStart';

/** The study's attribute with its seed. */
const SEED = 'tunelab:seed';

/** Continues the study of this name in a storage, or begins it there. */
export async function openStored<S extends Space>(
  settings: StudySettings<S>,
  { storage, seed, warmStart }: StoredStudyOptions<S>
): Promise<Study<S>> {
  checkStorage(storage);
  const { space, name, directions } = settings;
  const entries = entriesOf(settings, warmStart);
  const shared = sharedReplay(storage);
  await shared.transact(() => {
    const { replay } = shared;
    const stored = replay.find(name);
    if (stored) {
      checkStored(stored, settings, seed);
    }
    const study = stored?.id ?? replay.studies.length;
    const attribute = (key: string, value: Extract<Operation, { key: string }>['value']) =>
      ({ op: 'studyUserAttribute', study, key, value }) as const;
    const known = (key: string) => stored?.userAttributes.has(key);
    const records = new Records<ConfigOf<S>>(space, settings.seed, directions.length);
    return [
      ...(stored ? [] : [{ op: 'createStudy', name, directions } as const]),
      ...(known(SEED) ? [] : [attribute(SEED, settings.seed)]),
      ...(known(SPACE) ? [] : [attribute(SPACE, describeSpace(space))]),
      ...(stored && stored.trials.length > 0
        ? []
        : entries.map(entry => records.creation(study, entry, Date.now())))
    ];
  });
  return studyOf(shared.replay.find(name)!, storage, settings);
}

function checkStored<S extends Space>(
  stored: StoredStudy,
  { space, directions }: StudySettings<S>,
  seed: number | undefined
): void {
  if (String(stored.directions) !== String(directions)) {
    throw rangeError(
      'study',
      `directions must be those with which study '${stored.name}' was begun: ${stored.directions.join(', ')}`,
      directions.join(', '),
      'Pass those, or give the new search another name.'
    );
  }
  const known = stored.userAttributes.get(SEED);
  if (seed !== undefined && known !== undefined && seed !== known) {
    throw rangeError(
      'study',
      `\`seed\` must be the one with which study '${stored.name}' was begun: ${show(known)}`,
      `seed=${show(seed)}`,
      'Leave it out, or give the new search another name.'
    );
  }
  checkStoredSpace(stored, space);
}

function studyOf<S extends Space>(
  stored: StoredStudy,
  storage: StudyStorage,
  settings: StudySettings<S>,
  conditions = true
): Study<S> {
  const { space, directions } = settings;
  const known = stored.userAttributes.get(SEED);
  const seed = typeof known === 'number' ? known : settings.seed;
  const records = new Records<ConfigOf<S>>(space, seed, directions.length, conditions);
  return new Study(
    { ...settings, seed },
    book => new StoredLedger(book, sharedReplay(storage), stored, records)
  );
}

/**
 * Opens a stored study without its space, to look at it or to take over its trials. Configurations are typed loosely;
 * to search on with types and conditions use `study({ space, storage })`.
 *
 * @param storage where it is kept, such as `journal('study.log')`
 * @param options `name`: which study, if there are several
 * @throws RangeError if there is no such study, or there are several and none is named.
 * @example
 * const search = await study({ space: { learningRate: scales.log(1e-4, 1) }, storage: journal('kept.log') });
 * await search.optimize(({ learningRate }) => Math.abs(Math.log10(learningRate) + 2), { trials: 5 });
 * const old = await openStudy(journal('kept.log'));
 * await show(figures.scatter(old, { x: 'learningRate' }));
 */
export async function openStudy(
  storage: StudyStorage,
  options: { name?: string } = {}
): Promise<Study> {
  const where = 'openStudy';
  checkStorage(storage);
  knownOptions(where, options, ['name']);
  const shared = sharedReplay(storage);
  await shared.refresh();
  const stored = choose(shared.replay, storage, options.name);
  const { name, directions } = stored;
  const settings = {
    space: storedSpace(stored),
    sampler: auto(),
    pruner: undefined,
    directions,
    seed: 0,
    name
  };
  return studyOf(stored, storage, settings, false);
}

function choose(replay: Replay, storage: StudyStorage, name: string | undefined): StoredStudy {
  const there = replay.studies.filter(({ deleted }) => !deleted);
  const found = name === undefined && there.length === 1 ? there[0] : replay.find(name ?? '');
  if (!found) {
    const names = there.map(one => show(one.name)).join(', ');
    throw rangeError(
      'openStudy',
      name === undefined
        ? '`name` must say which study, unless there is one'
        : '`name` must be that of a study',
      `${name === undefined ? `${there.length} studies` : show(name)} in ${storage.name}`,
      names ? `There are ${names}.` : 'There is none: look at the path.'
    );
  }
  return found;
}

/** @throws TypeError unless `storage` is one. */
function checkStorage(storage: unknown): void {
  if (typeof (storage as StudyStorage | undefined)?.transact !== 'function') {
    throw typeError(
      'study',
      '`storage` must be a storage of studies',
      show(storage),
      "Pass journal('study.log')."
    );
  }
}
