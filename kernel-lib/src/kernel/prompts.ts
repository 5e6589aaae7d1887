/** Questions of cells to the reader, asked one after another. */
import { Interrupted } from './traceback';

/** What a question needs of the cell that asks. */
export interface Asker {
  readonly allowsInput: boolean;
  readonly signal: AbortSignal;
}

export interface PromptOptions {
  /** Whether what is typed stays hidden. Default: `false`. */
  password?: boolean;
}

interface Waiting {
  resolve(answer: string): void;
}

export class Prompts<A extends Asker> {
  #last: Promise<unknown> = Promise.resolve();
  #waiting: Waiting | undefined;

  constructor(private readonly request: (asker: A, text: string, password: boolean) => void) {}

  /** Resolves with what the reader types; rejects when the cell is interrupted. */
  ask(asker: A, text: unknown = '', { password = false }: PromptOptions = {}): Promise<string> {
    if (!asker.allowsInput) {
      return Promise.reject(
        new Error(
          'prompt: a reader who can type must be there, but got a front end without input (allow_stdin: false), such as nbconvert or papermill.\nGive the value in the code, or run the cell in JupyterLab or Jupyter console.'
        )
      );
    }
    // A front end shows one question at a time, and its answer does not say which one it is for.
    const answer = this.#last.then(() => this.#askNow(asker, String(text), password));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** What the reader typed. Without a question it is dropped: its cell has been interrupted. */
  take(value: string): void {
    this.#waiting?.resolve(value);
  }

  async #askNow(asker: A, text: string, password: boolean): Promise<string> {
    const { signal } = asker;
    if (signal.aborted) {
      throw new Interrupted();
    }
    let stop!: () => void;
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting = { resolve };
      stop = () => reject(new Interrupted());
    });
    signal.addEventListener('abort', stop);
    try {
      this.request(asker, text, password);
      return await answer;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#waiting = undefined;
    }
  }
}
