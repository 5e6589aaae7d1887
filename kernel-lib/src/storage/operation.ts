import type { Direction, TrialState } from '../trials/trial';
import type { Distribution } from './distribution';

/** What an attribute may hold: JSON, with NaN and infinities, which Optuna writes as well. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A named value. A list of these, not an object: a key may be `__proto__`. */
export type Entry = readonly [key: string, value: Json];

/** A parameter as it is stored: `value` is in natural units, or the index of a choice. */
export interface StoredParameter {
  readonly name: string;
  readonly value: number;
  readonly distribution: Distribution;
}

/** What a trial is created with if it does not begin as an empty one that runs: enqueued, or finished elsewhere. */
export interface TrialTemplate {
  readonly state: TrialState;
  /** One for each direction; `null` before the end and of a failed trial. */
  readonly values: readonly number[] | null;
  /** Milliseconds since 1970. */
  readonly ended: number | null;
  readonly parameters: readonly StoredParameter[];
  readonly reports: readonly (readonly [step: number, value: number])[];
  readonly userAttributes: readonly Entry[];
  readonly systemAttributes: readonly Entry[];
}

/**
 * One change of a study, as Optuna's journal knows them. Ids are implicit: a study's counts the studies created
 * before it, also deleted ones; a trial's counts the trials created before it in all studies; a trial's number
 * counts those within its study. What readers ignore counts nowhere. Times are milliseconds since 1970, kept to the
 * microsecond.
 *
 * What readers ignore, as Optuna does: operations on studies and trials that do not exist, a second study of the
 * same name, changes of a finished trial, `running` for a trial that is not `waiting`, and a parameter whose
 * distribution does not go with the one that the study has under that name.
 */
export type Operation =
  | {
      readonly op: 'createStudy';
      readonly name: string;
      readonly directions: readonly Direction[];
    }
  | { readonly op: 'deleteStudy'; readonly study: number }
  | {
      readonly op: 'studyUserAttribute' | 'studySystemAttribute';
      readonly study: number;
      readonly key: string;
      readonly value: Json;
    }
  | {
      readonly op: 'createTrial';
      readonly study: number;
      /** `null` for a trial that waits. */
      readonly started: number | null;
      /** Default: an empty trial that runs. */
      readonly template?: TrialTemplate;
    }
  | ({ readonly op: 'parameter'; readonly trial: number } & StoredParameter)
  | {
      readonly op: 'state';
      readonly trial: number;
      readonly state: TrialState;
      readonly values: readonly number[] | null;
      /** When it began; with state `running` only. */
      readonly started?: number;
      /** When it ended; with finished states only. */
      readonly ended?: number;
    }
  | {
      readonly op: 'report';
      readonly trial: number;
      readonly step: number;
      readonly value: number;
    }
  | {
      readonly op: 'trialUserAttribute' | 'trialSystemAttribute';
      readonly trial: number;
      readonly key: string;
      readonly value: Json;
    };

/** An operation with who wrote it. */
export type StoredOperation = Operation & { readonly workerId: string };
