import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { journal } from 'tunelab';
import { Replay } from 'tunelab/dist/study/replay';
import { ROOT } from '../../environment';
import { described } from './described';

describe('a journal that Optuna wrote', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab optuna '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const fixture = path.join(ROOT, 'test', 'fixtures', 'optuna_journal');
  const { studies } = JSON.parse(readFileSync(`${fixture}.json`, 'utf8')) as { studies: never };

  it('is read with every feature, as Optuna reads it', async () => {
    const file = path.join(folder, 'every.log');
    copyFileSync(`${fixture}.log`, file);
    const storage = journal(file);
    const replay = new Replay('nobody');
    replay.fold(await storage.sync());
    expect(storage.damage).toEqual([]);
    await storage.close();
    // As text: `__proto__` and the order of keys count.
    expect(JSON.stringify(described(replay.studies))).toBe(JSON.stringify(studies));
  });
});
