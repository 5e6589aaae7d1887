/** Where a trial stands. `pruned` was stopped early by a pruner; `failed` keeps its reason. */
export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

/** Which way is better. */
export type Direction = 'minimize' | 'maximize';

/** One set of hyperparameters and what came of it. Plain data: crosses to a worker or into JSON. */
export interface Trial<Config = Record<string, unknown>> {
  /** Place in the study, from 0. */
  readonly number: number;
  readonly state: TrialState;
  /** The hyperparameters, by name, in their own units. */
  readonly config: Config;
  /** What the objective returned; `null` unless the state is `complete`. */
  readonly value: number | null;
  /** What the objective reported while it ran, as [step, value] pairs in the order of arrival. */
  readonly reports: readonly (readonly [step: number, value: number])[];
  /** Anything else the objective returned beside its value. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Why the trial failed; only with state `failed`. */
  readonly error?: string;
  /** Seed for everything random inside the objective: hash(study seed, number). */
  readonly seed: number;
  /** Milliseconds since 1970, when the trial was asked for and when it ended; no two end at the same time. */
  readonly started: number;
  readonly ended: number | null;
}
