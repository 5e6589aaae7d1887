import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deserialize } from 'node:v8';
import { optunaSqlite } from 'tunelab';
import type { StoredOperation } from 'tunelab/dist/storage/operation';
import { Replay } from 'tunelab/dist/study/replay';
import { ROOT } from '../../environment';
import { compiled } from '../compiled';
import { described } from '../storage/described';

const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab sqlite '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fixture = path.join(ROOT, 'test', 'fixtures', 'optuna_studies');

/** This Node, or the newer one that runs kernels, which has node:sqlite. */
const own = process.getBuiltinModule('node:sqlite') as unknown;
const platform = `node-${process.platform}-${process.arch}`;
const kernel = path.join(ROOT, 'node_modules', '.tunelab-node', 'node_modules', platform, 'bin', 'node'); // prettier-ignore
const node = own || !existsSync(kernel) ? process.execPath : kernel;

/** Makes a database of a dump, and writes what is read from it. */
const READ = `
const [dist, dump, file] = process.argv.slice(1);
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
database.exec(require('node:fs').readFileSync(dump, 'utf8'));
database.close();
const { optunaSqlite } = require(dist + '/exchange/sqlite.js');
optunaSqlite(file).sync().then(operations => {
  process.stdout.write(require('node:v8').serialize(operations).toString('base64'));
});
`;

describe("studies in Optuna's SQLite", () => {
  it('are read with every feature, as Optuna reads them', () => {
    const { target, remove } = compiled('sqlite', ['exchange', 'storage', 'study', 'samplers', 'pruners', 'scales', 'trials', 'numeric']); // prettier-ignore
    const args = ['-e', READ, target, `${fixture}.sql`, path.join(folder, 'optuna.db')];
    const output = execFileSync(node, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit']
    });
    remove();
    const replay = new Replay('nobody');
    replay.fold(deserialize(Buffer.from(output, 'base64')) as StoredOperation[]);
    const expected = JSON.parse(readFileSync(`${fixture}.json`, 'utf8')) as { trials: object[] }[];
    // Times in the database are local ones of the machine that wrote it.
    const timeless = (studies: readonly { trials: readonly object[] }[]) =>
      studies.map(each => ({ ...each, trials: each.trials.map(t => ({ ...t, started: 0, ended: 0 })) })); // prettier-ignore
    expect(timeless(described(replay.studies) as { trials: object[] }[])).toEqual(
      timeless(expected)
    );
    const [{ trials }] = replay.studies;
    expect(trials[0].started).toBe(new Date(readFileSync(`${fixture}.sql`, 'utf8').match(/'COMPLETE','([^']+\d{3})\d{3}'/)![1]).getTime() + trials[0].started! % 1); // prettier-ignore
    expect(trials[0].ended! - trials[0].started!).toBeGreaterThan(0);
  });

  it('need node:sqlite or better-sqlite3, and say so', () => {
    jest.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) =>
      name === 'module'
        ? { createRequire: () => (wanted: string) => { throw new Error(`no ${wanted}`); } } // prettier-ignore
        : undefined) as never);
    expect(() => optunaSqlite('optuna.db')).toThrow(
      'needs Node 22.13 or later, or the package better-sqlite3, but there is neither.\nRun `npm install better-sqlite3`'
    );
    jest.restoreAllMocks();
  });

  it('are read by better-sqlite3 where that is installed, and a strange file is refused', () => {
    const file = path.join(folder, 'no.db');
    writeFileSync(file, 'x');
    class BetterSqlite {
      prepare() {
        return { all: () => { throw new Error('no such table: studies'); } }; // prettier-ignore
      }
      close() {}
    }
    jest
      .spyOn(process, 'getBuiltinModule')
      .mockImplementation(((name: string) =>
        name === 'module' ? { createRequire: () => () => BetterSqlite } : undefined) as never);
    expect(() => optunaSqlite(file)).toThrow(
      /must be a database of Optuna 3 or later, but got an error: no such table: studies.\nBring an older one/
    );
    jest.restoreAllMocks();
  });

  it.each([undefined, ''])('are named by a text, not %p', given => {
    expect(() => optunaSqlite(given as string)).toThrow('the path must be a text');
  });
});
