import '../domGaps';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { StoredOperation } from 'tunelab/dist/storage/operation';
import { decode } from 'tunelab/dist/storage/journal/decode';
import { Tail } from '../../../extension/journal/tail';
import { MemoryFile, studyLine, trialLines } from './files';

function followed(file: MemoryFile) {
  const reader = {
    operations: [] as StoredOperation[],
    restarts: 0,
    restart: () => {
      reader.operations = [];
      reader.restarts++;
    },
    take: (operations: readonly StoredOperation[]) => void reader.operations.push(...operations),
    progress: jest.fn()
  };
  return { reader, tail: new Tail(file, reader) };
}

const operationsOf = (text: string): StoredOperation[] =>
  text.split('\n').flatMap(line => [...decode(line).operations]);

const OPTUNA = readFileSync(
  path.join(__dirname, '..', '..', 'fixtures', 'optuna_journal.log'),
  'utf8'
);

describe('a journal that is read as it grows', () => {
  it('gives each operation once, however the writer cuts the file', async () => {
    const text = `${OPTUNA}${studyLine('é中🙂')}`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async places => {
        const file = new MemoryFile();
        const { reader, tail } = followed(file);
        for (const end of [...places.sort((a, b) => a - b), text.length]) {
          file.write(text.slice(0, end));
          await tail.read();
        }
        expect(reader.operations).toEqual(operationsOf(text));
        expect(reader.restarts).toBe(0);
        expect(tail.state).toBe('journal');
      }),
      { numRuns: 50 }
    );
  });

  it('reads what is new and a little before it, and nothing of a file that rests', async () => {
    const file = new MemoryFile(studyLine() + trialLines(0, 5000));
    const { reader, tail } = followed(file);
    expect(await tail.read()).toBe(true);
    expect(reader.progress.mock.calls.length).toBeGreaterThan(1);
    file.read_ = 0;
    expect(await tail.read()).toBe(false);
    expect(file.read_).toBe(0);
    const more = trialLines(5000, 10);
    file.append(more);
    expect(await tail.read()).toBe(true);
    expect(file.read_).toBeLessThanOrEqual(more.length + 256);
    expect(reader.operations).toHaveLength(1 + 3 * 5010);
  });

  it.each([
    ['cut', studyLine() + trialLines(0, 1)],
    ['replaced by one as long', studyLine('s', 'v') + trialLines(0, 3, 'v')],
    ['replaced by a longer one', studyLine('s', 'v') + trialLines(0, 9, 'v')]
  ])('begins anew where the file was %s', async (_, other) => {
    const file = new MemoryFile(studyLine() + trialLines(0, 3));
    const { reader, tail } = followed(file);
    await tail.read();
    file.write(other);
    await tail.read();
    expect(reader.restarts).toBe(1);
    expect(reader.operations).toEqual(operationsOf(other));
  });

  it('is empty until something is written, and not there when it is deleted', async () => {
    const file = new MemoryFile();
    const { reader, tail } = followed(file);
    await tail.read();
    expect(tail.state).toBe('empty');
    file.write(studyLine().slice(0, 5));
    await tail.read();
    expect(tail.state).toBe('empty');
    file.write(studyLine() + trialLines(0, 2));
    await tail.read();
    expect(tail.state).toBe('journal');
    file.remove();
    expect(await tail.read()).toBe(true);
    expect(tail.state).toBe('missing');
    expect(await tail.read()).toBe(false);
    expect(reader.operations).toHaveLength(7);
    file.write(studyLine() + trialLines(0, 3));
    await tail.read();
    expect(tail.state).toBe('journal');
    expect(reader.operations).toHaveLength(10);
    expect(reader.restarts).toBe(0);
  });

  it('takes nothing of a file that is no journal, until it is replaced by one', async () => {
    const file = new MemoryFile('{"a":1}\n'.repeat(1_000_000));
    const { reader, tail } = followed(file);
    await tail.read();
    expect(tail.state).toBe('other');
    expect(file.read_).toBeLessThan(2 ** 21);
    expect(reader.operations).toEqual([]);
    file.write(studyLine());
    await tail.read();
    expect(tail.state).toBe('journal');
    expect(reader.operations).toHaveLength(1);
    file.write('bytes\0'.repeat(20));
    await tail.read();
    expect(tail.state).toBe('other');
    expect(reader.restarts).toBe(1);
  });

  it('counts lines that it could not read, says why of the first, and reads on', async () => {
    const garbage = '%%%\n\n{"op_code":11,"worker_id":"w"}\n';
    const file = new MemoryFile(studyLine() + garbage + trialLines(0, 2));
    const { reader, tail } = followed(file);
    await tail.read();
    expect(tail.damage).toEqual({ lines: 3, first: 'no JSON' });
    expect(reader.operations).toHaveLength(7);
  });

  it('reads no further than a line without an end', async () => {
    const file = new MemoryFile(`${studyLine()}${'x'.repeat(2 ** 25)}`);
    const { reader, tail } = followed(file);
    await tail.read();
    expect(tail.damage).toEqual({
      lines: 1,
      first: 'a line of more than 16 MB, where reading ends'
    });
    file.read_ = 0;
    file.append('y');
    await tail.read();
    expect(file.read_).toBe(0);
    expect(reader.operations).toHaveLength(1);
  });
});
