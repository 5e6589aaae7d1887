import { show, typeError } from '../errors';

/** Kinds of objects whose copies in another thread are the same as they. */
const KEPT = [
  'Object', 'Array', 'Map', 'Set', 'Date', 'RegExp', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Error',
  'Boolean', 'Number', 'String', 'BigInt'
]; // prettier-ignore

/**
 * Looks whether a context can be copied to another thread as it is.
 * @throws TypeError naming the path of the first part that cannot, such as `context.data.load`.
 */
export function checkCloneable(context: unknown): void {
  const seen = new Set<object>();
  const waiting: [path: string, value: unknown][] = [['context', context]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [path, value] = next;
    if (typeof value === 'function' || typeof value === 'symbol') {
      throw refused(path, value, 'Functions are written inside the objective, or in its file.');
    }
    if (
      typeof value !== 'object' ||
      value === null ||
      seen.has(value) ||
      ArrayBuffer.isView(value)
    ) {
      continue;
    }
    seen.add(value);
    if (!isKept(value)) {
      const name = (value.constructor as { name?: string } | undefined)?.name ?? 'a class';
      throw refused(
        path,
        value,
        `A copy of an object of ${name} would have no methods: pass plain data, and make the object in the objective.`
      );
    }
    if (value instanceof Map) {
      [...value].forEach(([key, entry], i) =>
        waiting.push([`${path} (key ${i})`, key], [`${path}.get(${show(key)})`, entry])
      );
    } else if (value instanceof Set) {
      [...value].forEach((entry, i) => waiting.push([`${path} (entry ${i})`, entry]));
    } else {
      for (const [key, entry] of Object.entries(value)) {
        waiting.push([`${path}${Array.isArray(value) ? `[${key}]` : `.${key}`}`, entry]);
      }
    }
  }
}

/** Whether an object is of a kind that is copied whole, in whatever realm it was made. */
function isKept(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  const name = (prototype?.constructor as { name?: string } | undefined)?.name ?? '';
  return prototype === null || value instanceof Error || KEPT.includes(name);
}

function refused(path: string, value: unknown, advice: string): TypeError {
  return typeError(
    'caviar',
    '`context` must be data that can be copied to another thread',
    `${show(value)} at ${path}`,
    advice
  );
}
