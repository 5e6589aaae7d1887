/** Which studies and runs there are in this kernel. */
import { currentKernel } from '../host';
import { LONGEST_NAME, MOST_LISTED, type FromKernel, type Listed } from './protocol';

export type ListEntry = Extract<FromKernel, { type: 'list' }>['subjects'][number];

/** Studies and runs that are kept in mind; a loop may make any number of them. */
const MOST_KEPT = 500;

interface Kept {
  key: string;
  /** What nobody uses any more is not kept for the list. */
  value: WeakRef<object>;
  describe: (value: object) => Listed;
}

const kept = new Set<Kept>();
let keys = 0;

/** From now on this stands in the list, while it is under way or a variable of the notebook holds it. */
export function keep<T extends object>(value: T, describe: (value: T) => Listed): void {
  const describeIt = describe as (value: object) => Listed;
  kept.add({ key: String(++keys), value: new WeakRef(value), describe: describeIt });
  if (kept.size > MOST_KEPT) {
    kept.delete([...kept][0]);
  }
}

/** The list as it is now, newest first. */
export function listNow(): ListEntry[] {
  const kernel = currentKernel();
  const list: ListEntry[] = [];
  for (const entry of [...kept].reverse()) {
    const { key, describe } = entry;
    const value = entry.value.deref();
    if (!value) {
      kept.delete(entry);
      continue;
    }
    const listed = describe(value);
    const variable = kernel?.nameOf?.(value);
    if (list.length < MOST_LISTED && (isUnderWay(listed) || variable !== undefined)) {
      const name = listed.name.slice(0, LONGEST_NAME);
      list.push({ key, ...listed, name, ...(variable !== undefined && { variable }) });
    }
  }
  return list;
}

const isUnderWay = ({ state }: Listed): boolean => state === 'running' || state === 'paused';
