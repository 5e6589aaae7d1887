/** Keeps answers in this browser alone, where the application keeps no state: Notebook 7. */
import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';

/** As much of JupyterLab's state as answers need. */
export type AnswerState = Pick<IStateDB, 'fetch' | 'save'>;

/** @param storageOf throws where the reader's settings forbid storage; both functions then reject */
export function browserState(storageOf = (): Storage => window.localStorage): AnswerState {
  return {
    async fetch(key) {
      const text = storageOf().getItem(key);
      return text === null ? undefined : (JSON.parse(text) as ReadonlyPartialJSONValue);
    },
    async save(key, value) {
      storageOf().setItem(key, JSON.stringify(value));
    }
  };
}
