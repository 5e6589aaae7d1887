import { rangeError, show, typeError } from '../errors';
import { storable } from '../storage/storable';
import type { StudyStorage } from '../storage/storage';
import { describeScales, spaceOf } from '../study/storedSpace';
import type { Direction, Trial, TrialState } from '../trials/trial';
import type { StudyView } from '../trials/view';
import { storedRecord, type StudyRecord } from './stored';

const FORMAT = 'tunelab study';
const VERSION = 1;

/** A study with what it may have beside a view of it. */
type Exported = StudyView & Partial<Pick<StudyRecord, 'seed' | 'attributes' | 'note' | 'tags'>>;

/** @throws TypeError unless it is a study. */
export function checkStudy(where: string, study: unknown): void {
  if (!Array.isArray((study as StudyView | undefined)?.trials) || !(study as StudyView).space) {
    throw typeError(where, 'it takes a study', show(study), 'Pass what `study` or `openStudy` returned.'); // prettier-ignore
  }
}

/**
 * A study as a JSON text: its space and all its trials, with reports, attributes, notes and seeds, for other programs
 * and for `importJson`. NaN and infinities, which JSON does not have, are the texts `"NaN"`, `"Infinity"` and
 * `"-Infinity"` among the reports, and `null` inside attributes.
 *
 * @throws TypeError if it is no study.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
 * await search.optimize(({ learningRate }) => Math.abs(Math.log10(learningRate) + 2), { trials: 5 });
 * const text = exportJson(search); // to be written to a file
 * JSON.parse(text).trials.length // 5
 */
export function exportJson(study: Exported): string {
  checkStudy('exportJson', study);
  const { name, direction, directions = [direction], seed, space, attributes, note, tags } = study;
  const trials = study.trials.map(({ reports, attributes: own, ...trial }) => ({
    ...trial,
    reports: reports.map(([step, value]) => [step, Number.isFinite(value) ? value : String(value)]),
    attributes: storable(own)
  }));
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    name,
    directions,
    seed,
    space: describeScales(space),
    attributes: storable(attributes ?? {}),
    note,
    tags,
    trials
  });
}

/**
 * Reads what `exportJson` wrote. Trials that were running then have failed.
 *
 * @param text the JSON
 * @returns a storage for `openStudy` and `study`; what is told there stays in memory
 * @throws RangeError if the text is not such an export, or of a later version.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
 * await search.optimize(({ learningRate }) => Math.abs(Math.log10(learningRate) + 2), { trials: 5 });
 * const old = await openStudy(importJson(exportJson(search)));
 * old.trials.length // 5
 */
export function importJson(text: string): StudyStorage {
  const where = 'importJson';
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text) as typeof given;
  } catch (error) {
    throw rangeError(where, 'the text must be JSON', (error as Error).message, 'Pass what `exportJson` gave.'); // prettier-ignore
  }
  if (given?.format !== FORMAT || given.version !== VERSION) {
    throw rangeError(
      where,
      `the text must say { "format": "${FORMAT}", "version": ${VERSION} }`,
      `format ${show(given?.format)}, version ${show(given?.version)}`,
      'Pass what `exportJson` gave, of this version of tunelab or an earlier one.'
    );
  }
  const { name, directions, seed, space, attributes, note, tags, trials } = given;
  if (typeof name !== 'string' || !Array.isArray(directions) || !Array.isArray(trials)) {
    throw rangeError(where, 'there must be a name, directions and trials', show(given), 'The text has been changed: export the study again.'); // prettier-ignore
  }
  return storedRecord(where, {
    name,
    directions: directions as Direction[],
    ...(typeof seed === 'number' && { seed }),
    space: spaceOf(space),
    attributes: attributes as Record<string, unknown>,
    ...(typeof note === 'string' && { note }),
    ...(Array.isArray(tags) && { tags: tags.map(String) }),
    trials: trials.map(readTrial)
  });
}

const STATES: readonly TrialState[] = ['waiting', 'running', 'complete', 'pruned', 'failed'];

function readTrial(given: Trial, place: number): Trial {
  if (
    given?.number !== place ||
    !STATES.includes(given.state) ||
    typeof given.config !== 'object'
  ) {
    throw rangeError(
      'importJson',
      'trials must come in the order of their numbers, each with its state and configuration',
      `${show(given)} as trial ${place}`,
      'The text has been changed: export the study again.'
    );
  }
  return { ...given, reports: given.reports.map(([step, value]) => [step, Number(value)]) };
}
