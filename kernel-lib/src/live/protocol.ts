/** What page and kernel say to each other about figures that are alive; FORMAT.md has the rules in words. */
import type { Column, NumericDtype } from '../figures/columns';

/** The comm target, and the version of what is said on it. */
export const TARGET = 'tunelab';
export const PROTOCOL = 1;

/** Updates of one figure that may be under way without an answer. */
export const MOST_UNACKNOWLEDGED = 2;
/** Updates of one figure a second, and what a page may ask for. */
export const RATES = { least: 0.1, most: 10 } as const;
/** Commands and `open`s that either side takes in a second. */
export const MOST_REQUESTS = 100;
/** Replies that the kernel remembers on each comm. */
export const REMEMBERED = 100;
/** Characters of an id, a request's or a command's name. */
export const LONGEST_NAME = 100;

/** The id under which pages ask for the list of studies and runs; no figure has it. */
export const LIST_ID = 'list';
/** Studies and runs in a list. */
export const MOST_LISTED = 100;

/** From the page. The first travels in comm_open. */
export type FromPage =
  | { type: 'open'; protocol: number; id: string; have?: number; rate?: number }
  | { type: 'list'; protocol: number; id: typeof LIST_ID; have?: number }
  | { type: 'ack'; id: string; seq: number }
  | { type: 'command'; id: string; request: string; name: string; args: object }
  | { type: 'close'; id: string };

export type ErrorCode =
  'protocol' | 'unknownFigure' | 'unknownCommand' | 'badArguments' | 'notNow' | 'busy' | 'failed';

/** A column whose values lie in a buffer of the message: little-endian numbers, or strings as a JSON list in UTF-8. */
export interface BufferedColumn {
  dtype: NumericDtype | 'string';
  length: number;
  buffer: number;
}

export type SentColumn = Column | BufferedColumn;

/** What has changed since another update. */
export interface Change {
  /** Values added at the end of columns. */
  append?: Record<string, SentColumn>;
  /** Values written over those at places, after `append`. */
  write?: Record<string, { at: SentColumn; values: SentColumn }>;
  /** Fields that are new as a whole. */
  set?: Record<string, unknown>;
}

/** A payload on its way. */
export type SentPayload = Record<string, unknown> & { columns: Record<string, SentColumn> };

export type FullUpdate = { type: 'update'; id: string; seq: number; payload: SentPayload };
export type ChangeUpdate = {
  type: 'update';
  id: string;
  seq: number;
  base: number;
  change: Change;
};

/** A study or a run of panda, in few words. */
export interface Listed {
  kind: 'study' | 'run';
  /** The study's name; empty for a run. */
  name: string;
  /** `running`: searches or trains; `idle`: a study that does not search now. The others are a run's. */
  state: 'running' | 'idle' | 'paused' | 'ended' | 'lost';
  /** Trials that have ended; mini-batches of a run. */
  done: number;
  /** Value of the best trial; last loss of a run. Left out where there is none, and with several objectives. */
  value?: number;
  /** Trials on the Pareto front, with several objectives. */
  front?: number;
}

/** From the kernel. */
export type FromKernel =
  | {
      type: 'ready';
      protocol: number;
      id: string;
      seq: number;
      commands: string[];
      /** Whether updates may come; `false` of what is settled and only takes commands. */
      follows: boolean;
    }
  | FullUpdate
  | ChangeUpdate
  | {
      type: 'list';
      id: typeof LIST_ID;
      seq: number;
      /** Newest first; `key` stays the same while it lives, `variable` is the notebook's name for it. */
      subjects: (Listed & { key: string; variable?: string })[];
    }
  | { type: 'reply'; id: string; request: string; result: object }
  | { type: 'error'; id?: string; request?: string; code: ErrorCode; message: string }
  | { type: 'close'; id: string; reason: 'done' | 'gone'; message?: string };
