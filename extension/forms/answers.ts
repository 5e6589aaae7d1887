/** What the reader has answered, kept over reloads. */
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import type { FormPayload } from 'tunelab/dist/quiz/parse';
import type { AnswerState } from './browserState';

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

  constructor(private readonly _state: AnswerState) {}

  /** What was saved, whoever wrote it; `undefined` if nothing. Never rejects. */
  async load(key: string): Promise<unknown> {
    return this._held.get(key) ?? (await this._state.fetch(key).catch(() => undefined));
  }

  /** Never rejects: an answer that cannot be stored holds for this page. */
  async save(key: string, value: ReadonlyPartialJSONValue): Promise<void> {
    this._held.set(key, value);
    await this._state.save(key, value).catch((error: unknown) => {
      console.warn('The answers could not be stored.', error);
    });
  }
}
