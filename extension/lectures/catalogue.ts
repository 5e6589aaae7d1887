/** The lectures that ship with the extension: notebooks among its files, listed in one of them. */
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import type { INotebookContent } from '@jupyterlab/nbformat';

/** One of them, as `index.json` says it; written by scripts/lectures.mjs. */
export interface Lecture {
  /** Its file's name, as in `01-tuning-process.ipynb`. */
  name: string;
  title: string;
  /** What one learns there, in a sentence; may be empty. */
  summary: string;
}

/** Files are served beside the extension, wherever JupyterLab serves its extensions from. */
function addressOf(name: string): string {
  const extensions = PageConfig.getOption('fullLabextensionsUrl');
  return URLExt.join(extensions, 'jupyterlab-tunelab', 'lectures', name);
}

async function fetchJson(name: string): Promise<unknown> {
  const answer = await fetch(addressOf(encodeURIComponent(name)), { cache: 'no-cache' });
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status} ${answer.statusText}`);
  }
  return answer.json();
}

const isName = (name: unknown): name is string =>
  typeof name === 'string' && /^[\w-]+\.ipynb$/.test(name);

/** All lectures, in their order. Rejects if they cannot be fetched. */
export async function fetchLectures(): Promise<Lecture[]> {
  const list = (await fetchJson('index.json')) as Partial<Lecture>[];
  return list.flatMap(({ name, title, summary }) =>
    isName(name) ? [{ name, title: String(title), summary: String(summary ?? '') }] : []
  );
}

/** The notebook of a lecture. Rejects if there is none of this name. */
export async function fetchNotebook(name: string): Promise<INotebookContent> {
  return (await fetchJson(name)) as INotebookContent;
}
