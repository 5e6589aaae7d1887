import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { journal } from 'tunelab';
import { JournalStorage } from 'tunelab/dist/storage/journal/journal';
import type { Operation } from 'tunelab/dist/storage/operation';
import { journalFiles, warnings } from '../journalFiles';

const files = journalFiles('lock');
const { folder } = files;
const warned = warnings();
let file = '';
beforeEach(() => (file = files.fresh()));

const begin: Operation = { op: 'createStudy', name: 's', directions: ['minimize'] };
const report = (step: number): Operation => ({ op: 'report', trial: 0, step, value: 0.5 });
const beside = () => files.beside(file);

describe("a journal's lock", () => {
  const lock = () => `${file}.lock`;
  const patience = { stale: 300, notice: 100 };

  it("is a link to the journal, as Optuna's, while something is written, and nothing afterwards", async () => {
    const storage = journal(file);
    let seen = '';
    await storage.transact(() => {
      seen = fs.readlinkSync(lock());
      return [begin];
    });
    expect(seen).toBe(fs.realpathSync(file));
    expect(fs.existsSync(lock())).toBe(false);
    await storage.close();
  });

  it('of a process that was killed is broken at once', async () => {
    const storage = journal(file);
    await storage.append([begin]);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    // As that process would have made it.
    const stat = fs.existsSync('/proc') ? fs.readFileSync(`/proc/${child.pid}/stat`, 'utf8') : '';
    const started = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] || 0);
    const host = storage.workerId.split('-')[1];
    const own = `${lock()}-tunelab-${host}-${child.pid!.toString(16)}-${started.toString(16)}-1`;
    fs.symlinkSync(file, own);
    fs.linkSync(own, lock());
    const waiting = storage.append([report(1)]);
    const early = await Promise.race([
      waiting,
      new Promise(done => setTimeout(done, 300, 'waits'))
    ]);
    expect(early).toBe('waits');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const since = performance.now();
    await waiting;
    expect(performance.now() - since).toBeLessThan(1000);
    await storage.close();
    // The next one tidies up after the killed one.
    const next = journal(file);
    await next.append([report(2)]);
    await next.close();
    expect(beside()).toEqual([]);
  });

  it('held by a process that lives is waited for, however long, and that is said', async () => {
    const [holder, storage] = [journal(file), new JournalStorage(file, patience)];
    await holder.append([begin]);
    const own = path.join(
      folder,
      beside().find(name => name.includes('.lock-'))!
    );
    fs.linkSync(own, lock());
    const waiting = storage.append([report(1)]);
    const early = await Promise.race([
      waiting,
      new Promise(done => setTimeout(done, 700, 'waits'))
    ]);
    expect(early).toBe('waits');
    expect(warned.join()).toContain(
      `held by process ${process.pid} of this machine, which is running`
    );
    fs.rmSync(lock());
    await waiting;
    await Promise.all([storage.close(), holder.close()]);
  });

  it.each([
    ['a link', () => fs.symlinkSync(file, lock())],
    ['a link that leads nowhere', () => fs.symlinkSync('study.log', lock())],
    ['a file, as of JournalFileOpenLock', () => fs.writeFileSync(lock(), '')]
  ])(
    'of which nothing is known, %s, is broken when nothing has happened for 30 s',
    async (_, make) => {
      const storage = new JournalStorage(file, patience);
      await storage.append([begin]);
      make();
      const since = performance.now();
      await storage.append([report(1)]);
      expect(performance.now() - since).toBeGreaterThan(patience.stale);
      expect(warned.join()).toContain('of which nothing is known');
      await storage.close();
    }
  );

  it('does not depend on the clock of the day', async () => {
    const storage = new JournalStorage(file, { stale: 100_000, notice: 100_000 });
    await storage.append([begin]);
    fs.symlinkSync(file, lock());
    const waiting = storage.append([report(1)]);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
    const early = await Promise.race([
      waiting,
      new Promise(done => setTimeout(done, 200, 'waits'))
    ]);
    expect(early).toBe('waits');
    fs.rmSync(lock());
    await waiting;
    await storage.close();
  });

  it('that was taken away meanwhile keeps this process from writing', async () => {
    const storage = journal(file);
    await storage.append([begin]);
    await expect(
      storage.transact(() => {
        fs.rmSync(lock());
        fs.symlinkSync(file, lock());
        return [report(1)];
      })
    ).rejects.toThrow('another process took it');
    expect(fs.existsSync(lock())).toBe(true);
    expect(fs.readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1);
    fs.rmSync(lock());
    await storage.close();
  });

  it('works where links have no second names, and where there are no links', async () => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('no'), { code: 'EPERM' });
    });
    const storage = journal(file);
    await storage.append([begin]);
    await storage.close();
    jest.spyOn(fs, 'symlinkSync').mockImplementation(() => {
      throw Object.assign(new Error('no'), { code: 'EPERM' });
    });
    const windows = journal(file);
    expect(await windows.append([report(1)])).toHaveLength(2);
    await windows.close();
    expect(beside()).toEqual([]);
  });
});
