import * as Papa from 'papaparse';
import { knownOptions, rangeError, show } from '../errors';
import type { Scale } from '../scales/scale';
import type { StudyStorage } from '../storage/storage';
import { valuesOf, type Direction, type Trial, type TrialState } from '../trials/trial';
import type { Space, StudyView } from '../trials/view';
import { configFrom, valueIn } from '../study/space';
import { hyperparametersOf, namesOf } from '../trials/names';
import { checkStudy } from './json';
import { storedRecord } from './stored';

// The columns of Optuna's `study.trials_dataframe()`, so that one table serves both.

/** Optuna's word for a failed trial is FAIL; the others are the same. */
const stateText = (state: TrialState) => (state === 'failed' ? 'FAIL' : state.toUpperCase());
const timeText = (time: number | null) => (time === null ? '' : new Date(time).toISOString());
const ERROR = 'system_attrs_tunelab:error';

/**
 * The trials of a study as a table, with the columns of Optuna's `trials_dataframe()`: `number`, `value` (with several
 * objectives `values_0`, …), `datetime_start`, `datetime_complete`, `params_*`, `user_attrs_*`, `state`. What a trial
 * does not have is an empty cell. Reports are not in it: `exportJson` has them.
 *
 * @throws TypeError if it is no study.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
 * await search.optimize(({ learningRate }) => Math.abs(Math.log10(learningRate) + 2), { trials: 5 });
 * exportCsv(search).split('\n').length // 6
 */
export function exportCsv(study: StudyView): string {
  checkStudy('exportCsv', study);
  const { direction, directions = [direction], space, trials } = study;
  const values = directions.length > 1 ? directions.map((_, i) => `values_${i}`) : ['value'];
  const hyperparameters = hyperparametersOf(space);
  const attributes = [...new Set(trials.flatMap(trial => Object.keys(trial.attributes)))];
  const fields = [
    'number',
    ...values,
    'datetime_start',
    'datetime_complete',
    ...hyperparameters.map(({ name }) => `params_${name}`),
    ...attributes.map(name => `user_attrs_${name}`),
    ERROR,
    'state'
  ];
  const data = trials.map(trial => [
    trial.number,
    ...values.map((_, i) => valuesOf(trial)?.[i] ?? ''),
    timeText(trial.started),
    timeText(trial.ended),
    ...hyperparameters.map(({ path, value: scale }) => {
      const value = valueIn(trial.config, path, scale);
      return value === undefined ? '' : String(value);
    }),
    ...attributes.map(name => cell(trial.attributes[name])),
    trial.error ?? '',
    stateText(trial.state)
  ]);
  return Papa.unparse({ fields, data }, { newline: '\n' });
}

const cell = (value: unknown) =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** What a table does not say. */
export interface ImportCsvOptions {
  /** The hyperparameters that the table has, each with its scale. */
  space: Space;
  /** Default: `'minimize'`. */
  direction?: Direction;
  /** For several objectives, instead of `direction`. */
  directions?: readonly Direction[];
  /** Default: `'study'`. */
  name?: string;
}

/**
 * Reads a table of trials: what `exportCsv` wrote, or Optuna's `study.trials_dataframe().to_csv()`.
 *
 * @param text the table, with a line of names; a row is a trial
 * @returns a storage for `openStudy` and `study`; what is told there stays in memory
 * @throws RangeError naming the row if a value does not lie on its scale, or a column is missing.
 * @example
 * const space = { learningRate: scales.log(1e-4, 1) };
 * const old = await openStudy(importCsv('state,value,params_learningRate\nCOMPLETE,0.03,0.01', { space }));
 * old.best!.value // 0.03
 */
export function importCsv(text: string, options: ImportCsvOptions): StudyStorage {
  const where = 'importCsv';
  knownOptions(where, options, ['space', 'direction', 'directions', 'name']);
  const { space, direction = 'minimize', directions = [direction], name = 'study' } = options;
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: true
  });
  const values = directions.length > 1 ? directions.map((_, i) => `values_${i}`) : ['value'];
  const needed = [...values, 'state', ...namesOf(space).map(each => `params_${each}`)];
  const missing = needed.find(column => !meta.fields?.includes(column));
  if (missing !== undefined) {
    throw rangeError(
      where,
      `the table must have the columns ${needed.join(', ')}`,
      `${meta.fields?.join(', ') || 'an empty text'}: \`${missing}\` is missing`,
      'Pass what `exportCsv` or Optuna\'s trials_dataframe().to_csv() gave, and the space of that study.' // prettier-ignore
    );
  }
  const trials = data.map((row, number) => readRow(row, number, space, values));
  return storedRecord(where, { name, directions, space, trials });
}

const STATES: Record<string, TrialState> = {
  COMPLETE: 'complete',
  PRUNED: 'pruned',
  FAIL: 'failed',
  RUNNING: 'running',
  WAITING: 'waiting'
};

function readRow(
  row: Record<string, string>,
  number: number,
  space: Space,
  columns: readonly string[]
): Omit<Trial, 'seed'> {
  const bad = (rule: string, got: string) =>
    rangeError('importCsv', rule, `${got} in row ${number + 1}`, 'Correct the table or the space.');
  const state = STATES[row.state];
  if (!state) {
    throw bad(`\`state\` must be one of ${Object.keys(STATES).join(', ')}`, show(row.state));
  }
  const values = columns.map(column => (row[column] === '' ? NaN : Number(row[column])));
  const complete = state === 'complete';
  if (complete && !values.every(Number.isFinite)) {
    throw bad('a complete trial must have a value', values.join(', '));
  }
  const config = configFrom(space, (scale, name) => {
    const text = row[`params_${name}`];
    const value = readValue(scale, text);
    if (value === undefined && text !== '') {
      throw bad(`\`${name}\` must lie on its scale, ${JSON.stringify(scale)}`, show(text));
    }
    return value;
  });
  const attributes = Object.entries(row)
    .filter(([column, text]) => column.startsWith('user_attrs_') && text !== '')
    .map(([column, text]) => [column.slice('user_attrs_'.length), readCell(text)] as const);
  const started = Date.parse(row.datetime_start) || 0;
  return {
    number,
    state,
    config,
    value: complete && columns.length === 1 ? values[0] : null,
    ...(complete && columns.length > 1 && { values }),
    reports: [],
    attributes: Object.fromEntries(attributes),
    ...(row[ERROR] && { error: row[ERROR] }),
    started,
    ended: state === 'waiting' ? null : Date.parse(row.datetime_complete) || started
  };
}

/** The value that a cell stands for; `undefined` if there is none on the scale. */
function readValue(scale: Scale<unknown>, text: string): unknown {
  if (scale.kind === 'choice') {
    // Python writes True and None.
    const same = (choice: unknown) =>
      [String(choice), { true: 'True', false: 'False', null: 'None' }[String(choice)]].includes(text); // prettier-ignore
    return scale.grid(scale.size).find(same);
  }
  const value = text === '' ? NaN : Number(text);
  return Number.isFinite(value) && scale.contains(value) ? value : undefined;
}

/** Attributes are JSON where they can be, texts otherwise. */
function readCell(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
