/**
 * What the reader has answered, kept over reloads by the browser: JupyterLab's own state is stored seconds later, for one
 * workspace, and in Notebook 7 not at all.
 */
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import type { FormPayload } from 'tunelab/dist/quiz/parse';

/** FNV-1a over the UTF-16 units of a text. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Names the answers to a form: once its questions are others, they count no more. */
export function keyOf(form: FormPayload): string {
  const asked = form.kind === 'quiz' ? form.questions : [form.task, form.answer];
  return `jupyterlab-tunelab:${form.kind}:${form.id}:${digest(JSON.stringify(asked))}`;
}

export class Answers {
  /** Of this page: an output that is drawn again finds its answers also where none can be stored. */
  private readonly _held = new Map<string, ReadonlyPartialJSONValue>();

  /** @param _storageOf throws where the reader's settings forbid storage */
  constructor(private readonly _storageOf = (): Storage => window.localStorage) {}

  /** What was saved, whoever wrote it; `undefined` if nothing. */
  load(key: string): unknown {
    const held = this._held.get(key);
    if (held !== undefined) return held;
    try {
      return JSON.parse(this._storageOf().getItem(key) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Never throws: an answer that cannot be stored holds for this page. */
  save(key: string, value: ReadonlyPartialJSONValue): void {
    this._held.set(key, value);
    try {
      this._storageOf().setItem(key, JSON.stringify(value));
    } catch (error) {
      console.warn('The answers could not be stored.', error);
    }
  }
}
