import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { openStudy, Pruned, samplers, scales, study } from 'tunelab';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { decode } from 'tunelab/dist/storage/journal/decode';
import { MemoryStorage, type Place } from 'tunelab/dist/storage/memory';
import type { StoredOperation } from 'tunelab/dist/storage/operation';
import { StoredViews } from 'tunelab/dist/study/storedView';

/** Operations of a study of ours: queued, retried with a note, pruned and failed trials, with reports. */
async function ours(): Promise<StoredOperation[]> {
  const place: Place = [];
  const space = {
    learningRate: scales.oneMinusLog(0.9, 0.999),
    net: { units: scales.integer(1, 8) }
  };
  const search = await study({
    space,
    name: 's',
    sampler: samplers.random(),
    seed: 3,
    storage: new MemoryStorage('memory', place)
  });
  await search.enqueue({ learningRate: 0.95, net: { units: 2 } });
  for (let i = 0; i < 6; i++) {
    const trial = (await search.ask())!;
    await search.report(trial, 0, i);
    const outcomes = { 3: new Pruned(), 4: new Error('no luck') } as Record<number, Error>;
    await search.tell(trial, outcomes[i] ?? i / 7);
  }
  await search.annotate(2, { note: 'look', tags: ['a'] });
  await search.ask();
  return place.slice();
}

/** What a journal of Optuna's holds. */
function optunas(): StoredOperation[] {
  const file = path.join(__dirname, '..', '..', 'fixtures', 'optuna_journal.log');
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => [...decode(line).operations]);
}

/** Records without the seed, which follows from one that those who only look do not read. */
const seedless = (trials: readonly object[]): object[] =>
  trials.map(trial => ({ ...trial, seed: 0 }));

describe('a stored study that is looked at', () => {
  it.each([
    ['tunelab', ours],
    ['Optuna', async () => optunas()]
  ])('is what openStudy reads, however %s wrote it and whenever one looks', async (_, made) => {
    const operations = await made();
    const { studies } = new StoredViews();
    expect(studies).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(operations.length), { maxLength: 5 }), async places => {
        const views = new StoredViews();
        const cuts = [0, ...places.sort((a, b) => a - b), operations.length];
        for (let i = 1; i < cuts.length; i++) {
          views.fold(operations.slice(cuts[i - 1], cuts[i]));
          views.studies.forEach(one => one.trials);
        }
        for (const view of views.studies) {
          const same = await openStudy(new MemoryStorage('memory', operations), {
            name: view.name
          });
          expect(seedless(view.trials)).toEqual(seedless(same.trials));
          expect(tableOfStudy(view)).toEqual(tableOfStudy(same));
        }
      }),
      { numRuns: 20 }
    );
  });

  it('leaves lists that were handed out as they were, and makes no trial anew that did not change', async () => {
    const operations = await ours();
    const views = new StoredViews();
    views.fold(operations.slice(0, -4));
    const [view] = views.studies;
    const before = view.trials;
    const copy = [...before];
    views.fold(operations.slice(-4));
    expect(views.studies[0]).toBe(view);
    expect(before).toEqual(copy);
    expect(view.trials[0]).toBe(before[0]);
    expect(view.trials.length).toBeGreaterThan(before.length);
  });

  it('says what to do about a study that a later version wrote', async () => {
    const views = new StoredViews();
    views.fold([
      ...(await ours()),
      {
        op: 'studyUserAttribute',
        study: 0,
        key: 'tunelab:space',
        value: { version: 9 },
        workerId: 'w'
      }
    ]);
    expect(() => views.studies[0].trials).toThrow(
      '`tunelab:space` must be of version 1, but got version 9.\nOpen the study with'
    );
  });

  it('is gone when it was deleted', async () => {
    const views = new StoredViews();
    views.fold(await ours());
    views.fold([{ op: 'deleteStudy', study: 0, workerId: 'w' }]);
    expect(views.studies).toEqual([]);
  });
});
