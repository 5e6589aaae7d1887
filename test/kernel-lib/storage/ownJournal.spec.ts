import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exportJson, importJson, journal, openStudy } from 'tunelab';
import { ROOT } from '../../environment';

describe('a journal of each version', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab version '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([1])('version %i is read as it was written', async version => {
    const fixture = path.join(ROOT, 'test', 'fixtures', `tunelab_journal_${version}`);
    const file = path.join(folder, `${version}.log`);
    copyFileSync(`${fixture}.log`, file);
    const studies = JSON.parse(readFileSync(`${fixture}.json`, 'utf8')) as { name: string }[];
    expect(studies).toHaveLength(2);
    for (const expected of studies) {
      const storage = journal(file);
      const found = await openStudy(storage, { name: expected.name });
      expect(storage.damage).toEqual([]);
      expect(JSON.parse(exportJson(found))).toEqual(expected);
      // The other way round: what was exported then is a study still.
      const imported = await openStudy(importJson(JSON.stringify(expected)));
      expect(imported.trials).toHaveLength(found.trials.length);
      await found.close();
    }
  });
});
