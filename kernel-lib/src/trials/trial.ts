/** Where a trial stands. `pruned` was stopped early by a pruner; `failed` keeps its reason. */
export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

/** Which way is better. */
export type Direction = 'minimize' | 'maximize';

/** One set of hyperparameters and what came of it. Plain data: crosses to a worker or into JSON. */
export interface Trial<Config = Record<string, unknown>> {
  /** Place in the study, from 0. */
  readonly number: number;
  readonly state: TrialState;
  /** The hyperparameters, by name, in their own units; while it waits, those that were fixed. */
  readonly config: Config;
  /** What the objective returned; `null` unless the state is `complete`, and with several objectives. */
  readonly value: number | null;
  /** What the objective returned, one for each direction; only in studies of several objectives. */
  readonly values?: readonly number[];
  /** What the objective reported while it ran, as [step, value] pairs in the order of arrival. */
  readonly reports: readonly (readonly [step: number, value: number])[];
  /** Anything else the objective returned beside its value. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Why the trial failed; only with state `failed`. */
  readonly error?: string;
  /** Number of the trial of which this one is another try, with the same configuration and seed. */
  readonly retryOf?: number;
  /** From which study it was taken over, and the number it had there; only with `study({ warmStart })`. */
  readonly origin?: { readonly study: string; readonly number: number };
  /** What somebody wrote down about it. */
  readonly note?: string;
  readonly tags?: readonly string[];
  /** Seed for everything random inside the objective: hash(study seed, number); a retry keeps its trial's. */
  readonly seed: number;
  /**
   * Milliseconds since 1970, when the trial was asked for (while it waits: queued) and when it ended; no two of a
   * process end at the same time.
   */
  readonly started: number;
  readonly ended: number | null;
}

/** What a complete trial is worth, one number for each objective; `undefined` unless it is complete. */
export function valuesOf(trial: Trial<unknown>): readonly number[] | undefined {
  return trial.values ?? (trial.value === null ? undefined : [trial.value]);
}
