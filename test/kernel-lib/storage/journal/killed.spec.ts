import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRng } from 'tunelab/dist/numeric/rng';
import { expectNothingLost, kill } from '../../../killing';

describe('a journal whose writers are killed at random moments', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab killed '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('loses nothing that was told, and others go on at once, 10 times', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const file = path.join(folder, 'study.log');
    const rng = createRng(1);
    const kills = await kill(file, 10, () => rng.uniform());
    expect(kills.told.length).toBeGreaterThanOrEqual(10);
    await expectNothingLost(file, kills);
    // Neither locks nor marks of the dead are left; torn operations are.
    expect(readdirSync(folder).filter(name => name.includes('.lock'))).toEqual([]);
  }, 120_000);
});
