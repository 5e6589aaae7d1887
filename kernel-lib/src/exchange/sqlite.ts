import { rangeError, show, typeError } from '../errors';
import { nodeModule, nodeProcess } from '../host';
import { readDistribution } from '../storage/journal/distributions';
import { parseJson } from '../storage/journal/json';
import { readTime } from '../storage/journal/time';
import { MemoryStorage } from '../storage/memory';
import type { Entry, Json, Operation, StoredParameter } from '../storage/operation';
import type { StudyStorage } from '../storage/storage';
import type { TrialState } from '../trials/trial';

const WHERE = 'optunaSqlite';
type Row = Readonly<Record<string, unknown>>;

/** A database that is open for reading: the rows of a query, and its end. */
interface Database {
  rows(query: string): Row[];
  close(): void;
}

/**
 * The studies in a file of Optuna's SQLite storage (`sqlite:///optuna.db`), to look at, to begin another study with,
 * or to go on with in memory. The file is only read.
 *
 * @param path of the database
 * @returns a storage for `openStudy` and `study`; what is told there stays in memory
 * @throws Error if there is neither `node:sqlite` (Node 22.13 and later) nor the package better-sqlite3; RangeError if
 *   the file is no database of Optuna 3 or later.
 * @example
 * const old = await openStudy(optunaSqlite('optuna.db'), { name: 'digits' });
 * const space = { learningRate: scales.log(1e-4, 1) };
 * const search = await study({ name: 'digits', space, storage: journal('study.log'), warmStart: old });
 */
export function optunaSqlite(path: string): StudyStorage {
  if (typeof path !== 'string' || path === '') {
    throw typeError(WHERE, 'the path must be a text', show(path), "Pass for example 'optuna.db'.");
  }
  const database = open(path);
  try {
    const storage = new MemoryStorage(path);
    storage.fill(operationsOf(database));
    return storage;
  } catch (error) {
    throw rangeError(
      WHERE,
      `${path} must be a database of Optuna 3 or later`,
      `an error: ${(error as Error).message}`,
      'Bring an older one up to date with `optuna storage upgrade --storage sqlite:///…`.'
    );
  } finally {
    database.close();
  }
}

interface Sqlite {
  DatabaseSync: new (
    path: string,
    options: { readOnly: boolean }
  ) => { prepare(query: string): { all(): Row[] }; close(): void };
}
type BetterSqlite = new (
  path: string,
  options: { readonly: boolean; fileMustExist: boolean }
) => { prepare(query: string): { all(): Row[] }; close(): void };

function open(path: string): Database {
  const builtIn = nodeModule<Sqlite>('node:sqlite');
  try {
    const connection = builtIn
      ? new builtIn.DatabaseSync(path, { readOnly: true })
      : new (betterSqlite())(path, { readonly: true, fileMustExist: true });
    return {
      rows: query => connection.prepare(query).all(),
      close: () => connection.close()
    };
  } catch (error) {
    if (error instanceof Missing) {
      throw error;
    }
    throw rangeError(
      WHERE,
      'the path must lead to an SQLite file',
      `${path}, with the error: ${(error as Error).message}`,
      'Look at the path: it is what follows sqlite:/// in Optuna.'
    );
  }
}

class Missing extends Error {}

function betterSqlite(): BetterSqlite {
  const modules = nodeModule<{ createRequire(file: string): (name: string) => BetterSqlite }>('module'); // prettier-ignore
  try {
    return modules!.createRequire(`${nodeProcess()!.cwd!()}/cell.js`)('better-sqlite3');
  } catch (error) {
    throw new Missing(
      `${WHERE}: reading SQLite needs Node 22.13 or later, or the package better-sqlite3, but there is neither.\n` +
        'Run `npm install better-sqlite3`, or copy the study in Python: ' +
        "optuna.copy_study(…, to_storage=JournalStorage(JournalFileBackend('study.log'))).",
      { cause: error }
    );
  }
}

const STATES: Record<string, TrialState> = {
  RUNNING: 'running',
  COMPLETE: 'complete',
  PRUNED: 'pruned',
  FAIL: 'failed',
  WAITING: 'waiting'
};

