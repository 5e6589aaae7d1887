/** The inputs of this kernel's life, for consoles that ask for earlier lines. */
import type { Json } from './wire';

interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** This kernel keeps no history beyond its life, so its session is always the first. */
const SESSION = 1;

export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
  }

  /** Notes the text of the latest entry's result. */
  setOutput(text: string): void {
    const last = this.#entries.at(-1);
    if (last) {
      last.output = text;
    }
  }

  /** Answers a history_request: `tail`, `range` or `search`. */
  find(request: Json): unknown[] {
    const found = this.#select(request);
    return found.map(({ line, input, output }) => [
      SESSION,
      line,
      request.output === true ? [input, output] : input
    ]);
  }

  #select(request: Json): Entry[] {
    const n = typeof request.n === 'number' ? request.n : this.#entries.length;
    switch (request.hist_access_type) {
      case 'tail':
        return last(this.#entries, n);
      case 'range': {
        const { session = 0, start = 0, stop = Infinity } = request as Record<string, number>;
        // 0 is the current session; negative ones count back from it, and there are none.
        return session === 0 || session === SESSION
          ? this.#entries.filter(({ line }) => line >= start && line < (stop ?? Infinity))
          : [];
      }
      case 'search': {
        const matches = globToRegExp(String(request.pattern ?? '*'));
        const found = this.#entries.filter(({ input }) => matches.test(input));
        const latest = new Map(found.map(entry => [entry.input, entry]));
        return last(request.unique === true ? [...latest.values()] : found, n);
      }
      default:
        return [];
    }
  }
}

function last<T>(items: readonly T[], n: number): T[] {
  return n > 0 ? items.slice(-n) : [];
}

/** Jupyter's patterns are those of a shell: `*` and `?`. */
function globToRegExp(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
