/** Which objective a study was searched with last: figures say what the notebook calls it. */
const objectives = new WeakMap<object, object>();

/** Remembers it as long as the study lives. */
export function searchedWith(study: object, objective: unknown): void {
  if (typeof objective === 'function') {
    objectives.set(study, objective);
  }
}

/** The objective of the last search; `undefined` before the first. */
export const objectiveOf = (study: object): object | undefined => objectives.get(study);