/** Numbers that SQLite has no place for stand in a column of their own. */
function number(value: unknown, type: unknown): number {
  const special: Record<string, number> = { INF_POS: Infinity, INF_NEG: -Infinity, NAN: NaN };
  return special[String(type)] ?? Number(value ?? NaN);
}

const time = (value: unknown) => (typeof value === 'string' ? readTime(value) : null);

function operationsOf({ rows }: Database): Operation[] {
  const grouped = (query: string) => {
    const groups = new Map<unknown, Row[]>();
    for (const row of rows(query)) {
      const group = groups.get(row.id);
      if (group) {
        group.push(row);
      } else {
        groups.set(row.id, [row]);
      }
    }
    return (id: unknown) => groups.get(id) ?? [];
  };
  const attributes = (table: string, id: string) => {
    const group = grouped(`SELECT ${id} AS id, "key", value_json FROM ${table} ORDER BY rowid`);
    return (of: unknown): Entry[] =>
      group(of).map(row => [String(row.key), parseJson(String(row.value_json)) as Json]);
  };
  const directions = grouped('SELECT study_id AS id, direction FROM study_directions ORDER BY objective'); // prettier-ignore
  const studyUser = attributes('study_user_attributes', 'study_id');
  const studySystem = attributes('study_system_attributes', 'study_id');
  const trialUser = attributes('trial_user_attributes', 'trial_id');
  const trialSystem = attributes('trial_system_attributes', 'trial_id');
  const trials = grouped('SELECT study_id AS id, trial_id, state, datetime_start, datetime_complete FROM trials ORDER BY number'); // prettier-ignore
  const values = grouped('SELECT trial_id AS id, value, value_type FROM trial_values ORDER BY objective'); // prettier-ignore
  const parameters = grouped('SELECT trial_id AS id, param_name, param_value, distribution_json FROM trial_params ORDER BY param_id'); // prettier-ignore
  const reports = grouped('SELECT trial_id AS id, step, intermediate_value AS value, intermediate_value_type AS type FROM trial_intermediate_values ORDER BY step'); // prettier-ignore

  const studies = rows('SELECT study_id, study_name FROM studies ORDER BY study_id');
  // A trial's id is its place among all trials; optuna-dashboard names it in attributes of the study.
  const order = studies.flatMap(({ study_id: id }) => trials(id).map(row => row.trial_id));
  const places = new Map(order.map((id, place) => [String(id), place]));
  const renamed = (key: string) =>
    key.replace(/^dashboard:(\d+):/, (_, id: string) => `dashboard:${places.get(id) ?? id}:`);

  return studies.flatMap(({ study_id: id, study_name: name }, study): Operation[] => [
    {
      op: 'createStudy',
      name: String(name),
      directions: directions(id).map(row =>
        row.direction === 'MAXIMIZE' ? 'maximize' : 'minimize'
      )
    },
    ...studyUser(id).map(([key, value]) => ({ op: 'studyUserAttribute', study, key, value }) as const), // prettier-ignore
    ...studySystem(id).map(([key, value]) => ({ op: 'studySystemAttribute', study, key: renamed(key), value }) as const), // prettier-ignore
    ...trials(id).map((row): Operation => {
      const own = values(row.trial_id).map(each => number(each.value, each.value_type));
      return {
        op: 'createTrial',
        study,
        started: time(row.datetime_start),
        template: {
          state: STATES[String(row.state)],
          values: own.length > 0 ? own : null,
          ended: time(row.datetime_complete),
          parameters: parameters(row.trial_id).flatMap((each): StoredParameter[] => {
            const distribution = readDistribution(each.distribution_json);
            const { param_name: key, param_value: value } = each;
            return distribution ? [{ name: String(key), value: Number(value), distribution }] : []; // prettier-ignore
          }),
          reports: reports(row.trial_id).map(each => [Number(each.step), number(each.value, each.type)] as const), // prettier-ignore
          userAttributes: trialUser(row.trial_id),
          systemAttributes: trialSystem(row.trial_id)
        }
      };
    })
  ]);
}
