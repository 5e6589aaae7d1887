import { MemoryStorage } from '../storage/memory';
import type { Operation } from '../storage/operation';
import { storable } from '../storage/storable';
import type { StudyStorage } from '../storage/storage';
import { Records } from '../study/record';
import { Replay } from '../study/replay';
import { noteOperations } from '../study/storedNotes';
import { describeSpace, SPACE } from '../study/storedSpace';
import type { Direction, Trial } from '../trials/trial';
import type { Space } from '../trials/view';

/** A study as plain data. */
export interface StudyRecord {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly seed?: number;
  readonly space: Space;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly note?: string;
  readonly tags?: readonly string[];
  readonly trials: readonly Omit<Trial, 'seed'>[];
}

/** A storage in memory that holds one study. */
export function storedRecord(where: string, record: StudyRecord): StudyStorage {
  const { name, directions, seed, space, attributes, note, tags, trials } = record;
  const records = new Records<unknown>(space, seed ?? 0, directions.length);
  const study = 0;
  const operations: Operation[] = [
    { op: 'createStudy', name, directions },
    ...(seed === undefined ? [] : [attribute('tunelab:seed', seed)]),
    attribute(SPACE, describeSpace(space)),
    ...trials.map(trial => creation(records, study, trial))
  ];
  const replay = new Replay(where);
  replay.fold(operations.map(operation => ({ ...operation, workerId: where })));
  const [stored] = replay.studies;
  operations.push(...noteOperations(stored, { attributes, note, tags }));
  trials.forEach((trial, id) => {
    operations.push(...noteOperations(stored, { note: trial.note, tags: trial.tags }, id));
  });
  const storage = new MemoryStorage(where);
  storage.fill(operations);
  return storage;
}

const attribute = (key: string, value: unknown): Operation => ({
  op: 'studyUserAttribute',
  study: 0,
  key,
  value: storable(value)
});

/** What was running when it was written down runs no more. */
const LEFT = 'it was running when the study was exported';

function creation(
  records: Records<unknown>,
  study: number,
  trial: StudyRecord['trials'][number]
): Operation {
  // prettier-ignore
  const { state, started, ended, error } = trial;
  const left = state === 'running';
  const entry = left ? { ...trial, state: 'failed' as const, error: error ?? LEFT } : { ...trial, state }; // prettier-ignore
  const operation = records.creation(study, entry, started);
  return operation.op === 'createTrial' && operation.template
    ? { ...operation, template: { ...operation.template, ended: left ? started : ended } }
    : operation;
}
