/** A lecture becomes a notebook of the reader's own. */
import type { INotebookContent } from '@jupyterlab/nbformat';
import type { Contents } from '@jupyterlab/services';

/** Names that are tried before giving up. */
const MOST_NAMES = 1000;

/** The parts of JupyterLab's contents manager that a copy needs. */
export type Files = Pick<Contents.IManager, 'get' | 'newUntitled' | 'save' | 'rename' | 'delete'>;

/** `a.ipynb`, `a (1).ipynb`, `a (2).ipynb`, … */
function numbered(name: string, number: number): string {
  return number === 0 ? name : name.replace(/(\.\w+)?$/, ` (${number})$1`);
}

const isTaken = (error: unknown): boolean =>
  (error as { response?: { status?: number } }).response?.status === 409;

/**
 * Writes a notebook into a folder under a name that is free there, and never over a file: it is written under a new
 * name that the server gives, and renamed, which a server refuses where the name is taken.
 * @returns its path
 */
export async function copyInto(
  files: Files,
  folder: string,
  name: string,
  notebook: INotebookContent
): Promise<string> {
  const { content } = await files.get(folder, { content: true, type: 'directory' });
  const taken = new Set((content as Contents.IModel[]).map(file => file.name));
  const { path } = await files.newUntitled({ path: folder, type: 'notebook' });
  try {
    await files.save(path, { type: 'notebook', format: 'json', content: notebook });
    for (let number = 0; number < MOST_NAMES; number++) {
      const wanted = numbered(name, number);
      if (taken.has(wanted)) {
        continue;
      }
      try {
        const place = path.slice(0, path.lastIndexOf('/') + 1);
        return (await files.rename(path, place + wanted)).path;
      } catch (error) {
        if (!isTaken(error)) {
          throw error;
        }
      }
    }
    throw new Error(`${name}: ${MOST_NAMES} copies are here already.`);
  } catch (error) {
    await files.delete(path).catch(() => undefined);
    throw error;
  }
}
