import { FakeFolder, fileOf } from './fakes';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HEAD, headOf } from '../../../extension/studies/heads';
import { Stored } from '../../../extension/studies/stored';

const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(path.join(__dirname, '..', '..', 'fixtures', name)));
const textOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const JOURNAL = bytesOf('optuna_journal.log');
const LINE = '{"op_code":0,"worker_id":"w","study_name":"small","directions":[1]}\n';
const TRIAL = '{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-01-01T12:00:00.000000"}\n'; // prettier-ignore
const turn = () => new Promise(resolve => setTimeout(resolve));

/** A folder whose files begin with these bytes; `reads` are the paths that were read. */
function storedIn(contents: Record<string, Uint8Array>, others: string[] = []) {
  const fileNamed = (name: string) => fileOf(name, contents[name].length);
  const folder = new FakeFolder([
    ...Object.keys(contents).map(fileNamed),
    ...others.map(name => fileOf(name, 10))
  ]);
  const reads: string[] = [];
  const stored = new Stored(
    () => folder,
    async file => {
      reads.push(file);
      const name = file.split('/').pop()!;
      if (!contents[name]) throw new Error('cannot be read');
      return contents[name].slice(0, HEAD);
    }
  );
  const listed = () => stored.entries.map(({ file, head }) => [file.name, head?.studies, head?.trials]); // prettier-ignore
  return { folder, stored, reads, listed, contents };
}

describe('the beginning of a file', () => {
  it('names the studies, and counts the trials where that is all of the file', () => {
    expect(headOf(textOf(LINE + TRIAL + TRIAL))).toEqual({
      isJournal: true,
      studies: ['small'],
      trials: 2
    });
    const start = JOURNAL.slice(0, HEAD);
    expect(start).toHaveLength(HEAD);
    expect(headOf(start)).toEqual({ isJournal: true, studies: ['every feature'] });
  });

  it.each([
    ['nothing', ''],
    ['something else', 'started\n'],
    ['a cut letter', '\ud83d']
  ])('of %s is none', (_, text) => expect(headOf(textOf(text)).isJournal).toBe(false));
});

describe('the journals of a folder', () => {
  it('are those by name and those that begin like one, in the order of their names', async () => {
    const { stored, listed, reads } = storedIn(
      { 'b10.log': JOURNAL, 'b9.jsonl': textOf(LINE + TRIAL), 'server.log': textOf('started\n') },
      ['a.journal', 'notes.txt', 'b9.jsonl.lock']
    );
    stored.watch(true);
    expect(stored.path).toBe('here');
    expect(listed()).toEqual([['a.journal', undefined, undefined]]);
    for (let i = 0; i < 5; i++) await turn();
    expect(listed()).toEqual([
      ['a.journal', undefined, undefined],
      ['b9.jsonl', ['small'], 1],
      ['b10.log', ['every feature'], undefined]
    ]);
    expect(reads).toEqual(['here/a.journal', 'here/b9.jsonl', 'here/b10.log', 'here/server.log']);
  });

  it('are read once, and again only if they were read whole or became shorter', async () => {
    const { stored, folder, reads, listed, contents } = storedIn({
      'large.log': JOURNAL,
      'small.log': textOf(LINE + TRIAL),
      'server.log': new Uint8Array(HEAD + 1)
    });
    const later = (size: Record<string, number>) =>
      folder.show(Object.entries(size).map(([name, bytes]) => fileOf(name, bytes, '2026-01-02T12:00:00Z'))); // prettier-ignore
    stored.watch(true);
    for (let i = 0; i < 4; i++) await turn();
    expect(reads.splice(0)).toHaveLength(3);
    folder.show(folder.files);
    await turn();
    expect(reads).toEqual([]);
    contents['small.log'] = textOf(LINE + TRIAL + TRIAL);
    later({ 'large.log': JOURNAL.length + 9, 'small.log': 999, 'server.log': HEAD + 2 });
    for (let i = 0; i < 4; i++) await turn();
    expect(reads.splice(0)).toEqual(['here/small.log']);
    expect(listed()).toContainEqual(['small.log', ['small'], 2]);
    contents['large.log'] = textOf('replaced\n');
    folder.show([fileOf('large.log', 9, '2026-01-03T12:00:00Z')]);
    for (let i = 0; i < 4; i++) await turn();
    expect(listed()).toEqual([]);
  });

  it('are read only while somebody looks, and then anew from the file browser', async () => {
    const { stored, folder, reads } = storedIn({ 'a.log': JOURNAL });
    folder.show(folder.files);
    expect(reads).toEqual([]);
    stored.watch(true);
    expect(folder.refresh).toHaveBeenCalledTimes(1);
    await turn();
    stored.watch(false);
    folder.show([fileOf('b.log', 9)]);
    await turn();
    expect(reads).toEqual(['here/a.log']);
  });

  it('of another folder do not mix with those that are still being read', async () => {
    const { stored, folder, contents, listed } = storedIn({ 'a.log': JOURNAL });
    stored.watch(true);
    contents['c.log'] = textOf(LINE);
    folder.show([fileOf('c.log', 9)], 'there');
    for (let i = 0; i < 5; i++) await turn();
    expect(stored.path).toBe('there');
    expect(listed()).toEqual([['c.log', ['small'], 0]]);
  });

  it('that cannot be read stay in the list by their name alone', async () => {
    const { stored, listed, reads } = storedIn({}, ['gone.journal', 'gone.log']);
    stored.watch(true);
    for (let i = 0; i < 5; i++) await turn();
    expect(listed()).toEqual([['gone.journal', undefined, undefined]]);
    expect(reads).toHaveLength(2);
  });

  it('are none where no file browser is, and after the end', () => {
    const none = new Stored(() => null, async () => new Uint8Array(0));
    none.watch(true);
    expect([none.path, none.entries]).toEqual([null, []]);
    const { stored, folder, reads } = storedIn({ 'a.log': JOURNAL });
    stored.dispose();
    stored.watch(true);
    folder.show(folder.files);
    expect(reads).toEqual([]);
  }); // prettier-ignore
});
