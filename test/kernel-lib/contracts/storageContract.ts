import type { Operation, StoredOperation } from 'tunelab/dist/storage/operation';
import type { StudyStorage } from 'tunelab/dist/storage/storage';

const report = (step: number): Operation => ({ op: 'report', trial: 0, step, value: NaN });
const steps = (found: readonly StoredOperation[]) =>
  found.map(each => (each as { step: number }).step);

/**
 * What every storage owes its studies. Call inside `describe`.
 * @param open another storage of the same place; the place is empty at the beginning of each test
 */
export function storageContract(open: () => StudyStorage): void {
  it('answers what was written, with who wrote it', async () => {
    const storage = open();
    const written = await storage.append([report(1), report(2)]);
    expect(written).toEqual([
      { ...report(1), workerId: storage.workerId },
      { ...report(2), workerId: storage.workerId }
    ]);
    await storage.close();
  });

  it('is empty at first, and an answer is not repeated', async () => {
    const storage = open();
    expect(await storage.sync()).toEqual([]);
    await storage.append([report(1)]);
    expect(await storage.sync()).toEqual([]);
    await storage.close();
  });

  it('keeps the order of what is asked for at once, and answers each with its own last', async () => {
    const storage = open();
    const other = open();
    await other.append([report(0)]);
    const answers = await Promise.all([
      storage.append([report(1)]),
      storage.sync(),
      storage.append([report(2), report(3)], { durable: false }),
      storage.append([])
    ]);
    expect(answers.map(steps)).toEqual([[0, 1], [], [2, 3], []]);
    expect(steps(await other.sync())).toEqual([1, 2, 3]);
    await Promise.all([storage.close(), other.close()]);
  });

  it('is seen whole and in one order by all who share it', async () => {
    const storages = [open(), open(), open()];
    const seen: number[][] = [[], [], []];
    await Promise.all(
      storages.map(async (storage, who) => {
        for (let i = 0; i < 20; i++) {
          seen[who].push(
            ...steps(await storage.append([report(100 * who + i)], { durable: i % 2 > 0 }))
          );
        }
      })
    );
    for (const [who, storage] of storages.entries()) {
      seen[who].push(...steps(await storage.sync()));
    }
    expect(seen[0]).toHaveLength(60);
    expect(new Set(seen[0]).size).toBe(60);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    await Promise.all(storages.map(storage => storage.close()));
  });

  it('lets nobody write between what a decision sees and what it writes', async () => {
    const storages = [open(), open()];
    // Each decides by the largest step so far, as two would about the same dead trial.
    const decide = (storage: StudyStorage, state: { last: number }) =>
      storage.transact(news => {
        state.last = Math.max(state.last, ...steps(news));
        return [report(state.last + 1)];
      });
    const states = [{ last: 0 }, { last: 0 }];
    await Promise.all(
      storages.map(async (storage, who) => {
        for (let i = 0; i < 15; i++) {
          states[who].last = Math.max(...steps(await decide(storage, states[who])));
        }
      })
    );
    const reader = open();
    expect(steps(await reader.sync())).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    await Promise.all([...storages, reader].map(storage => storage.close()));
  });

  it('hands each operation of others out once: while it waits, to the decision, or with the answer', async () => {
    const [storage, other] = [open(), open()];
    const seen: number[] = [];
    const take = (news: readonly StoredOperation[]) => void seen.push(...steps(news));
    for (let i = 0; i < 20; i++) {
      const theirs = other.append([report(i)], { durable: false });
      const decide = (news: readonly StoredOperation[]) => {
        take(news);
        return [report(100 + i)];
      };
      take(await storage.transact(decide, { durable: false, meanwhile: take }));
      await theirs;
    }
    take(await storage.sync());
    const reader = open();
    expect(seen).toEqual(steps(await reader.sync()));
    expect(seen).toHaveLength(40);
    await Promise.all([storage, other, reader].map(each => each.close()));
  });

  it('goes on after a decision that throws, without losing what was new', async () => {
    const [storage, other] = [open(), open()];
    await other.append([report(1)]);
    const fault = new Error('undecided');
    await expect(
      storage.transact(() => {
        throw fault;
      })
    ).rejects.toBe(fault);
    expect(await storage.transact(() => [])).toEqual([]);
    expect(steps(await storage.append([report(2)]))).toEqual([2]);
    await Promise.all([storage.close(), other.close()]);
  });

  it('writes nothing of an append that cannot be written down', async () => {
    const storage = open();
    const circle = { op: 'studyUserAttribute', study: 0, key: 'f', value: () => 1 };
    await expect(storage.append([report(1), circle as unknown as Operation])).rejects.toThrow(
      'an attribute must be JSON'
    );
    expect(await storage.sync()).toEqual([]);
    await storage.close();
  });

  it('says that it is closed, after what was under way', async () => {
    const storage = open();
    const written = storage.append([report(1)]);
    await storage.close();
    expect(steps(await written)).toEqual([1]);
    await expect(storage.append([report(2)])).rejects.toThrow('it was closed');
  });

  it('knows that a closed worker of this process writes no more', async () => {
    const [storage, other] = [open(), open()];
    await other.append([report(1)]);
    expect(storage.isDead(other.workerId)).toBe(false);
    await other.close();
    expect(storage.isDead(other.workerId)).toBe(true);
    expect(storage.isDead(storage.workerId)).toBe(false);
    expect(storage.isDead('9f0c33b5-2f9d-4f0b-8dd6-0e3c8c2f4f3a-140215')).toBe(false);
    await storage.close();
  });
}
