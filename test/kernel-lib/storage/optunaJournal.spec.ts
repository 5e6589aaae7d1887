import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { journal } from 'tunelab';
import { Replay, type StoredStudy } from 'tunelab/dist/study/replay';
import { ROOT } from '../../environment';

/** Studies as test/fixtures/optuna_journal.py describes what Optuna reads. */
export function described(studies: readonly StoredStudy[]): unknown[] {
  const external = ({ value, distribution }: { value: number; distribution: { kind: string } }) =>
    distribution.kind === 'categorical'
      ? (distribution as unknown as { choices: unknown[] }).choices[value]
      : value;
  const plain = (value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
    }
    if (Array.isArray(value)) {
      return value.map(plain);
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
      : value;
  };
  const object = (map: ReadonlyMap<string, unknown>) => plain(Object.fromEntries(map));
  return studies
    .filter(({ deleted }) => !deleted)
    .map(study => ({
      name: study.name,
      directions: study.directions,
      userAttributes: object(study.userAttributes),
      systemAttributes: object(study.systemAttributes),
      trials: study.trials.map(trial => ({
        number: trial.number,
        state: trial.state,
        values: plain(trial.values),
        params: Object.fromEntries(
          [...trial.parameters].map(([name, each]) => [name, external(each)])
        ),
        // Of a trial that was added whole, the order of arrival is not kept.
        reports: plain(trial.reports.slice().sort(([a], [b]) => a - b)),
        userAttributes: object(trial.userAttributes),
        systemAttributes: object(trial.systemAttributes),
        started: trial.started,
        ended: trial.ended
      }))
    }));
}

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
