import type { ObjectiveTools, Outcome } from '../study/objective';

/** What a trial is run with: an objective's tools, but for the context, which its place has already. */
export type RunTools = Omit<ObjectiveTools, 'context'>;

/** Where one trial at a time is computed: a thread, a turn of this process, later another machine. */
export interface Place<Config> {
  /** Resolves when it can take a trial; rejects when it never will, with the reason. */
  ready(): Promise<void>;
  /**
   * Calls the objective.
   * @returns what the objective returned
   * @throws what the objective threw, as an error with its message; what `tools.report` threw, at once; the reason
   *   of `tools.signal` when that is aborted, at once; an error that says what happened if the place was lost.
   *   Whatever the objective does afterwards is ignored.
   */
  run(config: Config, tools: RunTools): Promise<Outcome>;
  /** Ends it, and what still runs there as far as it can be ended. May be called twice. */
  close(): Promise<void>;
}

/** Makes places for trials. `caviar` opens one for each worker and knows nothing else of where trials run. */
export interface Executor<Config = Record<string, unknown>> {
  /** For messages: `'threads'`. */
  readonly name: string;
  /** Makes a place, which gets ready by itself. */
  open(): Place<Config>;
}

/** What came of a trial, settled once: by its objective, or before that by its pruner or its signal. */
export interface Settling {
  readonly outcome: Promise<Outcome>;
  readonly settled: boolean;
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

/**
 * Begins to wait for a trial's outcome. An abort of its signal rejects it at once.
 * @param given called once, when it was settled from outside while its objective still runs
 */
export function settling(signal: AbortSignal, given: () => void): Settling {
  let settled = false;
  let resolve!: (outcome: Outcome) => void;
  let reject!: (error: Error) => void;
  const outcome = new Promise<Outcome>((yes, no) => ([resolve, reject] = [yes, no]));
  const abort = () => {
    if (!settled) {
      settle(() => reject(reasonOf(signal)));
      given();
    }
  };
  function settle(how: () => void): void {
    if (!settled) {
      settled = true;
      signal.removeEventListener('abort', abort);
      how();
    }
  }
  signal.addEventListener('abort', abort);
  if (signal.aborted) {
    abort();
  }
  return {
    outcome,
    get settled() {
      return settled;
    },
    resolve: value => settle(() => resolve(value)),
    reject: error => settle(() => reject(error))
  };
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
