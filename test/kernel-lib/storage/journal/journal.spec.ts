import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { journal } from 'tunelab';
import { encode } from 'tunelab/dist/storage/journal/encode';
import { JournalStorage } from 'tunelab/dist/storage/journal/journal';
import type { Operation } from 'tunelab/dist/storage/operation';
import { storageContract } from '../../contracts/storageContract';
import { operations } from '../operations';
import { journalFiles, warnings } from '../journalFiles';

const files = journalFiles('journal');
const { folder } = files;
const warned = warnings();
let file = '';
beforeEach(() => (file = files.fresh()));

const begin: Operation = { op: 'createStudy', name: 's', directions: ['minimize'] };
const report = (step: number): Operation => ({ op: 'report', trial: 0, step, value: 0.5 });
const lineOf = (operation: Operation) => `${encode(operation, '"w"')}\n`;
const beside = () => files.beside(file);
const keptBeside = () =>
  beside()
    .filter(name => name.includes('.damaged-'))
    .map(name => fs.readFileSync(path.join(folder, name), 'utf8'));

describe('a journal', () => {
  storageContract(() => journal(file));

  it('makes no file until something is written, and leaves nothing beside it when it is closed', async () => {
    const storage = journal(file);
    await storage.sync();
    expect(fs.existsSync(file)).toBe(false);
    await storage.append([begin]);
    expect(beside()).toHaveLength(1);
    await storage.close();
    expect(beside()).toEqual([]);
  });

  it('writes all that is asked for in one go under one lock, in one piece', async () => {
    const storage = journal(file);
    await storage.append([begin]);
    const write = jest.spyOn(fs, 'writeSync');
    const syncs = [jest.spyOn(fs, 'fdatasync'), jest.spyOn(fs, 'fdatasyncSync')];
    const synced = () => syncs.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    await Promise.all([1, 2, 3, 4].map(step => storage.append([report(step), report(step + 10)])));
    expect(write).toHaveBeenCalledTimes(1);
    expect(synced()).toBe(1);
    await storage.append([report(5)], { durable: false });
    expect(synced()).toBe(1);
    await storage.close();
  });

  it('reads any operations back, in blocks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operations, { minLength: 1, maxLength: 20 }), async list => {
        fs.rmSync(file, { force: true });
        const storage = journal(file);
        const written = await storage.append(list);
        expect(written.map(({ workerId: _, ...rest }) => rest)).toEqual(list);
        const reader = journal(file);
        expect(await reader.sync()).toEqual(written);
        await Promise.all([storage.close(), reader.close()]);
      }),
      { numRuns: 30 }
    );
  });

  it('reads what somebody wrote without the lock, at the same moment', async () => {
    const storage = journal(file);
    await storage.append([begin]);
    const sync = fs.writeSync;
    jest.spyOn(fs, 'writeSync').mockImplementationOnce(((fd: number, bytes: Uint8Array) => {
      fs.appendFileSync(file, lineOf(report(1)));
      return sync(fd, bytes);
    }) as never);
    await storage.append([report(2)]);
    await storage.append([report(3)]);
    const reader = journal(file);
    expect((await reader.sync()).slice(1)).toMatchObject([report(1), report(2), report(3)]);
    expect(fs.readFileSync(file, 'utf8').split('\n')).toHaveLength(5);
    await Promise.all([storage.close(), reader.close()]);
  });

  it('is a readable beginning wherever it is cut, and can be written to again', async () => {
    const list = [begin, report(1), report(2), report(3)];
    const whole = list.map(lineOf).join('');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async length => {
        beside().forEach(name => fs.rmSync(path.join(folder, name)));
        fs.writeFileSync(file, whole.slice(0, length));
        const lines = whole.slice(0, length).split('\n').length - 1;
        const storage = journal(file);
        const found = (await storage.sync()).map(({ workerId: _, ...rest }) => rest);
        expect(found).toEqual(list.slice(0, lines));
        await storage.append([report(9)]);
        const torn = whole.slice(0, length).split('\n')[lines];
        expect(keptBeside()).toEqual(torn === '' ? [] : [torn]);
        // Optuna needs every line to be JSON.
        const now = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
        expect(now.map(line => JSON.parse(line).op_code)).toEqual([
          ...list.slice(0, lines).map(({ op }) => (op === 'createStudy' ? 0 : 7)),
          7
        ]);
        await storage.close();
      }),
      { numRuns: 60 }
    );
  });

  it.each([
    ['NUL bytes', '\0'.repeat(50)],
    ['garbage lines', 'what is this\n\nand this?\n'],
    ['garbage without an end', 'what is this'],
    ['NUL bytes and a line end', '\0\0\n']
  ])('keeps %s at its end beside it before it writes on', async (_, tail) => {
    fs.writeFileSync(file, lineOf(begin) + tail);
    const [storage, other] = [journal(file), journal(file)];
    await other.sync();
    expect(await storage.append([report(1)])).toHaveLength(2);
    expect(keptBeside()).toEqual([tail]);
    expect(warned.join()).toContain(`${tail.length} bytes from byte ${lineOf(begin).length}`);
    // One that had read before the cut is not led astray by it.
    expect(await other.sync()).toMatchObject([report(1)]);
    expect(fs.readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
    await Promise.all([storage.close(), other.close()]);
  });

  it('passes over garbage in its midst, keeps a copy once and names it', async () => {
    const text = `${lineOf(begin)}\0\0\nrubbish\n${lineOf(report(1))}`;
    fs.writeFileSync(file, text);
    for (let time = 0; time < 2; time++) {
      const storage = new JournalStorage(file);
      expect(await storage.sync()).toMatchObject([begin, report(1)]);
      expect(storage.damage).toMatchObject([
        { offset: lineOf(begin).length, length: 3, reason: 'NUL bytes' },
        { length: 8, reason: 'no JSON' }
      ]);
      await storage.append([]);
      await storage.close();
    }
    expect(keptBeside()).toEqual(['\0\0\nrubbish\n']);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
    expect(warned).toHaveLength(2);
  });

  it('reads what is not ASCII, and keeps what is no UTF-8 apart', async () => {
    const line = '{"op_code":8,"worker_id":"w","trial_id":0,"user_attr":{"ä":"ö€\u{1F600}"}}\n';
    const broken = Buffer.concat([
      Buffer.from('{"op_code":1,"x":"'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}\n')
    ]);
    fs.writeFileSync(file, Buffer.concat([Buffer.from(line), broken, Buffer.from(line)]));
    const storage = new JournalStorage(file);
    const found = await storage.sync();
    expect(found).toMatchObject([
      { key: 'ä', value: 'ö€\u{1F600}' },
      { key: 'ä', value: 'ö€\u{1F600}' }
    ]);
    expect(storage.damage).toMatchObject([
      { offset: Buffer.byteLength(line), length: broken.length }
    ]);
    await storage.close();
  });

  it('reads a huge line, over many blocks', async () => {
    const huge = {
      op: 'studyUserAttribute',
      study: 0,
      key: 'k',
      value: 'x'.repeat(12_000_000)
    } as const;
    const storage = journal(file);
    await storage.append([begin, huge, report(1)]);
    const reader = journal(file);
    const found = await reader.sync();
    expect(found).toHaveLength(3);
    expect((found[1] as { value: string }).value).toHaveLength(12_000_000);
    await Promise.all([storage.close(), reader.close()]);
  });

  it.each([
    ['a table', 'learningRate,error\n0.1,0.5\n'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0])],
    ["another program's lines of JSON", '{"loss":0.5}\n{"loss":0.4}\n'],
    ['a text without a line end', 'hello']
  ])('refuses %s and leaves it as it is', async (_, contents) => {
    fs.writeFileSync(file, contents);
    const storage = journal(file);
    await expect(storage.sync()).rejects.toThrow('a journal consists of lines');
    await expect(storage.append([begin])).rejects.toThrow('was left as it is');
    expect(fs.readFileSync(file)).toEqual(Buffer.from(contents));
    await storage.close();
    expect(beside()).toEqual([]);
  });

  it('begins anew where the first operation was torn', async () => {
    fs.writeFileSync(file, '{"op_code":0,"work');
    const storage = journal(file);
    expect(await storage.append([begin])).toHaveLength(1);
    expect(keptBeside()).toEqual(['{"op_code":0,"work']);
    await storage.close();
  });

  it('that another program shortened is not read on', async () => {
    const [storage, other] = [journal(file), journal(file)];
    await storage.append([begin, report(1)]);
    fs.truncateSync(file, 10);
    await expect(storage.sync()).rejects.toThrow('a journal only grows');
    await Promise.all([storage.close(), other.close()]);
  });

  it('that was deleted is saved beside its place, with all that was told', async () => {
    const storage = journal(file);
    await storage.append([begin, report(1)]);
    const text = fs.readFileSync(file, 'utf8');
    fs.rmSync(file);
    await expect(storage.append([report(2)])).rejects.toThrow(
      /was deleted\.\nAll that was in it is in .*damaged-0/
    );
    expect(keptBeside()).toEqual([text]);
    expect(fs.existsSync(file)).toBe(false);
    await storage.close();
  });

  it('that was replaced by another is not mixed with it', async () => {
    const storage = journal(file);
    await storage.append([begin]);
    fs.writeFileSync(`${file}.new`, lineOf(begin));
    fs.renameSync(`${file}.new`, file);
    await expect(storage.append([report(2)])).rejects.toThrow('was replaced');
    expect(fs.readFileSync(file, 'utf8')).toBe(lineOf(begin));
    await storage.close();
  });

  it('takes back what a full disk let through in part, and goes on once there is room', async () => {
    const storage = journal(file);
    await storage.append([begin]);
    const text = fs.readFileSync(file, 'utf8');
    const write = fs.writeSync;
    const full = jest.spyOn(fs, 'writeSync').mockImplementation(((
      fd: number,
      bytes: Uint8Array,
      at: number
    ) => {
      if (at > 0) {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      }
      return write(fd, bytes, 0, 20);
    }) as never);
    await expect(storage.append([report(1)])).rejects.toThrow(
      'must be a file that can be written, but got a full disk.\nMake room'
    );
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
    full.mockRestore();
    expect(await storage.append([report(2)])).toMatchObject([report(2)]);
    await storage.close();
  });

  it('says so when the disk fails to store what was written', async () => {
    const storage = journal(file);
    jest
      .spyOn(fs, 'fdatasync')
      .mockImplementation(((_: number, done: (error: Error) => void) =>
        done(Object.assign(new Error('i/o error'), { code: 'EIO' }))) as never);
    await expect(storage.append([begin])).rejects.toThrow(
      'must reach the disk, but got a failing disk'
    );
    await storage.close();
  });

  it('in a folder that does not exist says so', async () => {
    const storage = journal(path.join(folder, 'none', 'study.log'));
    await expect(storage.append([begin])).rejects.toThrow('a folder that does not exist');
    await storage.close();
  });

  it('is no folder', async () => {
    const storage = journal(folder);
    await expect(storage.sync()).rejects.toThrow('Name a file in it');
    await storage.close();
  });

  it.each(['EACCES', 'EROFS'])('can be read where it must not be written (%s)', async code => {
    fs.writeFileSync(file, lineOf(begin));
    const open = fs.openSync;
    jest.spyOn(fs, 'openSync').mockImplementation(((name: string, flags: string) => {
      if (flags !== 'r') {
        throw Object.assign(new Error('denied'), { code });
      }
      return open(name, flags);
    }) as never);
    const storage = journal(file);
    expect(await storage.sync()).toMatchObject([begin]);
    await expect(storage.append([report(1)])).rejects.toThrow('must be a file that can be written');
    await storage.close();
  });

  it('needs Node, and says what to do in a browser', async () => {
    jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    await expect(async () => journal(file).sync()).rejects.toThrow(
      'only where there is Node, 20.16 or later, but there is none.\nIn a browser keep the study in memory'
    );
  });

  it('on a network folder keeps the lock until the disk has what was written', async () => {
    const held: boolean[] = [];
    const sync = fs.fdatasync;
    jest.spyOn(fs, 'fdatasync').mockImplementation(((
      fd: number,
      done: (error: Error | null) => void
    ) => {
      held.push(fs.existsSync(`${file}.lock`));
      sync(fd, done);
    }) as never);
    const local = journal(file);
    await local.append([begin]);
    // NFS, by Linux's number.
    jest.spyOn(fs, 'statfsSync').mockReturnValue({ type: 0x6969 } as never);
    const network = journal(file);
    await network.append([report(1)]);
    expect(held.at(-1)).toBe(true);
    await Promise.all([local.close(), network.close()]);
  });

  it.each([undefined, 3, '', 'a\0b'])('is named by a text, not %p', given => {
    expect(() => journal(given as string)).toThrow('the path must be a text');
  });
});
