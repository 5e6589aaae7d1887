import '../domGaps';
import type { INotebookContent } from '@jupyterlab/nbformat';
import { copyInto } from '../../../extension/lectures/copy';
import type { Files } from '../../../extension/lectures/copy';

const NOTEBOOK: INotebookContent = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

const refused = (status: number): Error =>
  Object.assign(new Error('refused'), { response: { status } });

/** A server's folder: names and contents. It renames over nothing. */
function folderOf(path: string, entries: Record<string, unknown>, hidden: string[] = []) {
  const kept = new Map(Object.entries(entries));
  const at = (name: string): string => (path ? `${path}/${name}` : name);
  const nameOf = (place: string): string => place.split('/').pop()!;
  const files = {
    get: jest.fn(async () => ({
      content: [...kept.keys()].filter(name => !hidden.includes(name)).map(name => ({ name }))
    })),
    newUntitled: jest.fn(async () => {
      kept.set('Untitled.ipynb', null);
      return { path: at('Untitled.ipynb') };
    }),
    save: jest.fn(async (place: string, { content }: { content: unknown }) => {
      kept.set(nameOf(place), content);
    }),
    rename: jest.fn(async (from: string, to: string) => {
      if (kept.has(nameOf(to))) {
        throw refused(409);
      }
      kept.set(nameOf(to), kept.get(nameOf(from)));
      kept.delete(nameOf(from));
      return { path: to };
    }),
    delete: jest.fn(async (place: string) => {
      kept.delete(nameOf(place));
    })
  };
  return { kept, files: files as unknown as Files, calls: files };
}

describe('copying a lecture', () => {
  it('keeps its name where it is free', async () => {
    const { files, kept } = folderOf('a/b', {});
    expect(await copyInto(files, 'a/b', '01-x.ipynb', NOTEBOOK)).toBe('a/b/01-x.ipynb');
    expect([...kept]).toEqual([['01-x.ipynb', NOTEBOOK]]);
  });

  it('counts up, and leaves what is there as it is', async () => {
    const { files, kept } = folderOf('', { '01-x.ipynb': 'mine', '01-x (1).ipynb': 'mine too' });
    expect(await copyInto(files, '', '01-x.ipynb', NOTEBOOK)).toBe('01-x (2).ipynb');
    expect([kept.get('01-x.ipynb'), kept.get('01-x (1).ipynb')]).toEqual(['mine', 'mine too']);
    expect(kept.size).toBe(3);
  });

  it('takes the next name when another page has taken this one meanwhile', async () => {
    const { files, kept } = folderOf('', { '01-x.ipynb': 'theirs' }, ['01-x.ipynb']);
    expect(await copyInto(files, '', '01-x.ipynb', NOTEBOOK)).toBe('01-x (1).ipynb');
    expect(kept.get('01-x.ipynb')).toBe('theirs');
  });

  it('leaves nothing behind when it fails', async () => {
    const { files, kept, calls } = folderOf('', {});
    calls.save.mockRejectedValueOnce(refused(403));
    await expect(copyInto(files, '', '01-x.ipynb', NOTEBOOK)).rejects.toThrow('refused');
    calls.rename.mockRejectedValueOnce(refused(403));
    await expect(copyInto(files, '', '01-x.ipynb', NOTEBOOK)).rejects.toThrow('refused');
    expect(kept.size).toBe(0);
  });
});
